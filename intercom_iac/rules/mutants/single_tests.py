"""Small changes of one test: of a value, of occurrences, of companies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.model.attribute import DataType, Field
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    Between,
    Compares,
    ComparesFields,
    CountComparison,
    Equals,
    EventSequence,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    Predicate,
    SomeCompany,
    TextOperator,
    Value,
    mirrored,
)

from ..normal import chain
from .comparisons import loosening_step, nearby_comparison, strictness
from .days import changed_days, day_edges
from .mutant import MutantKind, Variation

Change = tuple[MutantKind, Predicate]
_NEAR_OPERATORS: dict[TextOperator, tuple[TextOperator, ...]] = {
    "contains": ("starts with", "ends with"),
    "contains word": ("contains",),
    "starts with": ("contains",),
    "ends with": ("contains",),
}


def mistakes(test: Predicate) -> Iterator[Variation]:
    """What may stand in the place of a test by mistake; what is inside of it is left alone."""
    for kind, becomes in _mistakes(test):
        yield Variation(kind, test, becomes)


def _mistakes(test: Predicate) -> Iterator[Change]:
    match test:
        case Equals(field=field, value=value):
            yield from _other_values(test, field, value)
        case OneOf(field=field, values=values):
            for value in dict.fromkeys(values):
                yield "option", _one_of(test, [other for other in values if other != value])
            others = [option for option in field.options if option not in values]
            if others:
                yield "option", _one_of(test, [*values[:-1], others[0]])
        case Matches(operator=operator):
            for near in _NEAR_OPERATORS[operator]:
                yield "operator", replace(test, operator=near)
        case Compares(field=field, comparison=comparison, value=value):
            yield "operator", replace(test, comparison=nearby_comparison(comparison))
            for bound in _bounds(field, comparison, value):
                yield "bound", replace(test, value=bound)
            yield "direction", replace(test, comparison=mirrored(comparison))
        case Between():
            for other in _range_edges(test):
                yield "bound", other
        case ComparesFields(comparison=comparison):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
            if comparison != "=":
                yield "direction", replace(test, comparison=mirrored(comparison))
        case OnDay(test=days):
            for kind, other in changed_days(days):
                yield kind, replace(test, test=other)
        case OccurrenceDay(test=days, which=which):
            for kind, other in changed_days(days):
                yield _windowed(kind), replace(test, test=other)
            yield "operator", replace(test, which="last" if which == "first" else "first")
            yield from _without_condition(test)
        case Occurrences(comparison=comparison, count=count):
            for other, bound in _counts(comparison, count):
                yield "count", replace(test, comparison=other, count=bound)
            yield from _other_windows(test)
            yield from _without_condition(test)
        case ActiveDays(comparison=comparison, days=days):
            for other, bound in _counts(comparison, days):
                yield "count", replace(test, comparison=other, days=bound)
            yield from _other_windows(test)
            yield from _without_condition(test)
        case Aggregate(comparison=comparison, value=value, function=function, key=key):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
            for bound in _bounds(key, comparison, value):
                yield "bound", replace(test, value=bound)
            other = {"sum": "maximum", "average": "maximum", "minimum": "maximum", "maximum": "minimum"}
            yield "operator", replace(test, function=other[function])
            yield from _other_windows(test)
            yield from _without_condition(test)
        case EventSequence(event=event, then=then, days=days, where=where, then_where=then_where):
            if days is not None:
                for other in (days - 1, days + 1):
                    if other >= 0:
                        yield "window", replace(test, days=other)
                yield "window", replace(test, days=None)
            swapped = replace(test, event=then, then=event, where=then_where, then_where=where)
            yield "direction", swapped
        case _:
            pass


def edges(test: Predicate) -> Iterator[Variation]:
    """What tells where a test ends: its bounds moved by one either way, each of its values left out, and each option
    beside them, or no value, taken in."""
    for kind, becomes in _edges(test):
        yield Variation(kind, test, becomes)
    yield from _value_edges(test)


def _edges(test: Predicate) -> Iterator[Change]:
    match test:
        case OneOf(values=values):
            for value in dict.fromkeys(values):
                yield "option", _one_of(test, [other for other in values if other != value])
        case Compares(field=field, comparison=comparison, value=value):
            if field.type is not DataType.INTEGER:
                yield "operator", replace(test, comparison=nearby_comparison(comparison))
            else:
                for step in (-1, 1):
                    yield "bound", replace(test, value=value + step)
        case Between():
            for other in _range_edges(test):
                yield "bound", other
        case Equals(field=field, value=int() | float() as value) if not isinstance(value, bool):
            yield "bound", _or_beside(test, Equals(field, value - 1))
            yield "bound", _or_beside(test, Equals(field, value + 1))
        case ComparesFields(comparison=comparison):
            for near in strictness(comparison):
                yield "operator", replace(test, comparison=near)
        case OnDay(test=days) | OccurrenceDay(test=days):
            kind: MutantKind = "bound" if isinstance(test, OnDay) else "window"
            for other in day_edges(days):
                yield kind, replace(test, test=other)
        case Occurrences(count=count):
            for other in _counts_beside(count):
                yield "count", replace(test, count=other)
            yield from _window_edges(test)
        case ActiveDays(days=count):
            for other in _counts_beside(count):
                yield "count", replace(test, days=other)
            yield from _window_edges(test)
        case Aggregate(comparison=comparison, value=value, key=key):
            whole = key.type is DataType.INTEGER and test.function != "average"
            if whole:
                for step in (-1, 1):
                    yield "bound", replace(test, value=value + step)
            else:
                for near in strictness(comparison):
                    yield "operator", replace(test, comparison=near)
            yield from _window_edges(test)
        case EventSequence(days=int() as days):
            for other in (days - 1, days + 1):
                if other >= 0:
                    yield "window", replace(test, days=other)
        case SomeCompany(rule=And(parts=parts), span=span):
            yield "company", And(tuple(SomeCompany(part, part.span) for part in parts), span)
        case And(parts=parts):
            yield from _one_company(parts, test)
        case _:
            pass


def _value_edges(test: Predicate) -> Iterator[Variation]:
    match test:
        case Equals(field=field, value=value):
            named: tuple[Value, ...] = (value,)
        case OneOf(field=field, values=values):
            named = values
        case (
            Matches(field=field)
            | Compares(field=field)
            | Between(field=field)
            | IsTrue(field=field)
            | OnDay(field=field)
        ):
            named = ()
        case _:
            return
    if isinstance(test, Equals | OneOf) and field.type is DataType.OPTIONS:
        for option in field.options:
            if option not in named:
                beside = Equals(field, option)
                yield Variation("option", test, _or_beside(test, beside), f"with `{option}` taken in")
    yield Variation("value", test, _or_beside(test, Not(IsKnown(field))), "with no value taken in")


def companies_taken_together(chain_: Predicate) -> Iterator[Variation]:
    """Tests of companies asked of one company, and those of one asked of several."""
    match chain_:
        case SomeCompany(rule=And(parts=parts), span=span):
            yield Variation(
                "company", chain_, And(tuple(SomeCompany(part, part.span) for part in parts), span)
            )
        case And(parts=parts):
            for kind, becomes in _one_company(parts, chain_):
                yield Variation(kind, chain_, becomes)
        case _:
            pass


def _one_company(parts: Iterable[Predicate], whole: Predicate) -> Iterator[Change]:
    companies = [part for part in parts if isinstance(part, SomeCompany)]
    if len(companies) > 1:
        merged = SomeCompany(chain(And, (company.rule for company in companies)), companies[0].span)
        others = [part for part in parts if not isinstance(part, SomeCompany)]
        yield "company", chain(And, [*others, merged], whole.span)


# --- values -------------------------------------------------------------------------------------------------


def _other_values(test: Equals, field: Field, value: Value) -> Iterator[Change]:
    if isinstance(value, bool):
        yield "operator", IsTrue(field, test.span)
    elif isinstance(value, str):
        other = next((option for option in field.options if option != value), None)
        if other is not None:
            yield "option", replace(test, value=other)
    else:
        for step in (-1, 1):
            yield "bound", replace(test, value=value + step)
        yield "operator", Compares(field, ">=", value, test.span)
        yield "operator", Compares(field, "<=", value, test.span)


def _one_of(test: OneOf, values: list[Value]) -> Predicate:
    if not values:
        return never(test)
    return (
        Equals(test.field, values[0], test.span) if len(values) == 1 else replace(test, values=tuple(values))
    )


def _bounds(field: Field, comparison: str, value: float) -> Iterator[int | float]:
    """Bounds by one that say what no other operator says."""
    if field.type is DataType.INTEGER:
        if comparison == "=":
            yield from (value - 1, value + 1)
        else:
            yield value + loosening_step(comparison)
    elif math.isfinite(value):
        yield from (value - 1, value + 1)


def _range_edges(test: Between) -> Iterator[Between]:
    yield from (replace(test, first=test.first + step) for step in (-1, 1))
    yield from (replace(test, last=test.last + step) for step in (-1, 1))


def _or_beside(test: Predicate, other: Predicate) -> Predicate:
    return Or((test, other), test.span)


# --- occurrences --------------------------------------------------------------------------------------------


def _counts(comparison: CountComparison, count: int) -> Iterator[tuple[CountComparison, int]]:
    exact: tuple[CountComparison, ...] = (">=", "<=")
    if comparison in ("=", "!="):
        for step in (-1, 1):
            if count + step >= 0:
                yield comparison, count + step
        for other in exact if comparison == "=" else ():
            yield other, count
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


def _counts_beside(count: int) -> tuple[int, ...]:
    return (count - 1, count + 1) if count > 1 else (count + 1,)


def _windowed(kind: MutantKind) -> MutantKind:
    return "window" if kind == "bound" else kind


def _other_windows(test: Occurrences | ActiveDays | Aggregate) -> Iterator[Change]:
    if test.window is not None:
        for kind, other in changed_days(test.window):
            yield _windowed(kind), replace(test, window=other)
        yield "window", replace(test, window=None)


def _window_edges(test: Occurrences | ActiveDays | Aggregate) -> Iterator[Change]:
    if test.window is not None:
        for other in day_edges(test.window):
            yield "window", replace(test, window=other)


def _without_condition(test: Occurrences | ActiveDays | Aggregate | OccurrenceDay) -> Iterator[Change]:
    if test.where is not None:
        yield "dropped", replace(test, where=None)


# --- what holds of everybody and of nobody ------------------------------------------------------------------


def always(clause: Predicate) -> Predicate:
    """A rule that holds of everybody, and reads no more than the clause."""
    return Or((clause, Not(clause)), clause.span)


def never(clause: Predicate) -> Predicate:
    """A rule that holds of nobody, and reads no more than the clause."""
    return And((clause, Not(clause)), clause.span)
