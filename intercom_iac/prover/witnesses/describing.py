"""A witness in one line of a message: who it is, what it has of what rules read, and the day.

`ada@example.com with plan_type = trial and trial_end_date 2026-03-16, on 2026-03-14`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.model import DataType, Field
from intercom_iac.model.days import calendar_day
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Predicate,
    SomeCompany,
    Tagged,
    children,
    fields_of,
    own_events,
    own_fields,
    reads_days,
    walk,
)
from intercom_iac.rules.meaning import is_named, known_moment, known_value, tag_names
from intercom_iac.rules.print.text import label_text, number_text, quote, stands_bare
from intercom_iac.text import brief_text, printable

from ..witness import Witness

_MOST_PARTS = 8
_LONGEST_TEXT = 60
_MOST_DAYS = 3


def describe_witness(witness: Witness, rules: Iterable[Predicate]) -> str:
    """The person by what the rules read of it, with the day where they read days. Safe to print."""
    read = tuple(rules)
    parts = list(_Description(witness, read).parts())
    words = _name(witness.person.contact)
    if parts:
        words += f" {_enumeration_text(parts)}"
    if any(map(reads_days, read)):
        words += f", on {witness.today}"
    return printable(words)


def _name(contact: Json) -> str:
    """How the contact is called: by its email, else its name, else as nobody in particular."""
    names = (contact.get(key) for key in ("email", "name"))
    role = "lead" if contact.get("role") == "lead" else "contact"
    return next((name for name in names if isinstance(name, str) and name), f"a {role}")


def _enumeration_text(parts: Sequence[str]) -> str:
    if len(parts) > _MOST_PARTS:
        return f"{', '.join(parts[:_MOST_PARTS])} and {len(parts) - _MOST_PARTS} more"
    return " and ".join([*([", ".join(parts[:-1])] if len(parts) > 1 else []), parts[-1]])


class _Description:
    """What is said of a person whom some rules are asked about."""

    def __init__(self, witness: Witness, rules: Sequence[Predicate]) -> None:
        self.person = witness.person
        self.zone = ZoneInfo(witness.zone)
        self.rules = rules

    def parts(self) -> Iterator[str]:
        """`with plan_type = trial`, `no company`: what it has first, then what it lacks."""
        has, lacks = self._of_subject(self.person.contact, "contact", self.rules)
        companies = [node for rule in self.rules for node in walk(rule) if isinstance(node, SomeCompany)]
        for company in self.person.companies if companies else ():
            has.append(self._company(company, [node.rule for node in companies]))
        if companies and not self.person.companies:
            lacks.append("company")
        happened, missing = self._events()
        has += happened
        lacks += missing
        parts = [*has, *(f"no {name}" for name in lacks)]
        for at, part in enumerate(parts):
            yield f"with {part}" if at == 0 else part

    def _of_subject(
        self, subject: Json, owner: str, rules: Sequence[Predicate]
    ) -> tuple[list[str], list[str]]:
        """What a contact or a company has of what rules read, and the names of what it lacks."""
        called = _name(subject) if owner == "contact" else subject.get("name")
        has: list[str] = []
        lacks: list[str] = []
        for field in dict.fromkeys(field for rule in rules for field in fields_of(rule)):
            if field.owner != owner:
                continue
            value = known_value(subject, field)
            if value is None:
                lacks.append(label_text(field.name))
            elif field.custom or field.name not in ("email", "name") or value != called:
                has.append(self._value(field, value))
        tags = tag_names(subject)
        for tag in dict.fromkeys(tag for rule in rules for tag in _tags(rule, owner)):
            (has if tag in tags else lacks).append(f"tag {_text(tag)}")
        return has, lacks

    def _value(self, field: Field, value: Any) -> str:
        """`plan_type = trial`, `trial_end_date 2026-03-16`."""
        name = label_text(field.name)
        if field.type is DataType.DATE:
            return f"{name} {calendar_day(value, self.zone)}"
        return f"{name} = {_value_text(value)}"

    def _company(self, company: Json, rules: Sequence[Predicate]) -> str:
        has, lacks = self._of_subject(company, "company", rules)
        name = company.get("name")
        words = f"company {_text(name)}" if isinstance(name, str) and name else "a company"
        inside = ", ".join([*has, *(f"no {lack}" for lack in lacks)])
        return f"{words} ({inside})" if inside else words

    # --- events ---------------------------------------------------------------------------------------------

    def _events(self) -> tuple[list[str], list[str]]:
        has: list[str] = []
        lacks: list[str] = []
        for event in dict.fromkeys(_events_read(self.rules)):
            occurrences = [occurrence for occurrence in self.person.events if is_named(occurrence, event)]
            if occurrences:
                has += self._occurrence_texts(event, occurrences)
            else:
                lacks.append(f"event {_text(event)}")
        return has, lacks

    def _occurrence_texts(self, event: str, occurrences: Sequence[Json]) -> Iterator[str]:
        """`event invite_sent on 2026-03-11 (seats = 3)`: those with the same metadata together."""
        by_metadata: dict[str, list[date]] = {}
        for occurrence in occurrences:
            day = self._day(occurrence)
            by_metadata.setdefault(self._metadata(event, occurrence), []).extend([] if day is None else [day])
        for metadata, days in by_metadata.items():
            words = f"event {_text(event)}{_days_text(sorted(days))}"
            yield f"{words} ({metadata})" if metadata else words

    def _metadata(self, event: str, occurrence: Json) -> str:
        """What rules read of the metadata of an occurrence."""
        keys = dict.fromkeys(
            field
            for rule in self.rules
            for node in walk(rule)
            if event in own_events(node)
            for part in (node, *(part for child in children(node) for part in walk(child)))
            for field in own_fields(part)
            if field.owner == "event"
        )
        known = ((field, known_value(occurrence, field)) for field in keys)
        return ", ".join(self._value(field, value) for field, value in known if value is not None)

    def _day(self, occurrence: Json) -> date | None:
        moment = known_moment(occurrence)
        return None if moment is None else calendar_day(moment, self.zone)


def _days_text(days: Sequence[date]) -> str:
    """` on 2026-03-11`; of many days, how many and from which to which."""
    if not days:
        return ""
    if len(days) > _MOST_DAYS:
        between = f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"
        return f" {len(days)} times {between}"
    if len(days) > 1 and days[0] == days[-1]:
        return f" {len(days)} times on {days[0]}"
    return f" on {_enumeration_text([str(day) for day in days])}"


def _events_read(rules: Iterable[Predicate]) -> Iterator[str]:
    for rule in rules:
        for node in walk(rule):
            if isinstance(node, EVENT_TESTS):
                yield from own_events(node)


def _tags(rule: Predicate, owner: str) -> Iterator[str]:
    """The tags that a rule asks a contact for, or its companies; a rule for companies is given without these."""
    if isinstance(rule, Tagged):
        yield rule.tag
    for child in children(rule):
        if not isinstance(rule, SomeCompany) or owner != "contact":
            yield from _tags(child, owner)


def _value_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else number_text(value)


def _text(text: str) -> str:
    """A text bare where that reads as itself, else in quotes; cut where it is long."""
    cut = brief_text(text, _LONGEST_TEXT) if text else ""
    return cut if stands_bare(cut) else quote(cut)
