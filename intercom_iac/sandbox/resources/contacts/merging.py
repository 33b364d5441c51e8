"""Merging a lead into a user, and the history of merges (API 2.16 description, /contacts/merge)."""

import sqlite3

from ...calls.call import Call
from ...calls.parameters import clamp_integer
from ...storage.columns import dump_json, load_json
from ...storage.emails import fold_email
from ...wire.errors import ApiError, invalid_parameter, missing_parameter, user_not_found
from ...wire.messages import Response, json_response
from .rendering import contact_response, render_merge

# Each gives the user (first value) what is linked to the lead (second value).
INHERITED = (
    "insert or ignore into memberships select ?, company from memberships where contact = ?",
    "insert or ignore into contact_tags select ?, tag, applied_at from contact_tags where contact = ?",
    "insert or ignore into events select ?, name, created_at, metadata from events where contact = ?",
    "update notes set contact = ? where contact = ?",
    "update merges set target = ? where target = ?",
)


def merge(call: Call) -> Response:
    """POST /contacts/merge: 200 with the user; the lead is gone, and reading its id is a 410 that links to the user.

    Contacts that share neither email nor phone need `skip_duplicate_validation`. Assumptions are the status and text
    for other roles, and what the user gets: it keeps its values and takes those of the lead that it does not have,
    and the lead's tags, companies, events and notes, but not its external id.
    """
    source, target = (_read_contact(call, key) for key in ("from", "into"))
    if (source["role"], target["role"]) != ("lead", "user"):
        raise ApiError(400, "invalid_merge", "A lead can only be merged into a user")
    skip_validation = call.body.get("skip_duplicate_validation", False)
    if not isinstance(skip_validation, bool):
        raise invalid_parameter("skip_duplicate_validation must be a boolean")
    lead_fields, user_fields = load_json(source["fields"]), load_json(target["fields"])
    if not skip_validation and not _are_duplicates(
        source["email"], target["email"], lead_fields.get("phone"), user_fields.get("phone")
    ):
        raise ApiError(
            400,
            "invalid_merge",
            "Contacts can only be merged when they are duplicates (matching email or phone)."
            " Pass skip_duplicate_validation=true to override this check.",
        )
    for statement in INHERITED:
        call.store.run(statement, target["seq"], source["seq"])
    _add_summaries(call, source["seq"], target["seq"])
    # The lead's value replaces one that was cleared.
    set_fields = {
        name: value for name, value in user_fields.items() if value is not None or name not in lead_fields
    }
    call.store.run("delete from contacts where seq = ?", source["seq"])
    call.store.run(
        "insert into merges values (?, ?, ?, ?, ?)",
        *(source["id"], source["external_id"], source["role"], target["seq"], call.now),
    )
    call.store.run(
        "update contacts set email = ?, updated_at = ?, fields = ? where seq = ?",
        *(target["email"] or source["email"], call.now, dump_json(lead_fields | set_fields), target["seq"]),
    )
    return contact_response(call, target["id"])


def history(call: Call) -> Response:
    """GET /contacts/{id}/merge_history: of users only, latest first unless `order=asc`; pages by `cursor`."""
    row = call.store.first_row(
        "select seq from contacts where id = ? and role = 'user' and not archived", call.parameters["id"]
    )
    if row is None:
        # Worded differently than elsewhere, as in the description's example.
        raise ApiError(404, "not_found", "Contact not found")
    order = call.query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise invalid_parameter("order must be asc or desc")
    size = clamp_integer(call.query.get("per_page", "50"), "per_page", largest=150)
    start = clamp_integer(call.query["cursor"], "cursor", largest=2**31) if "cursor" in call.query else 0
    rows = call.store.all(
        f"select * from merges where target = ? order by merged_at {order}, source {order} limit ? offset ?",  # noqa: S608
        *(row["seq"], size + 1, start),
    )
    merges = [render_merge(row) for row in rows[:size]]
    has_more = len(rows) > size
    following = {"next_cursor": str(start + size)} if has_more else {}
    return json_response({"type": "list", "data": merges, **following, "has_more": has_more})


def _are_duplicates(email: str | None, other: str | None, phone: object, other_phone: object) -> bool:
    """Whether two contacts share an address, in whatever case, or a phone."""
    same_email = bool(email) and other is not None and fold_email(email) == fold_email(other)
    return same_email or (phone is not None and phone == other_phone)


def _read_contact(call: Call, key: str) -> sqlite3.Row:
    contact_id = call.body.get(key)
    if contact_id is None:
        raise missing_parameter(f"{key} is required")
    row = call.store.first_row("select * from contacts where id = ? and not archived", str(contact_id))
    if row is None:
        raise user_not_found()
    return row


def _add_summaries(call: Call, source: int, target: int) -> None:
    call.store.run(
        "insert into event_summaries select ?, name, count, first, last from event_summaries where contact = ?"
        " on conflict (contact, name) do update set count = count + excluded.count,"
        " first = min(first, excluded.first), last = max(last, excluded.last)",
        *(target, source),
    )
