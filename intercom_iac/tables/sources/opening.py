"""Where a source is read from: files as they lie, and what a query gives."""

from __future__ import annotations

from intercom_iac.engines import DuckDBEngine, SqlEngine

from ..rejects.rejected import RejectSink
from ..source import TableSource
from .columns import Relation
from .csv_files import csv_relation
from .files import find_files
from .json_files import json_relation
from .parquet import parquet_relation
from .postgres import postgres_relation
from .queries import query_relation
from .spark import spark_relation


def open_relation(engine: SqlEngine, source: TableSource, rejects: RejectSink) -> Relation:
    """The source as rows in the engine. Raises `Misuse` for what cannot be read."""
    if source.kind == "spark":
        return spark_relation(engine, source)
    if source.kind == "postgres":
        assert isinstance(engine, DuckDBEngine)
        return postgres_relation(engine, source)
    if source.query is not None:
        return query_relation(engine, source.query, source)
    assert source.location is not None, source.name
    files = find_files(source.location)
    match files[0].form:
        case "parquet":
            return parquet_relation(engine, files, source)
        case "csv":
            return csv_relation(engine, files, rejects)
        case "json":
            return json_relation(engine, files, rejects)
