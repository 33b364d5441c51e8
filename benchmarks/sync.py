"""What a sync costs: 5,000,000 rows compared with the cache, 1,000 updates at a limit, 20,000,000 rows in 1 GB.

The comparison is held to the statement that one would write by hand for the same two tables, in the same DuckDB. The
updates are made at a sandbox of its own process that keeps a limit of 300 calls in 3 seconds; the bound is what the
windows allow. Memory is that of a process of its own, which reads, validates, fingerprints and compares: 20,000,000
rows are to take no more than 5,000,000. The same comparison in Spark is `spark.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path
from statistics import median

import httpx
from measuring import own_peak, report

from intercom_iac.engines import DuckDBEngine, open_duckdb
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.syncing import open_cache
from intercom_iac.syncing.planner.comparison import changed_rows
from intercom_iac.tables import AcceptedTable, TableSource, read_table
from intercom_iac.workspace import Target, Token, open_workspace
from intercom_iac.writes import SpoolWriter, Write, WriteJournal, deliver, open_spool

ROWS, MANY_ROWS, ROUNDS = 5_000_000, 20_000_000, 5
MEMORY_LIMIT = "1GB"
UPDATES, LIMIT, WINDOW, WORKERS = 1_000, 300, 3, 16
BOUND = (UPDATES - 1) // LIMIT * WINDOW
NOW = 1_790_000_000
SCHEMA = Schema(
    attributes={
        ("contact", name): Attribute("contact", name, type_, options=options)
        for name, type_, options in (
            ("plan_type", DataType.OPTIONS, ("free", "trial", "pro", "enterprise")),
            ("seats", DataType.INTEGER, ()),
            ("score", DataType.FLOAT, ()),
            ("active", DataType.BOOLEAN, ()),
        )
    }
)
PROGRAM = str(Path(sys.executable).with_name("intercom-iac"))


def write_people(path: Path, rows: int, *, changed: bool) -> None:
    """A table of so many people; where it is `changed`, one in a hundred has another plan."""
    plan = "['free', 'trial', 'pro'][n % 3 + 1]"
    if changed:
        plan = f"case when n % 100 = 0 then 'enterprise' else {plan} end"
    with open_duckdb() as engine:
        engine.execute(
            f"copy (select 'user-' || n as external_id, {plan} as plan_type, n % 1000 as seats, "
            f"(n % 64) / 4.0::double as score, n % 2 = 0 as active from range({rows}) people(n)) "
            f"to '{path}' (format parquet)"
        )


def read(engine: DuckDBEngine, path: Path) -> AcceptedTable:
    source = TableSource(name="people", kind="file", record="contact", location=str(path))
    return read_table(engine, source, SCHEMA, today=date(2026, 9, 21), zone=UTC, rejects=lambda _: None)


def comparison(engine: DuckDBEngine, table: AcceptedTable, known: str, accepted: str) -> str:
    return changed_rows(
        engine.dialect,
        table=accepted,
        known=known,
        key_name=table.key_name,
        columns=[column.column for column in table.columns],
        trusted_since=NOW - 7 * 86_400,
        mode="update_only",
    )


def acknowledge_all(engine: DuckDBEngine, table: AcceptedTable, known: str) -> None:
    """As if all of the table had been synced."""
    engine.execute(f"insert into {known} select key, fingerprint, md5(key), {NOW}, null from {table.table}")


def compare(folder: Path) -> None:
    before, after = folder / "before.parquet", folder / "after.parquet"
    write_people(before, ROWS, changed=False)
    write_people(after, ROWS, changed=True)
    with open_duckdb() as engine, open_cache(folder, "bench", engine) as cache:
        table = read(engine, before)
        known = cache.known_table("contact", table.key_name, table.shape_digest, NOW)
        acknowledge_all(engine, table, known)
        table = read(engine, after)
        engine.execute(f"create table accepted as select * from {table.table}")
        columns = ", ".join(f"a.{column.column}" for column in table.columns)
        statements = {
            "by hand": f'select a."row", a.key, a.fingerprint, {columns}, k.live_id from accepted a '
            f"left join {known} k on k.key = a.key where a.fingerprint is distinct from k.fingerprint",
            "this program": comparison(engine, table, known, "accepted"),
            "whole": comparison(engine, table, known, table.table),
        }
        took: dict[str, list[float]] = {name: [] for name in statements}
        for _ in range(ROUNDS):
            for name, statement in statements.items():
                # Of the processors: what else runs on the machine changes it little.
                begin = time.process_time()
                if name == "whole":
                    read(engine, after)
                engine.execute(f"create or replace table changed as {statement}")
                took[name].append(time.process_time() - begin)
                ((found,),) = engine.execute("select count(*) from changed").fetchall()
                assert found == ROWS // 100, found
    by_hand, ours, whole = (median(times) for times in took.values())
    ratios = [one / other for one, other in zip(took["this program"], took["by hand"], strict=True)]
    print(f"{ROWS:,} rows compared with the cache, 1% changed; processor time, median of {ROUNDS}")
    print(f"  the statement by hand in DuckDB     {by_hand:6.2f} s")
    print(f"  with the table read, validated and fingerprinted from Parquet {whole:6.2f} s")
    report("comparison", ratios=ratios, seconds=ours, memory=own_peak())


def measure(path: Path, folder: Path) -> None:
    """Run in a process of its own: how much memory it takes at most, in MB, and how long, as JSON."""
    begin = time.perf_counter()
    with open_duckdb(memory_limit=MEMORY_LIMIT) as engine, open_cache(folder, "bench", engine) as cache:
        table = read(engine, path)
        known = cache.known_table("contact", table.key_name, table.shape_digest, NOW)
        acknowledge_all(engine, table, known)
        engine.execute(f"create or replace table changed as {comparison(engine, table, known, table.table)}")
        ((found,),) = engine.execute("select count(*) from changed").fetchall()
        assert found == 0, found
    print(json.dumps({"megabytes": own_peak(), "seconds": time.perf_counter() - begin}))


def memory(folder: Path) -> None:
    print(f"memory of a process whose engine may use {MEMORY_LIMIT}: all rows read, kept and compared")
    most: list[float] = []
    for rows in (ROWS, MANY_ROWS):
        path, cache = folder / f"{rows}.parquet", folder / str(rows)
        write_people(path, rows, changed=False)
        command = [sys.executable, __file__, "--measure", str(path), str(cache)]
        measured = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        path.unlink()
        print(f"  {rows:>10,} rows  {measured['megabytes']:6,.0f} MB at most, {measured['seconds']:5.0f} s")
        most.append(measured["megabytes"])
    some, many = most
    report("memory", ratios=(many / some,), memory=many)


def fill_workspace(path: Path) -> list[str]:
    """A workspace with as many people as there are updates; their ids."""
    ids: list[str] = []
    with Sandbox(path) as sandbox:

        def call(path: str, body: object) -> str:
            request = Request("POST", path, {}, {"authorization": "Bearer x"}, json.dumps(body).encode())
            return str(json.loads(sandbox.handle(request).body)["id"])

        call("/data_attributes", {"name": "seats", "model": "contact", "data_type": "integer"})
        ids += [call("/contacts", {"external_id": f"user-{number}"}) for number in range(UPDATES)]
    return ids


def updates(folder: Path) -> None:
    print(f"{UPDATES:,} updates at {LIMIT} in {WINDOW} s, {WORKERS} at once: the windows allow {BOUND} s")
    db = folder / "sandbox.db"
    ids = fill_workspace(db)
    command = [PROGRAM, "sandbox", "serve", "--port", "0", "--db", str(db), "--rate-limit"]
    with subprocess.Popen([*command, f"{LIMIT}/{WINDOW}s"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split(" at ")[1].split(";")[0]
        try:
            took, refused = deliver_at(url, folder, ids)
        finally:
            server.terminate()
    report("updates", ratios=(took / BOUND,), memory=own_peak(), figures=f"{refused or 'none'} refused")


def deliver_at(url: str, folder: Path, ids: list[str]) -> tuple[float, int]:
    workspace = open_workspace(Target("bench", base_url=url, token=Token("any")), parallelism=WORKERS)
    try:
        app_id = workspace.identity().app_id
        records = workspace.records()
        with SpoolWriter(folder / "spool", app_id=app_id) as writer:
            for number, contact in enumerate(ids):
                writer.write(
                    Write(
                        number=number,
                        action="update",
                        record="contact",
                        key_name="external_id",
                        key=f"user-{number}",
                        live_id=contact,
                        body={"custom_attributes": {"seats": number}},
                        row=number + 1,
                    )
                )
        spool = open_spool(folder / "spool")
        assert spool is not None
        workspace.allow_writes()
        time.sleep(WINDOW - time.time() % WINDOW)
        begin = time.perf_counter()
        with WriteJournal(folder / "journal", spool, "bench") as journal:
            outcome = deliver(spool, records, journal, parallelism=WORKERS)
        took = time.perf_counter() - begin
        assert outcome.done == UPDATES, outcome
    finally:
        workspace.close()
    injected = httpx.get(f"{url}/sandbox/counts", headers={"authorization": "Bearer any"}).json()["injected"]
    return took, injected.get("429", 0)


def main() -> None:
    parts: dict[str, Callable[[Path], None]] = {
        "compare": compare,
        "updates": updates,
        "memory": memory,
    }
    for name, part in parts.items():
        if sys.argv[1:] in ([], [name]):
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                part(Path(folder))


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
