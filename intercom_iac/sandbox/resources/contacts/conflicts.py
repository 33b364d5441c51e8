"""Whether a contact may be who it says it is: the others, archived and deleted ones among them, it would clash with.

Recorded on API 2.3: a new user meets everybody who ever had its external id, one that changes meets those only that
are there; leads meet nobody; two users share an address where both have external ids.
"""

import sqlite3
from dataclasses import dataclass

from ...calls.call import Call
from ...storage.emails import email_test
from ...wire.errors import ApiError


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a contact from others; None for an identifier it does not have."""

    role: str
    external_id: str | None
    email: str | None


def check_new(call: Call, identity: Identity) -> None:
    """409 where a new contact would be one that exists, is archived, or was deleted."""
    for table, among, archived in (
        ("contacts", "not archived and seq is not ?", False),
        ("contacts", "archived and seq is not ?", True),
        ("deletions", "id is not ?", True),
    ):
        other = _find_conflicting(call, identity, table, among, None)
        if other is not None:
            raise _conflict_error(other["id"], archived=archived)


def check_update(call: Call, identity: Identity, row: sqlite3.Row) -> None:
    """409 where the contact of `row` would become another one; archived ones stand in nobody's way."""
    other = _find_conflicting(call, identity, "contacts", "not archived and seq is not ?", row["seq"])
    if other is not None:
        raise _conflict_error(other["id"], archived=False)


def check_restorable(call: Call, contact_id: str) -> None:
    """400 for a contact that is deleted, 409 where another one has its external id by now (assumption)."""
    if call.store.one("select id from deletions where id = ?", contact_id) is not None:
        message = "User has been marked for permanent deletion and is not restorable."
        raise ApiError(400, "bad_request", message)
    row = call.store.one("select * from contacts where id = ?", contact_id)
    if row is not None:
        check_update(call, Identity(row["role"], row["external_id"], None), row)


def record_deletion(call: Call, row: sqlite3.Row) -> None:
    """Keeps what a contact about to be deleted was known by. For how long Intercom does is not established."""
    call.store.run(
        "insert into deletions values (?, ?, ?, ?)", row["id"], row["role"], row["external_id"], row["email"]
    )


def _find_conflicting(
    call: Call, identity: Identity, table: str, among: str, itself: int | None
) -> sqlite3.Row | None:
    """The one of `table` with that external id, else a user of that address and not told apart by one.

    A lead's external id is its own, and leads may share an address.
    """
    if identity.role == "lead":
        return None
    other = None
    if identity.external_id is not None:
        sql = f"select * from {table} where external_id = ? and {among}"  # noqa: S608
        other = call.store.one(sql, identity.external_id, itself)
    if other is None and identity.email is not None:
        sql = (
            f"select * from {table} where {email_test(call.switches)} and role = 'user' and {among}"  # noqa: S608
            " and (external_id is null or ? is null)"
        )
        other = call.store.one(sql, identity.email, itself, identity.external_id)
    return other


def _conflict_error(contact_id: str, *, archived: bool) -> ApiError:
    kind = "An archived contact" if archived else "A contact"
    return ApiError(409, "conflict", f"{kind} matching those details already exists with id={contact_id}")
