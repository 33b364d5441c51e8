"""Seeding a workspace: draws a population and writes it."""

from dataclasses import dataclass
from datetime import date, datetime

from ..storage.columns import load_json
from ..storage.store import Store
from ..storage.timezone import workspace_timezone
from ..workspace import Sandbox
from .declarations import Declared
from .fakes import Attribute
from .population import add_missing_events, draw_companies, draw_person
from .rows import (
    write_companies,
    write_company_tags,
    write_contact_tags,
    write_events,
    write_memberships,
    write_people,
)

SEEDED_DAYS = (date(1980, 1, 1), date(9000, 12, 31))
"""The first and the last `today` to seed around: dates up to five years off are after 1970 and in the calendar."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seeding wrote, new or renewed.

    `without_room` are the names of events that the workspace's limit left out, `not_there` the attributes (model and
    name) that are declared and that the workspace does not have.
    """

    people: int
    companies: int
    events: int
    without_room: tuple[str, ...] = ()
    tags: int = 0
    not_there: tuple[tuple[str, str], ...] = ()


NOTHING_DECLARED = Declared()


def seed(
    sandbox: Sandbox, *, today: date, people: int = 200, seed: int = 1, declared: Declared = NOTHING_DECLARED
) -> Seeded:
    """Writes `people` people, their companies and events; the same arguments on an equal workspace write the same.

    People and companies have external ids of their own (`user-1-00001`, `company-1-0001`; the middle is `seed`):
    those that exist already are renewed, everything else in the workspace stays. Custom attributes get values where
    the workspace has them and they are not archived; some values are missing. About a tenth of the people have no
    company and some have two. Unless there are no people, every declared event occurs and every tag is used. Trial
    end dates are around `today`; days are those of the workspace's time zone.

    Raises ValueError where `today` is outside `SEEDED_DAYS`.
    """
    if not SEEDED_DAYS[0] <= today <= SEEDED_DAYS[1]:
        raise ValueError(f"today must be from {SEEDED_DAYS[0]} to {SEEDED_DAYS[1]}")
    with sandbox.store(writes=True) as store:
        midnight = datetime(today.year, today.month, today.day, tzinfo=workspace_timezone(store))
        start = int(midnight.timestamp())
        attributes = _read_attributes(store)
        companies = draw_companies(seed, people, start, attributes["company"])
        company_rows = write_companies(store, companies)
        persons = [
            draw_person(seed, number, start, companies, attributes["contact"], declared.events)
            for number in range(1, people + 1)
        ]
        persons = add_missing_events(persons, declared.events, seed)
        contact_rows = write_people(store, persons)
        write_memberships(store, persons, contact_rows, company_rows)
        events, without_room = write_events(store, persons, contact_rows, sandbox.switches)
        contacts = [contact_rows[person.external_id] for person in persons]
        write_contact_tags(store, declared.contact_tags, contacts, int(sandbox.clock()))
        seeded_companies = [company_rows[company.company_id] for company in companies]
        write_company_tags(store, declared.company_tags, seeded_companies)
    existing = {(model, attribute.name) for model in attributes for attribute in attributes[model]}
    return Seeded(
        people=len(persons),
        companies=len(companies),
        events=events,
        without_room=without_room,
        tags=len({*declared.contact_tags, *declared.company_tags}) if persons else 0,
        not_there=tuple(attribute for attribute in declared.attributes if attribute not in existing),
    )


def _read_attributes(store: Store) -> dict[str, list[Attribute]]:
    """The custom attributes of each model that are not archived, by name."""
    attributes: dict[str, list[Attribute]] = {"contact": [], "company": []}
    for row in store.all("select * from attributes where not archived order by name"):
        options = tuple(load_json(row["options"])) if row["options"] else ()
        attributes[row["model"]].append(Attribute(row["name"], row["data_type"], options))
    return attributes
