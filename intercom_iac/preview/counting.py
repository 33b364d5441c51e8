"""Asks an engine for the answers of rules, in one query, and sums them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from intercom_iac.compilers.sql import mask_names

from .sizes import Preview, list_members, sum_groups

Rows = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a query, and gives its rows."""


def count_members(keys: Sequence[str], masks: str, rows: Rows, *, head: str = "") -> Preview:
    """The sizes and overlaps of segments whose answers the query `masks` has; `head` stands before the whole."""
    names = mask_names(len(keys))
    grouping = f" group by {', '.join(names)}" if names else ""
    columns = ", ".join(("count(*)", *names))
    return sum_groups(keys, rows(f"{head}select {columns} from ({masks}) f{grouping}"))


def count_and_list_members(
    keys: Sequence[str], masks: str, rows: Rows, *, order: str, head: str = ""
) -> Preview:
    """The same with the ids of members, which the query has as `id`, in the order of one of its columns."""
    columns = ", ".join(("id", *mask_names(len(keys))))
    return list_members(keys, rows(f"{head}select {columns} from ({masks}) f order by {order}"))
