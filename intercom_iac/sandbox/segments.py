"""Segments: read-only over the API, built by people on Intercom's screens (API 2.16 description, /segments).

The three predefined segments exist from the start. A segment added to the embedded workspace has the members its
query selects, and none where it was added without one.
"""

import sqlite3

from .call import Call, flag
from .errors import resource_not_found
from .memberships import contact
from .messages import JsonObject, Response, json_response
from .people import fields, members
from .query import compile_query
from .store import Store, dump
from .switches import Switches

# Names: official documentation; `people` defines their members.
PREDEFINED = {"Active": "user", "New": "user", "Slipping Away": "user"}


def index(call: Call) -> Response:
    """GET /segments; `type=company` lists company segments, of which there are none (observed, undocumented)."""
    rows = (
        [] if call.query.get("type") == "company" else call.store.all("select * from segments order by seq")
    )
    counted = flag(call.query, "include_count")
    return json_response(
        {"type": "segment.list", "segments": [_show(call, row, counted=counted) for row in rows]}
    )


def show(call: Call) -> Response:
    """GET /segments/{id}; `include_count` works here too, as older official pages say."""
    row = call.store.one("select * from segments where id = ?", call.parameters["id"])
    if row is None:
        raise resource_not_found()
    return json_response(_show(call, row, counted=flag(call.query, "include_count")))


def of_contact(call: Call) -> Response:
    """GET /contacts/{id}/segments."""
    person = contact(call)
    rows = call.store.all("select * from segments order by seq")
    data = [render(row) for row in rows if person["seq"] in _members(call, row)]
    return json_response({"type": "list", "data": data})


def checked_query(store: Store, query: object, now: int, switches: Switches) -> str:
    """A segment's query as stored; `ApiError` where a search for it would be refused.

    Raises UnicodeEncodeError where it holds half a character.
    """
    compile_query(query, fields(store, now, switches))
    text = dump(query)
    text.encode()
    return text


def render(row: sqlite3.Row) -> JsonObject:
    """A segment as Intercom shows it; never its rule."""
    keys = ("id", "name", "created_at", "updated_at", "person_type")
    return {"type": "segment"} | {key: row[key] for key in keys}


def _show(call: Call, row: sqlite3.Row, *, counted: bool) -> JsonObject:
    return render(row) | ({"count": len(_members(call, row))} if counted else {})


def _members(call: Call, row: sqlite3.Row) -> frozenset[int]:
    return members(call.store, row["id"], call.now, call.switches)
