"""Where two trees, as plain data, first differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast


class Difference(NamedTuple):
    """The pointer of what differs, and what each tree has there."""

    pointer: str
    one: Any
    other: Any


def first_difference(one: Any, other: Any, pointer: str = "") -> Difference | None:
    """The first difference of two trees, of two nodes first their kind; None where they say the same."""
    pairs: Iterable[tuple[str | int, Any, Any]]
    if isinstance(one, dict) and isinstance(other, dict):
        left, right = cast("dict[str, Any]", one), cast("dict[str, Any]", other)
        if left.get("node") != right.get("node"):
            return Difference(f"{pointer}/node", left.get("node"), right.get("node"))
        pairs = [(key, value, right[key]) for key, value in left.items()]
    elif isinstance(one, list) and isinstance(other, list):
        items, others = cast("list[Any]", one), cast("list[Any]", other)
        if len(items) != len(others):
            return Difference(pointer, items, others)
        pairs = [(index, items[index], others[index]) for index in range(len(items))]
    else:
        # 3 and 3.0 are the same number, and `true` is none.
        same = one == other and isinstance(one, bool) == isinstance(other, bool)
        return None if same else Difference(pointer, one, other)
    for key, value, counterpart in pairs:
        if (difference := first_difference(value, counterpart, f"{pointer}/{key}")) is not None:
            return difference
    return None
