"""What a query gives, kept as a table: it is asked once, however often it is read."""

from __future__ import annotations

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine
from intercom_iac.model.payload import shown_name

from ..forms import FORMS
from ..source import TableSource
from .columns import Relation, describe_columns

_NUMBER = "sync_row_number"


def query_relation(engine: SqlEngine, query: str, source: TableSource) -> Relation:
    """The rows of a query, numbered in the order in which they came. Raises `Misuse` for what is not one query: a
    source is read, and nothing is written, attached or set by it."""
    import duckdb

    asked = query.strip()
    statements = duckdb.extract_statements(asked)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise Misuse(
            f"the query of `{shown_name(source.name)}` is not one query",
            hint="it is one `select`, which reads and does nothing else",
        )
    name = f"sync_{source.record}_given"
    forms = FORMS[engine.dialect.name]
    # A comment may end a query.
    of_query = f"({_without_end(asked)}\n) as asked"
    for statement in forms.create:
        engine.execute(statement.format(name, f"select * from {of_query}"))
    columns = describe_columns(engine, f"select * from {name}", forms)
    if all(column.name.lower() != "rowid" for column in columns):
        return Relation(rows=name, number="rowid + 1", columns=columns)
    numbered = f"{name}_numbered"
    for statement in forms.create:
        engine.execute(statement.format(numbered, f"select *, row_number() over () as {_NUMBER} from {name}"))
    return Relation(rows=numbered, number=_NUMBER, columns=columns)


def _without_end(query: str) -> str:
    """The query without the semicolon behind it, behind which there may be a comment."""
    import duckdb

    letters = query.encode()
    for at, kind in duckdb.tokenize(query):
        if kind == duckdb.token_type.operator and letters[at : at + 1] == b";":
            return letters[:at].decode()
    return query
