"""The contacts as searches see them: as they are; where the index lags, those written lately as they were before."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ..storage.changes import changed_contacts, last_change
from ..storage.columns import dump_json
from ..storage.search_lag import contacts_caught_up, has_versions
from ..storage.store import Store
from .sql import Sql

NOTHING = Sql("")


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the index: the newest change in it, and its horizon."""

    change: int
    horizon: int | None


@dataclass(frozen=True, slots=True)
class _Source:
    """A table that holds contacts of the index, and the condition of those that do."""

    table: str
    condition: str
    values: tuple[Any, ...] = ()


_CURRENT = _Source("contacts", "not archived")


def _sources(horizon: int, *, for_many: bool) -> tuple[_Source, ...]:
    """Where contacts are read from that were not written since `horizon`, and those that were.

    A search sees the version that the first of those writes replaced. Both tables go by one name, so that a
    condition on contacts can be asked of either. `for_many`: written contacts are listed first, which costs less
    than to look up each of many.
    """
    # SQLite itself would go through all versions since the horizon, again for each contact.
    by_seq = "contact_versions v indexed by contact_versions_by_seq"
    replaced = f"exists (select 1 from {by_seq} where v.seq = contacts.seq and v.replaced_at >= ?"  # noqa: S608
    listed = (
        "seq in (select seq from contact_versions indexed by contact_versions_by_time where replaced_at >= ?)"
    )
    return (
        _Source("contacts", f"not archived and not {listed if for_many else f'{replaced})'}", (horizon,)),
        _Source(
            "contact_versions contacts",
            f"replaced_at >= ? and not archived and not {replaced} and v.number < contacts.number)",
            (horizon, horizon),
        ),
    )


class SearchIndex:
    """The contacts that are not archived, as they were at `horizon`, unix seconds; None where nothing lags."""

    def __init__(self, store: Store, horizon: int | None = None) -> None:
        self._store = store
        self.revision = Revision(last_change(store), horizon)
        self.lags = horizon is not None
        self._versions = None if horizon is None or not has_versions(store, horizon) else horizon

    def changed_since(self, revision: Revision, *, rests_on_schema: bool = True) -> frozenset[int] | None:
        """The contacts that may differ from those of an earlier revision; None where any may."""
        changed = changed_contacts(self._store, revision.change, rests_on_schema=rests_on_schema)
        before, horizon = revision.horizon, self.revision.horizon
        if changed is None or before is None or horizon is None or before == horizon:
            return changed
        return None if horizon < before else changed | contacts_caught_up(self._store, before, horizon)

    def most(self) -> int:
        """How many contacts there are at most."""
        return self._store.number("select coalesce(max(seq), 0) from contacts")

    def members(self, where: Sql) -> set[int]:
        """The row numbers of the contacts that a condition holds for."""
        return {row[0] for rows in self.iterate(Sql("seq"), where) for row in rows}

    def some_members(self, where: Sql, most: int) -> set[int]:
        """As `members`, but not all where there are more than `most`."""
        return {row[0] for row in self._select(Sql("seq"), where, tail=Sql("limit ?", (most,)))}

    def members_among(self, where: Sql, contacts: Collection[int]) -> set[int]:
        """Those of some contacts, by their row numbers, that a condition holds for."""
        condition = among(contacts)
        both = Sql(f"{condition.text} and {where.text}", (*condition.values, *where.values))
        return {row[0] for row in self._select(Sql("seq"), both, hint="not indexed")}

    def rows(self, contacts: Collection[int]) -> dict[int, sqlite3.Row]:
        """Contacts by their row numbers, as the index has them; those that it does not have are left out."""
        rows = self._select(Sql("*"), among(contacts), hint="not indexed")
        return {row["seq"]: row for row in rows}

    def iterate(self, columns: Sql, where: Sql) -> Iterator[list[sqlite3.Row]]:
        """The contacts for which a condition holds, which may be all, some at a time."""
        for sql, values in self._statements(columns, where, NOTHING, "", for_many=True):
            yield from self._store.iterate(sql, *values)

    def _select(self, columns: Sql, where: Sql, *, tail: Sql = NOTHING, hint: str = "") -> list[sqlite3.Row]:
        """The contacts for which a condition holds, those written since the horizon last.

        `tail` is a limit, for either of the two; `hint` is about the indexes of the table of contacts.
        """
        statements = self._statements(columns, where, tail, hint, for_many=False)
        return [row for sql, values in statements for row in self._store.all(sql, *values)]

    def _statements(
        self, columns: Sql, where: Sql, tail: Sql, hint: str, *, for_many: bool
    ) -> list[tuple[str, tuple[Any, ...]]]:
        sources = (_CURRENT,) if self._versions is None else _sources(self._versions, for_many=for_many)
        return [
            (
                f"select {columns.text} from {source.table} {'' if number else hint}"  # noqa: S608
                f" where {source.condition} and {where.text} {tail.text}",
                (*columns.values, *source.values, *where.values, *tail.values),
            )
            for number, source in enumerate(sources)
        ]


def among(contacts: Collection[int]) -> Sql:
    """The condition that a contact is one of some, by their row numbers."""
    return Sql("seq in (select value from json_each(?))", (dump_json(list(contacts)),))
