"""After a sync the workspace is the table where the table speaks, and what it was before where it does not; a second
run is empty. For generated specs, tables and workspaces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.application.syncing.runs import fold_ends, ranges_of
from intercom_iac.engines import open_duckdb
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.syncing import SyncMode, SyncPlan, begin_writes, open_cache, plan_sync
from intercom_iac.tables import NullMeaning, TableSource, read_table
from intercom_iac.workspace import Target, open_workspace
from intercom_iac.writes import SpoolWriter, WriteJournal, deliver, open_spool
from support.generators import examples

NOW = 1_790_000_000
DAYS = ("2024-02-29", "2026-01-05", "2026-12-31")
NAMES = ("plan_type", "seats", "job title", "größe", "it's")
WIRE = {DataType.OPTIONS: "string"}
VALUES: Mapping[DataType, st.SearchStrategy[Any]] = {
    DataType.STRING: st.sampled_from(["a", "Ada", "A", "'", "x" * 255, "1", "true", "é"]),
    DataType.OPTIONS: st.sampled_from(["free", "pro"]),
    DataType.INTEGER: st.sampled_from([0, 1, -7, 2**40]),
    DataType.FLOAT: st.sampled_from([0.5, -1.25, 3.0, 2.0**40]),
    DataType.BOOLEAN: st.booleans(),
    DataType.DATE: st.sampled_from(DAYS),
}
# A value that no attribute of the type can have: a row with one is rejected, and nothing of it is sent.
WRONG: Mapping[DataType, Any] = {DataType.STRING: "x" * 256, DataType.INTEGER: 0.5}


@dataclass(frozen=True)
class Case:
    """What is declared, who is there, and a table of them and of others."""

    types: Mapping[str, DataType]
    record: str
    before: Mapping[str, Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    null: NullMeaning
    mode: SyncMode

    @property
    def key(self) -> str:
        return "external_id" if self.record == "contact" else "company_id"

    @property
    def schema(self) -> Schema:
        attributes = [
            Attribute(
                cast("Any", self.record),
                name,
                type_,
                options=("free", "pro") if type_ is DataType.OPTIONS else (),
            )
            for name, type_ in self.types.items()
        ]
        return Schema(attributes={(item.model, item.name): item for item in attributes})

    def expected(self) -> dict[str, dict[str, Any]]:
        """What the workspace has afterwards, by key; an attribute without a value is left out."""
        records = {key: dict(values) for key, values in self.before.items()}
        often = Counter(row[self.key] for row in self.rows)
        for row in self.rows:
            key = row[self.key]
            cells = {name: value for name, value in row.items() if name != self.key}
            if often[key] > 1 or any(is_wrong(self.types[name], value) for name, value in cells.items()):
                continue
            if self.mode != "upsert" and (self.mode == "update_only") == (key not in self.before):
                continue
            values = records.setdefault(key, {})
            for name, value in cells.items():
                if value is not None:
                    values[name] = stored(self.types[name], value)
                elif self.null == "clear":
                    values.pop(name, None)
        return records


def is_wrong(type_: DataType, value: Any) -> bool:
    return type_ in WRONG and value == WRONG[type_]


def stored(type_: DataType, value: Any) -> Any:
    """A value of a table as Intercom has it: of a day, its first second."""
    if type_ is not DataType.DATE:
        return value
    day = date.fromisoformat(value)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    # Intercom has no `'` in names.
    types = {name: draw(st.sampled_from(list(VALUES))) for name in names if name != "it's"} or {
        "seats": DataType.INTEGER
    }
    record = draw(st.sampled_from(["contact", "company"]))
    keys = [f"k{number}" for number in range(6)]
    before = {
        key: {
            name: stored(type_, draw(VALUES[type_])) for name, type_ in types.items() if draw(st.booleans())
        }
        for key in draw(st.lists(st.sampled_from(keys), unique=True))
    }
    columns = draw(st.lists(st.sampled_from(sorted(types)), min_size=1, unique=True))
    rows = [
        {"external_id" if record == "contact" else "company_id": key}
        | {name: draw(cells(types[name])) for name in columns}
        for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=6))
    ]
    return Case(
        types=types,
        record=record,
        before=before,
        rows=rows,
        null=draw(st.sampled_from(["keep", "clear"])),
        mode=draw(st.sampled_from(["update_only", "upsert", "create_only"])),
    )


def cells(type_: DataType) -> st.SearchStrategy[Any]:
    wrong = [st.just(WRONG[type_])] if type_ in WRONG else []
    return st.one_of(VALUES[type_], VALUES[type_], st.none(), *wrong)


class Workspace:
    """The embedded workspace of a case, asked by its API."""

    def __init__(self, path: Path, case: Case) -> None:
        self.sandbox = Sandbox(path, timezone="UTC")
        self._case = case
        for name, type_ in case.types.items():
            body = {"name": name, "model": case.record, "data_type": WIRE.get(type_, type_.value)}
            if type_ is DataType.OPTIONS:
                body["options"] = [{"value": option} for option in ("free", "pro")]
            self.call("POST", "/data_attributes", body)
        collection = "/contacts" if case.record == "contact" else "/companies"
        for key, values in case.before.items():
            self.call("POST", collection, {case.key: key, "custom_attributes": values})

    def call(self, method: str, path: str, body: object = None) -> Any:
        raw = b"" if body is None else json.dumps(body).encode()
        answer = self.sandbox.handle(Request(method, path, {}, {"authorization": "Bearer x"}, raw))
        assert answer.status < 300, answer.body
        return json.loads(answer.body)

    def records(self) -> dict[str, dict[str, Any]]:
        """Each record's custom attributes that have a value, by key."""
        table = "contacts" if self._case.record == "contact" else "companies"
        with self.sandbox.store(writes=False) as store:
            ids = [row["id"] for row in store.all(f"select id from {table}")]
        found = [self.call("GET", f"/{table}/{record_id}") for record_id in ids]
        return {
            record[self._case.key]: {
                name: value
                for name, value in record["custom_attributes"].items()
                if value is not None and name in self._case.types
            }
            for record in found
        }


@contextmanager
def project() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def sync(root: Path, case: Case, *, verify: bool = False) -> SyncPlan:
    """One run: read, compare, write, remember."""
    table = root / "table.ndjson"
    table.write_text("".join(f"{json.dumps(row)}\n" for row in case.rows))
    source = TableSource(
        name="people", kind="file", record=cast("Any", case.record), location=str(table), null=case.null
    )
    live = open_workspace(Target("sandbox", sandbox=root / "sandbox.db"))
    try:
        app_id = live.identity().app_id
        with open_duckdb() as engine, open_cache(root, app_id, engine) as cache:
            accepted = read_table(
                engine, source, case.schema, today=date(2026, 9, 21), zone=UTC, rejects=lambda _: None
            )
            with SpoolWriter(root / "spool", app_id=app_id) as writer:
                plan = plan_sync(
                    engine,
                    accepted,
                    source,
                    cache=cache,
                    records=live.records(),
                    spool=writer,
                    mode=case.mode,
                    cache_days=7,
                    now=NOW,
                    workspace="sandbox",
                    app_id=app_id,
                    verify=verify,
                )
            spool = open_spool(root / "spool")
            assert spool is not None
            begin_writes(cache, spool)
            live.allow_writes()
            with WriteJournal(root / "journal", spool, "sandbox") as journal:
                outcome = deliver(spool, live.records(), journal, parallelism=1)
                assert outcome.complete, outcome
                fold_ends(cache, ranges_of([plan], [plan.writes]), spool, journal.states, NOW)
            return plan
    finally:
        live.close()


@given(case=cases(), verify=st.booleans())
@examples(25)
def test_the_table_where_it_speaks_and_a_second_run_is_empty(case: Case, verify: bool) -> None:
    with project() as root:
        workspace = Workspace(root / "sandbox.db", case)
        try:
            sync(root, case)
            after = workspace.records()
            assert after == case.expected()
            again = sync(root, case, verify=verify)
            assert again.writes == 0, again
            assert workspace.records() == after
        finally:
            workspace.sandbox.close()
