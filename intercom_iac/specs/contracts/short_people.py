"""From a person in the shapes of Intercom's API, such as a witness, to one in short form and the data of tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.model import DataType, Field, Predicate, fields_of, walk
from intercom_iac.model.days import calendar_day
from intercom_iac.model.person import Json, event_key
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    Calendar,
    DayPoint,
    DaysBetween,
    EventSequence,
    OccurrenceDay,
    Occurrences,
    SomeCompany,
    Tagged,
    children,
    day_test_of,
    events_of,
    own_fields,
    reads_days,
)
from intercom_iac.model.short_person import (
    SegmentTest,
    ShortCompany,
    ShortOccurrence,
    ShortPerson,
    ShortValue,
    Values,
)
from intercom_iac.prover.witness import Witness
from intercom_iac.rules.meaning import known_moment, known_value, tag_names

from ..author.entries import literal_text
from ..load.short_days import write_day


def short_test(witness: Witness, rules: Iterable[Predicate], *, member: bool) -> SegmentTest:
    """The test that says of a witness whether it is a member: of the person only what the rules read.

    Days are counted from today; where a rule names a day of the calendar, they are days of the calendar, and the test
    says which day is today.
    """
    asked = tuple(rules)
    fixed = any(map(_names_calendar_days, asked))
    short = _Reader(witness, asked, fixed=fixed).short()
    today = witness.today if fixed and any(map(reads_days, asked)) else None
    return SegmentTest(short, member=member, today=today)


def short_person(witness: Witness, rules: Iterable[Predicate]) -> ShortPerson:
    """The person of such a test."""
    return short_test(witness, rules, member=True).person


def entry_of_test(test: SegmentTest) -> dict[str, Any]:
    """The data of a test as a spec file has it: what it does not say is left out."""
    person = test.person
    entry: dict[str, Any] = {
        "name": None if test.name is None else literal_text(test.name),
        "contact": _data(person.contact),
        "companies": [_company_data(company) for company in person.companies],
        "events": [_occurrence_data(occurrence) for occurrence in person.events],
        "tags": [literal_text(tag) for tag in person.tags],
    }
    said = {key: value for key, value in entry.items() if value}
    said["member"] = test.member
    return said if test.today is None else {**said, "today": test.today.isoformat()}


# --- from a person ------------------------------------------------------------------------------------------


class _Reader:
    """Reads of one person what rules ask for. Days are those of the calendar where they are `fixed`."""

    def __init__(self, witness: Witness, rules: tuple[Predicate, ...], *, fixed: bool) -> None:
        self.person = witness.person
        self.today = witness.today
        self.zone = ZoneInfo(witness.zone)
        self.rules = rules
        self.fixed = fixed

    def short(self) -> ShortPerson:
        fields = dict.fromkeys(field for rule in self.rules for field in fields_of(rule))
        own = [field for field in fields if field.owner == "contact"]
        of_company = [field for field in fields if field.owner == "company"]
        has_companies = any(isinstance(node, SomeCompany) for rule in self.rules for node in walk(rule))
        asked = {tag for rule in self.rules for tag in _tags(rule, of_company=False)}
        return ShortPerson(
            contact=self._values(self.person.contact, own),
            companies=tuple(
                self._company(company, of_company) for company in self.person.companies if has_companies
            ),
            events=self._occurrences(),
            tags=tuple(tag for tag in tag_names(self.person.contact) if tag in asked),
        )

    def _company(self, company: Json, fields: Iterable[Field]) -> ShortCompany:
        asked = {tag for rule in self.rules for tag in _tags(rule, of_company=True)}
        tags = tuple(tag for tag in tag_names(company) if tag in asked)
        return ShortCompany(self._values(company, fields), tags)

    def _occurrences(self) -> tuple[ShortOccurrence, ...]:
        """What the person did, what is alike counted, in the order of days."""
        keys = {event_key(name): name for rule in self.rules for name in events_of(rule)}
        metadata: dict[str, dict[Field, None]] = {}
        for rule in self.rules:
            for event, field in _metadata_read(rule):
                metadata.setdefault(event_key(event), {})[field] = None
        counts: dict[ShortOccurrence, int] = {}
        for occurrence in sorted(self.person.events, key=lambda occurrence: known_moment(occurrence) or 0):
            key = event_key(str(occurrence.get("event_name")))
            if key not in keys:
                continue
            short = ShortOccurrence(
                event=keys[key],
                day=self._day(known_moment(occurrence) or 0),
                metadata=self._values(occurrence, metadata.get(key, ())),
            )
            counts[short] = counts.get(short, 0) + 1
        return tuple(replace(occurrence, count=count) for occurrence, count in counts.items())

    def _values(self, subject: Json, fields: Iterable[Field]) -> Values:
        known = ((field, known_value(subject, field)) for field in fields)
        return tuple((field, self._value(field, value)) for field, value in known if value is not None)

    def _value(self, field: Field, value: Any) -> ShortValue:
        return self._day(value) if field.type is DataType.DATE else value

    def _day(self, moment: float) -> DayPoint:
        day = calendar_day(moment, self.zone)
        return day if self.fixed else (day - self.today).days


def _tags(rule: Predicate, *, of_company: bool) -> Iterator[str]:
    """The names of the tags that a rule asks for, of the contact or of its companies."""
    match rule:
        case Tagged(tag=tag) if not of_company:
            yield tag
        case SomeCompany(rule=inner):
            yield from (part.tag for part in walk(inner) if of_company and isinstance(part, Tagged))
        case _:
            for child in children(rule):
                yield from _tags(child, of_company=of_company)


def _metadata_read(rule: Predicate) -> Iterator[tuple[str, Field]]:
    """The metadata keys that a rule reads, each with the event it is of."""
    for node in walk(rule):
        match node:
            case EventSequence(event=event, then=then, where=where, then_where=then_where):
                wheres = ((event, where), (then, then_where))
            case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays():
                wheres = ((node.event, node.where),)
                if isinstance(node, Aggregate):
                    yield node.event, node.key
            case _:
                continue
        for event, where in wheres:
            parts = () if where is None else walk(where)
            yield from ((event, field) for part in parts for field in own_fields(part))


def _names_calendar_days(rule: Predicate) -> bool:
    tests = (day_test_of(node) for node in walk(rule))
    return any(
        isinstance(test, Calendar)
        or (isinstance(test, DaysBetween) and (isinstance(test.first, date) or isinstance(test.last, date)))
        for test in tests
    )


# --- to the data of a test ----------------------------------------------------------------------------------


def _data(values: Values) -> dict[str, Any]:
    return {field.name: _value_data(field, value) for field, value in values}


def _value_data(field: Field, value: ShortValue) -> Any:
    if field.type is DataType.DATE and isinstance(value, date | int):
        return write_day(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return literal_text(value) if isinstance(value, str) else value


def _company_data(company: ShortCompany) -> dict[str, Any]:
    data = _data(company.values)
    return {**data, "tags": [literal_text(tag) for tag in company.tags]} if company.tags else data


def _occurrence_data(occurrence: ShortOccurrence) -> dict[str, Any]:
    data: dict[str, Any] = {"event": literal_text(occurrence.event)}
    if occurrence.day != 0:
        data["on"] = write_day(occurrence.day)
    if occurrence.count != 1:
        data["count"] = occurrence.count
    if occurrence.metadata:
        data["metadata"] = _data(occurrence.metadata)
    return data
