"""Contacts as Intercom shows them."""

import sqlite3
from collections.abc import Sequence

from ...calls.call import Call
from ...calls.parameters import read_flag
from ...storage.columns import CUSTOM_PREFIX, FLAGS, dump_json, load_json
from ...storage.store import Store
from ...wire.json_values import JsonObject
from ...wire.messages import Response, json_response

INLINE_LINKS = 10
"""How many tags, notes and companies are listed inside a contact."""

NULLABLE_FIELDS = (
    "phone name owner_id signed_up_at last_seen_at last_replied_at last_contacted_at last_email_opened_at"
    " last_email_clicked_at language_override browser browser_version browser_language os android_app_name"
    " android_app_version android_device android_os_version android_sdk_version android_last_seen_at ios_app_name"
    " ios_app_version ios_device ios_os_version ios_sdk_version ios_last_seen_at utm_campaign utm_content utm_medium"
    " utm_source utm_term referrer enabled_push_messaging"
)
NULLABLE = tuple(NULLABLE_FIELDS.split())
"""The fields that are null until they are set."""


def contact_response(call: Call, contact_id: str) -> Response:
    """200 with one contact, and its `merge_history` where the call wants it."""
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
    links = {"tag": tags, "note": notes, "company": companies}
    contacts: list[JsonObject] = []
    for row in rows:
        links_of_row = {kind: by_contact.get(row["seq"], []) for kind, by_contact in links.items()}
        contact = _render_contact(row, workspace, links_of_row)
        if merges and row["role"] == "user":
            sql = "select * from merges where target = ? order by merged_at desc, source desc"
            contact["merge_history"] = [render_merge(merge) for merge in store.all(sql, row["seq"])]
        contacts.append(contact)
    return contacts


_UNSET: JsonObject = {**dict.fromkeys(NULLABLE), **dict.fromkeys(FLAGS, False)}
_LOCATION = {f"location.{key}": key for key in ("country", "region", "city")}


def _render_contact(row: sqlite3.Row, workspace: str | None, links: dict[str, list[str]]) -> JsonObject:
    contact_id, email = row["id"], row["email"]
    url = f"/contacts/{contact_id}"
    standard = _UNSET.copy()
    location: JsonObject = {"type": "location", "country": None, "region": None, "city": None}
    custom: JsonObject = {}
    avatar = None
    for name, value in load_json(row["fields"]).items():
        if name.startswith(CUSTOM_PREFIX):
            custom[name[len(CUSTOM_PREFIX) :]] = value
        elif name in standard:
            standard[name] = value
        elif name in _LOCATION:
            location[_LOCATION[name]] = value
        elif name == "avatar":
            avatar = value
    contact: JsonObject = {
        "type": "contact",
        "id": contact_id,
        "workspace_id": workspace,
        "external_id": row["external_id"],
        "role": row["role"],
        "email": email,
        **standard,
        "avatar": None if avatar is None else {"type": "avatar", "image_url": avatar},
        "social_profiles": {"type": "list", "data": []},
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "location": location,
        "custom_attributes": custom,
        "tags": _render_links(f"{url}/tags", "tag", links["tag"]),
        "notes": _render_links(f"{url}/notes", "note", links["note"]),
        "companies": _render_links(f"{url}/companies", "company", links["company"]),
        "opted_out_subscription_types": _render_links(f"{url}/subscriptions"),
        "opted_in_subscription_types": _render_links(f"{url}/subscriptions"),
    }
    # The description's schema has texts here, not nulls, so an address that was never set is left out.
    if email is None:
        del contact["email"]
    elif email:
        contact["email_domain"] = email.rpartition("@")[2]
    return contact


_PLURALS = {"": "", "tag": "tags", "note": "notes", "company": "companies"}


def _render_links(url: str, kind: str = "", ids: Sequence[str] = ()) -> JsonObject:
    """A list inside a contact: the first items, and where to read all."""
    plural = _PLURALS[kind]
    return {
        "type": "list",
        "data": [
            {"type": kind, "id": link_id, "url": f"/{plural}/{link_id}"} for link_id in ids[:INLINE_LINKS]
        ],
        "url": url,
        "total_count": len(ids),
        "has_more": len(ids) > INLINE_LINKS,
    }


def _read_links(store: Store, rows: list[sqlite3.Row], sql: str) -> dict[int, list[str]]:
    """Row number of a contact -> the ids of what is linked to it, in the order of `sql`."""
    links: dict[int, list[str]] = {}
    for link in store.all(sql, dump_json([row["seq"] for row in rows])):
        links.setdefault(link["contact"], []).append(str(link["id"]))
    return links
