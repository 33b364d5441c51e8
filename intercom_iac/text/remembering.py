"""What is made of a tuple once, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

_MOST = 256
S = TypeVar("S")


def remembered_for_newest(make: Callable[[S], T]) -> Callable[[S], T]:
    """`make`, remembered for the one that was asked for last: while specs are loaded, there is one schema."""
    kept: list[tuple[S, T]] = []

    def value(subject: S) -> T:
        if not kept or kept[0][0] is not subject:
            kept[:] = [(subject, make(subject))]
        return kept[0][1]

    return value


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
