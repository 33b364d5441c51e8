"""What is counted of an event: how often it happened, on how many days, or a number of its metadata in total."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Event, Field
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    CountComparison,
    DayTest,
    Not,
    Occurrences,
    Predicate,
)
from intercom_iac.text import Span

from ..syntax import tree as s
from ..syntax.operators import SIGNS
from .clauses import kind_of
from .values import Mistakes, names_text, shorten, times_of, value_of

_COUNTS: dict[str, CountComparison] = {**SIGNS, "!=": "!="}


def counted(
    count: s.Count | s.DayCount | s.Total | None,
    key: Field | None,
    event: str,
    where: Predicate | None,
    window: DayTest | None,
    span: Span | None,
) -> Predicate | Mistakes:
    """The test of what is counted; without a count, that it happened at all.

    `key` is the number of the metadata that a total takes.
    """
    match count:
        case None:
            return Occurrences(event, where, ">=", 1, window, span)
        case s.Count(operator="between"):
            ends = (
                _count(replace(count, operator=">=")),
                _count(replace(count, operator="<=", number=count.last or "")),
            )
            mistakes = [mistake for end in ends if isinstance(end, list) for mistake in end]
            if mistakes:
                return mistakes
            tests = [
                Occurrences(event, where, comparison, number, window, span)
                for comparison, number in cast("tuple[tuple[CountComparison, int], ...]", ends)
            ]
            return And(tuple(tests), span)
        case s.Count():
            times = _count(count)
            return times if isinstance(times, list) else Occurrences(event, where, *times, window, span)
        case s.DayCount():
            days = _count(count)
            return days if isinstance(days, list) else ActiveDays(event, *days, where, window, span)
        case s.Total():
            assert key is not None, "the key of `Total` is resolved before"
            return _total(count, key, event, where, window, span)


def key_mistake(total: s.Total, key: Field, event: Event) -> Mistakes:
    """What is said of a total of a metadata key that holds no numbers; nothing of one that does."""
    if key.type.is_number:
        return []
    numbers = [other.name for other in event.metadata if other.type.is_number]
    message = f"`{total.function} of` takes a number, and `{shorten(key.name)}` is {kind_of(key)}"
    hint = (
        f"the numbers of `{event.name}` are {names_text(numbers)}"
        if numbers
        else f"`{event.name}` has no numbers"
    )
    return [codes.OPERATOR.at(total.key.span, message, hint=hint)]


def _total(
    total: s.Total, key: Field, event: str, where: Predicate | None, window: DayTest | None, span: Span | None
) -> Predicate | Mistakes:
    def test(operator: str, digits: str) -> Predicate | Mistakes:
        positive, negated = s.without_not(operator)
        if positive not in SIGNS:
            message = f"`{operator}` does not compare a number"
            return [codes.OPERATOR.at(total.span, message, hint="write `>=`")]
        # The average of integers need not be one.
        as_value = replace(key, type=DataType.FLOAT) if total.function == "average" else key
        value = value_of(s.Constant("number", digits, total.span), as_value)
        if isinstance(value, list):
            return value
        number = cast("int | float", value)
        aggregate = Aggregate(event, total.function, key, SIGNS[positive], number, where, window, span)
        return Not(aggregate, span) if negated else aggregate

    if total.operator != "between":
        return test(total.operator, total.number)
    first, last = test(">=", total.number), test("<=", total.last or "")
    if isinstance(first, list) or isinstance(last, list):
        return [*(first if isinstance(first, list) else ()), *(last if isinstance(last, list) else ())]
    return And((first, last), span)


def _count(count: s.Count | s.DayCount) -> tuple[CountComparison, int] | Mistakes:
    what = "a number of days" if isinstance(count, s.DayCount) else "a count"
    if count.operator not in _COUNTS:
        message = f"`{count.operator}` does not compare {what}"
        return [codes.OPERATOR.at(count.span, message, hint="write `>=`")]
    times = times_of(count.number, what, count.span)
    return times if isinstance(times, list) else (_COUNTS[count.operator], times)
