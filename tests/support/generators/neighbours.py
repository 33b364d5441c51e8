"""All rules that differ from a rule in one place: a value, a connective, a negation, how far a company reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    Amount,
    And,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    CountComparison,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    OrderComparison,
    SomeCompany,
    Tagged,
    TextOperator,
    Within,
)

from .rules import conjunction, disjunction, negation


def neighbours(rule: Predicate, texts: Sequence[str]) -> Iterator[Predicate]:
    """The rule with one thing changed; `texts` are put in the place of its texts."""
    yield negation(rule)
    match rule:
        case And() | Or():
            yield from _chained(rule, texts)
        case Not(part=part):
            yield from (negation(each) for each in neighbours(part, texts))
        case SomeCompany(rule=inner):
            yield from (SomeCompany(each) for each in neighbours(inner, texts))
        case Tagged():
            yield from (Tagged(each) for each in texts)
        case Occurrences() | OccurrenceDay():
            yield from _of_event(rule, texts)
        case ActiveDays() | Aggregate() | EventSequence():
            yield from _of_events(rule)
        case ComparesFields(field=field, other=other):
            yield from (ComparesFields(field, sign, other) for sign in get_args(OrderComparison))
            yield from (ComparesFields(other, sign, field) for sign in get_args(OrderComparison))
        case OnDay(field=field, test=test):
            yield IsKnown(field)
            yield from (OnDay(field, each) for each in _days(test))
        case IsTrue(field=field) | Equals(field=field, value=False):
            yield from (IsTrue(field), Equals(field, False), IsKnown(field))
        case Equals() | OneOf() | Matches() | Compares() | Between() | IsKnown():
            yield from _valued(rule, rule.field, texts)
        case _:
            return


def _chained(rule: And | Or, texts: Sequence[str]) -> Iterator[Predicate]:
    parts = rule.parts
    join = conjunction if isinstance(rule, And) else disjunction
    other = disjunction if isinstance(rule, And) else conjunction
    yield other(list(parts))
    yield from parts
    # One group less, one group more, another order.
    yield join([parts[-1], *parts[:-1]])
    if len(parts) > 2:
        yield join([other(list(parts[:2])), *parts[2:]])
        yield join([parts[0], other(list(parts[1:]))])
    for index, part in enumerate(parts):
        if isinstance(part, (And, Or)):
            # The first of a group pulled out of it, the next one drawn into it.
            yield join([*parts[:index], part.parts[0], *parts[index + 1 :]])
        if isinstance(part, SomeCompany) and index + 1 < len(parts):
            following = parts[index + 1]
            if isinstance(following, SomeCompany):
                inside = SomeCompany(join([part.rule, following.rule]))
                left = [*parts[:index], inside, *parts[index + 2 :]]
                yield join(left) if len(left) > 1 else inside
        for each in neighbours(part, texts):
            yield join([*parts[:index], each, *parts[index + 1 :]])


def _of_event(rule: Occurrences | OccurrenceDay, texts: Sequence[str]) -> Iterator[Predicate]:
    match rule:
        case Occurrences(where=where, count=count, window=window):
            for sign in ("<", "<=", ">", ">=", "=", "!="):
                yield replace(rule, comparison=sign)
            yield replace(rule, count=count + 1)
            yield OccurrenceDay(rule.event, "first", window or Within("last", 1), where)
            yield replace(rule, where=None)
            if window is not None:
                yield from (replace(rule, window=each) for each in _days(window))
            if where is not None:
                yield from (replace(rule, where=each) for each in neighbours(where, texts))
        case OccurrenceDay(which=which, test=test, where=where):
            yield replace(rule, which="first" if which == "last" else "last")
            yield Occurrences(rule.event, where, ">=", 1, test)
            yield from (replace(rule, test=each) for each in _days(test))
            if where is not None:
                yield from (replace(rule, where=each) for each in neighbours(where, texts))


def _of_events(rule: ActiveDays | Aggregate | EventSequence) -> Iterator[Predicate]:
    match rule:
        case ActiveDays(event=event, comparison=comparison, days=days, where=where, window=window):
            yield from (replace(rule, comparison=sign) for sign in get_args(CountComparison))
            yield replace(rule, days=days + 1)
            yield Occurrences(event, where, comparison, days, window)
            yield Occurrences(event, where, window=window)
        case Aggregate(value=value):
            yield from (replace(rule, comparison=sign) for sign in get_args(OrderComparison))
            yield from (replace(rule, function=function) for function in get_args(Aggregation))
            yield replace(rule, value=value + 1)
        case EventSequence(event=event, then=then, where=where, then_where=then_where, days=days):
            yield EventSequence(then, event, days, then_where, where)
            yield replace(rule, days=None if days else 1)
            yield replace(rule, where=then_where, then_where=where)
            yield And((Occurrences(event, where), Occurrences(then, then_where)))
    if not isinstance(rule, EventSequence):
        yield replace(rule, window=None)
        if rule.window is not None:
            yield from (replace(rule, window=days) for days in _days(rule.window))
    yield replace(rule, where=None)


def _valued(rule: Predicate, field: Field, texts: Sequence[str]) -> Iterator[Predicate]:
    yield IsKnown(field)
    if field.type.is_number:
        for value in (0, 1, 2, 3, *((0.5, 2.5) if field.type is DataType.FLOAT else ())):
            yield Equals(field, value)
            for sign in ("<", "<=", ">", ">="):
                yield Compares(field, sign, value)
            yield OneOf(field, (value, 1))
            yield Between(field, value, 2)
    elif field.type.is_text:
        chosen = field.options if field.type is DataType.OPTIONS else texts
        for text in chosen:
            yield Equals(field, text)
            yield OneOf(field, (text, chosen[0]))
            for operator in get_args(TextOperator):
                yield Matches(field, operator, text)
    if isinstance(rule, OneOf):
        yield OneOf(field, (*rule.values, rule.values[0]))
        yield OneOf(field, rule.values[::-1])
        yield disjunction([Equals(field, each) for each in (*rule.values, rule.values[0])])


def _days(test: DayTest) -> Iterator[DayTest]:
    match test:
        case Within(direction=direction, days=days):
            yield Within("next" if direction == "last" else "last", days)
            yield Within(direction, days + 1)
            yield Away("at most", days, "from now" if direction == "next" else "ago")
            yield Away("less than", days + 1, "from now" if direction == "next" else "ago")
        case Away(amount=amount, days=days, direction=direction):
            yield Away(amount, days, "ago" if direction == "from now" else "from now")
            for other in get_args(Amount):
                yield Away(other, days, direction)
                yield Away(other, days + 1, direction)
            yield Within("last" if direction == "ago" else "next", days)
        case Calendar(day=day):
            for sign in get_args(OrderComparison):
                yield Calendar(sign, day)
                yield Calendar(sign, day + timedelta(days=1))
                yield NamedDay(sign, "today")
        case NamedDay(day=name):
            for sign in get_args(OrderComparison):
                yield NamedDay(sign, name)
                yield NamedDay(sign, "tomorrow" if name == "today" else "today")
            yield from (Away(amount, 0, "ago") for amount in get_args(Amount))
        case DaysBetween(first=first, last=last):
            yield from (NamedDay(sign, "today") for sign in get_args(OrderComparison))
            if isinstance(first, int) and isinstance(last, int):
                yield DaysBetween(first - 1, last)
                yield DaysBetween(-last, -first)
                yield Within("last", -first) if first < 0 else Within("next", max(0, last))
        case AgainstField(other=other) | DaysFromField(other=other):
            yield from _around(other)


def _around(other: Field) -> Iterator[DayTest]:
    yield from (AgainstField(sign, other) for sign in get_args(OrderComparison))
    for days in (0, 1):
        yield from (DaysFromField("within", days, side, other) for side in ("before", "after", "of"))
        for amount in get_args(Amount):
            yield from (DaysFromField(amount, days, side, other) for side in ("before", "after"))
