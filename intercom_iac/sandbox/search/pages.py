"""The contacts that a call lists, a page at a time: a page begins after the last contact of the one before it.

A late page costs no more than an early one, nor one of many contacts more than one of few.
"""

from typing import Any, Protocol

from ..storage.store import Store
from .kept_values import kept_order, kept_values
from .members import Members
from .order import Order, Position, place_of
from .records import RecordReader
from .search_index import SearchIndex
from .sql import SQL_COLUMNS

ORDER_INDEXES = {
    "created_at": "created_at",
    "updated_at": "updated_at",
    "last_seen_at": "json_extract(fields, '$.last_seen_at')",
}
"""Field -> the expression that the file has an index of, `contacts_by_` and the field."""

MOST_VISITED = 500
"""How many contacts are read for a page by an index at most."""

LARGEST_FEW = 256
"""How many contacts are sorted anew for each page at most; more are found in the order of all contacts."""


class ContactPages(Protocol):
    """Some contacts in an order."""

    def total(self) -> int:
        """How many there are."""
        ...

    def after(self, position: Position | None, size: int) -> list[Position]:
        """The first `size` contacts after a position, whose contact may be gone; from the start for None."""
        ...


class SelectedContacts:
    """The members of a search by a field. Those without a value come last in either direction."""

    def __init__(
        self, store: Store, index: SearchIndex, members: Members, field: str, *, descending: bool
    ) -> None:
        self._store, self._index, self._members = store, index, members
        self._field, self._descending = field, descending

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return len(self._members)

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        if len(self._members) <= LARGEST_FEW:
            rows = [*self._index.rows(self._members).values()]
            (values,) = RecordReader((self._field,)).values(rows)
            order = Order(
                place_of(value, row["id"], row["seq"]) for value, row in zip(values, rows, strict=True)
            )
            return order.after(position, size, descending=self._descending)
        if kept_order(self._store, self._index, self._field) is None:
            page = self._page_by_index(position, size)
            if page is not None:
                return page
        order = kept_values(self._store, self._index, (self._field,)).order(self._field)
        return order.after(position, size, descending=self._descending, members=self._members)

    def _page_by_index(self, position: Position | None, size: int) -> list[Position] | None:
        """The page by an index of the file; None where it has no such index, or the members come too far apart.

        Whoever asks for few pages need not wait until all contacts are in order.
        """
        expression = ORDER_INDEXES.get(self._field)
        if expression is None or self._index.lags or (position is not None and position.value is None):
            return None
        rows = self._store.all(*self.statement(expression, position))
        page = [Position(*row) for row in rows if row["seq"] in self._members][:size]
        is_last = len(rows) < MOST_VISITED and expression in SQL_COLUMNS  # every contact has a value there
        return page if len(page) == size or is_last else None

    def statement(self, expression: str, position: Position | None) -> tuple[Any, ...]:
        """The SQL, with its values, that reads contacts by an index."""
        direction, beyond = ("desc", "<") if self._descending else ("asc", ">")
        where, values = f"{expression} is not null", ()
        if position is not None and expression in SQL_COLUMNS:
            where, values = f"({expression}, id) {beyond} (?, ?)", (position.value, position.contact_id)
        elif position is not None:
            # SQLite looks up a pair in an index of columns, but not in one of an expression on JSON.
            where = f"{expression} {beyond}= ? and ({expression} {beyond} ? or id {beyond} ?)"
            values = (position.value, position.value, position.contact_id)
        sql = (
            f"select {expression}, id, seq from contacts indexed by contacts_by_{self._field}"  # noqa: S608
            f" where not archived and {where} order by {expression} {direction}, id {direction} limit ?"
        )
        return sql, *values, MOST_VISITED


class CreatedContacts:
    """All contacts by the time they were created, read from an index of the file."""

    def __init__(self, store: Store, everyone: Members) -> None:
        self._store, self._everyone = store, everyone

    def total(self) -> int:
        """As `ContactPages` describes it."""
        return len(self._everyone)

    def after(self, position: Position | None, size: int) -> list[Position]:
        """As `ContactPages` describes it."""
        sql, values = self.statement(position, size)
        return [Position(*row) for row in self._store.all(sql, *values)]

    def statement(self, position: Position | None, size: int) -> tuple[str, tuple[object, ...]]:
        """The SQL with its values."""
        later = "" if position is None else "and (created_at, id) > (?, ?)"
        sql = (
            "select created_at, id, seq from contacts indexed by contacts_by_created_at"  # noqa: S608
            f" where not archived {later} order by created_at, id limit ?"
        )
        return sql, (*(() if position is None else (position.value, position.contact_id)), size)
