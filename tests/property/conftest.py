"""Database engines for the property tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import pytest

from support.engines import Cluster, missing_postgres

Rows = list[tuple[Any, ...]]


class Engine:
    """A database that runs statements. What one `world` makes in it is gone before the next."""

    def __init__(
        self, name: str, run: Callable[[str, Sequence[Any] | None], Any], json_type: str, mark: str
    ) -> None:
        self.name = name
        self.json_type = json_type
        self.mark = mark
        self._run = run

    def run(self, statement: str, values: Sequence[Any] | None = None) -> None:
        self._run(statement, values)

    def rows(self, statement: str) -> Rows:
        return self._run(statement, None).fetchall()


@pytest.fixture(scope="session")
def duckdb_engine() -> Iterator[Engine]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        yield Engine("duckdb", connection.execute, "json", "?")


@pytest.fixture(scope="session")
def postgres_engine() -> Iterator[Engine]:
    why = missing_postgres()
    if why is not None:
        pytest.skip(why)
    cluster = Cluster()
    try:
        with cluster.connect() as connection:
            yield Engine("postgres", connection.execute, "jsonb", "%s")
    finally:
        cluster.stop()


@pytest.fixture(scope="session", params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"{request.param}_engine")
