"""Where a source is read from: files as they lie, and what a query gives."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.engines import SqlEngine

from .columns import Relation
from .parquet import parquet_relation
from .queries import query_relation
from .rejects import RejectSink
from .source import TableSource


def open_relation(engine: SqlEngine, source: TableSource, rejects: RejectSink) -> Relation:
    """The source as rows in the engine. Raises `Misuse` for what cannot be read."""
    del rejects
    if source.query is not None:
        return query_relation(engine, source.query, source)
    assert source.location is not None, source.name
    return parquet_relation(engine, [Path(source.location)])
