"""Finding contacts a page at a time: POST /contacts/search and GET /contacts (API 2.16 description)."""

import base64
import binascii
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...calls.call import Call
from ...calls.parameters import clamp_integer
from ...search.pages import ContactPages, ContactTable, ListedContacts, Position
from ...search.query import SearchFields, compile_query, sort_field
from ...search.records import flatten_contacts, read_contacts, select_contacts
from ...search.segment_members import search_fields
from ...search.sql import Sql, sql_condition, sql_field
from ...storage.columns import dump_json
from ...storage.recent_answers import RecentAnswers
from ...storage.search_lag import indexed_versions
from ...storage.store import Store
from ...wire.errors import ApiError, invalid_parameter, missing_parameter
from ...wire.json_values import JsonObject, as_integer, as_list, as_object
from ...wire.messages import Response, json_response
from .rendering import render_contacts, wants_merge_history

ORDERS = ("ascending", "descending")
DEFAULT_SIZE, LARGEST_SIZE = 50, 150


Stale = Mapping[int, sqlite3.Row | None]
"""The versions that a search sees instead of contacts, by their seq; None where it sees no contact."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after `position`; `page` is its number."""

    position: Position
    page: int


def search(call: Call) -> Response:
    """POST /contacts/search: archived contacts never, oldest first unless there is a `sort` (recorded, API 2.3).

    Contacts without a value of the sort field come last in either order (assumption).
    """
    body = call.body
    if "query" not in body:
        raise missing_parameter("query is required")
    fields = search_fields(call.store, call.now, call.switches)
    field, descending = _read_sort(body.get("sort"), fields)
    test = compile_query(body["query"], fields)
    content = body.get("pagination")
    pagination = as_object({} if content is None else content)
    if pagination is None:
        raise invalid_parameter("pagination must be an object")
    lag = call.switches.search_lag
    stale = indexed_versions(call.store, call.now - lag) if lag > 0 else {}
    where, order = sql_condition(body["query"], fields), sql_field(field)
    pages: ContactPages
    if where.exact and order is not None and not stale:
        pages = ContactTable(call.store, where, order, fields.type_of(field), descending=descending)
    else:

        def find_contacts() -> ListedContacts:
            contacts = _candidates(call.store, where, stale)
            return ListedContacts(
                (contact for contact in contacts if test(contact)), field, descending=descending
            )

        pages = find_contacts() if stale else _cached_contacts(call, field, descending, find_contacts)
    return _page_response(call, pages, pagination, stale)


def index(call: Call) -> Response:
    """GET /contacts: all of them, oldest first (recorded, API 2.3), by `per_page` and `starting_after`."""
    pages = ContactTable(call.store, Sql("1"), Sql("created_at"), "date", descending=False)
    return _page_response(call, pages, dict(call.query), {})


def _candidates(store: Store, where: Sql, stale: Stale) -> list[JsonObject]:
    """The contacts, flat, for which the query's test is to be made; with their stale versions where there are any."""
    contacts = read_contacts(store) if where.text == "1" else select_contacts(store, where)
    if stale:
        contacts = [contact for contact in contacts if contact["seq"] not in stale]
        contacts += flatten_contacts(row for row in stale.values() if row is not None and not row["archived"])
    return contacts


def _cached_contacts(
    call: Call, field: str, descending: bool, find_contacts: Callable[[], ListedContacts]
) -> ListedContacts:
    searches = call.store.cached_value("searches", RecentAnswers[str, ListedContacts])
    query = dump_json(call.body["query"])
    # The members of a segment can depend on the time.
    key = dump_json([query, field, descending, call.now if "segment_id" in query else None])
    return searches.get(key, find_contacts)


def _read_sort(sort: object, fields: SearchFields) -> tuple[str, bool]:
    """The field to sort by, and whether in descending order; without a `sort` the oldest contact comes first."""
    if sort is None:
        return "created_at", False
    content = as_object(sort)
    if content is None:
        raise invalid_parameter("sort must be an object")
    order = content.get("order", "descending")
    if order not in ORDERS:
        message = f"Invalid sort order '{order}'. Must be one of: {', '.join(ORDERS)}"
        raise ApiError(400, "invalid_sort_order", message)
    return sort_field(fields, content.get("field", "created_at")), order == "descending"


def _page_response(call: Call, pages: ContactPages, pagination: JsonObject, stale: Stale) -> Response:
    requested = pagination.get("per_page")
    size = clamp_integer(DEFAULT_SIZE if requested is None else requested, "per_page", largest=LARGEST_SIZE)
    cursor = _decode_cursor(pagination.get("starting_after"))
    try:
        positions = pages.after(None if cursor is None else cursor.position, size + 1)
    except TypeError:
        raise _cursor_error() from None
    page, number = positions[:size], 1 if cursor is None else cursor.page
    total = pages.total()
    page_info: JsonObject = {
        "type": "pages",
        "page": number,
        "per_page": size,
        "total_pages": -(-total // size),
    }
    if len(positions) > size:
        following = _encode_cursor(Cursor(page[-1], number + 1))
        page_info["next"] = {"page": number + 1, "starting_after": following}
    rows = {
        row["seq"]: row
        for row in call.store.all(
            "select * from contacts where seq in (select value from json_each(?))",
            dump_json([position.seq for position in page]),
        )
    }
    rows |= {seq: row for seq, row in stale.items() if row is not None}
    data = render_contacts(
        call.store, [rows[position.seq] for position in page], merges=wants_merge_history(call)
    )
    return json_response({"type": "list", "data": data, "total_count": total, "pages": page_info})


def _decode_cursor(text: object) -> Cursor | None:
    """The position of an opaque `starting_after`: base64 of `[value, id, page]`."""
    # Connectors send an empty text for the first page.
    if text is None or text == "":
        return None
    try:
        content = as_list(json.loads(base64.b64decode(str(text), validate=True)))
    except (binascii.Error, ValueError, RecursionError):
        raise _cursor_error() from None
    if content is None or len(content) != 3:
        raise _cursor_error()
    value, contact_id, page = content
    number = as_integer(page)
    if not isinstance(contact_id, str) or number is None or number < 1:
        raise _cursor_error()
    return Cursor(Position(value, contact_id), number)


def _encode_cursor(cursor: Cursor) -> str:
    content: list[Any] = [cursor.position.value, cursor.position.contact_id, cursor.page]
    return base64.b64encode(json.dumps(content).encode()).decode()


def _cursor_error() -> ApiError:
    return ApiError(
        400,
        "client_error",
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
