"""The values that tests on one attribute, or on one count, can tell apart: a few that stand for all.

Tests that compare a value with constants treat all values between two neighbouring constants alike. So a rule over
one attribute holds for nobody, or for everybody, exactly if it does for the constants and for one value on either
side of each, and for no value at all.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.days import DayRange, day_range
from intercom_iac.model.predicate import (
    ActiveDays,
    And,
    Between,
    Compares,
    Equals,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    SomeCompany,
)

from ..meaning import satisfies

_SIGNS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "=": operator.eq,
        "!=": operator.ne,
    }
)
# Any day far from the ends of the calendar: tests that count from today say the same on each.
_TODAY = date(2026, 1, 1)
_NO_SUCH_TEXT = "\N{REPLACEMENT CHARACTER}"
_COUNTS = (Occurrences, ActiveDays)
# How often a value is put to a test at most: of longer rules nothing is known.
_MOST_ASKED = 2_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule of one or more tests is about alone: a field, or how often an event happened.

    `key` is equal for tests on the same; `field` is None for a count.
    """

    key: Hashable
    field: Field | None


def subject_of(rule: Predicate) -> Subject | None:
    """What the rule is about alone; None where it asks for more than one thing, or for one without values."""
    match rule:
        case Not(part=part):
            return subject_of(part)
        case And(parts=parts) | Or(parts=parts):
            subjects = [subject_of(part) for part in parts]
            first = subjects[0]
            same = (
                all(subject is not None and subject.key == first.key for subject in subjects)
                if first
                else False
            )
            return first if same else None
        case Occurrences(event=event, where=where, window=window):
            return Subject(("count", event, where, window), None)
        case ActiveDays(event=event, where=where, window=window):
            return Subject(("days", event, where, window), None)
        case Equals() | OneOf() | Matches() | Compares() | Between() | IsTrue() | IsKnown() | OnDay():
            return Subject((rule.field.owner, rule.field.name), rule.field)
        case _:
            return None


def holds_for_nobody(rules: Iterable[Predicate], subject: Subject) -> bool:
    """Whether no value passes all of these rules, which are about the subject alone; False where not known."""
    asked = tuple(rules)
    values = _values_of(asked, subject, _required_texts(asked))
    return values is not None and not any(
        all(_holds(rule, subject, value) for rule in asked) for value in values
    )


def holds_for_everybody(rules: Iterable[Predicate], subject: Subject) -> bool:
    """Whether each value, and no value at all, passes one of these rules; False where that is not known."""
    asked = tuple(rules)
    values = _values_of(asked, subject, None)
    return values is not None and all(any(_holds(rule, subject, value) for rule in asked) for value in values)


def _holds(rule: Predicate, subject: Subject, value: Any) -> bool:
    if subject.field is None:
        return _count_passes(rule, value)
    return satisfies(*_asked_of(rule, subject.field, value), today=_TODAY, zone=UTC)


def _asked_of(rule: Predicate, field: Field, value: Any) -> tuple[Person, Predicate]:
    """A person of whom to ask the rule, and what to ask: a rule about a company or an occurrence is wrapped."""
    held: Any = value
    for key in reversed(field.path):
        held = {key: held}
    match field.owner:
        case "contact":
            return Person(held), rule
        case "company":
            return Person({}, [held]), SomeCompany(rule)
        case "event":
            return Person({}, (), [{"event_name": "e", "created_at": 0, **held}]), Occurrences("e", rule)


def _count_passes(rule: Predicate, count: int) -> bool:
    match rule:
        case And(parts=parts):
            return all(_count_passes(part, count) for part in parts)
        case Or(parts=parts):
            return any(_count_passes(part, count) for part in parts)
        case Not(part=part):
            return not _count_passes(part, count)
        case Occurrences(comparison=comparison, count=bound) | ActiveDays(comparison=comparison, days=bound):
            return _SIGNS[comparison](count, bound)
        case _:
            raise AssertionError(f"{type(rule).__name__} is no test of a count")


# --- which values -------------------------------------------------------------------------------------------


def _values_of(
    rules: tuple[Predicate, ...], subject: Subject, required: frozenset[str] | None
) -> list[Any] | None:
    """The values that the rules can tell apart, None among them for no value; None where they cannot be listed."""
    leaves = [leaf for rule in rules for leaf in _leaves(rule)]
    values = _told_apart(leaves, subject, required)
    return None if values is None or len(values) * len(leaves) > _MOST_ASKED else values


def _told_apart(
    leaves: list[Predicate], subject: Subject, required: frozenset[str] | None
) -> list[Any] | None:
    field = subject.field
    if field is None:
        bounds = [
            leaf.count if isinstance(leaf, Occurrences) else leaf.days
            for leaf in leaves
            if isinstance(leaf, _COUNTS)
        ]
        return sorted({bound + off for bound in bounds for off in (-1, 0, 1) if bound + off >= 0})
    match field.type:
        case DataType.BOOLEAN:
            return [True, False, None]
        case DataType.DATE:
            return _moments(leaves)
        case DataType.STRING | DataType.OPTIONS:
            if required is not None:
                return sorted(required)
            if any(isinstance(leaf, Matches) for leaf in leaves):
                return None
            return [*_constants(leaves), _NO_SUCH_TEXT, None]
        case _:
            whole = field.type is DataType.INTEGER and field.owner != "event"
            numbers = sorted(set(_constants(leaves)))
            return [*(number for number in _around(numbers) if not whole or number == int(number)), None]


def _leaves(rule: Predicate) -> Iterator[Predicate]:
    match rule:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part=part):
            yield from _leaves(part)
        case _:
            yield rule


def _constants(leaves: Iterable[Predicate]) -> Iterator[Any]:
    for leaf in leaves:
        match leaf:
            case Equals(value=value) | Compares(value=value):
                yield value
            case OneOf(values=values):
                yield from values
            case Between(first=first, last=last):
                yield first
                yield last
            case _:
                pass


def _around(numbers: list[Any]) -> Iterator[Any]:
    """The numbers, and one in each gap between them and beyond: a whole one where the gap has one."""
    if not numbers:
        yield 0
        return
    # So far away that a large float does not swallow the distance.
    yield numbers[0] - abs(numbers[0]) - 1
    for number, following in pairwise(numbers):
        yield number
        half = number + (following - number) / 2
        between = number + 1 if number < number + 1 < following else half
        if number < between < following:
            yield between
    yield numbers[-1]
    yield numbers[-1] + abs(numbers[-1]) + 1


def _required_texts(rules: tuple[Predicate, ...]) -> frozenset[str] | None:
    """The texts of which the value is one where all of the rules hold; None where they name none."""
    for rule in rules:
        match rule:
            case Equals(value=str(text)):
                return frozenset({text})
            case OneOf(values=values) if all(isinstance(text, str) for text in values):
                return frozenset(map(str, values))
            case _:
                pass
    return None


def _moments(leaves: Iterable[Predicate]) -> list[Any] | None:
    """Noon of the days around each bound of the tests; None where some count from today and others do not."""
    tests = [leaf.test for leaf in leaves if isinstance(leaf, OnDay)]
    if not all(isinstance(test, PlainDayTest) for test in tests):
        return None
    ranges = [day_range(test) for test in tests if isinstance(test, PlainDayTest)]
    bounds = [bound for days in ranges for bound in _bounds(days)]
    if len({bound.origin for bound in bounds}) > 1:
        return None
    ordinals = {bound.ordinal(_TODAY) + off for bound in bounds for off in (-1, 0, 1)}
    days = [
        date.fromordinal(ordinal)
        for ordinal in sorted(ordinals)
        if 366 < ordinal < date.max.toordinal() - 366
    ]
    if len(days) < len(ordinals):
        return None
    noon = timedelta(hours=12)
    return [*((datetime.combine(day, time(), UTC) + noon).timestamp() for day in days or [_TODAY]), None]


def _bounds(days: DayRange) -> list[Any]:
    return [bound for bound in (days.first, days.last) if bound is not None]
