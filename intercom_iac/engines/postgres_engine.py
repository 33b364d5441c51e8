"""PostgreSQL in place, read by DuckDB's extension `postgres`: its queries run in the database, in its own dialect.

The extension is taken from where DuckDB keeps its extensions, or from the package
`duckdb-extension-postgres-scanner`; nothing is fetched. The address of a database is in no message: it may hold a
password.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from intercom_iac.compilers.sql import DIALECTS, Dialect
from intercom_iac.diagnostics import Misuse, require_extra

from .duckdb_engine import DuckDBEngine, open_duckdb
from .engine import EngineError
from .progress import Watch

_PACKAGE = "duckdb_extension_postgres_scanner"
_TEXT = DIALECTS["duckdb"].text

INSTALLING = (
    "`pip install duckdb-extension-postgres-scanner` with a DuckDB of the same version, "
    "or let DuckDB fetch it: `python -c \"import duckdb; duckdb.sql('install postgres')\"`"
)


class PostgresEngine:
    """A database that is only read (`SqlEngine`, but that nothing is made in it)."""

    def __init__(self, engine: DuckDBEngine, name: str) -> None:
        self._engine = engine
        self._name = name
        self.stage = ""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS["postgres"]

    def execute(self, statement: str) -> object:
        """Runs a query to its end. Raises `EngineError`."""
        return list(self.rows(statement))

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query in PostgreSQL's dialect. Raises `EngineError`."""
        import duckdb

        self._engine.stage = self.stage
        try:
            yield from self._engine.rows(f"select * from {postgres_query(statement, self._name)}")
        except duckdb.Error as error:
            raise EngineError(f"PostgreSQL: {query_failure(error)}") from None

    def column_types(self, source: str) -> dict[str, str]:
        """The columns of a table or a view, with their types; none where there is no such table.

        `source` is a name that the search path leads to, or one with its schema. A domain has the type that it is of,
        and every enumeration is `enum`. Raises `EngineError`.
        """
        rows = self.rows(
            "select a.attname::text, case when t.typtype = 'e' then 'enum' "
            "else format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), null) end::text "
            "from pg_attribute a join pg_type t on t.oid = a.atttypid "
            f"where a.attrelid = to_regclass({self.dialect.text(source)}) and a.attnum > 0 "
            "and not a.attisdropped order by a.attnum"
        )
        return {str(name): str(kind) for name, kind in rows}


@contextmanager
def open_postgres(address: str, *, variable: str, watch: Watch | None = None) -> Generator[PostgresEngine]:
    """An engine over a PostgreSQL database. Raises what `attach_postgres` does."""
    require_extra("preview", "reading PostgreSQL")
    with open_duckdb(watch=watch) as engine:
        attach_postgres(engine, address, variable=variable, name="people")
        yield PostgresEngine(engine, "people")


def attach_postgres(engine: DuckDBEngine, address: str, *, variable: str, name: str) -> None:
    """A database, read only, as `name` in the engine.

    `variable` is the environment variable that its address came from, for messages. Raises `Misuse` where DuckDB has
    no such extension, and `EngineError` where the database does not answer.
    """
    import duckdb

    _load_extension(engine)
    try:
        engine.execute(f"attach {_TEXT(address)} as {name} (type postgres, read_only)")
        # Only a query connects.
        engine.execute(f"select * from {postgres_query('select 1', name)}").fetchall()
    except duckdb.Error as error:
        raise EngineError(
            f"the PostgreSQL database at the address in `{variable}` does not answer: {_connecting(str(error))}",
            hint=f'`psql "${variable}"` connects with the same address',
        ) from None


def postgres_query(statement: str, name: str) -> str:
    """A query in PostgreSQL's dialect as a table of DuckDB."""
    return f"postgres_query({_TEXT(name)}, {_TEXT(statement)})"


def query_failure(error: Exception) -> str:
    """What a query failed of. Where rows were read, the message may hold a person's values: then nothing of it."""
    prepared = re.search(r'Failed to prepare query ".*": ERROR:\s+([^\n]+)', str(error), re.DOTALL)
    return "the query failed while it was read" if prepared is None else prepared[1].strip()


def _load_extension(engine: DuckDBEngine) -> None:
    import duckdb

    spec = find_spec(_PACKAGE)
    folder = None if spec is None or spec.origin is None else Path(spec.origin).parent
    version = f"v{duckdb.__version__}"
    packaged = (
        None if folder is None else folder / "extensions" / version / "postgres_scanner.duckdb_extension"
    )
    loads = ["load postgres"]
    if packaged is not None and packaged.exists():
        loads.insert(0, f"load {_TEXT(str(packaged))}")
    for load in loads:
        try:
            engine.execute(load)
        except duckdb.Error:
            continue
        return
    raise Misuse(
        f"DuckDB {duckdb.__version__} has no extension `postgres` here, which reads PostgreSQL",
        hint=INSTALLING,
    )


# What libpq says, and how it is told without the address.
_CONNECTING = (
    ("password authentication failed", "it refuses the user or the password"),
    ("could not translate host name", "the host is not known"),
    ("Connection refused", "nothing listens there"),
    ("timeout", "the time ran out"),
    ("No such file or directory", "there is no such socket"),
    ("does not exist", "there is no such user or database"),
    ("permission denied", "access is denied"),
    ("no pg_hba.conf entry", "it takes no connections from here"),
    ("SSL", "there is no agreement about TLS"),
)


def _connecting(message: str) -> str:
    return next((told for said, told in _CONNECTING if said in message), "the address is not understood")
