"""Notes on contacts and on companies (API 2.16 description, /notes, /contacts/{id}/notes, /companies/{id}/notes)."""

import sqlite3
from html import escape

from ..calls.admin import ADMIN_ID, render_admin
from ..calls.call import Call
from ..calls.numbered_pages import cursor_pages, numbered_page
from ..wire.errors import invalid_parameter, missing_parameter, resource_not_found
from ..wire.json_values import JsonObject
from ..wire.messages import Response, json_response
from .companies import find_company
from .contacts.contacts import find_contact


def show(call: Call) -> Response:
    """GET /notes/{id}."""
    row = call.store.first_row("select * from notes where cast(seq as text) = ?", call.parameters["note_id"])
    if row is None:
        raise resource_not_found()
    return json_response(_render_notes(call, [row])[0])


def list_for_contact(call: Call) -> Response:
    """GET /contacts/{id}/notes: latest first, 50 a page."""
    return _list_notes(call, "contact", find_contact(call)["seq"])


def list_for_company(call: Call) -> Response:
    """GET /companies/{id}/notes: latest first, 50 a page."""
    return _list_notes(call, "company", find_company(call.store, call.parameters["id"])["seq"])


def create_for_contact(call: Call) -> Response:
    """POST /contacts/{id}/notes."""
    return _create_note(call, "contact", find_contact(call)["seq"])


def create_for_company(call: Call) -> Response:
    """POST /companies/{id}/notes."""
    return _create_note(call, "company", find_company(call.store, call.parameters["id"])["seq"])


def _list_notes(call: Call, owner: str, seq: int) -> Response:
    cursor = call.query.get("starting_after")
    query = call.query if cursor is None else {**call.query, "page": cursor}
    page = numbered_page(query, default=50, largest=150)
    total = call.store.number(f"select count(*) from notes where {owner} = ?", seq)  # noqa: S608
    rows = call.store.all(
        f"select * from notes where {owner} = ? order by seq desc limit ? offset ?",  # noqa: S608
        *(seq, page.size, page.offset),
    )
    return json_response(
        {
            "type": "list",
            "data": _render_notes(call, rows),
            "total_count": total,
            "pages": cursor_pages(page, total),
        }
    )


def _create_note(call: Call, owner: str, seq: int) -> Response:
    """A new note by the one teammate; another `admin_id` is a 404. Code and texts for a bad body are assumptions."""
    body = call.body.get("body")
    if body is None or body == "":
        raise missing_parameter("body is required")
    if not isinstance(body, str):
        raise invalid_parameter("body must be a string")
    author = call.body.get("admin_id")
    if author is not None and str(author) != ADMIN_ID:
        raise resource_not_found()
    number = call.store.reserve("notes")
    call.store.run(
        f"insert into notes (seq, {owner}, body, created_at) values (?, ?, ?, ?)",  # noqa: S608
        *(number, seq, _as_html(body), call.now),
    )
    return json_response(_render_notes(call, call.store.all("select * from notes where seq = ?", number))[0])


def _as_html(body: str) -> str:
    """Plain text as a paragraph, as in the description's example; text that begins with a tag stays (assumption)."""
    return body if body.lstrip().startswith("<") else f"<p>{escape(body, quote=False)}</p>"


def _render_notes(call: Call, rows: list[sqlite3.Row]) -> list[JsonObject]:
    return [
        {
            "type": "note",
            "id": str(row["seq"]),
            "created_at": row["created_at"],
            **_render_owner(call, row),
            "author": render_admin(),
            "body": row["body"],
        }
        for row in rows
    ]


def _render_owner(call: Call, row: sqlite3.Row) -> JsonObject:
    kind, table = ("contact", "contacts") if row["contact"] is not None else ("company", "companies")
    owner = call.store.first_row(f"select id from {table} where seq = ?", row[kind])  # noqa: S608
    assert owner is not None
    return {kind: {"type": kind, "id": owner["id"]}}
