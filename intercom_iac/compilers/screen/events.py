"""Tests of events as filters: how often one occurred, the first time and the last time.

No event lies in the future, so that some occurrence lies from a day on is said of the last one, and that some lies
before a day of the first one. Who never did it has no first time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Literal

from intercom_iac.model import Predicate
from intercom_iac.model.days import DayRange, day_range
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    ActiveDays,
    CountComparison,
    DayTest,
    OccurrenceDay,
    Occurrences,
    complementary,
)
from intercom_iac.rules.print.unparse import format_rule

from .attributes import days_of
from .days import DateSubject, day_filters, outside
from .filters import Filter, Form, Match, join
from .vocabulary import COUNT, EVENT, FIRST, LAST, Operator

# What a count asks that does not ask how many there are.
Question = Literal["any", "none", "any number", "no number"]


def question_of(test: Occurrences | ActiveDays) -> Question | None:
    """What the test asks, where every number but 0 answers it alike; None where it asks how many."""
    bound = test.count if isinstance(test, Occurrences) else test.days
    numbers = (number for number in (1, bound - 1, bound, bound + 1) if number >= 1)
    answers = {_stands(number, test.comparison, bound) for number in numbers}
    if len(answers) > 1:
        return None
    if _stands(0, test.comparison, bound):
        return "any number" if True in answers else "none"
    return "any" if True in answers else "no number"


def is_open(window: DayTest | None) -> bool:
    """Whether occurrences in it are the last ones, or the first ones: whether it is bounded on one side at most."""
    if window is None:
        return True
    if isinstance(window, FIELD_DAY_TESTS):
        return False
    days = _until_today(day_range(window))
    return days.first is None or days.last is None


def event_form(test: Occurrences | ActiveDays | OccurrenceDay, *, holds: bool) -> Form:
    """Filters that take whom the test takes, or whom it does not take where not `holds`."""
    if isinstance(test, OccurrenceDay):
        about = _date(test.event, FIRST if test.which == "first" else LAST)
        return _on_days(about, days_of(test.test), test, holds=holds)
    question = question_of(test)
    if question is None:
        assert isinstance(test, Occurrences), "a number of days is lacking"
        return _number(test if holds else replace(test, comparison=complementary(test.comparison)))
    if question in ("any number", "no number"):
        everybody = (question == "any number") is holds
        return _join("any" if everybody else "all", (_ever(test.event), _never(test.event)), test)
    occurred = (question == "any") is holds
    if test.window is None:
        return _ever(test.event) if occurred else _never(test.event)
    days = _until_today(days_of(test.window))
    about = _date(test.event, LAST if days.last is None else FIRST)
    return _on_days(about, days, test, holds=occurred)


def _stands(number: int, comparison: CountComparison, bound: int) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        "=": number == bound,
        "!=": number != bound,
        ">=": number >= bound,
        ">": number > bound,
    }[comparison]


def _until_today(days: DayRange) -> DayRange:
    """The days as far as an event can occur on them."""
    last = days.last
    return replace(days, last=None) if last and last.origin == "today" and last.number >= 0 else days


def _on_days(
    about: DateSubject, days: DayRange, test: Occurrences | ActiveDays | OccurrenceDay, *, holds: bool
) -> Form:
    if holds:
        return _join("all", day_filters(about, days), test)
    others = (_join("all", filters, test) for filters in outside(about, days))
    return _join("any", (*others, _never(test.event)), test)


def _number(test: Occurrences) -> Form:
    """How many there are. Whether the screen counts 0 of who never did it plays no part."""
    event, count = test.event, test.count
    match test.comparison:
        case ">":
            return _count(event, "greater than", count)
        case ">=":
            return _count(event, "greater than", count - 1)
        case "=":
            return _count(event, "is", count)
        case "!=":
            return _count(event, "is not", count)
        case "<":
            return _join("any", (_count(event, "less than", count), _never(event)), test)
        case "<=":
            return _join("any", (_count(event, "less than", count + 1), _never(event)), test)


def _date(event: str, which: str) -> DateSubject:
    return DateSubject((EVENT, event, which), "event date", never_future=True)


def _ever(event: str) -> Filter:
    return _count(event, "greater than", 0)


def _never(event: str) -> Filter:
    return _date(event, FIRST).filter("is unknown")


def _count(event: str, operator: Operator, count: int) -> Filter:
    return Filter((EVENT, event, COUNT), "number", operator, str(count))


def _join(match: Match, parts: Iterable[Form], test: Predicate) -> Form:
    return join(match, parts, partial(format_rule, test))
