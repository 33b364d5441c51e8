"""What a query may name in this workspace, and which contacts a segment has."""

import sqlite3
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ..settings.switches import Switches
from ..storage.columns import CUSTOM_PREFIX, load_json
from ..storage.store import Store
from ..storage.timezone import workspace_timezone
from .fields import SEARCH_FIELDS
from .members import Members, find_members, keep_members, tested_members
from .query import Contact, SearchFields, compile_query, iterate_filters, value_fields
from .records import RecordReader
from .search_index import SearchIndex
from .sql import LARGEST_INTEGER, Sql, tag_number

DAY = 86_400

PREDEFINED_MEMBERS: dict[str, tuple[str, int, int | None]] = {
    "Active": ("last_seen_at", -30, None),
    "New": ("created_at", -1, None),
    "Slipping Away": ("last_seen_at", -60, -30),
}
"""Predefined segment -> the field that decides about a user, and the days from now where its moments begin and end.

The names are those of the official documentation, the conditions assumptions.
"""


def search_fields(
    store: Store,
    now: int,
    switches: Switches,
    *,
    archived: bool = False,
    segments: Mapping[str, AbstractSet[int]] | None = None,
) -> SearchFields:
    """What a query may name at `now`.

    `archived`: also archived attributes. `segments`: members by segment id, for a query that may name only these;
    None for all segments of the workspace.
    """
    custom = store.all(
        "select name, data_type from attributes where model = 'contact' and archived <= ?", archived
    )

    def links(kind: str, link_id: str) -> AbstractSet[int]:
        if kind == "segment":
            if segments is not None:
                return segments.get(link_id, frozenset())
            return segment_members(store, link_id, now, switches)
        rows = store.all("select contact from contact_tags where tag = ?", tag_number(link_id))
        return frozenset(row["contact"] for row in rows)

    types = SEARCH_FIELDS | {f"{CUSTOM_PREFIX}{row['name']}": row["data_type"] for row in custom}
    return SearchFields(types, links, workspace_timezone(store), switches)


def segment_members(
    store: Store, segment_id: str, now: int, switches: Switches, *, contact: int | None = None
) -> AbstractSet[int]:
    """The row numbers of a segment's contacts; none where there is no such segment or it has no rule.

    The members of a segment with a query are whom the query selects, users and leads alike (assumption). With
    `contact`, a row number, only that one is looked at.
    """
    members: dict[str, AbstractSet[int]] = {}
    for row in _needed_segments(store, segment_id):
        members[row["id"]] = _select_members(store, row, now, switches, members, contact)
    return members.get(segment_id, frozenset())


def _needed_segments(store: Store, segment_id: str) -> list[sqlite3.Row]:
    """A segment and those that its query names, directly or not, the oldest first.

    A query can name only segments built before its own, so none can contain itself.
    """
    rows: dict[str, sqlite3.Row] = {}
    pending = [segment_id]
    while pending:
        row = store.first_row("select seq, id, name, query from segments where id = ?", pending.pop())
        if row is None or row["id"] in rows:
            continue
        rows[row["id"]] = row
        if row["query"] is not None:
            filters = iterate_filters(load_json(row["query"]))
            pending += [str(node.get("value")) for node in filters if node.get("field") == "segment_id"]
    return sorted(rows.values(), key=lambda row: int(row["seq"]))


def _select_members(
    store: Store,
    row: sqlite3.Row,
    now: int,
    switches: Switches,
    earlier: Mapping[str, AbstractSet[int]],
    contact: int | None,
) -> Members:
    index = SearchIndex(store)
    if row["query"] is None:
        return _predefined_members(store, index, row["name"], now, contact)
    # Checked when it was stored: it stays valid under other switches, and after an attribute is archived.
    tolerant = replace(switches, mixed_groups_accepted=True)
    fields = search_fields(store, now, tolerant, archived=True, segments=earlier)
    query = load_json(row["query"])
    test = compile_query(query, fields)
    if contact is None:
        return find_members(store, index, query, test, fields, now)
    return tested_members(index, [contact], test, RecordReader(value_fields(query, fields)))


class MembersAt(Members):
    """The members of a segment at a moment, in unix seconds."""

    def __init__(self, members: Members, moment: int) -> None:
        super().__init__(members)
        self.moment = moment


def _predefined_members(
    store: Store, index: SearchIndex, name: str, now: int, contact: int | None
) -> Members:
    if name not in PREDEFINED_MEMBERS:
        return set()
    field, first, last = PREDEFINED_MEMBERS[name]
    begin, end = now + first * DAY, None if last is None else now + last * DAY

    def test(contact: Contact) -> bool:
        moment = contact.get(field)
        return (
            contact["role"] == "user"
            and moment is not None
            and moment >= begin
            and (end is None or moment < end)
        )

    names = ("role", field)
    reader = RecordReader(names)

    def test_contacts(contacts: Collection[int]) -> Members:
        return tested_members(index, contacts, test, reader)

    if contact is not None:
        return test_contacts([contact])

    expression = "created_at" if field == "created_at" else f"json_extract(fields, '$.{field}')"

    def between(low: int, high: int) -> Members:
        return index.members(Sql(f"{expression} >= ? and {expression} < ?", (low, high)))

    def search() -> MembersAt:
        # Two indexes, each read by itself: they have all there is to know.
        dated = between(begin, LARGEST_INTEGER if end is None else end)
        return MembersAt(dated - index.members(Sql("role <> 'user'")), now)

    members = keep_members(store, index, ("predefined", name), search, test_contacts)
    if members.moment != now:
        # Time has taken only those in or out whose own moment lies between.
        low, high = sorted((members.moment, now))
        for days in (first, *(() if last is None else (last,))):
            crossed = between(low + days * DAY, high + days * DAY)
            members -= crossed
            members |= test_contacts(crossed)
        members.moment = now
    return members


def segments_using(store: Store, field: str, value: str | None = None) -> list[str]:
    """The names of the segments whose query tests `field`, and against `value` where one is given."""
    return [
        row["name"]
        for row in store.all("select name, query from segments where query is not null order by seq")
        if any(
            node.get("field") == field and value in (None, str(node.get("value")))
            for node in iterate_filters(load_json(row["query"]))
        )
    ]
