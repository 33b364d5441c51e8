"""What a query gives, kept as a table: it is asked once, however often it is read."""

from __future__ import annotations

from intercom_iac.engines import SqlEngine

from ..forms import FORMS
from ..source import TableSource
from .columns import Relation, describe_columns


def query_relation(engine: SqlEngine, query: str, source: TableSource) -> Relation:
    """The rows of a query, numbered in the order in which they came."""
    name = f"sync_{source.record}_given"
    forms = FORMS[engine.dialect.name]
    asked = query.strip().rstrip(";")
    for statement in forms.create:
        engine.execute(statement.format(name, f"select * from ({asked}) as asked"))
    columns = describe_columns(engine, f"select * from {name}", forms)
    return Relation(rows=name, number="rowid + 1", columns=columns)
