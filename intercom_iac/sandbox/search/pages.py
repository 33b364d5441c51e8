"""Contacts in an order, a page at a time: a page begins after the last contact of the one before it.

A late page costs no more than an early one. Contacts without a value of the sort field come last in either order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from ..storage.recent_answers import RecentAnswers
from ..storage.store import Store
from ..wire.json_values import JsonObject
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
        with_value: list[tuple[Any, str, int]] = []
        without_value: list[tuple[str, int]] = []
        for contact in contacts:
            if field in contact:
                with_value.append((contact[field], contact["id"], contact["seq"]))
            else:
                without_value.append((contact["id"], contact["seq"]))
        self._with_value, self._without_value = sorted(with_value), sorted(without_value)
        self._descending = descending

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return len(self._with_value) + len(self._without_value)

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        with_value: list[tuple[Any, str, int]] = []
        skipped = 0
        if position is not None and position.value is None:
            skipped = bisect_right(self._without_value, position.contact_id, key=lambda item: item[0])
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
        return [Position(*item) for item in with_value] + [Position(None, *item) for item in without_value]


def _sort_key(item: tuple[Any, str, int]) -> tuple[Any, str]:
    return item[0], item[1]


class ContactTable:
    """The contacts in the file for which `where`, an exact condition, holds; by `order`, a field of type `kind`."""

    def __init__(self, store: Store, where: Sql, order: Sql, kind: str, *, descending: bool) -> None:
        self._store, self._where, self._order, self._kind = store, where, order, kind
        self._descending = descending
        self._always_set = order.text in ALWAYS_SET

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return self._count(self._where)

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        positions: list[Position] = []
        if position is None or position.value is not None:
            positions = self._with_value(position, size)
            position = None
        if len(positions) < size and not self._always_set:
            positions += self._without_value(position, size - len(positions))
        return positions

    def statement(self, position: Position | None, size: int) -> tuple[str, tuple[Any, ...]]:
        """The SQL, with its values, that reads the contacts that have a value of the sort field."""
        order, direction, beyond = self._order, *(("desc", "<") if self._descending else ("asc", ">"))
        sql = f"select {order.text} as value, id, seq from contacts {self._hint(size)} where not archived"  # noqa: S608
        sql += f" and {self._where.text}"
        values = [*order.values, *self._where.values]
        if position is not None and self._always_set:
            sql += f" and ({order.text}, id) {beyond} (?, ?)"
            values += [position.value, position.contact_id]
        elif position is not None:
            # SQLite looks up a pair in an index of columns, but not in one of an expression on JSON.
            sql += f" and {order.text} {beyond}= ? and ({order.text} {beyond} ? or id {beyond} ?)"
            values += [*order.values, position.value, *order.values, position.value, position.contact_id]
        elif not self._always_set:
            sql += f" and {order.text} is not null"
            values += order.values
        sql += f" order by {order.text} {direction}, id {direction} limit ?"
        return sql, (*values, *order.values, size)

    def _count(self, where: Sql) -> int:
        counts = self._store.cached_value("counts", RecentAnswers[tuple[str, str], int])
        sql = f"select count(*) from contacts where not archived and {where.text}"  # noqa: S608
        # The `repr`, as `1` and `true` are equal in Python but not in a query.
        return counts.get((where.text, repr(where.values)), lambda: self._store.number(sql, *where.values))

    def _hint(self, size: int) -> str:
        """Makes SQLite walk the index of the order, where that finds a page of matches sooner than sorting them all.

        SQLite itself assumes that every condition with an index selects few rows.
        """
        index = ORDER_INDEXES.get(self._order.text)
        narrow = index is None or self.total() ** 2 <= size * self._count(Sql("1"))
        return "" if narrow else f"indexed by {index}"

    def _with_value(self, position: Position | None, size: int) -> list[Position]:
        if position is not None and not self._is_value(position.value):
            raise TypeError(position.value)
        sql, values = self.statement(position, size)
        return [Position(*row) for row in self._store.all(sql, *values)]

    def _without_value(self, position: Position | None, size: int) -> list[Position]:
        sql = (
            f"select null, id, seq from contacts where not archived and {self._where.text}"  # noqa: S608
            f" and {self._order.text} is null and id > ? order by id limit ?"
        )
        after = "" if position is None else position.contact_id
        values = (*self._where.values, *self._order.values, after, size)
        return [Position(*row) for row in self._store.all(sql, *values)]

    def _is_value(self, value: object) -> bool:
        if self._kind == "string":
            return isinstance(value, str)
        # SQLite takes an integer that is too large for it as a float.
        return isinstance(value, float) or (isinstance(value, int) and abs(value) <= LARGEST_INTEGER)
