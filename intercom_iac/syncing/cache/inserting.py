"""Many rows into a table of DuckDB at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from intercom_iac.engines import DuckDBEngine

T = TypeVar("T")


_AT_ONCE = 5_000


def insert_columns(
    engine: DuckDBEngine, table: str, types: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Inserts rows, all in one statement: DuckDB takes a list a column."""
    lists = ", ".join(f"unnest(?::{type_}[])" for type_ in types)
    engine.execute(
        f"insert into {table} select {lists}", [list(column) for column in zip(*rows, strict=True)]
    )


def batches(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of `size`, the last of which may be shorter."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
