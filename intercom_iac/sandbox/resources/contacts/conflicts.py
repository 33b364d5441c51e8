"""Conflicts between contacts: who may not be created or changed, as another contact has its identity.

Recorded on API 2.3: a new user conflicts with every contact that ever had its external id, archived and deleted ones
included; a user that changes, only with those that are there; a lead with nobody. Two users may share an address
where both have external ids.
"""

import sqlite3
from dataclasses import dataclass

from ...calls.call import Call
from ...storage.emails import email_test
from ...wire.errors import ApiError


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a contact; None for an identifier that it does not have."""

    role: str
    external_id: str | None
    email: str | None


def check_new(call: Call, identity: Identity) -> None:
    """Raises `ApiError` 409 where a new contact has the identity of one that exists, is archived or was deleted."""
    for table, condition, archived in (
        ("contacts", "not archived and seq is not ?", False),
        ("contacts", "archived and seq is not ?", True),
        ("deletions", "id is not ?", True),
    ):
        other = _find_conflicting(call, identity, table, condition, None)
        if other is not None:
            raise _conflict_error(other["id"], archived=archived)


def check_update(call: Call, identity: Identity, row: sqlite3.Row) -> None:
    """Raises `ApiError` 409 where the contact of `row` would get the identity of another one that is not archived."""
    other = _find_conflicting(call, identity, "contacts", "not archived and seq is not ?", row["seq"])
    if other is not None:
        raise _conflict_error(other["id"], archived=False)


def check_restorable(call: Call, contact_id: str) -> None:
    """Raises `ApiError` 400 for a deleted contact, 409 where another one has its external id by now (assumption)."""
    if call.store.first_row("select id from deletions where id = ?", contact_id) is not None:
        message = "User has been marked for permanent deletion and is not restorable."
        raise ApiError(400, "bad_request", message)
    row = call.store.first_row("select * from contacts where id = ?", contact_id)
    if row is not None:
        check_update(call, Identity(row["role"], row["external_id"], None), row)


def record_deletion(call: Call, row: sqlite3.Row) -> None:
    """Keeps the identity of a contact that is to be deleted. How long Intercom keeps it is not established."""
    call.store.run(
        "insert into deletions values (?, ?, ?, ?)", row["id"], row["role"], row["external_id"], row["email"]
    )


def _find_conflicting(
    call: Call, identity: Identity, table: str, condition: str, itself: int | None
) -> sqlite3.Row | None:
    """The row of `table` with the same external id, or else a user with the same address, unless both have ids.

    A lead conflicts with nobody. The one `?` of `condition` is `itself`: the contact's row number, None where it is
    new.
    """
    if identity.role == "lead":
        return None
    other = None
    if identity.external_id is not None:
        sql = f"select * from {table} where external_id = ? and {condition}"  # noqa: S608
        other = call.store.first_row(sql, identity.external_id, itself)
    if other is None and identity.email is not None:
        sql = (
            f"select * from {table} where {email_test(call.switches)} and role = 'user' and {condition}"  # noqa: S608
            " and (external_id is null or ? is null)"
        )
        other = call.store.first_row(sql, identity.email, itself, identity.external_id)
    return other


def _conflict_error(contact_id: str, *, archived: bool) -> ApiError:
    kind = "An archived contact" if archived else "A contact"
    return ApiError(409, "conflict", f"{kind} matching those details already exists with id={contact_id}")
