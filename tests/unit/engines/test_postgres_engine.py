"""What is said of a database that does not answer, without its address."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import EngineError, PostgresEngine, attach_postgres, open_duckdb, postgres_query

ADDRESS = "postgresql://ana:hidden-1@db.example/people"
AT = f'IO Error: Unable to connect to Postgres at "{ADDRESS}": connection to server failed: '


class Failing:
    """DuckDB, which loads an extension, and then says this."""

    stage = ""

    def __init__(self, says: str) -> None:
        self.says = says

    def execute(self, statement: str) -> Any:
        if not statement.startswith("load"):
            raise duckdb.IOException(self.says)

    def rows(self, statement: str) -> Any:
        raise duckdb.BinderException(self.says)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL: password authentication failed for user "ana"', "it refuses the user or the password"),
        ('could not translate host name "db.example" to address', "the host is not known"),
        ("Connection refused", "nothing listens there"),
        ("something of ana", "the address is not understood"),
    ],
)
def test_the_address_is_not_shown(said: str, told: str) -> None:
    with pytest.raises(EngineError) as caught:
        attach_postgres(Failing(AT + said), ADDRESS, variable="DATABASE_URL", name="db")
    assert caught.value.message == (
        f"the PostgreSQL database at the address in `DATABASE_URL` does not answer: {told}"
    )
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'Failed to prepare query "select x": ERROR:  column "x" does not exist\nLINE 1',
            'column "x" does not exist',
        ),
        ('Failed to execute query: ERROR: invalid input "ana@x.io"', "the query failed while it was read"),
    ],
)
def test_no_value_of_a_row_is_shown(said: str, told: str) -> None:
    with pytest.raises(EngineError) as caught:
        PostgresEngine(Failing(said), "db").execute("select x")
    assert caught.value.message == f"PostgreSQL: {told}"


def test_a_missing_extension_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def opened() -> Generator[Any]:
        with open_duckdb() as engine:
            engine.execute("set extension_directory = '/nowhere'")
            yield engine

    monkeypatch.setattr("intercom_iac.engines.postgres_engine.find_spec", lambda name: None)
    with opened() as engine, pytest.raises(Misuse) as caught:
        attach_postgres(engine, ADDRESS, variable="DATABASE_URL", name="db")
    assert "has no extension `postgres`" in caught.value.message
    assert caught.value.hint is not None
    assert "pip install duckdb-extension-postgres-scanner" in caught.value.hint


def test_a_query_is_quoted() -> None:
    assert postgres_query("select 'a'", "db") == "postgres_query('db', 'select ''a''')"
