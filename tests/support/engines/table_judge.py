"""Tables read, planned and compared in DuckDB and in Spark by the same code, in an environment that has both.

A line is a job as JSON, `{"name": ..., "of": {...}}`: the functions of `JOBS` say what each takes. A line goes out
with what each engine makes of it, as `{"duckdb": ..., "spark": ...}`, or with the `error`. Run as a script.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.engines import DuckDBTables, SparkEngine, SparkTables, open_duckdb, open_spark
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.model.payload import PayloadField
from intercom_iac.syncing import acknowledge, begin_writes, open_cache, plan_events, plan_sync
from intercom_iac.syncing.planner.comparison import changed_rows
from intercom_iac.tables import FORMS, AcceptedTable, ColumnMapping, RejectTally, TableSource, read_table
from intercom_iac.tables.shapes.known import SHAPES, Writer
from intercom_iac.tables.shapes.texts import given_sql
from intercom_iac.tables.sources.columns import describe_columns
from intercom_iac.tables.staging.fingerprints import fingerprint_sql
from intercom_iac.tables.staging.values import right_sql, value_sql
from intercom_iac.tables.table import TableColumn
from support.sync_tables import MemoryRecords, contact

TODAY = date(2026, 3, 29)
NOW = 1_774_742_400
TOMORROW = 1_774_828_800
MEMORY = "512MB"
Json = Mapping[str, Any]


class Side:
    """DuckDB, the engine in which a table is, and how the two hand over."""

    def __init__(self, duckdb: Any, spark: SparkEngine | None, folder: Path) -> None:
        self.duckdb = duckdb
        self.engine: Any = duckdb if spark is None else spark
        self.tables: Any = DuckDBTables(duckdb) if spark is None else SparkTables(duckdb, spark, folder)
        self.folder = folder
        self.forms = FORMS[self.engine.dialect.name]
        self._kind: Any = "file" if spark is None else "spark"

    def files(self, path: str) -> str:
        """What stands behind `from` for a file of Parquet."""
        return f"read_parquet('{path}')" if self._kind == "file" else f"parquet.`{path}`"

    def source(self, settings: Json) -> TableSource:
        columns = {name: ColumnMapping(*mapped) for name, mapped in settings.get("columns", {}).items()}
        return TableSource(
            name="people", kind=self._kind, **{"record": "contact", **settings, "columns": columns}
        )

    def read(self, source: TableSource, schema: Schema, tally: RejectTally) -> AcceptedTable:
        return read_table(self.engine, source, schema, today=TODAY, zone=UTC, rejects=tally)


@contextmanager
def open_side(spark: SparkEngine | None, memory_limit: str | None) -> Iterator[Side]:
    with tempfile.TemporaryDirectory() as folder, open_duckdb(memory_limit=memory_limit) as duckdb:
        yield Side(duckdb, spark, Path(folder))


# --- jobs: what one engine makes of it ----------------------------------------------------------------------


def read(side: Side, job: Json) -> Any:
    """The accepted rows of the `source`, what is said of the others, or what is wrong with the table."""
    tally = RejectTally(keep=10_000)
    try:
        table = side.read(side.source(job["source"]), schema_of(job["schema"]), tally)
    except InvalidSpecs as error:
        return [(one.code, one.message) for one in error.diagnostics]
    names = ", ".join(["row", "key", "fingerprint", *(column.column for column in table.columns)])
    return {
        "rows": list(side.engine.rows(f"select {names} from {table.table} order by row")),
        "columns": [(column.name, column.shape) for column in table.columns],
        "ignored": table.ignored,
        "digest": table.shape_digest,
        "counts": (table.rows, table.rejected, table.valid),
        "rejects": sorted(
            (one.row, one.column or "", one.code.id, one.message, one.value) for one in tally.first
        ),
        "said": [(one.code, one.message) for one in table.diagnostics],
    }


def plan(side: Side, job: Json) -> Any:
    """The plans of `sources`, one after the other with one cache, and their writes, which are taken to be done but
    for the keys that are `failing`. `contacts` are in the workspace."""
    schema = schema_of(job["schema"])
    records = MemoryRecords([contact(key, **values) for key, values in job["contacts"].items()])
    made: list[Any] = []
    with tempfile.TemporaryDirectory() as root, open_cache(Path(root), "app", side.duckdb) as cache:
        for at, settings in enumerate(job["sources"]):
            source, now = side.source(settings), NOW + at * 3_600
            tally = RejectTally(keep=10_000)
            table = side.read(source, schema, tally)
            spool: list[Any] = []

            class Sink:
                write = staticmethod(spool.append)

            said: dict[str, Any] = {"cache": cache, "spool": Sink(), "workspace": "w", "app_id": "app"}
            said["tables"] = side.tables
            if source.record == "event":
                planned = plan_events(side.duckdb, table, source, **said)
            else:
                planned = plan_sync(
                    side.duckdb, table, source, records=records, mode=job["mode"], cache_days=7, now=now, **said
                )  # fmt: skip
            begin_writes(cache, spool)
            done = [write for write in spool if write.key not in job.get("failing", ())]
            for write in done:
                if source.record != "event":
                    records.carry_out(write, now)
            acknowledge(
                cache, record=source.record, key_name=planned.key_name, shape=planned.shape, now=now,
                done=[(write, write.live_id or f"id-{write.key}") for write in done],
            )  # fmt: skip
            rejects = sorted((one.row, one.column or "", one.code.id, one.message) for one in tally.first)
            # How many calls that took may differ: what is looked for is drawn at random.
            made.append([{**asdict(planned), "calls": 0}, [asdict(write) for write in spool], rejects])
    return made


def meanings(side: Side, job: Json) -> Any:
    """What each text in the column `t` of a file means in each shape of each type."""
    writer = Writer(forms=side.forms, dialect=side.engine.dialect)
    found: dict[str, Any] = {}
    for type_, shapes in SHAPES.items():
        for name, shape in shapes.items():
            query = f"select t, {shape.value('t', writer)} from {side.files(job['path'])} order by t"
            found[f"{type_} {name}"] = list(side.engine.rows(query))
    return found


def values(side: Side, job: Json) -> Any:
    """What each column of a file is as an attribute of each type: the value, and the fingerprint of a right one."""
    rows, dialect, forms = side.files(job["path"]), side.engine.dialect, side.forms
    found: dict[str, Any] = {}
    for column in describe_columns(side.engine, f"select * from {rows}", forms):
        if column.name == "n":
            continue
        columns = [
            TableColumn(name=type_, field=field_of(type_), column=f"p{at}")
            for at, type_ in enumerate(DataType)
        ]
        given = [f"{given_sql(column, one.field)} as g{at}" for at, one in enumerate(columns)]
        valued = [
            f"{value_sql(column, f'g{at}', one.field, forms)} as {one.column}"
            for at, one in enumerate(columns)
        ]
        selected: list[str] = []
        for one in columns:
            right = right_sql(one.column, one.field, forms, dialect, future=TOMORROW)
            selected += [
                f"case when {right} then {value} end" for value in (one.column, fingerprint_sql([one], forms))
            ]
        query = (
            f"select n, {', '.join(selected)} from (select n, {', '.join(valued)} from "
            f"(select n, {', '.join(given)} from {rows}) as given) as valued order by n"
        )
        found[f"{column.name} {column.kind}"] = list(side.engine.rows(query))
    return found


def compare_large(side: Side, job: Json) -> Any:
    """Which rows of a file differ from what was acknowledged, which is otherwise for one in a hundred."""
    table = side.read(side.source({"location": job["path"]}), schema_of(job["schema"]), RejectTally())
    side.tables.fetch("given", f"select key, fingerprint from {table.table}")
    side.duckdb.execute(
        "create or replace table known as select key, case when row_number() over (order by key) % 100 = 0 "
        f"then 'other' else fingerprint end as fingerprint, 'id' as live_id, {NOW}::bigint as compared_at, "
        "null::bigint as written_at from given"
    )
    side.duckdb.execute("drop table given")
    query = changed_rows(
        side.tables.dialect, table=table.table, known=side.tables.lend("known"), key_name=table.key_name,
        columns=[column.column for column in table.columns], trusted_since=0, mode="update_only",
    )  # fmt: skip
    side.tables.fetch("changed", query)
    [found] = side.duckdb.rows(
        "select count(*), md5(string_agg(key || fingerprint, ',' order by key)) from changed"
    )
    return [table.rows, table.rejected, *found]


JOBS: Mapping[str, Callable[[Side, Json], Any]] = {
    job.__name__: job for job in (read, plan, meanings, values, compare_large)
}

# Compiling Java takes longer than a few rows.
FEW_ROWS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def schema_of(said: Json) -> Schema:
    """Attributes of contacts and events, as the fields of `Attribute` and `MetadataKey`."""
    attributes = [Attribute(**{**one, "type": DataType(one["type"])}) for one in said["attributes"]]
    events = [
        Event(name, metadata=tuple(MetadataKey(key, DataType(type_)) for key, type_ in keys.items()))
        for name, keys in said.get("events", {}).items()
    ]
    return Schema(
        attributes={attribute.address: attribute for attribute in attributes},
        events={event.name: event for event in events},
        segments={},
    )


def field_of(type_: DataType) -> PayloadField:
    options = ("free", "it's") if type_ is DataType.OPTIONS else ()
    return PayloadField(owner="contact", name=type_.value, type=type_, options=options)


def exactly(value: Any) -> Any:
    """The value for JSON, each number as itself alone: a fraction is told from a whole one, and -0.0 from 0.0."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isnan(value) else value.hex()
    if isinstance(value, Mapping):
        return {str(name): exactly(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [exactly(one) for one in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def main() -> None:
    with open_spark(threads=2, memory_limit=MEMORY) as spark:
        for line in sys.stdin:
            job = json.loads(line)
            is_large = job["name"] == "compare_large"
            for name, value in FEW_ROWS.items():
                spark.execute(f"reset {name}" if is_large else f"set {name}={value}")
            answer: dict[str, Any] = {}
            try:
                for name, engine in (("duckdb", None), ("spark", spark)):
                    with open_side(engine, MEMORY if is_large else None) as side:
                        answer[name] = exactly(JOBS[job["name"]](side, job["of"]))
            except Exception:
                answer = {"error": traceback.format_exc()}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
