"""Tables read, planned and compared in DuckDB and in Spark by the same code, in an environment that has both.

A job comes in on standard input, as JSON; what each engine makes of it goes out. `cases` are sources, as a
`TableSource` has them; `plans` are people in files, and their events, planned one after the other with one cache;
`large` is a file that does not fit into the memory of either. Run as a script.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.engines import DuckDBTables, SparkEngine, SparkTables, SqlEngine, open_duckdb, open_spark
from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from intercom_iac.syncing import acknowledge, begin_writes, open_cache, plan_events, plan_sync
from intercom_iac.syncing.planner.comparison import changed_rows
from intercom_iac.tables import ColumnMapping, RejectTally, TableSource, read_table
from support.sync_tables import MemoryRecords, contact

TODAY = date(2026, 3, 29)
NOW = 1_774_742_400
MEMORY = "512MB"


def main(job: dict[str, Any]) -> dict[str, Any]:
    schema = load_specs(find_project(Path(job["project"]))).or_raise()
    found: dict[str, Any] = {"spark": {}, "file": {}}
    with open_spark(threads=2, memory_limit=MEMORY) as spark:
        for kind, engine in (("spark", spark), ("file", None)):
            found[kind]["cases"] = [judge(kind, case, engine, schema) for case in job["cases"]]
            found[kind]["plans"] = plans(kind, job["plans"], engine, schema)
            found[kind]["large"] = compare_large(kind, job["large"], engine, schema)
    return found


def judge(kind: Any, case: dict[str, Any], spark: SparkEngine | None, schema: Schema) -> Any:
    columns = {name: ColumnMapping(*mapped) for name, mapped in case.get("columns", {}).items()}
    source = TableSource(name="people", kind=kind, **{**case, "columns": columns})
    if spark is not None:
        return outcome(spark, source, schema)
    with open_duckdb() as duckdb:
        return outcome(duckdb, source, schema)


@contextmanager
def engines(spark: SparkEngine | None, memory_limit: str | None = None) -> Iterator[tuple[Any, Any, Any]]:
    """DuckDB, the engine of the tables, and how they are compared there."""
    with tempfile.TemporaryDirectory() as folder, open_duckdb(memory_limit=memory_limit) as duckdb:
        if spark is None:
            yield duckdb, duckdb, DuckDBTables(duckdb)
        else:
            yield duckdb, spark, SparkTables(duckdb, spark, Path(folder))


def plans(kind: Any, job: dict[str, Any], spark: SparkEngine | None, schema: Schema) -> list[Any]:
    """The plan of each file and its writes, which are taken to be done."""
    made: list[Any] = []
    records = MemoryRecords([contact(key, **values) for key, values in job["contacts"].items()])
    with (
        tempfile.TemporaryDirectory() as root,
        engines(spark) as (duckdb, engine, tables),
        open_cache(Path(root), "app", duckdb) as cache,
    ):
        for at, path in enumerate(job["files"]):
            record: Any = "event" if "event" in path else "contact"
            source = TableSource(name="people", kind=kind, record=record, location=path)
            table = read_table(engine, source, schema, today=TODAY, zone=UTC, rejects=RejectTally())
            spool: list[Any] = []

            class Sink:
                write = staticmethod(spool.append)

            said: dict[str, Any] = {"cache": cache, "spool": Sink(), "workspace": "w", "app_id": "app"}
            if record == "event":
                plan = plan_events(duckdb, table, source, tables=tables, **said)
            else:
                plan = plan_sync(
                    duckdb, table, source, records=records, mode="upsert", cache_days=7,
                    now=NOW + at * 3_600, tables=tables, **said,
                )  # fmt: skip
            begin_writes(cache, spool)
            done = [write for write in spool if write.key not in job["failing"]]
            for write in done:
                apply(records, write)
            acknowledge(
                cache, record=record, key_name=plan.key_name, shape=plan.shape, now=NOW + at * 3_600,
                done=[(write, write.live_id or f"id-{write.key}") for write in done],
            )  # fmt: skip
            # How many calls that took may differ: what is looked for is drawn at random.
            made.append([{**asdict(plan), "calls": 0}, [asdict(write) for write in spool]])
    return made


def apply(records: MemoryRecords, write: Any) -> None:
    if write.action == "create":
        records.contacts.append(contact(write.key, **write.body.get("custom_attributes", {})))
    elif write.action == "update":
        [live] = [one for one in records.contacts if one["id"] == write.live_id]
        live["custom_attributes"].update(write.body.get("custom_attributes", {}))


def compare_large(kind: Any, path: str, spark: SparkEngine | None, schema: Schema) -> Any:
    """Which rows differ from what was acknowledged, which is otherwise for one in a hundred."""
    source = TableSource(name="people", kind=kind, record="contact", location=path)
    with engines(spark, MEMORY) as (duckdb, engine, tables):
        table = read_table(engine, source, schema, today=TODAY, zone=UTC, rejects=RejectTally())
        tables.fetch("given", f"select key, fingerprint from {table.table}")
        duckdb.execute(
            "create table known as select key, case when row_number() over (order by key) % 100 = 0 "
            f"then 'other' else fingerprint end as fingerprint, 'id' as live_id, {NOW}::bigint as compared_at, "
            "null::bigint as written_at from given"
        )
        duckdb.execute("drop table given")
        query = changed_rows(
            tables.dialect, table=table.table, known=tables.lend("known"), key_name=table.key_name,
            columns=[column.column for column in table.columns], trusted_since=0,
            mode="update_only",
        )  # fmt: skip
        tables.fetch("changed", query)
        [found] = duckdb.rows(
            "select count(*), md5(string_agg(key || fingerprint, ',' order by key)) from changed"
        )
        return [table.rows, table.rejected, *found]


def outcome(engine: SqlEngine, source: TableSource, schema: Any) -> Any:
    """The accepted rows, what is said of the others, or what is wrong with the table."""
    tally = RejectTally(keep=10_000)
    try:
        table = read_table(engine, source, schema, today=TODAY, zone=UTC, rejects=tally)
    except InvalidSpecs as error:
        return [(one.code, one.message) for one in error.diagnostics]
    names = ", ".join(column.column for column in table.columns)
    rows = engine.rows(
        f"select row, key, fingerprint{', ' if names else ''}{names} from {table.table} order by row"
    )
    return {
        "rows": [list(row) for row in rows],
        "columns": [(column.name, column.shape) for column in table.columns],
        "ignored": table.ignored,
        "digest": table.shape_digest,
        "counts": (table.rows, table.rejected, table.valid),
        "rejects": sorted(
            (one.row, one.column or "", one.code.id, one.message, one.value) for one in tally.first
        ),
        "said": [(one.code, one.message) for one in table.diagnostics],
    }


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout, default=str)
