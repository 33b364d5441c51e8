"""Whom a condition holds for: how many, and who where that is of use."""

from math import isqrt

from ..storage.store import Store
from .kept_searches import KeptSearches
from .search_index import SearchIndex
from .sql import Sql

LARGEST_PAGE = 150
"""The contacts of a page at most."""


class Members:
    """The contacts that a condition holds for; `contacts` are their row numbers, None where they are many."""

    def __init__(self, total: int, contacts: set[int] | None) -> None:
        self.total = total
        self.contacts = contacts

    def __len__(self) -> int:
        return 0 if self.contacts is None else len(self.contacts)

    def are_few(self, index: SearchIndex) -> bool:
        """Whether sorting them all costs less than to go through the contacts in an order until a page is full.

        The latter visits one contact in `total / all` in vain.
        """
        return self.contacts is not None and self.total <= largest_few(index)


def largest_few(index: SearchIndex) -> int:
    """How many members are few at most."""
    return isqrt(LARGEST_PAGE * index.most())


def find_members(store: Store, index: SearchIndex, where: Sql) -> Members:
    """The contacts of the index that an exact condition holds for."""

    def search() -> Members:
        most = largest_few(index)
        contacts = index.some_members(where, most + 1)
        # Of many, who they are is read only when it is known that contacts change in between.
        return (
            Members(len(contacts), contacts) if len(contacts) <= most else Members(index.count(where), None)
        )

    def update(members: Members, changed: frozenset[int]) -> None:
        if members.contacts is None:
            members.contacts = index.members(where)
        else:
            members.contacts -= changed
            members.contacts |= index.members_among(where, changed)
        members.total = len(members.contacts)

    kept = store.lasting_value("members", KeptSearches[Members])
    # The `repr`, as `1` and `true` are equal in Python but not in a query.
    return kept.get((where.text, repr(where.values)), index, search, update)
