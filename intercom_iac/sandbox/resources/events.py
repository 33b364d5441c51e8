"""Data events: submitting, listing and summarizing those of one person (API 2.16 description, /events)."""

import sqlite3
from datetime import UTC, datetime
from urllib.parse import urlencode

from ..calls.call import Call
from ..calls.parameters import clamp_integer, read_flag
from ..settings.switches import Switches
from ..storage.columns import dump_json, load_json
from ..storage.emails import email_test
from ..storage.identifiers import object_id
from ..wire.errors import ApiError, invalid_parameter, missing_parameter, user_not_found
from ..wire.json_values import JsonObject, as_integer, as_moment, as_object, in_calendar
from ..wire.messages import Response, empty_response, json_response
from .event_names import RegisteredEvent, register_event

LISTED_SECONDS = 90 * 86_400
"""Only events of the last 90 days are listed; summaries count older ones as well."""


def submit(call: Call) -> Response:
    """POST /events: 202 and no body, also for a duplicate (same person, name and second)."""
    body = call.body
    name, created_at = _read_name(body), _read_moment(body, "created_at")
    person = _find_person(call, body, ("user_id", "external_id"), ("id", "id"), ("email", "email"))
    metadata = read_metadata(call, body.get("metadata"))
    event = _register_event(call, name, list(metadata))
    tracked = {key.casefold(): key for key in event.keys}
    stored = {tracked[key.casefold()]: value for key, value in metadata.items() if key.casefold() in tracked}
    call.store.run(
        "insert or ignore into events values (?, ?, ?, ?)",
        *(person["seq"], event.folded, created_at, dump_json(stored)),
    )
    return empty_response(202)


def submit_summary(call: Call) -> Response:
    """POST /events/summaries: 200 and no body. The texts of errors are assumptions.

    A summary replaces an earlier one of the same name and person (assumption).
    """
    summary = as_object(call.body.get("event_summaries"))
    if summary is None:
        raise invalid_parameter("event_summaries must be an object")
    name, first, last = _read_name(summary), _read_moment(summary, "first"), _read_moment(summary, "last")
    count = as_integer(summary.get("count"))
    if count is None or not 1 <= count < 2**31:
        raise invalid_parameter("count must be a positive integer")
    if first > last:
        raise invalid_parameter("first must not be after last")
    person = _find_person(call, call.body, ("user_id", "external_id"))
    event = _register_event(call, name, [])
    call.store.run(
        "insert or replace into event_summaries values (?, ?, ?, ?, ?)",
        *(person["seq"], event.folded, count, first, last),
    )
    return empty_response(200)


def index(call: Call) -> Response:
    """GET /events of one person: `event.list` newest first, or with `summary=true` an `event.summary`."""
    if call.query.get("type") != "user":
        raise invalid_parameter("type must be user")
    identifiers = (("user_id", "external_id"), ("email", "email"), ("intercom_user_id", "id"))
    person = _find_person(call, dict(call.query), *identifiers)
    return _summarize_events(call, person) if read_flag(call.query, "summary") else _list_events(call, person)


def _read_name(body: JsonObject) -> str:
    name = body.get("event_name")
    if name is None or name == "":
        raise missing_parameter("event_name is required")
    if not isinstance(name, str):
        raise invalid_parameter("event_name must be a string")
    return name


def _read_moment(body: JsonObject, key: str) -> int:
    if body.get(key) is None:
        raise missing_parameter(f"{key} is required")
    moment = as_moment(body[key])
    if moment is None or not in_calendar(moment):
        raise invalid_parameter(f"{key} must be a Unix timestamp")
    return moment


def _register_event(call: Call, name: str, keys: list[str]) -> RegisteredEvent:
    """The registered event; 422 where the workspace has no room for another name."""
    event = register_event(call.store, name, keys, call.switches)
    if event is None:
        # Code and status as observed at the Messenger's endpoint.
        limit = call.switches.event_name_limit
        raise ApiError(422, "422", f"Cannot have more than {limit} active event names")
    return event


def _find_person(call: Call, source: JsonObject, *identifiers: tuple[str, str]) -> sqlite3.Row:
    """The person of the first identifier that `source` has; `ApiError` 404 where there is none, 400 without any.

    `identifiers` are pairs of a key and a column of `contacts`. Only Intercom's id identifies a lead (API
    description, POST /events). The texts of errors are assumptions: the description gives only the status.
    """
    for key, column in identifiers:
        value = source.get(key)
        if value is None:
            continue
        condition = email_test(call.switches) if column == "email" else f"{column} = ?"
        users_only = "" if column == "id" else " and role = 'user'"
        sql = f"select * from contacts where {condition}{users_only} and not archived order by seq desc"  # noqa: S608
        row = call.store.first_row(sql, str(value))
        if row is None:
            raise user_not_found()
        return row
    keys = ", ".join(key for key, _ in identifiers)
    raise missing_parameter(f"one of {keys} is required" if len(identifiers) > 1 else f"{keys} is required")


def read_metadata(call: Call, value: object) -> JsonObject:
    """Metadata without its nulls; `ApiError` 400 where a value is of no documented type.

    Documented are texts, numbers, rich links (`url`, `value`: texts) and amounts (`amount`: cents, `currency`).
    Accepting booleans is a switch, ignoring nulls an assumption.
    """
    if value is None:
        return {}
    metadata = as_object(value)
    if metadata is None:
        raise invalid_parameter("metadata must be an object")
    for key, value in metadata.items():
        _check_metadata_value(call.switches, key, value)
    return {key: value for key, value in metadata.items() if value is not None}


def _check_metadata_value(switches: Switches, key: str, value: object) -> None:
    nested = as_object(value)
    if nested is not None and nested.keys() == {"url", "value"}:
        if not all(isinstance(part, str) for part in nested.values()):
            raise invalid_parameter(f"metadata '{key}' must be a link of texts")
    elif nested is not None and nested.keys() == {"amount", "currency"}:
        if as_integer(nested["amount"]) is None or not isinstance(nested["currency"], str):
            raise invalid_parameter(f"metadata '{key}' must be an amount in cents and a currency")
    elif nested is not None or isinstance(value, list):
        raise invalid_parameter(f"metadata '{key}' must not be nested")
    if isinstance(value, bool) and not switches.booleans_in_metadata:
        raise invalid_parameter(f"metadata '{key}' must not be a boolean")
    limit = switches.string_value_length
    if any(isinstance(part, str) and len(part) > limit for part in (nested or {"": value}).values()):
        raise invalid_parameter(f"metadata '{key}' must be at most {limit} characters")


def _list_events(call: Call, person: sqlite3.Row) -> Response:
    """`pages.next` links to older events (`before`), `pages.since` to newer ones, both in milliseconds.

    Events of one second are never split between pages, so a page may be longer than asked for.
    """
    size = clamp_integer(call.query.get("per_page", "15"), "per_page", largest=150)
    before = _read_milliseconds(call, "before", default=2**60)
    since = _read_milliseconds(call, "since", default=0)
    rows = call.store.all(
        "select created_at, n.name, metadata from events e join event_names n on n.folded = e.name"
        " where contact = ? and created_at > ? and created_at * 1000 >= ? and created_at * 1000 < ?"
        " order by created_at desc, n.name",
        *(person["seq"], call.now - LISTED_SECONDS, since, before),
    )
    end = min(size, len(rows))
    while 0 < end < len(rows) and rows[end]["created_at"] == rows[end - 1]["created_at"]:
        end += 1
    pages: JsonObject = {}
    if end < len(rows):
        pages["next"] = _page_link(call, before=rows[end - 1]["created_at"] * 1000)
    if rows:
        pages["since"] = _page_link(call, since=(rows[0]["created_at"] + 1) * 1000)
    events = [_render_event(person, row) for row in rows[:end]]
    return json_response({"type": "event.list", "events": events, "pages": pages})


def _read_milliseconds(call: Call, key: str, *, default: int) -> int:
    return clamp_integer(call.query[key], key, largest=2**60) if key in call.query else default


def _page_link(call: Call, **position: int) -> str:
    query = {key: value for key, value in call.query.items() if key not in ("before", "since")}
    return f"{call.host}/events?{urlencode(query | position)}"


def _render_event(person: sqlite3.Row, row: sqlite3.Row) -> JsonObject:
    return {
        "type": "event",
        "id": object_id("event", f"{person['id']}/{row['name']}/{row['created_at']}"),
        "event_name": row["name"],
        "created_at": row["created_at"],
        **_render_identity(person),
        "metadata": load_json(row["metadata"]),
    }


def _summarize_events(call: Call, person: sqlite3.Row) -> Response:
    events, summaries = (
        f"select name, {columns} from {table} where contact = ?"  # noqa: S608
        for table, columns in (
            ("events", "created_at as first, created_at as last, 1 as count"),
            ("event_summaries", "first, last, count"),
        )
    )
    if not call.switches.event_summaries_add:
        events += " and name not in (select name from event_summaries where contact = ?)"
    sql = (
        "select n.name, min(first) as first, max(last) as last, sum(count) as count"  # noqa: S608
        f" from ({events} union all {summaries}) e join event_names n on n.folded = e.name"
        " group by n.folded order by n.name"
    )
    rows = call.store.all(sql, *[person["seq"]] * sql.count("?"))
    items = [
        {
            "name": row["name"],
            "first": _iso_text(row["first"]),
            "last": _iso_text(row["last"]),
            "count": row["count"],
        }
        for row in rows
    ]
    return json_response({"type": "event.summary", **_render_identity(person), "events": items})


def _render_identity(person: sqlite3.Row) -> JsonObject:
    optional = {"user_id": person["external_id"], "email": person["email"]}
    return {"intercom_user_id": person["id"]} | {
        key: value for key, value in optional.items() if value is not None
    }


def _iso_text(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="milliseconds")
