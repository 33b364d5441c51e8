"""Seeded companies and people, drawn but not yet written."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import fakes
from .declarations import DeclaredEvent
from .events import (
    Occurrence,
    draw_declared_events,
    draw_guide_events,
    draw_occurrence,
    first_event_moment,
)
from .fakes import DAY, Attribute

PEOPLE_PER_COMPANY = 6


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
    """A seeded person; `fields` by full name, None where there is no value; `companies` are external ids."""

    external_id: str
    email: str
    created_at: int
    updated_at: int
    fields: dict[str, Any]
    companies: tuple[str, ...]
    events: tuple[Occurrence, ...]


def draw_companies(seed: int, people: int, today: int, attributes: list[Attribute]) -> list[Company]:
    """The companies for so many people; `today` is a midnight in unix seconds."""
    companies: list[Company] = []
    names: set[str] = set()
    for number in range(1, -(-people // PEOPLE_PER_COMPANY) + 1):
        rng = random.Random(f"company/{seed}/{number}")  # noqa: S311 (not for secrets)
        industry = rng.choice(tuple(fakes.INDUSTRIES))
        name = f"{rng.choice(fakes.COMPANY_STEMS)} {rng.choice(fakes.INDUSTRIES[industry])}"
        domain = f"{name.lower().replace(' ', '-')}-{number}.example"
        if name in names:
            name = f"{name} {number}"
        names.add(name)
        plan = rng.choices(fakes.PLANS, weights=(40, 10, 35, 15))[0]
        # Both numbers are drawn whatever the plan is, so that the values after them do not depend on it.
        spending = {"pro": rng.randint(49, 900), "enterprise": rng.randint(1000, 20_000)}
        created_at = today - rng.randint(30, 1500) * DAY
        fields: dict[str, Any] = {
            "plan.name": plan,
            "monthly_spend": spending.get(plan, 0),
            "size": rng.choice((4, 12, 35, 80, 220, 750, 3000)),
            "industry": industry,
            "website": f"https://{domain}",
            "remote_created_at": created_at,
        }
        for attribute in attributes:
            fields[f"custom_attributes.{attribute.name}"] = fakes.draw_company_value(rng, attribute, today)
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


def draw_person(
    seed: int,
    number: int,
    today: int,
    companies: list[Company],
    attributes: list[Attribute],
    declared_events: Sequence[DeclaredEvent],
) -> Person:
    """Person number `number`; `today` is a midnight in unix seconds.

    The events are those of the project's guide where none are declared.
    """
    rng = random.Random(f"person/{seed}/{number}")  # noqa: S311 (not for secrets)
    profile = fakes.draw_profile(rng, today)
    first, last = rng.choice(fakes.FIRST_NAMES), rng.choice(fakes.LAST_NAMES)
    chance = rng.random()
    employers = rng.sample(companies, 0 if chance < 0.12 else min(len(companies), 2 if chance > 0.92 else 1))
    domain = employers[0].domain if employers else "mail.example"
    country, region, city, language = rng.choice(fakes.LOCATIONS)
    browser, system = rng.choice(fakes.BROWSERS)
    # Spread over hours, and never after midnight of the last day: `today` has only just begun.
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
    first_moment = first_event_moment(created_at, last_seen)
    events = draw_guide_events(rng, first_moment, last_seen)
    if declared_events:
        event_rng = random.Random(f"events/{seed}/{number}")  # noqa: S311 (not for secrets)
        events = draw_declared_events(declared_events, event_rng, first_moment, last_seen, events)
    # Last, so that one more attribute in the workspace changes no other value.
    for attribute in attributes:
        fields[f"custom_attributes.{attribute.name}"] = fakes.draw_attribute_value(rng, attribute, profile)
    return Person(
        external_id=f"user-{seed}-{number:05}",
        email=f"{first}.{last}.{number}@{domain}".lower(),
        created_at=created_at,
        updated_at=max(created_at, last_seen),
        fields=fields,
        companies=tuple(company.company_id for company in employers),
        events=events,
    )


def add_missing_events(people: Sequence[Person], events: Sequence[DeclaredEvent], seed: int) -> list[Person]:
    """The people, with an occurrence of each declared event that none of them did."""
    completed = list(people)
    occurred = {occurrence.name for person in people for occurrence in person.events}
    for index, event in enumerate(events):
        if people and event.name not in occurred:
            number = index % len(people)
            person = completed[number]
            rng = random.Random(f"event/{seed}/{event.name}")  # noqa: S311 (not for secrets)
            last = person.updated_at
            occurrence = draw_occurrence(event, rng, first_event_moment(person.created_at, last), last)
            completed[number] = replace(person, events=(*person.events, occurrence))
    return completed
