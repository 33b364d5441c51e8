"""Tests of events as conditions on numbers of occurrences, once the days that windows are counted from are known.

Nearly every test is one: `first within last 7 days` is "none before, some in them", `minimum of total >= 5` is "none
below 5, some that has one". What is left is about different days, totals, and sequences. The complement of a test may
be several such conditions, of which one has to hold.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from intercom_iac.model.attribute import Field
from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    Compares,
    Comparison,
    CountComparison,
    DayTest,
    Equals,
    EventSequence,
    EventTest,
    IsKnown,
    Not,
    OccurrenceDay,
    Occurrences,
    OrderComparison,
    Predicate,
    complementary,
)
from intercom_iac.rules.normal import chain


class Days(NamedTuple):
    """The days from the first to the last, as ordinals, both included; None where there is no bound."""

    first: int | None
    last: int | None


ALWAYS = Days(None, None)
# The days of a window; None where no day passes.
DaysOf = Callable[[DayTest], Days | None]


class Selection(NamedTuple):
    """The occurrences of an event whose metadata satisfy the rule and whose day is one of these."""

    event: str
    where: Predicate | None
    days: Days


class Happens(NamedTuple):
    """So many occurrences are selected, at least and at most; None for any number."""

    selection: Selection
    low: int
    high: int | None


class HappensOn(NamedTuple):
    """So many different days have a selected occurrence, at least and at most."""

    selection: Selection
    low: int
    high: int | None


class Totals(NamedTuple):
    """The sum or the average of a number, over the selected occurrences, which all have it, compares so."""

    selection: Selection
    key: Field
    average: bool
    comparison: OrderComparison
    value: Fraction


class Follows(NamedTuple):
    """Some occurrence follows another as the test says; or none does."""

    test: EventSequence
    holds: bool


Condition = Happens | HappensOn | Totals | Follows
# Conditions that hold together.
Alternative = tuple[Condition, ...]


def alternatives(test: EventTest, holds: bool, days_of: DaysOf) -> list[Alternative]:
    """The conditions under which a test holds, or does not hold, of which one is enough; none where it cannot."""
    match test:
        case Occurrences(comparison=comparison, count=count, where=where):
            days = _window(test.window, days_of)
            ranges = _count_ranges(comparison if holds else complementary(comparison), count)
            return _numbers(Happens, test.event, where, days, ranges)
        case ActiveDays(comparison=comparison, days=count, where=where):
            days = _window(test.window, days_of)
            ranges = _count_ranges(comparison if holds else complementary(comparison), count)
            return _numbers(HappensOn, test.event, where, days, ranges)
        case OccurrenceDay():
            return _occurrence_day(test, holds, days_of)
        case Aggregate():
            return _aggregate(test, holds, days_of)
        case EventSequence():
            return _sequence(test, holds)


def _window(window: DayTest | None, days_of: DaysOf) -> Days | None:
    return ALWAYS if window is None else days_of(window)


def _count_ranges(comparison: CountComparison, count: int) -> list[tuple[int, int | None]]:
    """The numbers that compare so, from 0 on, as ranges."""
    by_comparison: dict[CountComparison, list[tuple[int, int | None]]] = {
        ">=": [(count, None)],
        ">": [(count + 1, None)],
        "<=": [(0, count)],
        "<": [(0, count - 1)],
        "=": [(count, count)],
        "!=": [(0, count - 1), (count + 1, None)],
    }
    ranges = by_comparison[comparison]
    return [(max(low, 0), high) for low, high in ranges if high is None or high >= 0]


def _numbers(
    kind: type[Happens | HappensOn],
    event: str,
    where: Predicate | None,
    days: Days | None,
    ranges: list[tuple[int, int | None]],
) -> list[Alternative]:
    if days is None:
        return [()] if any(low == 0 for low, _ in ranges) else []
    selection = Selection(event_key(event), where, days)
    return [() if (low, high) == (0, None) else (kind(selection, low, high),) for low, high in ranges]


def _occurrence_day(test: OccurrenceDay, holds: bool, days_of: DaysOf) -> list[Alternative]:
    """The first occurrence lies in a range where none is before it and some is in it; the last likewise.

    It does not where some is before it, or none is before its end; one who never did it has no first.
    """
    days = days_of(test.test)
    if days is None or (days.first is not None and days.last is not None and days.first > days.last):
        return [] if holds else [()]
    event = event_key(test.event)
    earlier = None if days.first is None else Days(None, days.first - 1)
    later = None if days.last is None else Days(days.last + 1, None)
    before, until = (
        (earlier, Days(None, days.last)) if test.which == "first" else (later, Days(days.first, None))
    )
    none_until = Happens(Selection(event, test.where, until), 0, 0)
    if not holds:
        reached = [] if before is None else [(Happens(Selection(event, test.where, before), 1, None),)]
        return [(none_until,), *reached]
    none_before = () if before is None else (Happens(Selection(event, test.where, before), 0, 0),)
    return [(*none_before, Happens(Selection(event, test.where, days), 1, None))]


# --- totals -------------------------------------------------------------------------------------------------


def _aggregate(test: Aggregate, holds: bool, days_of: DaysOf) -> list[Alternative]:
    days = _window(test.window, days_of)
    if test.function in ("minimum", "maximum"):
        return [] if days is None and holds else _extreme(test, holds, days)
    known = with_rule(test.where, IsKnown(test.key, test.span))
    value = Fraction(test.value if isinstance(test.value, int) else str(test.value))
    if days is None:
        passes = test.function == "sum" and _compares(Fraction(), test.comparison, value)
        return [()] if passes == holds else []
    selection = Selection(event_key(test.event), known, days)
    comparisons: list[OrderComparison] = [test.comparison] if holds else _outside(test.comparison)
    average = test.function == "average"
    ways: list[Alternative] = []
    for comparison in comparisons:
        total = Totals(selection, test.key, average, comparison, value)
        ways.append((*_implied_by(total, test.value, selection._replace(where=test.where)), total))
    return ways if holds or not average else [(Happens(selection, 0, 0),), *ways]


def _implied_by(total: Totals, value: float, selection: Selection) -> Alternative:
    """What happens where a total compares so: an average has a number that is no farther away, one on either side of
    it where it is said exactly; a sum has a number of its sign.

    Where a sum of none would do nothing has to happen.
    """
    if total.average and total.comparison == "=":
        sides: tuple[OrderComparison, ...] = ("<=", ">=")
        rules = [with_rule(selection.where, Compares(total.key, side, value)) for side in sides]
        numbers = [Happens(selection._replace(where=rule), 1, None) for rule in rules]
        return (Happens(total.selection, 1, None), *numbers)
    if not total.average and _compares(Fraction(), total.comparison, total.value):
        return ()
    comparison: Comparison = ">" if total.value > 0 else "<"
    if total.comparison != "=" and (total.average or total.comparison == ">"):
        comparison = total.comparison
    beside = value if total.average else 0
    rule = Compares(total.key, comparison, beside)
    number = selection._replace(where=with_rule(selection.where, rule))
    return (Happens(total.selection, 1, None), Happens(number, 1, None))


def _extreme(test: Aggregate, holds: bool, days: Days | None) -> list[Alternative]:
    """The smallest number, or the largest, compares so."""
    if days is None:
        return [()]
    smallest = test.function == "minimum"

    def happens(rule: Predicate, low: int, high: int | None) -> Happens:
        return Happens(Selection(event_key(test.event), with_rule(test.where, rule), days), low, high)

    def compares(comparison: Comparison) -> Predicate:
        return Compares(test.key, comparison, test.value, test.span)

    beyond: Comparison = "<" if smallest else ">"
    within: Comparison = "<=" if smallest else ">="
    known = IsKnown(test.key, test.span)
    equal = Equals(test.key, test.value, test.span)
    if test.comparison == "=":
        if holds:
            return [(happens(compares(beyond), 0, 0), happens(equal, 1, None))]
        return [(happens(compares(within), 0, 0),), (happens(compares(beyond), 1, None),)]
    if test.comparison in (beyond, within):
        reaches = compares(test.comparison)
        return [(happens(reaches, 1, None),)] if holds else [(happens(reaches, 0, 0),)]
    past = compares(complementary(test.comparison))
    if holds:
        return [(happens(past, 0, 0), happens(known, 1, None))]
    return [(happens(known, 0, 0),), (happens(past, 1, None),)]


def with_rule(where: Predicate | None, rule: Predicate) -> Predicate:
    """Both rules over the metadata; the rule alone where there is no other."""
    return rule if where is None else chain(And, (where, rule))


def _outside(comparison: OrderComparison) -> list[OrderComparison]:
    return ["<", ">"] if comparison == "=" else [complementary(comparison)]


def _compares(value: Fraction, comparison: OrderComparison, bound: Fraction) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        "=": value == bound,
        ">=": value >= bound,
        ">": value > bound,
    }[comparison]


# --- sequences ----------------------------------------------------------------------------------------------


def _sequence(test: EventSequence, holds: bool) -> list[Alternative]:
    """An occurrence follows itself, so that one which is both of the first and of the then is enough."""
    first = Selection(event_key(test.event), test.where, ALWAYS)
    then = Selection(event_key(test.then), test.then_where, ALWAYS)
    if holds:
        return [(Happens(first, 1, None), Happens(then, 1, None), Follows(test, True))]
    none_first, none_then = (Happens(first, 0, 0),), (Happens(then, 0, 0),)
    if first == then:
        return [none_first]
    apart: Alternative = (Follows(test, False),)
    if first.event == then.event:
        rules = [rule for rule in (test.where, test.then_where) if rule is not None]
        both = None if not rules else chain(And, rules)
        apart = (Happens(Selection(first.event, both, ALWAYS), 0, 0), *apart)
    return [none_first, none_then, apart]


def negated(test: Predicate) -> tuple[Predicate, bool]:
    """A literal as its test, and whether it holds."""
    return (test.part, False) if isinstance(test, Not) else (test, True)
