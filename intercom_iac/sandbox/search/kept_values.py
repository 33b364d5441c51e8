"""The values of all contacts in the fields that were searched or sorted by last, and the orders of these fields.

A search that no index of the file answers goes through these instead of through the file, and a page of many contacts
begins by bisection in the order of its field.
"""

from collections.abc import Collection
from itertools import repeat
from typing import Any

from ..storage.store import Store
from .kept_searches import KeptSearches
from .order import Order, place_of
from .query import Test
from .records import RecordReader, named_values
from .search_index import SearchIndex
from .sql import Sql

LARGEST_SIZE = 2_000_000
"""How many values are kept; more where the fields of a single search have more."""

EVERYONE = Sql("1")


class KeptValues:
    """The values of the contacts of an index by field and row number, None where one is not set."""

    def __init__(self) -> None:
        self._columns: dict[str, list[Any]] = {}
        self.orders: dict[str, Order] = {}

    def __len__(self) -> int:
        return sum(len(column) for column in self._columns.values())

    def load(self, index: SearchIndex, fields: Collection[str]) -> None:
        """Reads the values of the fields that are not there; those not asked for lately may go."""
        for field in fields:
            if field in self._columns:
                self._columns[field] = self._columns.pop(field)
        missing = [field for field in dict.fromkeys(("id", *fields)) if field not in self._columns]
        if missing:
            # Other columns are longer where the last contact is gone since.
            size = max(index.most() + 1, len(self._columns.get("id", ())))
            columns: list[list[Any]] = [[None] * size for _ in missing]
            reader = RecordReader(missing)
            kept: dict[str, str] = {}
            for rows in index.iterate(reader.columns, EVERYONE):
                seqs = [row["seq"] for row in rows]
                for column, values in zip(columns, reader.values(rows), strict=True):
                    for seq, value in zip(seqs, values, strict=True):
                        # Equal texts are kept once.
                        column[seq] = kept.setdefault(value, value) if isinstance(value, str) else value
            self._columns.update(zip(missing, columns, strict=True))
        for field in [*self._columns]:
            if len(self) <= LARGEST_SIZE:
                break
            if field not in ("id", *fields):
                del self._columns[field]
                self.orders.pop(field, None)

    def replace(self, index: SearchIndex, changed: Collection[int]) -> None:
        """Reads the values of contacts that changed again."""
        if not self._columns:
            return
        reader = RecordReader(self._columns)
        rows = index.rows(changed)
        read = dict(zip(rows, zip(*reader.values([*rows.values()]), strict=True), strict=True))
        columns = self._columns.values()
        beyond = max(changed, default=0) + 1 - len(self._columns["id"])
        for column in columns:
            column.extend(repeat(None, max(beyond, 0)))
        there = [seq for seq in changed if self._columns["id"][seq] is not None]
        removed = {field: self._places(field, there) for field in self.orders}
        for seq in changed:
            for column, value in zip(columns, read.get(seq, repeat(None)), strict=False):
                column[seq] = value
        for field, order in self.orders.items():
            order.replace(removed[field], self._places(field, read))

    def order(self, field: str) -> Order:
        """The order of all contacts by a field that is loaded."""
        order = self.orders.get(field)
        if order is None:
            ids = self._columns["id"]
            there = [seq for seq, contact_id in enumerate(ids) if contact_id is not None]
            order = self.orders[field] = Order(self._places(field, there))
        return order

    def matching(self, test: Test, fields: Collection[str]) -> set[int]:
        """The row numbers of the contacts that a test holds for, which asks for fields that are loaded."""
        ids = self._columns["id"]
        columns = [self._columns[field] for field in fields]
        return {
            seq
            for seq, (contact_id, *values) in enumerate(zip(ids, *columns, strict=True))
            if contact_id is not None and test(named_values(seq, fields, values))
        }

    def _places(self, field: str, contacts: Collection[int]) -> list[Any]:
        ids, column = self._columns["id"], self._columns[field]
        return [place_of(column[seq], ids[seq], seq) for seq in contacts]


def kept_values(store: Store, index: SearchIndex, fields: Collection[str]) -> KeptValues:
    """The values of all contacts of the index in some fields, as they are now."""
    values = _kept_values(store, index)
    values.load(index, fields)
    return values


def kept_order(store: Store, index: SearchIndex, field: str) -> Order | None:
    """The order of all contacts of the index by a field, None where it is not kept yet."""
    return _kept_values(store, index).orders.get(field)


def _kept_values(store: Store, index: SearchIndex) -> KeptValues:
    kept = store.lasting_value("values", lambda: KeptSearches[KeptValues](rests_on_schema=False))
    return kept.get((), index, KeptValues, lambda values, changed: values.replace(index, changed))
