"""Contacts in an order, a page at a time: a page begins after the last contact of the one before it.

A late page costs no more than an early one. Contacts without a value of the sort field come last in either order.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from ..wire.json_values import JsonObject
from .members import Members
from .search_index import SearchIndex, among
from .sql import LARGEST_INTEGER, Sql

ORDER_INDEXES = {
    "created_at": "contacts_by_created_at",
    "updated_at": "contacts_by_updated_at",
    "json_extract(fields, '$.last_seen_at')": "contacts_by_last_seen_at",
}
"""Expression of a field -> the index that has all contacts in its order."""

ALWAYS_SET = ("created_at", "updated_at", "id", "role")
"""The fields that every contact has a value of."""


@dataclass(frozen=True, slots=True)
class Position:
    """A contact's place in an order: its value of the sort field, None where it has none, and its id."""

    value: Any
    contact_id: str
    seq: int = 0


class ContactPages(Protocol):
    """Some contacts in an order."""

    def total(self) -> int:
        """How many there are."""
        ...

    def after(self, position: Position | None, size: int) -> list[Position]:
        """The first `size` contacts after a position, whose contact may be gone; from the start for None.

        Raises TypeError where the position holds no value of the sort field.
        """
        ...


class ListedContacts:
    """Flat contacts in memory, by a field."""

    def __init__(self, contacts: Iterable[JsonObject], field: str, *, descending: bool) -> None:
        self._field, self._descending = field, descending
        self._places = {contact["seq"]: _place(contact, field) for contact in contacts}
        self._with_value = sorted(place for place in self._places.values() if len(place) == 3)
        self._without_value = sorted(place for place in self._places.values() if len(place) == 2)

    def __len__(self) -> int:
        return len(self._places)

    def replace(self, removed: Iterable[int], added: Iterable[JsonObject]) -> None:
        """Removes the contacts of some row numbers, those that are there, and adds others."""
        for seq in removed:
            place = self._places.pop(seq, None)
            if place is not None:
                places = self._list_of(place)
                del places[bisect_left(places, place)]
        for contact in added:
            place = self._places[contact["seq"]] = _place(contact, self._field)
            insort(self._list_of(place), place)

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return len(self._places)

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        with_value: list[tuple[Any, ...]] = []
        skipped = 0
        if position is not None and position.value is None:
            skipped = bisect_right(self._without_value, position.contact_id, key=lambda place: place[0])
        elif self._descending:
            end = len(self._with_value)
            if position is not None:
                end = bisect_left(self._with_value, (position.value, position.contact_id), key=_sort_key)
            with_value = self._with_value[max(end - size, 0) : end][::-1]
        else:
            start = 0
            if position is not None:
                start = bisect_right(self._with_value, (position.value, position.contact_id), key=_sort_key)
            with_value = self._with_value[start : start + size]
        without_value = self._without_value[skipped : skipped + size - len(with_value)]
        return [Position(*place) for place in with_value] + [
            Position(None, *place) for place in without_value
        ]

    def _list_of(self, place: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return self._with_value if len(place) == 3 else self._without_value


def _place(contact: JsonObject, field: str) -> tuple[Any, ...]:
    """The contact's value of the field, where it has one, its id and its row number."""
    value = (contact[field],) if field in contact else ()
    return (*value, contact["id"], contact["seq"])


def _sort_key(place: tuple[Any, ...]) -> tuple[Any, ...]:
    return place[:2]


class ContactTable:
    """The contacts of the index for which `where`, an exact condition, holds; by `order`, a field of type `kind`.

    `members` are those contacts.
    """

    def __init__(
        self, index: SearchIndex, where: Sql, members: Members, order: Sql, kind: str, *, descending: bool
    ) -> None:
        self._index, self._order, self._kind = index, order, kind
        self._total, self._descending = members.total, descending
        self._always_set = order.text in ALWAYS_SET
        few = members.are_few(index)
        self._where = among(members.contacts) if few and members.contacts is not None else where
        # SQLite assumes that every condition with an index selects few rows.
        order_index = ORDER_INDEXES.get(order.text)
        self._hint = "not indexed" if few else f"indexed by {order_index}" if order_index else ""

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return self._total

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        positions: list[Position] = []
        if position is None or position.value is not None:
            positions = self._with_value(position, size)
            position = None
        if len(positions) < size and not self._always_set:
            positions += self._without_value(position, size - len(positions))
        return positions

    def statements(self, position: Position | None, size: int) -> list[tuple[str, tuple[Any, ...]]]:
        """The SQL, with its values, that reads the contacts that have a value of the sort field."""
        order, direction, beyond = self._order, *(("desc", "<") if self._descending else ("asc", ">"))
        where, values = self._where.text, [*self._where.values]
        if position is not None and self._always_set:
            where += f" and ({order.text}, id) {beyond} (?, ?)"
            values += [position.value, position.contact_id]
        elif position is not None:
            # SQLite looks up a pair in an index of columns, but not in one of an expression on JSON.
            where += f" and {order.text} {beyond}= ? and ({order.text} {beyond} ? or id {beyond} ?)"
            values += [*order.values, position.value, *order.values, position.value, position.contact_id]
        elif not self._always_set:
            where += f" and {order.text} is not null"
            values += order.values
        return self._index.statements(
            Sql(f"{order.text} as value, id, seq", order.values),
            Sql(where, tuple(values)),
            tail=Sql(f"order by {order.text} {direction}, id {direction} limit ?", (*order.values, size)),
            hint=self._hint,
        )

    def _with_value(self, position: Position | None, size: int) -> list[Position]:
        if position is not None and not self._is_value(position.value):
            raise TypeError(position.value)
        positions = [Position(*row) for row in self._index.run(self.statements(position, size))]
        # Sorted already but for those of the second table, if any.
        return sorted(positions, key=_text_last, reverse=self._descending)[:size]

    def _without_value(self, position: Position | None, size: int) -> list[Position]:
        after = "" if position is None else position.contact_id
        where = f"{self._where.text} and {self._order.text} is null and id > ?"
        rows = self._index.select(
            "null, id, seq",
            Sql(where, (*self._where.values, *self._order.values, after)),
            tail=Sql("order by id limit ?", (size,)),
        )
        return sorted((Position(*row) for row in rows), key=lambda position: position.contact_id)[:size]

    def _is_value(self, value: object) -> bool:
        if self._kind == "string":
            return isinstance(value, str)
        # SQLite takes an integer that is too large for it as a float.
        return isinstance(value, float) or (isinstance(value, int) and abs(value) <= LARGEST_INTEGER)


def _text_last(position: Position) -> tuple[bool, Any, str]:
    """The order of SQLite, for which any text is greater than any number."""
    return isinstance(position.value, str), position.value, position.contact_id
