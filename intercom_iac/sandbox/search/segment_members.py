"""What a query may name in this workspace, and which contacts a segment has."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..settings.switches import Switches
from ..storage.columns import CUSTOM_PREFIX, load_json
from ..storage.store import Store
from ..storage.timezone import workspace_timezone
from ..wire.json_values import JsonObject, as_list, as_object
from .fields import SEARCH_FIELDS
from .query import SearchFields, compile_query
from .records import flatten_contacts, read_contacts
from .search_index import SearchIndex
from .sql import Sql, sql_condition, tag_number

DAY = 86_400

PREDEFINED_MEMBERS = {
    "Active": ("json_extract(fields, '$.last_seen_at') >= ?", (-30,)),
    "New": ("created_at >= ?", (-1,)),
    "Slipping Away": (
        "json_extract(fields, '$.last_seen_at') < ? and json_extract(fields, '$.last_seen_at') >= ?",
        (-30, -60),
    ),
}
"""Predefined segment -> the condition of its members, and the days from now that are its values.

The names are those of the official documentation, the conditions assumptions.
"""


def search_fields(
    store: Store,
    now: int,
    switches: Switches,
    *,
    archived: bool = False,
    segments: Mapping[str, frozenset[int]] | None = None,
) -> SearchFields:
    """What a query may name at `now`.

    `archived`: also archived attributes. `segments`: members by segment id, for a query that may name only these;
    None for all segments of the workspace.
    """
    custom = store.all(
        "select name, data_type from attributes where model = 'contact' and archived <= ?", archived
    )

    def links(kind: str, link_id: str) -> frozenset[int]:
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
) -> frozenset[int]:
    """The row numbers of a segment's contacts; none where there is no such segment or it has no rule.

    The members of a segment with a query are whom the query selects, users and leads alike (assumption). With
    `contact`, a row number, only that one is looked at.
    """
    members: dict[str, frozenset[int]] = {}
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
            filters = _iterate_filters(load_json(row["query"]))
            pending += [str(node.get("value")) for node in filters if node.get("field") == "segment_id"]
    return sorted(rows.values(), key=lambda row: int(row["seq"]))


def _select_members(
    store: Store,
    row: sqlite3.Row,
    now: int,
    switches: Switches,
    earlier: Mapping[str, frozenset[int]],
    contact: int | None,
) -> frozenset[int]:
    index = SearchIndex(store)
    if row["query"] is None:
        where = _predefined_condition(row["name"], now)
        return frozenset() if where is None else _select_exact(index, where, contact)
    # Checked when it was stored: it stays valid under other switches, and after an attribute is archived.
    tolerant = replace(switches, mixed_groups_accepted=True)
    fields = search_fields(store, now, tolerant, archived=True, segments=earlier)
    query = load_json(row["query"])
    test, where = compile_query(query, fields), sql_condition(query, fields)
    if where.exact:
        return _select_exact(index, where, contact)
    contacts = (
        read_contacts(store, index) if contact is None else flatten_contacts(index.rows([contact]).values())
    )
    return frozenset(contact["seq"] for contact in contacts if test(contact))


def _select_exact(index: SearchIndex, where: Sql, contact: int | None) -> frozenset[int]:
    return frozenset(index.members(where) if contact is None else index.members_among(where, [contact]))


def _predefined_condition(name: str, now: int) -> Sql | None:
    if name not in PREDEFINED_MEMBERS:
        return None
    where, days = PREDEFINED_MEMBERS[name]
    # The plus keeps SQLite from reading all users by the index of roles.
    return Sql(f"+role = 'user' and {where}", tuple(now + day * DAY for day in days))


def segments_using(store: Store, field: str, value: str | None = None) -> list[str]:
    """The names of the segments whose query tests `field`, and against `value` where one is given."""
    return [
        row["name"]
        for row in store.all("select name, query from segments where query is not null order by seq")
        if any(
            node.get("field") == field and value in (None, str(node.get("value")))
            for node in _iterate_filters(load_json(row["query"]))
        )
    ]


def _iterate_filters(node: JsonObject) -> Iterator[JsonObject]:
    """The filters of a stored query."""
    if "field" in node:
        yield node
        return
    for item in as_list(node.get("value")) or ():
        yield from _iterate_filters(as_object(item) or {})
