"""Tags, and tagging contacts and companies (API 2.16 description, /tags and /contacts/{id}/tags)."""

import sqlite3

from ..calls.admin import ADMIN_ID
from ..calls.body import is_printable
from ..calls.call import Call
from ..search.segment_members import segments_using
from ..search.sql import tag_number
from ..wire.errors import (
    ApiError,
    company_not_found,
    invalid_parameter,
    resource_not_found,
    user_not_found,
)
from ..wire.json_values import JsonObject, as_list, as_object
from ..wire.messages import Response, empty_response, json_response
from .contacts.contacts import find_contact


def index(call: Call) -> Response:
    """GET /tags: every tag, by name without regard to case (recorded, API 2.3)."""
    rows = call.store.all("select * from tags order by folded")
    return json_response({"type": "list", "data": [_render_tag(row) for row in rows]})


def show(call: Call) -> Response:
    """GET /tags/{id}."""
    return json_response(_render_tag(_find_tag(call, call.parameters["tag_id"])))


def delete(call: Call) -> Response:
    """DELETE /tags/{id}: 200 without a body; 400 where the query of a segment names the tag."""
    row = _find_tag(call, call.parameters["tag_id"])
    using = segments_using(call.store, "tag_id", str(row["seq"]))
    if using:
        message = f"Unable to delete Tag with dependent objects. Segments: {', '.join(using)}."
        raise ApiError(400, "tag_has_dependent_objects", message)
    call.store.run("delete from tags where seq = ?", row["seq"])
    return empty_response(200)


def create_or_update(call: Call) -> Response:
    """POST /tags: creates by name, renames by id, tags or untags companies, tags users.

    Names are case-insensitive, and a name that exists is that tag. Renaming a tag to the name of another one is
    refused (assumption).
    """
    body = call.body
    name = body.get("name")
    if not isinstance(name, str) or not name.strip() or not is_printable(name):
        raise _tag_error()
    row = call.store.first_row("select * from tags where folded = ?", name.casefold())
    if body.get("id") is not None:
        renamed = _find_tag(call, body["id"])
        if row is not None and row["seq"] != renamed["seq"]:
            raise _tag_error()
        call.store.run(
            "update tags set name = ?, folded = ? where seq = ?", name, name.casefold(), renamed["seq"]
        )
        row = _find_tag(call, renamed["seq"])
    elif row is None:
        seq = call.store.reserve("tags")
        call.store.run("insert into tags values (?, ?, ?)", seq, name, name.casefold())
        row = _find_tag(call, seq)
    results = {"users": _tag_users(call, row), "companies": _tag_companies(call, row)}
    return json_response(_render_tag(row) | {key: result for key, result in results.items() if key in body})


def list_for_contact(call: Call) -> Response:
    """GET /contacts/{id}/tags: in the order they were attached (recorded, API 2.3)."""
    person = find_contact(call)
    rows = call.store.all(
        "select seq, name, applied_at from contact_tags join tags on seq = tag where contact = ?"
        " order by applied_at, seq",
        person["seq"],
    )
    return json_response(
        {"type": "list", "data": [_render_applied_tag(row, row["applied_at"]) for row in rows]}
    )


def attach(call: Call) -> Response:
    """POST /contacts/{id}/tags with the tag's id; answers with the tag and when it was first attached."""
    person, row = find_contact(call), _find_tag(call, call.body.get("id"))
    _attach_tag(call, person["seq"], row["seq"])
    applied_at = call.store.number(
        "select applied_at from contact_tags where contact = ? and tag = ?", person["seq"], row["seq"]
    )
    return json_response(_render_applied_tag(row, applied_at))


def detach(call: Call) -> Response:
    """DELETE /contacts/{id}/tags/{tag_id}; answers with the tag."""
    person, row = find_contact(call), _find_tag(call, call.parameters["tag_id"])
    if call.store.run("delete from contact_tags where contact = ? and tag = ?", person["seq"], row["seq"]):
        _mark_changed(call, person["seq"])
    return json_response(_render_applied_tag(row, None))


def _attach_tag(call: Call, contact: int, tag: int) -> None:
    if call.store.run("insert or ignore into contact_tags values (?, ?, ?)", contact, tag, call.now):
        _mark_changed(call, contact)


def _mark_changed(call: Call, contact: int) -> None:
    """Attaching a tag changes the contact (recorded, API 2.3); that detaching does too is an assumption."""
    call.store.run("update contacts set updated_at = ? where seq = ?", call.now, contact)


def _tag_users(call: Call, tag: sqlite3.Row) -> list[JsonObject]:
    results: list[JsonObject] = []
    for user in _read_references(call.body.get("users")):
        row = call.store.first_row(
            "select seq, id from contacts where id = ? and not archived", str(user.get("id"))
        )
        if row is None:
            raise user_not_found()
        _attach_tag(call, row["seq"], tag["seq"])
        results.append({"id": row["id"], "tagged": True})
    return results


def _tag_companies(call: Call, tag: sqlite3.Row) -> list[JsonObject]:
    results: list[JsonObject] = []
    for company in _read_references(call.body.get("companies")):
        key = "id" if company.get("id") is not None else "company_id"
        sql = f"select seq, id from companies where {key} = ?"  # noqa: S608
        row = call.store.first_row(sql, str(company.get(key)))
        if row is None:
            raise company_not_found()
        untag = company.get("untag") is True
        statement = (
            "delete from company_tags where company = ? and tag = ?"
            if untag
            else "insert or ignore into company_tags values (?, ?)"
        )
        call.store.run(statement, row["seq"], tag["seq"])
        results.append({"id": row["id"], "tagged": not untag})
    return results


def _read_references(value: object) -> list[JsonObject]:
    if value is None:
        return []
    items = as_list(value)
    if items is None:
        raise _tag_error()
    references: list[JsonObject] = []
    for item in items:
        reference = as_object(item)
        if reference is None:
            raise _tag_error()
        references.append(reference)
    return references


def _tag_error() -> ApiError:
    return invalid_parameter("invalid tag parameters")


def _find_tag(call: Call, tag_id: object) -> sqlite3.Row:
    row = call.store.first_row("select * from tags where seq = ?", tag_number(str(tag_id)))
    if row is None:
        raise resource_not_found()
    return row


def _render_tag(row: sqlite3.Row) -> JsonObject:
    return {"type": "tag", "id": str(row["seq"]), "name": row["name"]}


def _render_applied_tag(row: sqlite3.Row, applied_at: int | None) -> JsonObject:
    return _render_tag(row) | {"applied_at": applied_at, "applied_by": {"type": "admin", "id": ADMIN_ID}}
