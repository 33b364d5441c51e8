"""Segments: read-only over the API, built by people in Intercom's screens (API 2.16 description, /segments).

The three predefined segments exist from the start. A segment added to the embedded workspace has the members its
query selects, and none where it was added without one.
"""

import sqlite3
from collections.abc import Set as AbstractSet

from ..calls.call import Call
from ..calls.parameters import read_flag
from ..search.query import compile_query
from ..search.segment_members import search_fields, segment_members
from ..settings.switches import Switches
from ..storage.columns import dump_json
from ..storage.identifiers import object_id
from ..storage.store import Store
from ..wire.errors import resource_not_found
from ..wire.json_values import JsonObject
from ..wire.messages import Response, json_response
from .contacts.contacts import find_contact

PREDEFINED = ("Active", "New", "Slipping Away")
"""Names of the official documentation; `search.segment_members` defines their members."""


def index(call: Call) -> Response:
    """GET /segments; `type=company` lists company segments, of which there are none (observed, undocumented)."""
    rows = (
        [] if call.query.get("type") == "company" else call.store.all("select * from segments order by seq")
    )
    return json_response({"type": "segment.list", "segments": [_render_for(call, row) for row in rows]})


def show(call: Call) -> Response:
    """GET /segments/{id}; `include_count` works here too, as older official pages say."""
    row = call.store.first_row("select * from segments where id = ?", call.parameters["id"])
    if row is None:
        raise resource_not_found()
    return json_response(_render_for(call, row))


def list_for_contact(call: Call) -> Response:
    """GET /contacts/{id}/segments."""
    person = find_contact(call)
    rows = call.store.all("select * from segments order by seq")
    contact = person["seq"]
    data = [render_segment(row) for row in rows if _members(call, row, contact)]
    return json_response({"type": "list", "data": data})


def dump_query(store: Store, query: object, now: int, switches: Switches) -> str:
    """A segment's query as it is stored.

    Raises `ApiError` where a search for it would be refused, UnicodeEncodeError where it holds a lone surrogate.
    """
    compile_query(query, search_fields(store, now, switches))
    text = dump_json(query)
    text.encode()
    return text


def render_segment(row: sqlite3.Row) -> JsonObject:
    """A segment as Intercom shows it; never its rule."""
    keys = ("id", "name", "created_at", "updated_at", "person_type")
    return {"type": "segment"} | {key: row[key] for key in keys}


def _render_for(call: Call, row: sqlite3.Row) -> JsonObject:
    """The segment, with the number of its members where the call has `include_count`."""
    count = {"count": len(_members(call, row))} if read_flag(call.query, "include_count") else {}
    return render_segment(row) | count


def _members(call: Call, row: sqlite3.Row, contact: int | None = None) -> AbstractSet[int]:
    return segment_members(call.store, row["id"], call.now, call.switches, contact=contact)


def insert_predefined_segments(store: Store, created_at: int) -> None:
    """Writes the segments that every workspace has."""
    for name in PREDEFINED:
        insert_segment(store, name, "user", created_at)


def insert_segment(
    store: Store, name: str, person_type: str, created_at: int, *, query: str | None = None
) -> sqlite3.Row:
    """Writes a segment and returns its row; `query` (JSON) selects its members."""
    seq = store.reserve("segments")
    store.run(
        "insert into segments values (?, ?, ?, ?, ?, ?, ?)",
        *(seq, object_id("segment", seq), name, person_type, created_at, created_at, query),
    )
    row = store.first_row("select * from segments where seq = ?", seq)
    assert row is not None
    return row
