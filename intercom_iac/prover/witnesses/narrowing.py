"""A person without what some rules do not ask about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.model import Person, Predicate
from intercom_iac.model.person import Json, event_key
from intercom_iac.model.predicate import events_of, fields_of, reads_tags, requires
from intercom_iac.rules.meaning import satisfies

from ..witness import Witness

# What tells one person or company from another, and what every one has.
_IDENTITY = frozenset({"type", "id", "role", "email", "name", "companies"})


def narrow_witness(witness: Witness, rules: Sequence[Predicate]) -> Witness:
    """The person with the values, companies, events and tags alone that these rules read; the same person where that
    would change whether it satisfies one of them."""
    paths = {
        field.path[:2] if field.custom else field.path[:1] for rule in rules for field in fields_of(rule)
    }
    tags = any(map(reads_tags, rules))
    events = {event_key(event) for rule in rules for event in events_of(rule)}
    person = witness.person
    companies = person.companies if any("companies" in requires(rule) for rule in rules) else ()
    contact = _narrowed(person.contact, paths, tags=tags)
    if not companies:
        contact.pop("companies", None)
    narrow = Person(
        contact,
        tuple(_narrowed(company, paths, tags=tags) for company in companies),
        tuple(event for event in person.events if event_key(str(event["event_name"])) in events),
    )
    narrowed = replace(witness, person=narrow)
    same = all(_satisfies(narrowed, rule) is _satisfies(witness, rule) for rule in rules)
    return narrowed if same else witness


def _narrowed(subject: Json, paths: set[tuple[str, ...]], *, tags: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in subject.items():
        if key == "custom_attributes" and isinstance(value, Mapping):
            held = cast("Json", value)
            custom = {name: held[name] for name in held if (key, name) in paths}
            if custom:
                kept[key] = custom
        elif key in _IDENTITY or (key,) in paths or (key == "tags" and tags):
            kept[key] = value
    return kept


def _satisfies(witness: Witness, rule: Predicate) -> bool:
    return satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
