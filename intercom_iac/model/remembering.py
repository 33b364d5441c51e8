"""What is made of a tuple once, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_MOST = 256


def made_once(make: Callable[[tuple[str, ...]], T]) -> Callable[[tuple[str, ...]], T]:
    """`make`, remembered by which tuple it is: to hash a long one takes as long as to look through it."""
    kept: dict[int, tuple[tuple[str, ...], T]] = {}

    def remembered(texts: tuple[str, ...]) -> T:
        entry = kept.get(id(texts))
        if entry is None or entry[0] is not texts:
            if len(kept) >= _MOST:
                kept.clear()
            entry = kept[id(texts)] = (texts, make(texts))
        return entry[1]

    return remembered
