"""Finding contacts a page at a time: POST /contacts/search and GET /contacts (API 2.16 description)."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from ...calls.call import Call
from ...calls.parameters import clamp_integer
from ...search.kept_searches import KeptSearches
from ...search.members import LARGEST_PAGE, find_members
from ...search.pages import ContactPages, ContactTable, ListedContacts, Position
from ...search.query import SearchFields, Test, compile_query, sort_field
from ...search.records import flatten_contacts, read_contacts
from ...search.search_index import SearchIndex
from ...search.segment_members import search_fields
from ...search.sql import Sql, sql_condition, sql_field
from ...storage.columns import dump_json
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
    where, order = sql_condition(body["query"], fields), sql_field(field)
    pages: ContactPages
    if where.exact and order is not None:
        members = find_members(call.store, contacts, where)
        pages = ContactTable(contacts, where, members, order, fields.type_of(field), descending=descending)
    else:
        pages = _find_listed(call, contacts, where, test, field, descending)
    return _page_response(call, contacts, pages, pagination)


def index(call: Call) -> Response:
    """GET /contacts: all of them, oldest first (recorded, API 2.3), by `per_page` and `starting_after`."""
    contacts, everyone = SearchIndex(call.store), Sql("1")
    members = find_members(call.store, contacts, everyone)
    pages = ContactTable(contacts, everyone, members, Sql("created_at"), "date", descending=False)
    return _page_response(call, contacts, pages, dict(call.query))


def _find_listed(
    call: Call, index: SearchIndex, where: Sql, test: Test, field: str, descending: bool
) -> ListedContacts:
    """The contacts that the test of a query holds for, among those for which `where` does."""

    def search() -> ListedContacts:
        contacts = (
            read_contacts(call.store, index)
            if where.text == "1"
            else flatten_contacts(index.select("*", where))
        )
        return ListedContacts(
            (contact for contact in contacts if test(contact)), field, descending=descending
        )

    def update(listed: ListedContacts, changed: frozenset[int]) -> None:
        contacts = flatten_contacts(index.rows(changed).values())
        listed.replace(changed, (contact for contact in contacts if test(contact)))

    query = dump_json(call.body["query"])
    # The members of a segment can depend on the time.
    now = str(call.now) if "segment_id" in query else ""
    kept = call.store.lasting_value("listed", KeptSearches[ListedContacts])
    return kept.get((query, field, str(descending), now), index, search, update)


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


def _page_response(call: Call, index: SearchIndex, pages: ContactPages, pagination: JsonObject) -> Response:
    requested = pagination.get("per_page")
    size = clamp_integer(DEFAULT_SIZE if requested is None else requested, "per_page", largest=LARGEST_PAGE)
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


def _cursor_error() -> ApiError:
    return ApiError(
        400,
        "client_error",
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
