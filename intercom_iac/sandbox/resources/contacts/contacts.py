"""Contacts: creating, reading, updating, archiving and deleting (API 2.16 description, /contacts)."""

import sqlite3

from ...calls.admin import ADMIN_ID
from ...calls.body import read_boolean, read_text, read_timestamp
from ...calls.call import Call
from ...calls.custom_values import merge_fields, read_custom_values
from ...calls.parameters import read_flag
from ...storage.columns import FLAGS, dump_json, load_json
from ...storage.identifiers import object_id, object_uuid
from ...storage.store import Store
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

INLINE_LINKS = 10
"""How many tags, notes and companies are shown inside a contact."""

FIELD_READERS = {
    "name": read_text,
    "phone": read_text,
    "avatar": read_text,
    "signed_up_at": read_timestamp,
    "last_seen_at": read_timestamp,
    "unsubscribed_from_emails": read_boolean,
}

NULLABLE_FIELDS = (
    "phone name owner_id signed_up_at last_seen_at last_replied_at last_contacted_at last_email_opened_at"
    " last_email_clicked_at language_override browser browser_version browser_language os android_app_name"
    " android_app_version android_device android_os_version android_sdk_version android_last_seen_at ios_app_name"
    " ios_app_version ios_device ios_os_version ios_sdk_version ios_last_seen_at utm_campaign utm_content utm_medium"
    " utm_source utm_term referrer enabled_push_messaging"
)
NULLABLE = tuple(NULLABLE_FIELDS.split())


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
    """GET /contacts/{id}; 410 and a link where it was merged into another one."""
    _check_merged(call, "source", call.parameters["id"])
    return contact_response(call, find_contact(call)["id"])


def find_by_external_id(call: Call) -> Response:
    """GET /contacts/find_by_external_id/{external_id}: users only, as the description says."""
    external_id = call.parameters["external_id"]
    row = call.store.one(
        "select id from contacts where external_id = ? and role = 'user' and not archived", external_id
    )
    if row is None:
        _check_merged(call, "external_id", external_id)
        raise user_not_found()
    return contact_response(call, row["id"])


def update(call: Call) -> Response:
    """PUT /contacts/{id}: what is not sent stays as it is.

    Recorded on API 2.3: an `external_id` of null stays as it was, and so does a lead's; an `email` of null is
    empty from then on; `updated_at` stays where nothing changes.
    """
    row, body = find_contact(call), call.body
    role = _read_role(body) or row["role"]
    if row["role"] == "user" and role == "lead":
        raise ApiError(400, "client_error", "Contact with user role can't be converted to a lead")
    sent_id = _read_identifier(body, "external_id")
    external_id = row["external_id"] if sent_id is None or role == "lead" else sent_id
    email = (_read_identifier(body, "email") or "") if "email" in body else row["email"]
    check_update(call, Identity(role, external_id, email or None), row)
    known = load_json(row["fields"])
    fields = merge_fields(known, _read_fields(call))
    before = (row["role"], row["external_id"], row["email"] or "", known)
    updated_at = row["updated_at"] if (role, external_id, email or "", fields) == before else call.now
    call.store.run(
        "update contacts set role = ?, external_id = ?, email = ?, updated_at = ?, fields = ? where seq = ?",
        *(role, external_id, email, updated_at, dump_json(fields), row["seq"]),
    )
    return contact_response(call, row["id"])


def delete(call: Call) -> Response:
    """DELETE /contacts/{id}: gone with events, notes, tags and company links; what named it stays taken."""
    row = _find_any(call)
    record_deletion(call, row)
    call.store.run("delete from contacts where seq = ?", row["seq"])
    return json_response(_render_reference(row) | {"deleted": True})


def archive(call: Call) -> Response:
    """POST /contacts/{id}/archive: hidden from every call but unarchive and delete (assumption)."""
    return _set_archived(call, archived=True)


def unarchive(call: Call) -> Response:
    """POST /contacts/{id}/unarchive: 400 for one that is deleted, 409 where another one took its place since."""
    check_restorable(call, call.parameters["id"])
    return _set_archived(call, archived=False)


def block(call: Call) -> Response:
    """POST /contacts/{id}/block: changes nothing here, as what it does to the contact's data is not documented."""
    return json_response(_render_reference(find_contact(call)) | {"blocked": True})


def contact_response(call: Call, contact_id: str) -> Response:
    """200 with one contact, with its `merge_history` where that was asked for."""
    rows = call.store.all("select * from contacts where id = ?", contact_id)
    return json_response(render_contacts(call.store, rows, merges=wants_merge_history(call))[0])


def wants_merge_history(call: Call) -> bool:
    """Whether the call wants the `merge_history` of each user."""
    return read_flag(call.query, "include_merge_history")


def render_merge(row: sqlite3.Row) -> JsonObject:
    """One entry of a merge history."""
    return {
        "type": "merge_history",
        "source_contact_id": row["source"],
        "source_contact_role": row["role"],
        "merged_at": row["merged_at"],
    }


def render_contacts(store: Store, rows: list[sqlite3.Row], *, merges: bool = False) -> list[JsonObject]:
    """Contacts as Intercom shows them, in the order of `rows`; `merges` adds the users' merge history."""
    workspace = store.meta("app_id")
    notes = _read_links(
        store,
        rows,
        "select contact, seq as id from notes where contact in (select value from json_each(?)) order by seq desc",
    )
    tags = _read_links(
        store,
        rows,
        "select contact, tag as id from contact_tags where contact in (select value from json_each(?)) order by tag",
    )
    companies = _read_links(
        store,
        rows,
        "select m.contact, c.id from memberships m join companies c on c.seq = m.company"
        " where m.contact in (select value from json_each(?)) order by c.seq",
    )
    shown: list[JsonObject] = []
    for row in rows:
        links = {"tag": tags, "note": notes, "company": companies}
        contact = _render_contact(
            row, workspace, {kind: known.get(row["seq"], []) for kind, known in links.items()}
        )
        if merges and row["role"] == "user":
            sql = "select * from merges where target = ? order by merged_at desc, source desc"
            contact["merge_history"] = [render_merge(each) for each in store.all(sql, row["seq"])]
        shown.append(contact)
    return shown


def _render_contact(row: sqlite3.Row, workspace: str | None, links: dict[str, list[str]]) -> JsonObject:
    fields = load_json(row["fields"])
    email, url = row["email"], f"/contacts/{row['id']}"
    avatar = fields.get("avatar")
    custom, prefix = {}, "custom_attributes."
    for key, value in fields.items():
        if key.startswith(prefix):
            custom[key.removeprefix(prefix)] = value
    shown: JsonObject = {
        "type": "contact",
        "id": row["id"],
        "workspace_id": workspace,
        "external_id": row["external_id"],
        "role": row["role"],
        "email": email,
        **{key: fields.get(key) for key in NULLABLE},
        **{key: fields.get(key, False) for key in FLAGS},
        "avatar": None if avatar is None else {"type": "avatar", "image_url": avatar},
        "social_profiles": {"type": "list", "data": []},
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "location": {"type": "location"}
        | {key: fields.get(f"location.{key}") for key in ("country", "region", "city")},
        "custom_attributes": custom,
        **{
            plural: _render_links(
                f"{url}/{plural}", [_render_link(kind, plural, each) for each in links[kind]]
            )
            for kind, plural in (("tag", "tags"), ("note", "notes"), ("company", "companies"))
        },
        "opted_out_subscription_types": _render_links(f"{url}/subscriptions", []),
        "opted_in_subscription_types": _render_links(f"{url}/subscriptions", []),
    }
    # The description's schema has texts here, not nulls, so an address that never was is left out.
    if email is None:
        del shown["email"]
    elif email:
        shown["email_domain"] = email.rpartition("@")[2]
    return shown


def _render_links(url: str, items: list[JsonObject]) -> JsonObject:
    return {
        "type": "list",
        "data": items[:INLINE_LINKS],
        "url": url,
        "total_count": len(items),
        "has_more": len(items) > INLINE_LINKS,
    }


def _render_link(kind: str, plural: str, each: str) -> JsonObject:
    return {"type": kind, "id": each, "url": f"/{plural}/{each}"}


def _read_links(store: Store, rows: list[sqlite3.Row], sql: str) -> dict[int, list[str]]:
    links: dict[int, list[str]] = {}
    for link in store.all(sql, dump_json([row["seq"] for row in rows])):
        links.setdefault(link["contact"], []).append(str(link["id"]))
    return links


def _find_any(call: Call) -> sqlite3.Row:
    row = call.store.one("select * from contacts where id = ?", call.parameters["id"])
    if row is None:
        raise user_not_found()
    return row


def _check_merged(call: Call, column: str, value: str) -> None:
    """410 with the way to the other contact; reading alone is documented to answer so, other calls are 404."""
    row = call.store.one(
        f"select c.id from merges join contacts c on c.seq = target where merges.{column} = ? and not archived"  # noqa: S608
        " order by merged_at desc",
        value,
    )
    if row is not None:
        message = "This contact has been merged. See the 'Link' header for the canonical contact."
        link = f'</contacts/{row["id"]}>; rel="canonical"'
        raise ApiError(410, "contact_merged", message, headers={"link": link})


def find_contact(call: Call) -> sqlite3.Row:
    """The contact that the path names by `id`; 404 where there is none, or where it is archived."""
    row = _find_any(call)
    if row["archived"]:
        raise user_not_found()
    return row


def _set_archived(call: Call, *, archived: bool) -> Response:
    row = _find_any(call)
    call.store.run(
        "update contacts set archived = ?, updated_at = ? where seq = ?", archived, call.now, row["seq"]
    )
    return json_response(_render_reference(row) | {"archived": archived})


def _render_reference(row: sqlite3.Row) -> JsonObject:
    return {"type": "contact", "id": row["id"], "external_id": row["external_id"]}


def _read_role(body: JsonObject) -> str | None:
    """The role sent; `contact` is a user's (recorded, API 2.3)."""
    role = body.get("role")
    if role is not None and role not in ("user", "lead", "contact"):
        raise invalid_parameter("role must be user or lead")
    return "user" if role == "contact" else role


def _read_identifier(body: JsonObject, key: str) -> str | None:
    """`external_id` or `email` as sent; an empty text is none."""
    return read_text(body, key) or None if key in body else None


def _read_fields(call: Call) -> JsonObject:
    """The sent values by full name, None where one is cleared; unknown keys are ignored (assumption)."""
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
