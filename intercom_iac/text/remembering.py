"""What is made of a tuple once, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

_MOST = 256


def cached_by_identity(make: Callable[[tuple[K, ...]], T]) -> Callable[[tuple[K, ...]], T]:
    """`make`, remembered by which tuple it is: to hash a long one takes as long as to look through it."""
    kept: dict[int, tuple[tuple[K, ...], T]] = {}

    def cached_value(items: tuple[K, ...]) -> T:
        entry = kept.get(id(items))
        if entry is None or entry[0] is not items:
            if len(kept) >= _MOST:
                kept.clear()
            entry = kept[id(items)] = (items, make(items))
        return entry[1]

    return cached_value
