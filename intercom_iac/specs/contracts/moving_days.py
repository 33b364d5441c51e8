"""Tests whose outcome hangs on the day of the run: a day of the calendar against days from today, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intercom_iac.model import DataType, Field, Predicate, event_key, walk
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    Calendar,
    DayPoint,
    DaysBetween,
    DayTest,
    OnDay,
    day_test_of,
    own_events,
)
from intercom_iac.model.short_person import SegmentTest, ShortPerson

# What has days: a date of a contact, a company or metadata, or an event.
_Dated = Field | str


def moving_day(test: SegmentTest, rule: Predicate) -> str | None:
    """What of the person is compared with another kind of day than it is written as, so that the test may say
    something else tomorrow; None where nothing is, or where the test gives its day."""
    if test.today is not None:
        return None
    asked = dict[_Dated, set[bool]]()
    for what, day_test in _day_tests(rule):
        asked.setdefault(what, set()).update(_are_fixed(day_test))
    for what, day in _days(test.person):
        if asked.get(what) and asked[what] != {isinstance(day, date)}:
            return what if isinstance(what, str) else what.name
    return None


def _day_tests(rule: Predicate) -> Iterator[tuple[_Dated, DayTest]]:
    for node in walk(rule):
        test = day_test_of(node)
        if test is None:
            continue
        if isinstance(node, OnDay):
            yield node.field, test
        else:
            yield from ((event_key(event), test) for event in own_events(node))


def _are_fixed(test: DayTest) -> set[bool]:
    """Whether the days that a test names are days of the calendar; one of another date names none."""
    if isinstance(test, FIELD_DAY_TESTS):
        return set()
    if isinstance(test, DaysBetween):
        return {isinstance(test.first, date), isinstance(test.last, date)}
    return {isinstance(test, Calendar)}


def _days(person: ShortPerson) -> Iterator[tuple[_Dated, DayPoint]]:
    values = [
        *person.contact,
        *(value for company in person.companies for value in company.values),
        *(value for occurrence in person.events for value in occurrence.metadata),
    ]
    for field, value in values:
        if field.type is DataType.DATE and isinstance(value, date | int):
            yield field, value
    for occurrence in person.events:
        yield event_key(occurrence.event), occurrence.day
