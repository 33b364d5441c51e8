"""Small changes of a test of one value: what may be written by mistake, and where the test begins and ends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatch

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.predicate import (
    And,
    Between,
    Compares,
    ComparesFields,
    Equals,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OnDay,
    OneOf,
    Or,
    Predicate,
    TextOperator,
    Value,
    mirrored,
)

from .comparisons import loosening_step, nearby_comparison, strictness
from .days import changed_days, day_edges
from .mutant import Change

_NEAR_OPERATORS: dict[TextOperator, tuple[TextOperator, ...]] = {
    "contains": ("starts with", "ends with"),
    "contains word": ("contains",),
    "starts with": ("contains",),
    "ends with": ("contains",),
}


@singledispatch
def value_mistakes(_test: Predicate) -> Iterator[Change]:
    """What may stand in the place of a test by mistake; nothing for what is no test of one value."""
    yield from ()


@value_mistakes.register
def _(test: Equals) -> Iterator[Change]:
    field, value = test.field, test.value
    if isinstance(value, bool):
        yield "operator", IsTrue(field, test.span)
    elif isinstance(value, str):
        for option in [option for option in field.options if option != value][:1]:
            yield "option", replace(test, value=option)
    else:
        yield "bound", replace(test, value=value - 1)
        yield "bound", replace(test, value=value + 1)
        yield "operator", Compares(field, ">=", value, test.span)
        yield "operator", Compares(field, "<=", value, test.span)


@value_mistakes.register
def _(test: OneOf) -> Iterator[Change]:
    yield from _fewer_values(test)
    others = [option for option in test.field.options if option not in test.values]
    if others:
        yield "option", _one_of(test, [*test.values[:-1], others[0]])


@value_mistakes.register
def _(test: Matches) -> Iterator[Change]:
    for operator in _NEAR_OPERATORS[test.operator]:
        yield "operator", replace(test, operator=operator)


@value_mistakes.register
def _(test: Compares) -> Iterator[Change]:
    yield "operator", replace(test, comparison=nearby_comparison(test.comparison))
    for bound in other_bounds(test.field, test.comparison, test.value):
        yield "bound", replace(test, value=bound)
    yield "direction", replace(test, comparison=mirrored(test.comparison))


@value_mistakes.register
def _(test: Between) -> Iterator[Change]:
    yield from value_edges(test)


@value_mistakes.register
def _(test: ComparesFields) -> Iterator[Change]:
    yield from value_edges(test)
    if test.comparison != "=":
        yield "direction", replace(test, comparison=mirrored(test.comparison))


@value_mistakes.register
def _(test: OnDay) -> Iterator[Change]:
    for kind, days in changed_days(test.test):
        yield kind, replace(test, test=days)


@singledispatch
def value_edges(_test: Predicate) -> Iterator[Change]:
    """What tells where a test ends: its bounds moved by one either way, each of its values left out."""
    yield from ()


@value_edges.register
def _(test: OneOf) -> Iterator[Change]:
    yield from _fewer_values(test)


@value_edges.register
def _(test: Compares) -> Iterator[Change]:
    if test.field.type is DataType.INTEGER:
        yield "bound", replace(test, value=test.value - 1)
        yield "bound", replace(test, value=test.value + 1)
    else:
        yield "operator", replace(test, comparison=nearby_comparison(test.comparison))


@value_edges.register
def _(test: Between) -> Iterator[Change]:
    for step in (-1, 1):
        yield "bound", replace(test, first=test.first + step)
    for step in (-1, 1):
        yield "bound", replace(test, last=test.last + step)


@value_edges.register
def _(test: Equals) -> Iterator[Change]:
    if isinstance(test.value, int | float) and not isinstance(test.value, bool):
        for step in (-1, 1):
            yield "bound", _or_beside(test, Equals(test.field, test.value + step))


@value_edges.register
def _(test: ComparesFields) -> Iterator[Change]:
    for comparison in strictness(test.comparison):
        yield "operator", replace(test, comparison=comparison)


@value_edges.register
def _(test: OnDay) -> Iterator[Change]:
    for days in day_edges(test.test):
        yield "bound", replace(test, test=days)


def options_beside(test: Predicate) -> Iterator[tuple[str, Predicate]]:
    """Each declared option that a test does not name, with the test that takes it in."""
    if not isinstance(test, Equals | OneOf) or test.field.type is not DataType.OPTIONS:
        return
    named: tuple[Value, ...] = (test.value,) if isinstance(test, Equals) else test.values
    for option in test.field.options:
        if option not in named:
            yield option, _or_beside(test, Equals(test.field, option))


def or_no_value(test: Predicate) -> Iterator[Predicate]:
    """The test that takes in who has no value; none where a test is not of one value."""
    if isinstance(test, Equals | OneOf | Matches | Compares | Between | IsTrue | OnDay):
        yield _or_beside(test, Not(IsKnown(test.field)))


def other_bounds(field: Field, comparison: str, value: float) -> Iterator[int | float]:
    """Bounds by one that say what no other operator says."""
    if field.type is DataType.INTEGER and comparison != "=":
        yield value + loosening_step(comparison)
    elif math.isfinite(value):
        yield value - 1
        yield value + 1


def always(clause: Predicate) -> Predicate:
    """A rule that holds of everybody, and reads no more than the clause."""
    return Or((clause, Not(clause)), clause.span)


def never(clause: Predicate) -> Predicate:
    """A rule that holds of nobody, and reads no more than the clause."""
    return And((clause, Not(clause)), clause.span)


def _fewer_values(test: OneOf) -> Iterator[Change]:
    for value in dict.fromkeys(test.values):
        yield "option", _one_of(test, [other for other in test.values if other != value])


def _one_of(test: OneOf, values: list[Value]) -> Predicate:
    if not values:
        return never(test)
    if len(values) == 1:
        return Equals(test.field, values[0], test.span)
    return replace(test, values=tuple(values))


def _or_beside(test: Predicate, other: Predicate) -> Predicate:
    return Or((test, other), test.span)
