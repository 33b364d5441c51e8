"""Contacts in the order of a field, kept sorted, so that a page begins where bisection finds it."""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

Place = tuple[int, Any, str, int]
"""Where a contact stands: numbers, texts or those without a value; the value, the contact's id, its row number."""

_NUMBER, _TEXT, _NOT_SET = range(3)
# With this many places to move, sorting again costs less than moving each.
_MANY = 100
_LARGEST_STEP = 8_192


@dataclass(frozen=True, slots=True)
class Position:
    """A contact's place in an order: its value of the sort field, None where it has none, and its id."""

    value: Any
    contact_id: str
    seq: int = 0


def place_of(value: Any, contact_id: str, seq: int) -> Place:
    """The place of a contact by its value of the field; any text comes after any number, as in SQLite."""
    if value is None:
        return (_NOT_SET, 0, contact_id, seq)
    return (_TEXT if isinstance(value, str) else _NUMBER, value, contact_id, seq)


class Order:
    """The places of contacts in an order. Those without a value come last in either direction."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = sorted(places)
        self._known = bisect_left(self._places, (_NOT_SET,))

    def replace(self, removed: Collection[Place], added: Collection[Place]) -> None:
        """Removes places, all of which are there, and adds others."""
        places = self._places
        if len(removed) + len(added) > _MANY:
            gone = frozenset(place[-1] for place in removed)
            places[:] = [place for place in places if place[-1] not in gone]
            places += added
            places.sort()
        else:
            for place in removed:
                del places[bisect_left(places, place)]
            for place in added:
                insort(places, place)
        self._known = bisect_left(places, (_NOT_SET,))

    def after(
        self,
        position: Position | None,
        size: int,
        *,
        descending: bool = False,
        members: Collection[int] | None = None,
    ) -> list[Position]:
        """The first `size` contacts after a position, whose contact may be gone; from the start for None.

        `members` are the row numbers of those that are looked for, None for all.
        """
        found: list[Place] = []
        begin = self._known
        if position is None or position.value is not None:
            bounds = self._known_after(position, descending=descending)
            found = self._first_places(*bounds, size, members, descending=descending)
        else:
            begin = bisect_right(self._places, (_NOT_SET, 0, position.contact_id, math.inf))
        found += self._first_places(begin, len(self._places), size - len(found), members)
        return [
            Position(None if kind == _NOT_SET else value, contact_id, seq)
            for kind, value, contact_id, seq in found
        ]

    def _known_after(self, position: Position | None, *, descending: bool) -> tuple[int, int]:
        """From where to where the contacts with a value stand that come after a position."""
        if position is None:
            return 0, self._known
        kind, value, contact_id, _ = place_of(position.value, position.contact_id, 0)
        if descending:
            return 0, min(bisect_left(self._places, (kind, value, contact_id)), self._known)
        return min(bisect_right(self._places, (kind, value, contact_id, math.inf)), self._known), self._known

    def _first_places(
        self,
        begin: int,
        end: int,
        size: int,
        members: Collection[int] | None,
        *,
        descending: bool = False,
    ) -> list[Place]:
        """The first `size` places of members from `begin` to `end`, or from `end` back to `begin`."""
        found: list[Place] = []
        step = size
        while len(found) < size and begin < end:
            if descending:
                part = self._places[max(end - step, begin) : end][::-1]
                end -= len(part)
            else:
                part = self._places[begin : min(begin + step, end)]
                begin += len(part)
            found += part if members is None else [place for place in part if place[-1] in members]
            step = min(2 * step, _LARGEST_STEP)
        return found[:size]
