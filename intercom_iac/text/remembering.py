"""What is made of a value once, however many ask for it: known by which value it is, not by what it holds."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeVar, TypeVarTuple

K = TypeVar("K")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_MOST = 256


def remembered_for_newest(make: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """`make`, remembered for what it was asked for last: while specs are loaded, there is one schema."""
    kept: list[tuple[tuple[*Ts], T]] = []

    def value(*subjects: *Ts) -> T:
        if not kept or not all(map(is_, kept[0][0], subjects)):
            kept[:] = [(subjects, make(*subjects))]
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
