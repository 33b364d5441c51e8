"""Finding contacts a page at a time: POST /contacts/search and GET /contacts (API 2.16 description)."""

import base64
import binascii
import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from intercom_iac.sandbox import people
from intercom_iac.sandbox.call import Call, bounded
from intercom_iac.sandbox.contacts import asks_merges, render
from intercom_iac.sandbox.errors import ApiError, invalid, missing
from intercom_iac.sandbox.lag import indexed
from intercom_iac.sandbox.messages import JsonObject, Response, as_integer, as_list, as_object, json_response
from intercom_iac.sandbox.query import Fields, Test, compile_query, sortable
from intercom_iac.sandbox.store import dump

ORDERS = ("ascending", "descending")
DEFAULT_SIZE, LARGEST_SIZE = 50, 150


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after the contact `contact_id` whose sort value is `value`; `page` is its number."""

    value: Any
    contact_id: str
    page: int


def search(call: Call) -> Response:
    """POST /contacts/search: archived contacts never, `created_at` descending unless `sort` says otherwise.

    Contacts without a value of the sort field come last in either order (assumption).
    """
    body = call.body
    if "query" not in body:
        raise missing("query is required")
    fields = people.fields(call.store, call.now, call.switches)
    field, descending = _sort(body.get("sort"), fields)
    test = compile_query(body["query"], fields)
    sent = body.get("pagination")
    pagination = as_object({} if sent is None else sent)
    if pagination is None:
        raise invalid("pagination must be an object")
    lag = call.switches.search_lag
    stale = indexed(call.store, call.now - lag) if lag > 0 else {}
    return _page(call, test, field, descending, pagination, stale)


def index(call: Call) -> Response:
    """GET /contacts: all of them, latest created first (order: assumption), by `per_page` and `starting_after`."""
    return _page(call, lambda _: True, "created_at", True, dict(call.query), {})


def _sort(sort: object, fields: Fields) -> tuple[str, bool]:
    if sort is None:
        return "created_at", True
    content = as_object(sort)
    if content is None:
        raise invalid("sort must be an object")
    order = content.get("order", "descending")
    if order not in ORDERS:
        message = f"Invalid sort order '{order}'. Must be one of: {', '.join(ORDERS)}"
        raise ApiError(400, "invalid_sort_order", message)
    return sortable(fields, content.get("field", "created_at")), order == "descending"


def _page(
    call: Call,
    test: Test,
    field: str,
    descending: bool,
    pagination: JsonObject,
    stale: dict[int, sqlite3.Row | None],
) -> Response:
    """`stale`: the versions to be taken for the contacts of these seqs, None where there is to be none."""
    asked = pagination.get("per_page")
    size = bounded(DEFAULT_SIZE if asked is None else asked, "per_page", largest=LARGEST_SIZE)
    cursor = _cursor(pagination.get("starting_after"))
    contacts = people.everyone(call.store)
    if stale:
        contacts = [contact for contact in contacts if contact["seq"] not in stale]
        contacts += people.flat(row for row in stale.values() if row is not None and not row["archived"])
    found = _sorted([contact for contact in contacts if test(contact)], field, descending)
    start = 0 if cursor is None else _start(found, cursor, field, descending)
    page = found[start : start + size]
    number = 1 if cursor is None else cursor.page
    pages: JsonObject = {
        "type": "pages",
        "page": number,
        "per_page": size,
        "total_pages": -(-len(found) // size),
    }
    if start + size < len(found):
        last = page[-1]
        following = _encoded(Cursor(last.get(field), last["id"], number + 1))
        pages["next"] = {"page": number + 1, "starting_after": following}
    rows = {
        row["seq"]: row
        for row in call.store.all(
            "select * from contacts where seq in (select value from json_each(?))",
            dump([contact["seq"] for contact in page]),
        )
    }
    rows |= {seq: row for seq, row in stale.items() if row is not None}
    data = render(call.store, [rows[contact["seq"]] for contact in page], merges=asks_merges(call))
    return json_response({"type": "list", "data": data, "total_count": len(found), "pages": pages})


def _sorted(contacts: list[JsonObject], field: str, descending: bool) -> list[JsonObject]:
    known = [contact for contact in contacts if field in contact]
    unknown = [contact for contact in contacts if field not in contact]
    known.sort(key=lambda contact: (contact[field], contact["id"]), reverse=descending)
    unknown.sort(key=lambda contact: contact["id"])
    return known + unknown


def _start(contacts: list[JsonObject], cursor: Cursor, field: str, descending: bool) -> int:
    """How many of the sorted contacts lie at or before the cursor; it holds though its contact may be gone."""
    mark = (cursor.value, cursor.contact_id)
    passed = 0
    try:
        for contact in contacts:
            if field not in contact:
                ahead = cursor.value is None and contact["id"] <= cursor.contact_id
            elif cursor.value is None:
                ahead = True
            else:
                position = (contact[field], contact["id"])
                ahead = position >= mark if descending else position <= mark
            passed += ahead
    except TypeError:
        raise _bad_cursor() from None
    return passed


def _cursor(text: object) -> Cursor | None:
    """The position of an opaque `starting_after`: base64 of `[value, id, page]`."""
    # Connectors send an empty text for the first page.
    if text is None or text == "":
        return None
    try:
        content = as_list(json.loads(base64.b64decode(str(text), validate=True)))
    except (binascii.Error, ValueError, RecursionError):
        raise _bad_cursor() from None
    if content is None or len(content) != 3:
        raise _bad_cursor()
    value, contact_id, page = content
    number = as_integer(page)
    if not isinstance(contact_id, str) or number is None or number < 1:
        raise _bad_cursor()
    return Cursor(value, contact_id, number)


def _encoded(cursor: Cursor) -> str:
    return base64.b64encode(json.dumps([cursor.value, cursor.contact_id, cursor.page]).encode()).decode()


def _bad_cursor() -> ApiError:
    return ApiError(
        400,
        "client_error",
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
