"""Contacts in an order, a page at a time: a page begins after the last contact of the one before it.

No page costs more for being a late one. Contacts without a value of the sort field come last in either order.
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
"""The indexes that hold everybody in the order of a field."""

ALWAYS_SET = ("created_at", "updated_at", "id", "role")


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

    def after(self, key: Position | None, size: int) -> list[Position]:
        """The first `size` after a place, of which the contact may be gone; from the start for None.

        Raises TypeError where `key` holds no value of the sort field.
        """
        ...


class ListedContacts:
    """Contacts in memory, flat."""

    def __init__(self, contacts: Iterable[JsonObject], field: str, *, descending: bool) -> None:
        known: list[tuple[Any, str, int]] = []
        unknown: list[tuple[str, int]] = []
        for contact in contacts:
            if field in contact:
                known.append((contact[field], contact["id"], contact["seq"]))
            else:
                unknown.append((contact["id"], contact["seq"]))
        self._known, self._unknown, self._descending = sorted(known), sorted(unknown), descending

    def total(self) -> int:
        """As `Pages` says."""
        return len(self._known) + len(self._unknown)

    def after(self, key: Position | None, size: int) -> list[Position]:
        """As `Pages` says."""
        known: list[tuple[Any, str, int]] = []
        passed = 0
        if key is not None and key.value is None:
            passed = bisect_right(self._unknown, key.contact_id, key=lambda item: item[0])
        elif self._descending:
            end = len(self._known) if key is None else bisect_left(self._known, _sort_key(key), key=_item_key)
            known = self._known[max(end - size, 0) : end][::-1]
        else:
            start = 0 if key is None else bisect_right(self._known, _sort_key(key), key=_item_key)
            known = self._known[start : start + size]
        unknown = self._unknown[passed : passed + size - len(known)]
        return [Position(*item) for item in known] + [Position(None, *item) for item in unknown]


def _sort_key(key: Position) -> tuple[Any, str]:
    return key.value, key.contact_id


def _item_key(item: tuple[Any, str, int]) -> tuple[Any, str]:
    return item[0], item[1]


class ContactTable:
    """The contacts in the file that `where` holds for exactly, by `order`, a field of type `kind`."""

    def __init__(self, store: Store, where: Sql, order: Sql, kind: str, *, descending: bool) -> None:
        self._store, self._where, self._order, self._kind = store, where, order, kind
        self._descending = descending
        self._always_set = order.text in ALWAYS_SET

    def total(self) -> int:
        """As `Pages` says."""
        return self._count(self._where)

    def after(self, key: Position | None, size: int) -> list[Position]:
        """As `Pages` says."""
        found: list[Position] = []
        if key is None or key.value is not None:
            found = self._known(key, size)
            key = None
        if len(found) < size and not self._always_set:
            found += self._unknown(key, size - len(found))
        return found

    def statement(self, key: Position | None, size: int) -> tuple[str, tuple[Any, ...]]:
        """What gives the contacts that have a value of the sort field."""
        order, way, than = self._order, *(("desc", "<") if self._descending else ("asc", ">"))
        sql = f"select {order.text} as value, id, seq from contacts {self._hint(size)} where not archived"  # noqa: S608
        sql += f" and {self._where.text}"
        values = [*order.values, *self._where.values]
        if key is not None and self._always_set:
            sql += f" and ({order.text}, id) {than} (?, ?)"
            values += [key.value, key.contact_id]
        elif key is not None:
            # SQLite finds the place of a pair in an index of columns, but not in one of what is read from JSON.
            sql += f" and {order.text} {than}= ? and ({order.text} {than} ? or id {than} ?)"
            values += [*order.values, key.value, *order.values, key.value, key.contact_id]
        elif not self._always_set:
            sql += f" and {order.text} is not null"
            values += order.values
        sql += f" order by {order.text} {way}, id {way} limit ?"
        return sql, (*values, *order.values, size)

    def _count(self, where: Sql) -> int:
        counts = self._store.cached("counts", RecentAnswers[tuple[str, str], int])
        sql = f"select count(*) from contacts where not archived and {where.text}"  # noqa: S608
        # Equal in Python, `1` and `true` are not the same to a query.
        return counts.get((where.text, repr(where.values)), lambda: self._store.number(sql, *where.values))

    def _hint(self, size: int) -> str:
        """The index in the order asked for, where a page of matches is met along it sooner than all are sorted.

        SQLite takes any filter with an index for a narrow one.
        """
        index = ORDER_INDEXES.get(self._order.text)
        narrow = index is None or self.total() ** 2 <= size * self._count(Sql("1"))
        return "" if narrow else f"indexed by {index}"

    def _known(self, key: Position | None, size: int) -> list[Position]:
        if key is not None and not self._is_value(key.value):
            raise TypeError(key.value)
        sql, values = self.statement(key, size)
        return [Position(*row) for row in self._store.all(sql, *values)]

    def _unknown(self, key: Position | None, size: int) -> list[Position]:
        sql = (
            f"select null, id, seq from contacts where not archived and {self._where.text}"  # noqa: S608
            f" and {self._order.text} is null and id > ? order by id limit ?"
        )
        after = "" if key is None else key.contact_id
        values = (*self._where.values, *self._order.values, after, size)
        return [Position(*row) for row in self._store.all(sql, *values)]

    def _is_value(self, value: object) -> bool:
        if self._kind == "string":
            return isinstance(value, str)
        # To SQLite an integer too large for it is a float.
        return isinstance(value, float) or (isinstance(value, int) and abs(value) <= LARGEST_INTEGER)
