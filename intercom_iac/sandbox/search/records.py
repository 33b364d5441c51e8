"""Contacts as a query sees them: flat records, from field to value."""

import sqlite3
from collections.abc import Iterable

from ..storage.columns import FLAGS, load_json
from ..storage.store import Store
from ..wire.json_values import JsonObject
from .sql import Sql

CONTACT_COLUMNS = ("seq", "id", "role", "external_id", "email", "created_at", "updated_at")


def read_contacts(store: Store) -> list[JsonObject]:
    """Every contact that is not archived, flat."""
    # Kept, as a client that pages or searches again and again should not wait for the same rows to be read again.
    return store.cached_value(
        "contacts", lambda: flatten_contacts(store.all("select * from contacts where not archived"))
    )


def select_contacts(store: Store, where: Sql) -> list[JsonObject]:
    """The contacts that are not archived and for which `where` holds, flat."""
    sql = f"select * from contacts where not archived and {where.text}"  # noqa: S608
    return flatten_contacts(store.all(sql, *where.values))


def flatten_contacts(rows: Iterable[sqlite3.Row]) -> list[JsonObject]:
    """Contacts as a query sees them: mappings from field (`location.city`) to value, without what is not set."""
    contacts: list[JsonObject] = []
    flags = dict.fromkeys(FLAGS, False)
    for row in rows:
        columns = {column: row[column] for column in CONTACT_COLUMNS}
        values = {name: value for name, value in load_json(row["fields"]).items() if value is not None}
        contact: JsonObject = {**flags, **values, **columns}
        if contact["external_id"] is None:
            del contact["external_id"]
        if not contact["email"]:
            del contact["email"]
        else:
            contact["email_domain"] = contact["email"].rpartition("@")[2]
        if "phone" in contact:
            contact["formatted_phone"] = contact["phone"]
        contacts.append(contact)
    return contacts
