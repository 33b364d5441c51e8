"""Small changes of a test of days: a day more or less, another operator, the other direction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from intercom_iac.model.predicate import (
    AgainstField,
    Amount,
    Away,
    Calendar,
    DayName,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    NamedDay,
    Within,
    mirrored,
)

from .comparisons import nearby_comparison, strictness
from .mutant import MutantKind

ChangedDays = tuple[MutantKind, DayTest]
_NAMES: tuple[DayName, ...] = ("yesterday", "today", "tomorrow")
# The amount that has the day itself too, or has it not. Of `exactly` there are two.
_NEAR_AMOUNTS: dict[str, tuple[Amount, ...]] = {
    "more than": ("at least",),
    "at least": ("more than",),
    "less than": ("at most",),
    "at most": ("less than",),
    "exactly": ("at least", "at most"),
    "within": (),
}


def day_edges(test: DayTest) -> Iterator[DayTest]:
    """The test with its bounds moved by a day, in either direction."""
    match test:
        case Within(direction=direction, days=days):
            yield from _range_edges(0, days if direction == "next" else -days)
        case Away(amount="less than" | "at most" as amount, days=days, direction=direction):
            reach = days if amount == "at most" else days - 1
            yield from _range_edges(0, -reach if direction == "ago" else reach)
        case Away(amount="exactly", days=days, direction=direction):
            yield from _range_edges(*(2 * (-days if direction == "ago" else days,)))
        case Away(days=days) | DaysFromField(amount="more than" | "at least", days=days):
            for other in _beside(days):
                yield replace(test, days=other)
        case DaysFromField(amount="exactly"):
            for amount in _NEAR_AMOUNTS["exactly"]:
                yield replace(test, amount=amount)
        case DaysFromField(amount=amount, days=days, side=side):
            for other in _beside(days):
                yield replace(test, days=other)
            if side != "of":
                # The day before the other date, where days are counted from it on, and the other way round.
                yield replace(test, side="of", amount="within", days=days - (amount == "less than"))
        case Calendar(comparison="=", day=day):
            for other in _later(day):
                yield DaysBetween(day, other)
            for other in _earlier(day):
                yield DaysBetween(other, day)
        case Calendar(day=day):
            for other in (*_earlier(day), *_later(day)):
                yield replace(test, day=other)
        case NamedDay(comparison="=", day=name):
            yield from _range_edges(*(2 * (_NAMES.index(name) - 1,)))
        case NamedDay(comparison=comparison):
            yield replace(test, comparison=nearby_comparison(comparison))
            for name in _names_beside(test):
                yield replace(test, day=name)
        case DaysBetween(first=first, last=last):
            for other in _points_beside(first):
                yield replace(test, first=other)
            for other in _points_beside(last):
                yield replace(test, last=other)
        case AgainstField(comparison=comparison, other=other):
            if comparison == "=":
                yield DaysFromField("within", 1, "after", other)
                yield DaysFromField("within", 1, "before", other)
            else:
                yield replace(test, comparison=nearby_comparison(comparison))


def changed_days(test: DayTest) -> Iterator[ChangedDays]:
    """What may be written in the place of the test by mistake."""
    match test:
        case Within(direction=direction):
            for days in _beside(test.days):
                yield "bound", replace(test, days=days)
            yield "direction", replace(test, direction="last" if direction == "next" else "next")
        case Away(amount=amount, direction=direction):
            for near in _NEAR_AMOUNTS[amount]:
                yield "operator", replace(test, amount=near)
            for days in _other_bounds(amount, test.days):
                yield "bound", replace(test, days=days)
            yield "direction", replace(test, direction="ago" if direction == "from now" else "from now")
        case DaysFromField(amount=amount, days=days, side=side):
            for near in _NEAR_AMOUNTS[amount]:
                yield "operator", replace(test, amount=near)
            for other in _other_bounds(amount, days):
                yield "bound", replace(test, days=other)
            if side != "of":
                yield "direction", replace(test, side="before" if side == "after" else "after")
        case Calendar(comparison=comparison, day=day):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
            later, earlier = _later(day), _earlier(day)
            days = {"<": earlier, ">=": earlier, "<=": later, ">": later, "=": (*earlier, *later)}
            for other in days[comparison]:
                yield "bound", replace(test, day=other)
            if comparison != "=":
                yield "direction", replace(test, comparison=mirrored(comparison))
        case NamedDay(comparison=comparison):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
            for name in _names_beside(test):
                yield "bound", replace(test, day=name)
            if comparison != "=":
                yield "direction", replace(test, comparison=mirrored(comparison))
        case DaysBetween(first=first, last=last):
            for other in day_edges(test):
                yield "bound", other
            if isinstance(first, int) and isinstance(last, int) and (first, last) != (-last, -first):
                yield "direction", DaysBetween(-last, -first)
        case AgainstField(comparison=comparison):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
            if comparison != "=":
                yield "direction", replace(test, comparison=mirrored(comparison))


def _range_edges(one: int, other: int) -> Iterator[DaysBetween]:
    """The range between two days, counted from today, with either end moved either way."""
    first, last = sorted((one, other))
    for step in (1, -1):
        yield DaysBetween(first, last + step)
    for step in (-1, 1):
        yield DaysBetween(first + step, last)


def _other_bounds(amount: str, days: int) -> Iterator[int]:
    """The bounds by one that say what no other amount says: `more than 3` is `at least 4`."""
    wanted = {"more than": (1,), "at least": (-1,), "less than": (-1,), "at most": (1,)}.get(amount, (-1, 1))
    for step in wanted:
        if days + step >= 0:
            yield days + step


def _beside(days: int) -> Iterator[int]:
    for other in (days - 1, days + 1):
        if other >= 0:
            yield other


def _names_beside(test: NamedDay) -> Iterator[DayName]:
    place = _NAMES.index(test.day)
    for at, name in enumerate(_NAMES):
        if abs(at - place) == 1:
            yield name


def _points_beside(point: DayPoint) -> Iterator[DayPoint]:
    if isinstance(point, date):
        yield from (*_earlier(point), *_later(point))
    else:
        yield from (point - 1, point + 1)


def _earlier(day: date) -> tuple[date, ...]:
    with suppress(OverflowError):
        return (day - timedelta(days=1),)
    return ()


def _later(day: date) -> tuple[date, ...]:
    with suppress(OverflowError):
        return (day + timedelta(days=1),)
    return ()
