"""One connection to the workspace's file: statements, transactions, counters, facts and cached results."""

import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Value = TypeVar("Value")

PART_OF_MANY = 1_000
"""How many of many rows are in memory at once."""


class Store:
    """One connection to a workspace file; every statement runs inside `transaction`, of one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._cache: dict[str, tuple[tuple[int, int], Any]] = {}
        self._lasting: dict[str, Any] = {}

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Every row of a query."""
        return self._connection.execute(sql, values).fetchall()

    def iterate(self, sql: str, *values: object) -> Iterator[list[sqlite3.Row]]:
        """The rows of a query, some at a time; all are to be read before the transaction ends."""
        cursor = self._connection.execute(sql, values)
        while rows := cursor.fetchmany(PART_OF_MANY):
            yield rows

    def first_row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        return self._connection.execute(sql, values).fetchone()

    def number(self, sql: str, *values: object) -> int:
        """The single number a query answers with."""
        return int(self._connection.execute(sql, values).fetchone()[0])

    def run(self, sql: str, *values: object) -> int:
        """Runs a statement; returns how many rows it touched."""
        return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Runs a statement once per row."""
        self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, writes: bool) -> Generator[None]:
        """All or nothing; a writing one holds the file's write lock from its start."""
        with self._lock:
            self._connection.execute("begin immediate" if writes else "begin")
            changes = self._connection.total_changes
            try:
                yield
                # A full disk may show only here; then nothing of the transaction may stay pending.
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                if self._connection.total_changes != changes:
                    # They may hold what the transaction wrote.
                    self._lasting.clear()
                raise

    def cached_value(self, name: str, build: Callable[[], Value]) -> Value:
        """The result of `build`, called again once anyone has written to the file."""
        # The first number changes with other connections' writes, the second with this one's.
        revision = (read_pragma(self._connection, "data_version"), self._connection.total_changes)
        entry = self._cache.get(name)
        if entry is None or entry[0] != revision:
            entry = self._cache[name] = (revision, build())
        return entry[1]

    def lasting_value(self, name: str, build: Callable[[], Value]) -> Value:
        """The result of `build`, called once, which looks after its own being up to date.

        It is called again after a transaction that wrote and was rolled back.
        """
        if name not in self._lasting:
            self._lasting[name] = build()
        return self._lasting[name]

    def reserve(self, counter: str, count: int = 1) -> int:
        """Takes `count` consecutive numbers of a counter that starts at 1; returns the first."""
        row = self.first_row(
            "insert into counters values (?, ?) on conflict (name) do update set value = value + excluded.value"
            " returning value",
            counter,
            count,
        )
        assert row is not None
        return int(row[0]) - count + 1

    def meta(self, key: str) -> str | None:
        """A fact about the workspace itself."""
        row = self.first_row("select value from meta where key = ?", key)
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Replaces a fact about the workspace itself."""
        self.run(
            "insert into meta values (?, ?) on conflict (key) do update set value = excluded.value",
            key,
            value,
        )

    def delete_meta(self, key: str) -> None:
        """Forgets a fact about the workspace itself."""
        self.run("delete from meta where key = ?", key)

    def close(self) -> None:
        """Closes the connection once no thread is in a transaction."""
        with self._lock:
            self._connection.close()


def read_pragma(connection: sqlite3.Connection, name: str) -> int:
    """A setting of the connection or its file that is a number."""
    return int(connection.execute(f"pragma {name}").fetchone()[0])
