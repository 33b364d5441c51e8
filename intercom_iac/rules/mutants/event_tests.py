"""Small changes of a test of what somebody did: how often, when, under which condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import singledispatch

from intercom_iac.model.attribute import DataType
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    Aggregation,
    CountComparison,
    EventSequence,
    OccurrenceDay,
    Occurrences,
    Predicate,
    mirrored,
)

from .comparisons import loosening_step, nearby_comparison, strictness
from .days import changed_days, day_edges
from .mutant import Change, MutantKind
from .single_tests import other_bounds

_OTHER_FUNCTIONS: Mapping[Aggregation, Aggregation] = {
    "sum": "maximum",
    "average": "maximum",
    "minimum": "maximum",
    "maximum": "minimum",
}


@singledispatch
def event_mistakes(_test: Predicate) -> Iterator[Change]:
    """What may stand in the place of a test by mistake; nothing for what is no test of events."""
    yield from ()


@event_mistakes.register
def _(test: Occurrences) -> Iterator[Change]:
    for comparison, count in _counts(test.comparison, test.count):
        yield "count", replace(test, comparison=comparison, count=count)
    yield from _other_windows(test)
    yield from _without_condition(test)


@event_mistakes.register
def _(test: ActiveDays) -> Iterator[Change]:
    for comparison, days in _counts(test.comparison, test.days):
        yield "count", replace(test, comparison=comparison, days=days)
    yield from _other_windows(test)
    yield from _without_condition(test)


@event_mistakes.register
def _(test: Aggregate) -> Iterator[Change]:
    for comparison in strictness(test.comparison):
        yield "operator", replace(test, comparison=comparison)
    for bound in other_bounds(test.key, test.comparison, test.value):
        yield "bound", replace(test, value=bound)
    yield "operator", replace(test, function=_OTHER_FUNCTIONS[test.function])
    yield from _other_windows(test)
    yield from _without_condition(test)


@event_mistakes.register
def _(test: OccurrenceDay) -> Iterator[Change]:
    for kind, days in changed_days(test.test):
        yield _kind_of_window(kind), replace(test, test=days)
    yield "operator", replace(test, which="last" if test.which == "first" else "first")
    yield from _without_condition(test)


@event_mistakes.register
def _(test: EventSequence) -> Iterator[Change]:
    yield from event_edges(test)
    if test.days is not None:
        yield "window", replace(test, days=None)
    swapped = replace(test, event=test.then, then=test.event, where=test.then_where, then_where=test.where)
    yield "direction", swapped


@singledispatch
def event_edges(_test: Predicate) -> Iterator[Change]:
    """What tells where a test ends: one occurrence more or fewer, and its window longer or shorter by a day."""
    yield from ()


@event_edges.register
def _(test: Occurrences) -> Iterator[Change]:
    for count in _counts_beside(test.count):
        yield "count", replace(test, count=count)
    yield from _window_edges(test)


@event_edges.register
def _(test: ActiveDays) -> Iterator[Change]:
    for days in _counts_beside(test.days):
        yield "count", replace(test, days=days)
    yield from _window_edges(test)


@event_edges.register
def _(test: Aggregate) -> Iterator[Change]:
    if test.key.type is DataType.INTEGER and test.function != "average":
        yield "bound", replace(test, value=test.value - 1)
        yield "bound", replace(test, value=test.value + 1)
    else:
        for comparison in strictness(test.comparison):
            yield "operator", replace(test, comparison=comparison)
    yield from _window_edges(test)


@event_edges.register
def _(test: OccurrenceDay) -> Iterator[Change]:
    for days in day_edges(test.test):
        yield "window", replace(test, test=days)


@event_edges.register
def _(test: EventSequence) -> Iterator[Change]:
    if test.days is not None:
        for days in (test.days - 1, test.days + 1):
            if days >= 0:
                yield "window", replace(test, days=days)


def _counts(comparison: CountComparison, count: int) -> Iterator[tuple[CountComparison, int]]:
    if comparison in ("=", "!="):
        yield from _other_exact_counts(comparison, count)
        return
    near: CountComparison = nearby_comparison(comparison)
    # Of everybody at least none, and of nobody less: those are not mistakes of a bound.
    if count > 0 or near in (">", "<="):
        yield near, count
    bound = count + loosening_step(comparison)
    if bound > 0 or (bound == 0 and comparison in (">", "<=")):
        yield comparison, bound
    if count > 1:
        yield mirrored(comparison), count


def _other_exact_counts(comparison: CountComparison, count: int) -> Iterator[tuple[CountComparison, int]]:
    for other in (count - 1, count + 1):
        if other >= 0:
            yield comparison, other
    if comparison == "=":
        yield ">=", count
        yield "<=", count


def _counts_beside(count: int) -> tuple[int, ...]:
    return (count - 1, count + 1) if count > 1 else (count + 1,)


def _kind_of_window(kind: MutantKind) -> MutantKind:
    return "window" if kind == "bound" else kind


def _other_windows(test: Occurrences | ActiveDays | Aggregate) -> Iterator[Change]:
    if test.window is not None:
        for kind, days in changed_days(test.window):
            yield _kind_of_window(kind), replace(test, window=days)
        yield "window", replace(test, window=None)


def _window_edges(test: Occurrences | ActiveDays | Aggregate) -> Iterator[Change]:
    if test.window is not None:
        for days in day_edges(test.window):
            yield "window", replace(test, window=days)


def _without_condition(test: Occurrences | ActiveDays | Aggregate | OccurrenceDay) -> Iterator[Change]:
    if test.where is not None:
        yield "dropped", replace(test, where=None)
