"""A query in a PostgreSQL database, run there in its own dialect; its rows are read into DuckDB."""

from __future__ import annotations

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import DuckDBEngine, EngineError, attach_postgres, postgres_query, query_failure

from ..source import TableSource
from .columns import Relation
from .queries import query_relation

_CATALOG = "sync_source"


def postgres_relation(engine: DuckDBEngine, source: TableSource) -> Relation:
    """The rows of the query, kept as a table. The database is only read.

    Raises `Misuse` without a query or an address, or where DuckDB has no extension for it, `EngineError` where the
    database does not answer or refuses the query.
    """
    import duckdb

    variable = source.variable or "the environment"
    if source.query is None:
        raise Misuse(f"the source `{source.name}` is in PostgreSQL, and has no `query`")
    if not source.database:
        raise Misuse(
            f"the source `{source.name}` is in PostgreSQL, and `{variable}` is not set",
            hint="it holds the address of the database, such as postgresql://HOST/NAME",
        )
    attach_postgres(engine, source.database, variable=variable, name=_CATALOG)
    try:
        asked = postgres_query(source.query.strip().rstrip(";"), _CATALOG)
        return query_relation(engine, f"select * from {asked}", source)
    except duckdb.Error as error:
        raise EngineError(f"the query of `{source.name}`: {query_failure(error)}") from None
    finally:
        engine.execute(f"detach {_CATALOG}")
