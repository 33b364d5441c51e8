"""Whom a query selects: a set of contacts, kept up to date for those who search again."""

from collections.abc import Callable, Collection
from math import isqrt
from typing import TypeVar

from ..storage.columns import dump_json
from ..storage.store import Store
from .kept_searches import KeptSearches
from .kept_values import EVERYONE, kept_values
from .query import SearchFields, Test, value_fields
from .records import RecordReader
from .search_index import SearchIndex
from .sql import SQL_COLUMNS, indexed_condition, sql_condition

LARGEST_PAGE = 150
"""The contacts of a page at most."""

Members = set[int]
"""Contacts by their row numbers."""

Kept = TypeVar("Kept", bound=Members)


def find_members(
    store: Store, index: SearchIndex, query: object, test: Test, fields: SearchFields, now: int
) -> Members:
    """The contacts of the index that `test` holds for, which `compile_query` made of the query.

    Where an index of the file has few that can match, these are looked at; otherwise all contacts: in the file, where
    nothing has to be unpacked for it, or else their kept values.
    """
    names = value_fields(query, fields)
    reader = RecordReader(names)

    def test_contacts(contacts: Collection[int]) -> Members:
        return tested_members(index, contacts, test, reader)

    def search() -> Members:
        narrowed = indexed_condition(query, fields)
        if narrowed is not None:
            most = isqrt(LARGEST_PAGE * index.most())
            contacts = index.some_members(narrowed, most + 1)
            if len(contacts) <= most:
                return test_contacts(contacts)
        if where.exact and all(name in SQL_COLUMNS for name in names):
            return index.members(where)
        return kept_values(store, index, names).matching(test, names)

    where = sql_condition(query, fields)

    def among_changed(changed: frozenset[int]) -> Members:
        # SQL first, since it need not read all contacts of a tag.
        return index.members_among(where, changed) if where.exact else test_contacts(changed)

    text = dump_json(query)
    # The members of a segment can depend on the time.
    question = (text, str(now) if "segment_id" in text else "")
    return keep_members(store, index, question, search, among_changed)


def tested_members(
    index: SearchIndex, contacts: Collection[int], test: Test, reader: RecordReader
) -> Members:
    """Those of some contacts that a test of the fields of `reader` holds for."""
    found = reader.contacts([*index.rows(contacts).values()])
    return {contact["seq"] for contact in found if test(contact)}


def find_everyone(store: Store, index: SearchIndex) -> Members:
    """All contacts of the index."""
    return keep_members(
        store,
        index,
        ("everyone",),
        lambda: index.members(EVERYONE),
        lambda changed: index.members_among(EVERYONE, changed),
    )


def keep_members(
    store: Store,
    index: SearchIndex,
    question: tuple[str, ...],
    search: Callable[[], Kept],
    among_changed: Callable[[frozenset[int]], Members],
) -> Kept:
    """The members that `search` finds, or those kept of the same question, with those who changed looked at again."""

    def update(members: Kept, changed: frozenset[int]) -> None:
        members -= changed
        members |= among_changed(changed)

    kept: KeptSearches[Kept] = store.lasting_value("members", KeptSearches[Kept])
    return kept.get(question, index, search, update)
