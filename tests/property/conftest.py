"""Database engines for the property tests, and the prover without z3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest

from intercom_iac.prover import Unknown, smt
from support.engines import Cluster, Spark, Table, missing_postgres, missing_spark

Rows = list[tuple[Any, ...]]


class Database:
    """A database that runs statements. What one `world` makes in it is gone before the next."""

    def __init__(
        self, name: str, run: Callable[[str, Sequence[Any] | None], Any], json_type: str, mark: str
    ) -> None:
        self.name = name
        self.json_type = json_type
        self.mark = mark
        self.run = run

    @contextmanager
    def loaded(self, tables: Sequence[Table]) -> Iterator[None]:
        """The tables with their rows, for a while."""
        self.run("begin", None)
        try:
            for table in tables:
                self.run(table.create(self.json_type), None)
                if table.rows:
                    self.run(table.insert(self.json_type, self.mark), table.values)
            yield
        finally:
            self.run("rollback", None)

    def rows(self, statement: str) -> Rows:
        return self.run(statement, None).fetchall()


@pytest.fixture(scope="session")
def duckdb_engine() -> Iterator[Database]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        yield Database("duckdb", connection.execute, "json", "?")


@pytest.fixture(scope="session")
def postgres_engine() -> Iterator[Database]:
    why = missing_postgres()
    if why is not None:
        pytest.skip(why)
    cluster = Cluster()
    try:
        with cluster.connect() as connection:
            yield Database("postgres", connection.execute, "jsonb", "%s")
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def spark() -> Iterator[Spark]:
    why = missing_spark()
    if why is not None:
        pytest.skip(why)
    session = Spark()
    try:
        yield session
    finally:
        session.stop()


@pytest.fixture(scope="session", params=["duckdb", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> list[Database]:
    """Those that are there; tests of one database alone say which is missing."""
    names = ["duckdb", *(["postgres"] if missing_postgres() is None else [])]
    return [request.getfixturevalue(f"{name}_engine") for name in names]


@pytest.fixture
def prover_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prover's own procedure asks nobody for what it does not decide."""
    monkeypatch.setattr(smt, "decide_with_smt", lambda rule, world, **_: Unknown("z3 is not asked"))
