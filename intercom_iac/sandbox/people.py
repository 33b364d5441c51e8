"""The people of a workspace as a query sees them: what each holds, and who is in a segment or has a tag."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .contacts import FLAGS
from .messages import JsonObject, as_list, as_object
from .query import Fields, compile_query, known_types
from .selecting import Sql, tag_number
from .standard import SEARCH_FIELDS
from .store import Store, load, zone
from .switches import Switches

DAY = 86_400
COLUMNS = ("seq", "id", "role", "external_id", "email", "created_at", "updated_at")

# The predefined segments, by names of the official documentation. Definitions: assumption, not established.
MEMBERS = {
    "Active": ("json_extract(fields, '$.last_seen_at') >= ?", (-30,)),
    "New": ("created_at >= ?", (-1,)),
    "Slipping Away": (
        "json_extract(fields, '$.last_seen_at') < ? and json_extract(fields, '$.last_seen_at') >= ?",
        (-30, -60),
    ),
}


def everyone(store: Store) -> list[JsonObject]:
    """Every contact that is not archived, flat."""
    # A client that pages, or asks one question after another, should not wait for the same rows again.
    return store.remembered("contacts", lambda: flat(store.all("select * from contacts where not archived")))


def among(store: Store, where: Sql) -> list[JsonObject]:
    """The contacts that `where` holds for and are not archived, flat."""
    return flat(store.all(f"select * from contacts where not archived and {where.text}", *where.values))  # noqa: S608


def fields(
    store: Store,
    now: int,
    switches: Switches,
    *,
    archived: bool = False,
    segments: Mapping[str, frozenset[int]] | None = None,
) -> Fields:
    """What a query may name at `now`.

    `archived`: also archived attributes. `segments`: the only ones that have members, by id; None for all there are.
    """
    custom = store.all(
        "select name, data_type from attributes where model = 'contact' and archived <= ?", archived
    )

    def links(kind: str, link_id: str) -> frozenset[int]:
        if kind == "segment":
            if segments is not None:
                return segments.get(link_id, frozenset())
            return members(store, link_id, now, switches)
        rows = store.all("select contact from contact_tags where tag = ?", tag_number(link_id))
        return frozenset(row["contact"] for row in rows)

    types = known_types(SEARCH_FIELDS, ((row["name"], row["data_type"]) for row in custom))
    return Fields(types, links, zone(store.meta("timezone") or "UTC"), switches)


def members(store: Store, segment_id: str, now: int, switches: Switches) -> frozenset[int]:
    """The row numbers of a segment's contacts; none where there is no such segment or it has no rule.

    A segment with a query has whom the query selects, users and leads alike (assumption).
    """
    known: dict[str, frozenset[int]] = {}
    for row in _needed(store, segment_id):
        known[row["id"]] = _selected(store, row, now, switches, known)
    return known.get(segment_id, frozenset())


def _needed(store: Store, segment_id: str) -> list[sqlite3.Row]:
    """A segment and those its query rests on, the oldest first.

    A query knows only the segments built before its own, so none can contain itself.
    """
    rows: dict[str, sqlite3.Row] = {}
    wanted = [segment_id]
    while wanted:
        row = store.one("select seq, id, name, query from segments where id = ?", wanted.pop())
        if row is None or row["id"] in rows:
            continue
        rows[row["id"]] = row
        if row["query"] is not None:
            filters = _filters(load(row["query"]))
            wanted += [str(each.get("value")) for each in filters if each.get("field") == "segment_id"]
    return sorted(rows.values(), key=lambda row: int(row["seq"]))


def _selected(
    store: Store, row: sqlite3.Row, now: int, switches: Switches, earlier: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    if row["query"] is not None:
        # It was checked when it was stored: what other switches or an archived attribute say now is no matter.
        tolerant = replace(switches, mixed_groups_accepted=True)
        known = fields(store, now, tolerant, archived=True, segments=earlier)
        test = compile_query(load(row["query"]), known)
        return frozenset(contact["seq"] for contact in everyone(store) if test(contact))
    definition = MEMBERS.get(row["name"])
    if definition is None:
        return frozenset()
    where, days = definition
    sql = f"select seq from contacts where role = 'user' and not archived and {where}"  # noqa: S608
    return frozenset(each["seq"] for each in store.all(sql, *(now + day * DAY for day in days)))


def segments_using(store: Store, field: str, value: str | None = None) -> list[str]:
    """The names of the segments whose query tests `field`, against `value` where one is given."""
    return [
        row["name"]
        for row in store.all("select name, query from segments where query is not null order by seq")
        if any(
            each.get("field") == field and value in (None, str(each.get("value")))
            for each in _filters(load(row["query"]))
        )
    ]


def _filters(node: JsonObject) -> Iterator[JsonObject]:
    if "field" in node:
        yield node
        return
    for item in as_list(node.get("value")) or ():
        yield from _filters(as_object(item) or {})


def flat(rows: Iterable[sqlite3.Row]) -> list[JsonObject]:
    """Contacts as a query sees them: from field (`location.city`) to a value that is set."""
    contacts: list[JsonObject] = []
    flags = dict.fromkeys(FLAGS, False)
    for row in rows:
        columns = {column: row[column] for column in COLUMNS}
        values = {key: value for key, value in load(row["fields"]).items() if value is not None}
        contact: JsonObject = {**flags, **values, **columns}
        if contact["external_id"] is None:
            del contact["external_id"]
        if not contact["email"]:
            del contact["email"]
        else:
            contact["email_domain"] = contact["email"].rpartition("@")[2]
        if "phone" in contact:
            contact["formatted_phone"] = contact["phone"]
        contacts.append(contact)
    return contacts
