"""Finding contacts a page at a time: POST /contacts/search and GET /contacts (API 2.16 description)."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from ...calls.call import Call
from ...calls.parameters import clamp_integer
from ...search.members import LARGEST_PAGE, find_everyone, find_members
from ...search.order import Position
from ...search.pages import ContactPages, CreatedContacts, SelectedContacts
from ...search.query import SearchFields, compile_query, sort_field
from ...search.search_index import SearchIndex
from ...search.segment_members import search_fields
from ...search.sql import LARGEST_INTEGER
from ...wire.errors import ApiError, invalid_parameter, missing_parameter
from ...wire.json_values import JsonObject, as_integer, as_list, as_object
from ...wire.messages import Response, json_response
from .rendering import render_contacts, wants_merge_history

ORDERS = ("ascending", "descending")
DEFAULT_SIZE = 50


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
    contacts = SearchIndex(call.store, call.now - lag if lag > 0 else None)
    members = find_members(call.store, contacts, body["query"], test, fields, call.now)
    pages = SelectedContacts(call.store, contacts, members, field, descending=descending)
    return _page_response(call, contacts, pages, pagination, fields.type_of(field))


def index(call: Call) -> Response:
    """GET /contacts: all of them, oldest first (recorded, API 2.3), by `per_page` and `starting_after`."""
    contacts = SearchIndex(call.store)
    pages = CreatedContacts(call.store, find_everyone(call.store, contacts))
    return _page_response(call, contacts, pages, dict(call.query), "date")


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


def _page_response(
    call: Call, index: SearchIndex, pages: ContactPages, pagination: JsonObject, kind: str
) -> Response:
    """A page of contacts in the order of a field of type `kind`."""
    requested = pagination.get("per_page")
    size = clamp_integer(DEFAULT_SIZE if requested is None else requested, "per_page", largest=LARGEST_PAGE)
    cursor = _decode_cursor(pagination.get("starting_after"))
    if cursor is not None and not _is_value(cursor.position.value, kind):
        raise _cursor_error()
    positions = pages.after(None if cursor is None else cursor.position, size + 1)
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
    rows = index.rows([position.seq for position in page])
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


def _is_value(value: object, kind: str) -> bool:
    """Whether a contact may have a value in a field of type `kind`, or none."""
    if value is None or kind == "string":
        return value is None or isinstance(value, str)
    # Dates are looked up in indexes of SQLite, whose integers have 64 bits; other numbers may be of any size.
    return isinstance(value, float) or (
        isinstance(value, int) and (kind != "date" or abs(value) <= LARGEST_INTEGER)
    )


def _cursor_error() -> ApiError:
    return ApiError(
        400,
        "client_error",
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
