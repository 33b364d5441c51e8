"""Segments: read-only over the API, built by people on Intercom's screens (API 2.16 description, /segments).

The three predefined segments exist from the start and have members, as defined below; a segment added to the
embedded workspace carries no rule, so it has none.
"""

import sqlite3

from intercom_iac.sandbox.call import Call, flag
from intercom_iac.sandbox.errors import resource_not_found
from intercom_iac.sandbox.memberships import contact
from intercom_iac.sandbox.messages import JsonObject, Response, json_response
from intercom_iac.sandbox.store import Store

DAY = 86_400

# Names: official documentation. Definitions: assumption, not established.
PREDEFINED = {"Active": "user", "New": "user", "Slipping Away": "user"}
MEMBERS = {
    "Active": ("json_extract(fields, '$.last_seen_at') >= ?", (-30,)),
    "New": ("created_at >= ?", (-1,)),
    "Slipping Away": (
        "json_extract(fields, '$.last_seen_at') < ? and json_extract(fields, '$.last_seen_at') >= ?",
        (-30, -60),
    ),
}


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
    data = [render(row) for row in rows if person["seq"] in members(call.store, row["id"], call.now)]
    return json_response({"type": "list", "data": data})


def members(store: Store, segment_id: str, now: int) -> frozenset[int]:
    """The row numbers of a segment's contacts; none where there is no such segment."""
    row = store.one("select name from segments where id = ?", segment_id)
    definition = None if row is None else MEMBERS.get(row["name"])
    if definition is None:
        return frozenset()
    where, days = definition
    sql = f"select seq from contacts where role = 'user' and not archived and {where}"  # noqa: S608
    return frozenset(each["seq"] for each in store.all(sql, *(now + day * DAY for day in days)))


def render(row: sqlite3.Row) -> JsonObject:
    """A segment as Intercom shows it; never its rule."""
    keys = ("id", "name", "created_at", "updated_at", "person_type")
    return {"type": "segment"} | {key: row[key] for key in keys}


def _show(call: Call, row: sqlite3.Row, *, counted: bool) -> JsonObject:
    return render(row) | ({"count": len(members(call.store, row["id"], call.now))} if counted else {})
