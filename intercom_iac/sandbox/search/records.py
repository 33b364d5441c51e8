"""Contacts as a query sees them: flat records, from field to value."""

import sqlite3
from collections.abc import Collection, Iterable

from ..storage.columns import FLAGS, load_json
from ..storage.store import Store
from ..wire.json_values import JsonObject
from .kept_searches import KeptSearches
from .search_index import SearchIndex
from .sql import Sql

CONTACT_COLUMNS = ("seq", "id", "role", "external_id", "email", "created_at", "updated_at")


def read_contacts(store: Store, index: SearchIndex) -> Collection[JsonObject]:
    """Every contact of the index, flat."""

    def search() -> dict[int, JsonObject]:
        return _by_number(index.select("*", Sql("1")))

    def update(contacts: dict[int, JsonObject], changed: frozenset[int]) -> None:
        for seq in changed:
            contacts.pop(seq, None)
        contacts.update(_by_number(index.rows(changed).values()))

    # Kept, as a client that searches again and again should not wait for the same rows to be read again.
    kept = store.lasting_value("contacts", KeptSearches[dict[int, JsonObject]])
    return kept.get((), index, search, update).values()


def _by_number(rows: Iterable[sqlite3.Row]) -> dict[int, JsonObject]:
    return {contact["seq"]: contact for contact in flatten_contacts(rows)}


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
