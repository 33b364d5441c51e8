"""Writing seeded companies, people, links, events and tags into the tables."""

import random
from typing import Any

from ..resources.event_names import RegisteredEvent, register_event
from ..settings.switches import Switches
from ..storage.columns import dump_json
from ..storage.identifiers import object_id
from ..storage.store import Store
from .population import Company, Person

TAGGED_SHARE = 1 / 6
"""The share of contacts or companies that a tag is on."""


def write_companies(store: Store, companies: list[Company]) -> dict[str, int]:
    """Writes the companies; returns the row number of every company in the workspace by external id."""
    rows = {row["company_id"]: row["seq"] for row in store.all("select seq, company_id from companies")}
    new = [company for company in companies if company.company_id not in rows]
    first = store.reserve("companies", len(new))
    store.run_many(
        "update companies set name = ?, last_request_at = ?, updated_at = ?, fields = json_patch(fields, ?)"
        " where seq = ?",
        [
            (
                company.name,
                company.last_request_at,
                company.last_request_at,
                dump_json(company.fields),
                rows[company.company_id],
            )
            for company in companies
            if company.company_id in rows
        ],
    )
    store.run_many(
        "insert into companies values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                seq,
                object_id("company", seq),
                company.company_id,
                company.name,
                company.created_at,
                company.last_request_at,
                company.last_request_at,
                _dump_set_fields(company.fields),
            )
            for seq, company in enumerate(new, first)
        ],
    )
    return rows | {company.company_id: seq for seq, company in enumerate(new, first)}


def write_people(store: Store, people: list[Person]) -> dict[str, int]:
    """Writes the people; returns the row number of every contact in the workspace by external id.

    Of two contacts with one external id it is the one that is not archived.
    """
    rows = {
        row["external_id"]: row["seq"]
        for row in store.all(
            "select seq, external_id from contacts where external_id is not null order by archived desc"
        )
    }
    new = [person for person in people if person.external_id not in rows]
    first = store.reserve("contacts", len(new))
    # A null in a patch removes the key, so that a person renewed equals one written for the first time.
    store.run_many(
        "update contacts set email = ?, updated_at = ?, fields = json_patch(fields, ?) where seq = ?",
        [
            (person.email, person.updated_at, dump_json(person.fields), rows[person.external_id])
            for person in people
            if person.external_id in rows
        ],
    )
    store.run_many(
        "insert into contacts values (?, ?, 'user', ?, ?, 0, ?, ?, ?)",
        [
            (
                seq,
                object_id("contact", seq),
                person.external_id,
                person.email,
                person.created_at,
                person.updated_at,
                _dump_set_fields(person.fields),
            )
            for seq, person in enumerate(new, first)
        ],
    )
    return rows | {person.external_id: seq for seq, person in enumerate(new, first)}


def write_memberships(
    store: Store, people: list[Person], contacts: dict[str, int], companies: dict[str, int]
) -> None:
    """Links people to their companies; both mappings are from external ids to row numbers."""
    store.run_many(
        "insert or ignore into memberships values (?, ?)",
        [
            (contacts[person.external_id], companies[company_id])
            for person in people
            for company_id in person.companies
        ],
    )


def write_events(
    store: Store, people: list[Person], contacts: dict[str, int], switches: Switches
) -> tuple[int, tuple[str, ...]]:
    """Writes the events whose names the workspace has room for; returns how many, and the names left out."""
    rows: list[tuple[object, ...]] = []
    registered: dict[str, RegisteredEvent | None] = {}
    for person in people:
        for name, moment, metadata in person.events:
            if name not in registered:
                registered[name] = register_event(store, name, list(metadata), switches)
            event = registered[name]
            if event is not None:
                rows.append((contacts[person.external_id], event.folded, moment, dump_json(metadata)))
    store.run_many("insert or ignore into events values (?, ?, ?, ?)", rows)
    return len(rows), tuple(sorted(name for name, event in registered.items() if event is None))


def write_contact_tags(store: Store, names: tuple[str, ...], contacts: list[int], now: int) -> None:
    """Tags about one in six of the contacts (row numbers) with each name, and at least one."""
    for name in names if contacts else ():
        tag = _find_or_create_tag(store, name)
        rows: list[tuple[object, ...]] = [
            (contact, tag, now) for contact in _choose_tagged(f"tag/contact/{name}", contacts)
        ]
        store.run_many("insert or ignore into contact_tags values (?, ?, ?)", rows)


def write_company_tags(store: Store, names: tuple[str, ...], companies: list[int]) -> None:
    """Tags about one in six of the companies (row numbers) with each name, and at least one."""
    for name in names if companies else ():
        tag = _find_or_create_tag(store, name)
        rows: list[tuple[object, ...]] = [
            (company, tag) for company in _choose_tagged(f"tag/company/{name}", companies)
        ]
        store.run_many("insert or ignore into company_tags values (?, ?)", rows)


def _choose_tagged(seed: str, rows: list[int]) -> list[int]:
    rng = random.Random(seed)  # noqa: S311 (not for secrets)
    return [row for row in rows if rng.random() < TAGGED_SHARE] or rows[:1]


def _find_or_create_tag(store: Store, name: str) -> int:
    row = store.first_row("select seq from tags where folded = ?", name.casefold())
    if row is not None:
        return int(row["seq"])
    tag = store.reserve("tags")
    store.run("insert into tags values (?, ?, ?)", tag, name, name.casefold())
    return tag


def _dump_set_fields(fields: dict[str, Any]) -> str:
    """The fields that have a value, as a row holds them."""
    return dump_json({name: value for name, value in fields.items() if value is not None})
