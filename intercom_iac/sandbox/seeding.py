"""Filling a workspace with believable people, companies and events."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from . import believable
from .believable import DAY, Attribute
from .declared import Declared, declared_events, occurrence
from .events import has_room, normalized, register_name, tracked_keys
from .store import Store, dump, load, object_id, zone
from .switches import Switches
from .workspace import Sandbox

# name -> chance that a person did it at all, most times
EVENTS = {
    "feature_first_used": (0.7, 4),
    "upgrade_initiated": (0.15, 2),
    "support_ticket_created": (0.25, 5),
    "invite_sent": (0.3, 6),
}
PEOPLE_PER_COMPANY = 6
TAGGED = 1 / 6

SEEDED_DAYS = (date(1980, 1, 1), date(9000, 12, 31))
"""The first and the last `today` to seed around: dates up to five years off are after 1970 and in the calendar."""

EVENT_DAYS = 120
"""How long before the last visit a person's events begin, at most."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seeding wrote, new or renewed.

    `without_room` are names of events the workspace's limit left out, `not_there` the attributes (model and name)
    that are declared and the workspace does not have.
    """

    people: int
    companies: int
    events: int
    without_room: tuple[str, ...] = ()
    tags: int = 0
    not_there: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A seeded company; `fields` by full name, None where there is no value."""

    company_id: str
    name: str
    domain: str
    created_at: int
    last_request_at: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A seeded person; `companies` are external ids, an event is a name, a second and metadata."""

    external_id: str
    email: str
    created_at: int
    updated_at: int
    fields: dict[str, Any]
    companies: tuple[str, ...]
    events: tuple[tuple[str, int, dict[str, Any]], ...]


NOTHING = Declared()


def seed(
    sandbox: Sandbox, *, today: date, people: int = 200, seed: int = 1, declared: Declared = NOTHING
) -> Seeded:
    """Writes `people` people, their companies and events; the same arguments on an equal workspace write the same.

    People and companies are told by external id (`user-1-00001`, `company-1-0001`; the middle is `seed`): those
    there already are renewed, everything else in the workspace stays. Custom attributes get values where the
    workspace has them, not archived; some values are missing. About a tenth of the people have no company and some
    have two. Of declared events each occurs, and each tag is on some, where there is anybody. Trial end dates lie
    around `today`, days are those of the workspace's time zone.

    Raises ValueError where `today` is outside `SEEDED_DAYS`.
    """
    if not SEEDED_DAYS[0] <= today <= SEEDED_DAYS[1]:
        raise ValueError(f"today must be from {SEEDED_DAYS[0]} to {SEEDED_DAYS[1]}")
    with sandbox.store(writes=True) as store:
        midnight = datetime(today.year, today.month, today.day, tzinfo=zone(store.meta("timezone") or "UTC"))
        start = int(midnight.timestamp())
        attributes = _attributes(store)
        companies = _companies(seed, people, start, attributes["company"])
        company_rows = _write_companies(store, companies)
        drawn = [
            _person(seed, number, start, companies, attributes["contact"], declared)
            for number in range(1, people + 1)
        ]
        _complete(seed, drawn, declared)
        contact_rows = _write_people(store, drawn)
        _write_links(store, drawn, contact_rows, company_rows)
        events, without_room = _write_events(store, drawn, contact_rows, sandbox.switches)
        now = int(sandbox.clock())
        _write_tags(
            store, "contact", declared.contact_tags, [contact_rows[each.external_id] for each in drawn], now
        )
        _write_tags(
            store,
            "company",
            declared.company_tags,
            [company_rows[each.company_id] for each in companies],
            now,
        )
    there = {(model, attribute.name) for model in attributes for attribute in attributes[model]}
    return Seeded(
        len(drawn),
        len(companies),
        events,
        without_room,
        len({*declared.contact_tags, *declared.company_tags}) if drawn else 0,
        tuple(attribute for attribute in declared.attributes if attribute not in there),
    )


def _attributes(store: Store) -> dict[str, list[Attribute]]:
    found: dict[str, list[Attribute]] = {"contact": [], "company": []}
    for row in store.all("select * from attributes where not archived order by name"):
        options = tuple(load(row["options"])) if row["options"] else ()
        found[row["model"]].append(Attribute(row["name"], row["data_type"], options))
    return found


def _companies(seed: int, people: int, today: int, attributes: list[Attribute]) -> list[Company]:
    companies: list[Company] = []
    names: set[str] = set()
    for number in range(1, -(-people // PEOPLE_PER_COMPANY) + 1):
        rng = random.Random(f"company/{seed}/{number}")  # noqa: S311 (not for secrets)
        industry = rng.choice(tuple(believable.TRADES))
        name = f"{rng.choice(believable.STEMS)} {rng.choice(believable.TRADES[industry])}"
        domain = f"{name.lower().replace(' ', '-')}-{number}.example"
        if name in names:
            name = f"{name} {number}"
        names.add(name)
        plan = rng.choices(believable.PLANS, weights=(40, 10, 35, 15))[0]
        spend = {"free": 0, "trial": 0, "pro": rng.randint(49, 900), "enterprise": rng.randint(1000, 20_000)}[
            plan
        ]
        created_at = today - rng.randint(30, 1500) * DAY
        fields: dict[str, Any] = {
            "plan.name": plan,
            "monthly_spend": spend,
            "size": rng.choice((4, 12, 35, 80, 220, 750, 3000)),
            "industry": industry,
            "website": f"https://{domain}",
            "remote_created_at": created_at,
        }
        for attribute in attributes:
            fields[f"custom_attributes.{attribute.name}"] = believable.company_value(rng, attribute, today)
        companies.append(
            Company(
                company_id=f"company-{seed}-{number:04}",
                name=name,
                domain=domain,
                created_at=created_at,
                last_request_at=today - rng.randint(0, 30 * DAY),
                fields=fields,
            )
        )
    return companies


def _person(
    seed: int,
    number: int,
    today: int,
    companies: list[Company],
    attributes: list[Attribute],
    declared: Declared,
) -> Person:
    rng = random.Random(f"person/{seed}/{number}")  # noqa: S311 (not for secrets)
    profile = believable.profile(rng, today)
    first, last = rng.choice(believable.FIRST), rng.choice(believable.LAST)
    chance = rng.random()
    employers = rng.sample(companies, 0 if chance < 0.12 else min(len(companies), 2 if chance > 0.92 else 1))
    domain = employers[0].domain if employers else "mail.example"
    country, region, city, language = rng.choice(believable.PLACES)
    browser, system = rng.choice(believable.BROWSERS)
    # The hours of the day are spread, and never past the moment the day begins: today has only just begun.
    last_seen = profile.last_seen - rng.randint(0, 40_000)
    created_at = min(profile.signed_up, last_seen) - rng.randint(60, 3600)
    fields: dict[str, Any] = {
        "name": f"{first} {last}" if rng.random() > 0.04 else None,
        "phone": f"+1555{rng.randint(1_000_000, 9_999_999)}" if rng.random() < 0.3 else None,
        "signed_up_at": created_at,
        "last_seen_at": last_seen if rng.random() > 0.05 else None,
        "location.country": country,
        "location.region": region,
        "location.city": city,
        "browser": browser,
        "browser_language": language,
        "os": system,
        "unsubscribed_from_emails": rng.random() < 0.08,
    }
    events = _events(rng, created_at, last_seen)
    if declared.events:
        others = random.Random(f"events/{seed}/{number}")  # noqa: S311
        events = declared_events(
            declared.events, others, _first_event(created_at, last_seen), last_seen, events
        )
    # Last, so that one more attribute in the workspace changes as little as can be.
    for attribute in attributes:
        fields[f"custom_attributes.{attribute.name}"] = believable.attribute_value(rng, attribute, profile)
    return Person(
        external_id=f"user-{seed}-{number:05}",
        email=f"{first}.{last}.{number}@{domain}".lower(),
        created_at=created_at,
        updated_at=max(created_at, last_seen),
        fields=fields,
        companies=tuple(company.company_id for company in employers),
        events=events,
    )


def _events(
    rng: random.Random, created_at: int, last_seen: int
) -> tuple[tuple[str, int, dict[str, Any]], ...]:
    """Events of the project's guide between a person's creation and last visit."""
    events: list[tuple[str, int, dict[str, Any]]] = []
    first = _first_event(created_at, last_seen)
    for name, (chance, most) in EVENTS.items():
        if rng.random() < chance:
            for _ in range(rng.randint(1, most)):
                moment = rng.randint(first, last_seen)
                events.append((name, moment, believable.event_metadata(rng, name)))
    return tuple(events)


def _first_event(created_at: int, last_seen: int) -> int:
    return max(created_at, last_seen - EVENT_DAYS * DAY)


def _complete(seed: int, people: list[Person], declared: Declared) -> None:
    """Gives each declared event that nobody did to somebody."""
    done = {name for person in people for name, _, _ in person.events}
    for place, event in enumerate(declared.events):
        if people and event.name not in done:
            person = people[place % len(people)]
            rng = random.Random(f"event/{seed}/{event.name}")  # noqa: S311
            last = person.updated_at
            once = occurrence(event, rng, _first_event(person.created_at, last), last)
            people[place % len(people)] = replace(person, events=(*person.events, once))


def _write_companies(store: Store, companies: list[Company]) -> dict[str, int]:
    """Writes the companies; returns the row number of every company by external id."""
    rows = {row["company_id"]: row["seq"] for row in store.all("select seq, company_id from companies")}
    new = [company for company in companies if company.company_id not in rows]
    first = store.reserve("companies", len(new))
    store.run_many(
        "update companies set name = ?, last_request_at = ?, updated_at = ?, fields = json_patch(fields, ?)"
        " where seq = ?",
        [
            (each.name, each.last_request_at, each.last_request_at, dump(each.fields), rows[each.company_id])
            for each in companies
            if each.company_id in rows
        ],
    )
    store.run_many(
        "insert into companies values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                seq,
                object_id("company", seq),
                each.company_id,
                each.name,
                each.created_at,
                each.last_request_at,
                each.last_request_at,
                _values(each.fields),
            )
            for seq, each in enumerate(new, first)
        ],
    )
    return rows | {each.company_id: seq for seq, each in enumerate(new, first)}


def _write_people(store: Store, people: list[Person]) -> dict[str, int]:
    """Writes the people; returns the row number of every contact by external id, of two the one not archived."""
    rows = {
        row["external_id"]: row["seq"]
        for row in store.all(
            "select seq, external_id from contacts where external_id is not null order by archived desc"
        )
    }
    new = [person for person in people if person.external_id not in rows]
    first = store.reserve("contacts", len(new))
    # A patch's nulls remove, so that a person renewed is as one written for the first time.
    store.run_many(
        "update contacts set email = ?, updated_at = ?, fields = json_patch(fields, ?) where seq = ?",
        [
            (each.email, each.updated_at, dump(each.fields), rows[each.external_id])
            for each in people
            if each.external_id in rows
        ],
    )
    store.run_many(
        "insert into contacts values (?, ?, 'user', ?, ?, 0, ?, ?, ?)",
        [
            (
                seq,
                object_id("contact", seq),
                each.external_id,
                each.email,
                each.created_at,
                each.updated_at,
                _values(each.fields),
            )
            for seq, each in enumerate(new, first)
        ],
    )
    return rows | {each.external_id: seq for seq, each in enumerate(new, first)}


def _values(fields: dict[str, Any]) -> str:
    """The fields that have a value, as a row holds them."""
    return dump({name: value for name, value in fields.items() if value is not None})


def _write_links(
    store: Store, people: list[Person], contacts: dict[str, int], companies: dict[str, int]
) -> None:
    store.run_many(
        "insert or ignore into memberships values (?, ?)",
        [(contacts[each.external_id], companies[company]) for each in people for company in each.companies],
    )


def _write_events(
    store: Store, people: list[Person], contacts: dict[str, int], switches: Switches
) -> tuple[int, tuple[str, ...]]:
    """Writes the events of the names there is room for; returns how many, and the other names."""
    rows: list[tuple[object, ...]] = []
    folded: dict[str, str | None] = {}
    for person in people:
        for name, moment, metadata in person.events:
            if name not in folded:
                folded[name] = _registered(store, name, list(metadata), switches)
            if folded[name] is not None:
                rows.append((contacts[person.external_id], folded[name], moment, dump(metadata)))
    store.run_many("insert or ignore into events values (?, ?, ?, ?)", rows)
    return len(rows), tuple(sorted(name for name, known in folded.items() if known is None))


def _write_tags(store: Store, model: str, names: tuple[str, ...], rows: list[int], now: int) -> None:
    """Puts each tag on about one in six, and on one at least; makes those that the workspace does not have."""
    values = "(?, ?, ?)" if model == "contact" else "(?, ?)"
    for name in names if rows else ():
        known = store.one("select seq from tags where folded = ?", name.casefold())
        tag = store.reserve("tags") if known is None else int(known["seq"])
        if known is None:
            store.run("insert into tags values (?, ?, ?)", tag, name, name.casefold())
        rng = random.Random(f"tag/{model}/{name}")  # noqa: S311
        chosen = [row for row in rows if rng.random() < TAGGED] or rows[:1]
        links: list[tuple[object, ...]] = [(row, tag, now)[: values.count("?")] for row in chosen]
        store.run_many(f"insert or ignore into {model}_tags values {values}", links)  # noqa: S608


def _registered(store: Store, raw: str, keys: list[str], switches: Switches) -> str | None:
    name = normalized(raw)
    known = store.one("select keys from event_names where folded = ?", name.casefold())
    if known is None and not has_room(store, switches):
        return None
    earlier: list[str] = [] if known is None else load(known["keys"])
    return register_name(store, name, tracked_keys(earlier, keys, switches.event_metadata_keys))
