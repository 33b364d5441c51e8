"""Contacts: creating, reading, updating, archiving and deleting (API 2.16 description, /contacts)."""

import sqlite3

from ...calls.admin import ADMIN_ID
from ...calls.body import read_boolean, read_text, read_timestamp
from ...calls.call import Call
from ...calls.custom_values import merge_fields, read_custom_values
from ...storage.columns import dump_json, load_json
from ...storage.identifiers import object_id, object_uuid
from ...wire.errors import ApiError, invalid_parameter, missing_parameter, user_not_found
from ...wire.json_values import JsonObject
from ...wire.messages import Response, json_response
from .conflicts import (
    Identity,
    check_new,
    check_restorable,
    check_update,
    record_deletion,
)
from .rendering import contact_response

FIELD_READERS = {
    "name": read_text,
    "phone": read_text,
    "avatar": read_text,
    "signed_up_at": read_timestamp,
    "last_seen_at": read_timestamp,
    "unsubscribed_from_emails": read_boolean,
}
"""How the standard fields that a body may set are read."""


def create(call: Call) -> Response:
    """POST /contacts: 200 with the new contact, a user unless `role` says lead; 409 where it exists.

    A lead gets a UUID for its `external_id`, whatever was sent (recorded, API 2.3).
    """
    body = call.body
    if all(body.get(key) is None for key in ("role", "external_id", "email")):
        raise missing_parameter("one of role, external_id, email is required")
    role = _read_role(body) or "user"
    external_id = None if role == "lead" else _read_identifier(body, "external_id")
    email = _read_identifier(body, "email")
    check_new(call, Identity(role, external_id, email))
    fields = merge_fields({}, _read_fields(call))
    seq = call.store.reserve("contacts")
    call.store.run(
        "insert into contacts values (?, ?, ?, ?, ?, 0, ?, ?, ?)",
        *(seq, object_id("contact", seq), role),
        *(object_uuid("lead", seq) if role == "lead" else external_id, email),
        *(call.now, call.now, dump_json(fields)),
    )
    return contact_response(call, object_id("contact", seq))


def show(call: Call) -> Response:
    """GET /contacts/{id}; 410 with a link where it was merged into another one."""
    _check_merged(call, "source", call.parameters["id"])
    return contact_response(call, find_contact(call)["id"])


def find_by_external_id(call: Call) -> Response:
    """GET /contacts/find_by_external_id/{external_id}: users only, as the description says."""
    external_id = call.parameters["external_id"]
    row = call.store.first_row(
        "select id from contacts where external_id = ? and role = 'user' and not archived", external_id
    )
    if row is None:
        _check_merged(call, "external_id", external_id)
        raise user_not_found()
    return contact_response(call, row["id"])


def update(call: Call) -> Response:
    """PUT /contacts/{id}: what is not sent stays as it is.

    Recorded on API 2.3: an `external_id` of null changes nothing, and neither does one for a lead; an `email` of null
    becomes an empty text; `updated_at` stays where nothing changes.
    """
    row, body = find_contact(call), call.body
    role = _read_role(body) or row["role"]
    if row["role"] == "user" and role == "lead":
        raise ApiError(400, "client_error", "Contact with user role can't be converted to a lead")
    new_id = _read_identifier(body, "external_id")
    external_id = row["external_id"] if new_id is None or role == "lead" else new_id
    email = (_read_identifier(body, "email") or "") if "email" in body else row["email"]
    check_update(call, Identity(role, external_id, email or None), row)
    earlier = load_json(row["fields"])
    fields = merge_fields(earlier, _read_fields(call))
    before = (row["role"], row["external_id"], row["email"] or "", earlier)
    updated_at = row["updated_at"] if (role, external_id, email or "", fields) == before else call.now
    call.store.run(
        "update contacts set role = ?, external_id = ?, email = ?, updated_at = ?, fields = ? where seq = ?",
        *(role, external_id, email, updated_at, dump_json(fields), row["seq"]),
    )
    return contact_response(call, row["id"])


def delete(call: Call) -> Response:
    """DELETE /contacts/{id}: with its events, notes and links; its external id and address stay taken."""
    row = _find_any(call)
    record_deletion(call, row)
    call.store.run("delete from contacts where seq = ?", row["seq"])
    return json_response(_render_reference(row) | {"deleted": True})


def archive(call: Call) -> Response:
    """POST /contacts/{id}/archive: hidden from every call but unarchive and delete (assumption)."""
    return _set_archived(call, archived=True)


def unarchive(call: Call) -> Response:
    """POST /contacts/{id}/unarchive: 400 for a deleted contact, 409 where another one has its external id by now."""
    check_restorable(call, call.parameters["id"])
    return _set_archived(call, archived=False)


def block(call: Call) -> Response:
    """POST /contacts/{id}/block: changes nothing here, as what it does to the contact's data is not documented."""
    return json_response(_render_reference(find_contact(call)) | {"blocked": True})


def find_contact(call: Call) -> sqlite3.Row:
    """The contact of the path's `id`; `ApiError` 404 where there is none, or where it is archived."""
    row = _find_any(call)
    if row["archived"]:
        raise user_not_found()
    return row


def _find_any(call: Call) -> sqlite3.Row:
    """The contact of the path's `id`, archived or not."""
    row = call.store.first_row("select * from contacts where id = ?", call.parameters["id"])
    if row is None:
        raise user_not_found()
    return row


def _check_merged(call: Call, column: str, value: str) -> None:
    """Raises `ApiError` 410 with a link to the contact that this one was merged into.

    Documented for calls that read a contact; others are a 404.
    """
    row = call.store.first_row(
        f"select c.id from merges join contacts c on c.seq = target where merges.{column} = ? and not archived"  # noqa: S608
        " order by merged_at desc",
        value,
    )
    if row is not None:
        message = "This contact has been merged. See the 'Link' header for the canonical contact."
        link = f'</contacts/{row["id"]}>; rel="canonical"'
        raise ApiError(410, "contact_merged", message, headers={"link": link})


def _set_archived(call: Call, *, archived: bool) -> Response:
    row = _find_any(call)
    call.store.run(
        "update contacts set archived = ?, updated_at = ? where seq = ?", archived, call.now, row["seq"]
    )
    return json_response(_render_reference(row) | {"archived": archived})


def _render_reference(row: sqlite3.Row) -> JsonObject:
    return {"type": "contact", "id": row["id"], "external_id": row["external_id"]}


def _read_role(body: JsonObject) -> str | None:
    """The role of a body; `contact` means a user (recorded, API 2.3)."""
    role = body.get("role")
    if role is not None and role not in ("user", "lead", "contact"):
        raise invalid_parameter("role must be user or lead")
    return "user" if role == "contact" else role


def _read_identifier(body: JsonObject, key: str) -> str | None:
    """`external_id` or `email` of a body; None where it is missing or empty."""
    return read_text(body, key) or None if key in body else None


def _read_fields(call: Call) -> JsonObject:
    """The values of a body by full name, None where one is cleared; unknown keys are ignored (assumption)."""
    body = call.body
    fields = {key: read(body, key) for key, read in FIELD_READERS.items() if key in body}
    if "owner_id" in body:
        owner = body["owner_id"]
        if owner is not None and str(owner) != ADMIN_ID:
            raise invalid_parameter("The owner specified is not a member of the workspace")
        fields["owner_id"] = owner and str(owner)
    if body.get("email_verified") is not None and not body.get("email"):
        raise invalid_parameter("email_verified must be sent together with an email")
    return fields | read_custom_values(call, "contact", body.get("custom_attributes"))
