"""A source in Spark: Parquet where it lies, at any address that Spark reads, or what a query of Spark gives."""

from __future__ import annotations

from itertools import accumulate

from intercom_iac.engines import SqlEngine

from ..forms import FORMS
from ..source import TableSource
from .columns import Relation, describe_columns


def spark_relation(engine: SqlEngine, source: TableSource) -> Relation:
    """The rows of a source, numbered through: in the order of the names of the files. Raises `EngineError`."""
    if source.query is None:
        assert source.location is not None, source.name
        return _files(engine, source, f"parquet.{engine.dialect.identifier(source.location)}")
    # Kept as a table: it is asked once, however often it is read.
    name = f"sync_{source.record}_given"
    asked = source.query.strip().rstrip(";")
    for statement in FORMS["spark"].create:
        engine.execute(statement.format(name, f"select * from ({asked}) as asked"))
    return _files(engine, source, name)


def _files(engine: SqlEngine, source: TableSource, rows: str) -> Relation:
    columns = describe_columns(engine, f"select * from {rows}", FORMS["spark"])
    counted = f"select _metadata.file_path, count(*) from {rows} group by 1 order by 1"
    files: dict[str, int] = {str(path): int(count) for path, count in engine.rows(counted)}
    if len(files) < 2:
        return Relation(rows=rows, number="_metadata.row_index + 1", columns=columns)
    before = f"sync_{source.record}_files"
    text = engine.dialect.text
    starts = accumulate(files.values(), initial=0)
    listed = ", ".join(f"({text(path)}, {start})" for path, start in zip(files, starts, strict=False))
    engine.execute(
        f"create or replace temporary view {before} as select * from (values {listed}) as v(path, rows_before)"
    )
    numbered = (
        f"(select s.*, f.rows_before + s._metadata.row_index + 1 as sync_row_number from {rows} s "
        f"join {before} f on f.path = s._metadata.file_path) as numbered"
    )
    return Relation(rows=numbered, number="sync_row_number", columns=columns)
