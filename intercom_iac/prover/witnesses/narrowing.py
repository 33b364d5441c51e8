"""A person without what some rules do not ask about, on the first day of a proof where they can be of that day.

Whoever is found for many rules at once has companies, occurrences and days for each of them. What is left out or
moved is tried: every rule says the same of the person before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.model import DataType, Person, Predicate
from intercom_iac.model.days import add_days, calendar_day
from intercom_iac.model.person import Json, event_key
from intercom_iac.model.predicate import events_of, fields_of, reads_tags, requires
from intercom_iac.rules.meaning import satisfies

from ..witness import Witness
from .building import noon
from .own_address import with_own_address

# What tells one person or company from another, and what every one has.
_IDENTITY = frozenset({"type", "id", "role", "email", "name", "companies"})
Path = tuple[str, ...]


def narrow_witness(witness: Witness, rules: Sequence[Predicate], *, first: date) -> Witness:
    """The person with the values, companies, events and tags alone that these rules read, as a user where that is not
    asked for, and on the day `first` where nothing holds them to another."""
    wanted = [_satisfies(witness, rule) for rule in rules]

    def same(other: Witness) -> bool:
        return all(_satisfies(other, rule) is holds for rule, holds in zip(rules, wanted, strict=True))

    narrow = _with_what_is_read(witness, rules)
    if not same(narrow):
        return witness
    moved = _on_day(narrow, rules, first)
    if moved is not narrow and same(moved):
        narrow = moved
    narrow = _with_fewer_occurrences(_with_fewer_companies(narrow, same), same)
    return with_own_address(narrow, same)


def _with_what_is_read(witness: Witness, rules: Sequence[Predicate]) -> Witness:
    paths = {
        field.path[:2] if field.custom else field.path[:1] for rule in rules for field in fields_of(rule)
    }
    tags = any(map(reads_tags, rules))
    events = {event_key(event) for rule in rules for event in events_of(rule)}
    person = witness.person
    companies = person.companies if any("companies" in requires(rule) for rule in rules) else ()
    contact = _narrow_subject(person.contact, paths, tags=tags)
    if ("role",) not in paths:
        contact["role"] = "user"
    if not companies:
        contact.pop("companies", None)
    narrow = Person(
        contact,
        tuple(_narrow_subject(company, paths, tags=tags) for company in companies),
        tuple(event for event in person.events if event_key(str(event["event_name"])) in events),
    )
    return replace(witness, person=narrow)


def _narrow_subject(subject: Json, paths: set[Path], *, tags: bool) -> dict[str, Any]:
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


# --- days -------------------------------------------------------------------------------------------------------


def _on_day(witness: Witness, rules: Sequence[Predicate], day: date) -> Witness:
    """The person with every day as far from `day` as it is from today; the witness itself where that is its day."""
    days = (day - witness.today).days
    if not days:
        return witness
    zone = ZoneInfo(witness.zone)
    paths = {field.path for rule in rules for field in fields_of(rule) if field.type is DataType.DATE}

    def moved(moment: Any) -> Any:
        if not isinstance(moment, int | float) or isinstance(moment, bool):
            return moment
        before = calendar_day(moment, zone)
        return moment + noon(add_days(before, days), zone) - noon(before, zone)

    person = witness.person
    events = [{**event, "created_at": moved(event.get("created_at"))} for event in person.events]
    companies = tuple(_with_moments(company, paths, moved) for company in person.companies)
    return replace(
        witness,
        today=day,
        person=Person(_with_moments(person.contact, paths, moved), companies, tuple(events)),
    )


def _with_moments(subject: Json, paths: set[Path], moved: Callable[[Any], Any]) -> dict[str, Any]:
    """The subject with its values at these paths moved."""
    inner: dict[str, set[Path]] = {}
    for path in paths:
        inner.setdefault(path[0], set()).add(path[1:])
    changed = dict(subject)
    for key, rests in inner.items():
        value = changed.get(key)
        if () in rests:
            if key in changed:
                changed[key] = moved(value)
        elif isinstance(value, Mapping):
            changed[key] = _with_moments(cast("Json", value), rests, moved)
    return changed


# --- companies and occurrences ----------------------------------------------------------------------------------


def _with_fewer_companies(witness: Witness, same: Callable[[Witness], bool]) -> Witness:
    if len(witness.person.companies) < 2:
        return witness

    def with_companies(companies: Sequence[Json]) -> Witness:
        contact = dict(witness.person.contact)
        listed = [{"type": "company", "id": company["id"]} for company in companies if "id" in company]
        if companies:
            contact["companies"] = {"type": "list", "data": listed}
        else:
            contact.pop("companies", None)
        return replace(witness, person=replace(witness.person, contact=contact, companies=tuple(companies)))

    return with_companies(_needed_things(witness.person.companies, lambda some: same(with_companies(some))))


def _with_fewer_occurrences(witness: Witness, same: Callable[[Witness], bool]) -> Witness:
    if len(witness.person.events) < 2:
        return witness

    def with_events(events: Sequence[Json]) -> Witness:
        return replace(witness, person=replace(witness.person, events=tuple(events)))

    return with_events(_needed_things(witness.person.events, lambda some: same(with_events(some))))


def _needed_things(things: Sequence[Json], enough: Callable[[Sequence[Json]], bool]) -> Sequence[Json]:
    """The things without those that can go, halves of them before single ones."""
    kept, size = list(things), max(1, len(things) // 2)
    while True:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if enough(fewer):
                kept = fewer
            else:
                at += size
        if size == 1:
            return kept
        size //= 2


def _satisfies(witness: Witness, rule: Predicate) -> bool:
    return satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
