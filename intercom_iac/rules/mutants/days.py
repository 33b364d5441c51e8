"""Small changes of a test of days: a day more or less, another operator, the other direction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatch

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


@singledispatch
def day_edges(_test: DayTest) -> Iterator[DayTest]:
    """The test with its bounds moved by a day, in either direction."""
    yield from ()


@day_edges.register
def _(test: Within) -> Iterator[DayTest]:
    yield from _range_edges(0, test.days if test.direction == "next" else -test.days)


@day_edges.register
def _(test: Away) -> Iterator[DayTest]:
    if test.amount in ("more than", "at least"):
        for days in _neighbouring_counts(test.days):
            yield replace(test, days=days)
        return
    reach = test.days - 1 if test.amount == "less than" else test.days
    last = -reach if test.direction == "ago" else reach
    yield from _range_edges(last if test.amount == "exactly" else 0, last)


@day_edges.register
def _(test: DaysFromField) -> Iterator[DayTest]:
    if test.amount == "exactly":
        for amount in _NEAR_AMOUNTS["exactly"]:
            yield replace(test, amount=amount)
        return
    for days in _neighbouring_counts(test.days):
        yield replace(test, days=days)
    if test.amount not in ("more than", "at least") and test.side != "of":
        # The day before the other date, where days are counted from it on, and the other way round.
        yield replace(test, side="of", amount="within", days=test.days - (test.amount == "less than"))


@day_edges.register
def _(test: Calendar) -> Iterator[DayTest]:
    for later in _later(test.day):
        yield DaysBetween(test.day, later) if test.comparison == "=" else replace(test, day=later)
    for earlier in _earlier(test.day):
        yield DaysBetween(earlier, test.day) if test.comparison == "=" else replace(test, day=earlier)


@day_edges.register
def _(test: NamedDay) -> Iterator[DayTest]:
    if test.comparison == "=":
        day = _NAMES.index(test.day) - 1
        yield from _range_edges(day, day)
        return
    yield replace(test, comparison=nearby_comparison(test.comparison))
    for name in _names_beside(test):
        yield replace(test, day=name)


@day_edges.register
def _(test: DaysBetween) -> Iterator[DayTest]:
    for first in _points_beside(test.first):
        yield replace(test, first=first)
    for last in _points_beside(test.last):
        yield replace(test, last=last)


@day_edges.register
def _(test: AgainstField) -> Iterator[DayTest]:
    if test.comparison == "=":
        yield DaysFromField("within", 1, "after", test.other)
        yield DaysFromField("within", 1, "before", test.other)
    else:
        yield replace(test, comparison=nearby_comparison(test.comparison))


@singledispatch
def changed_days(_test: DayTest) -> Iterator[ChangedDays]:
    """What may be written in the place of the test by mistake."""
    yield from ()


@changed_days.register
def _(test: Within) -> Iterator[ChangedDays]:
    for days in _neighbouring_counts(test.days):
        yield "bound", replace(test, days=days)
    yield "direction", replace(test, direction="last" if test.direction == "next" else "next")


@changed_days.register
def _(test: Away) -> Iterator[ChangedDays]:
    for amount in _NEAR_AMOUNTS[test.amount]:
        yield "operator", replace(test, amount=amount)
    for days in _other_bounds(test.amount, test.days):
        yield "bound", replace(test, days=days)
    yield "direction", replace(test, direction="ago" if test.direction == "from now" else "from now")


@changed_days.register
def _(test: DaysFromField) -> Iterator[ChangedDays]:
    for amount in _NEAR_AMOUNTS[test.amount]:
        yield "operator", replace(test, amount=amount)
    for days in _other_bounds(test.amount, test.days):
        yield "bound", replace(test, days=days)
    if test.side != "of":
        yield "direction", replace(test, side="before" if test.side == "after" else "after")


@changed_days.register
def _(test: Calendar) -> Iterator[ChangedDays]:
    for comparison in strictness(test.comparison):
        yield "operator", replace(test, comparison=comparison)
    # A bound moved the other way says what the other operator says: `before` a day is `<=` the one before it.
    if test.comparison not in ("<=", ">"):
        for day in _earlier(test.day):
            yield "bound", replace(test, day=day)
    if test.comparison not in ("<", ">="):
        for day in _later(test.day):
            yield "bound", replace(test, day=day)
    if test.comparison != "=":
        yield "direction", replace(test, comparison=mirrored(test.comparison))


@changed_days.register
def _(test: NamedDay) -> Iterator[ChangedDays]:
    for comparison in strictness(test.comparison):
        yield "operator", replace(test, comparison=comparison)
    for name in _names_beside(test):
        yield "bound", replace(test, day=name)
    if test.comparison != "=":
        yield "direction", replace(test, comparison=mirrored(test.comparison))


@changed_days.register
def _(test: DaysBetween) -> Iterator[ChangedDays]:
    for other in day_edges(test):
        yield "bound", other
    first, last = test.first, test.last
    if isinstance(first, int) and isinstance(last, int) and (first, last) != (-last, -first):
        yield "direction", DaysBetween(-last, -first)


@changed_days.register
def _(test: AgainstField) -> Iterator[ChangedDays]:
    for comparison in strictness(test.comparison):
        yield "operator", replace(test, comparison=comparison)
    if test.comparison != "=":
        yield "direction", replace(test, comparison=mirrored(test.comparison))


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


def _neighbouring_counts(days: int) -> Iterator[int]:
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
