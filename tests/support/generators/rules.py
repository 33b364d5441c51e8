"""Generated rules over a schema: every node of the tree, nested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import permutations
from typing import Any, get_args

from hypothesis import strategies as st

from intercom_iac.model import DataType, Event, Field, Predicate, Schema, fold
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
    Comparison,
    CountComparison,
    DayName,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    Direction,
    Equals,
    EventSequence,
    FieldDayTest,
    InSegment,
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
    PlainDayTest,
    SomeCompany,
    Tagged,
    TextOperator,
    Within,
)

from .schemas import EXACT_KEYS, PARTS, WORDS, fields_in

TAGS = ["vip", "not", "it's so", "ς\\"]
FAR = 36_500  # days: the most a rule may say
INTEGERS = st.integers(-2, 3) | st.sampled_from([2**53 + 1, 2**63 - 1, 1 - 2**63])
FLOATS = st.sampled_from([-1.5, 0.0, 1.0, 1.25, 2.0, 1e-7, 0.1 + 0.2, 0.3, 1 / 3, 123456789.12345679, 1e300])


# Numbers that doubles add up exactly, in any order.
HALVES = st.integers(-4, 8).map(lambda number: number / 2)

COMPARISONS, COUNT_COMPARISONS = (
    st.sampled_from(get_args(Comparison)),
    st.sampled_from(get_args(CountComparison)),
)
ORDER_COMPARISONS = st.sampled_from(get_args(OrderComparison))
AMOUNTS = st.sampled_from(get_args(Amount))
DAY_COUNTS = st.integers(0, 4) | st.just(FAR)


# Strategies are kept: to make one and to check it costs more than to draw from it.
@cache
def day_tests(today: date) -> st.SearchStrategy[PlainDayTest]:
    """Tests of a day that are decided once today is known."""
    calendar = st.integers(-5, 5).map(lambda days: today + timedelta(days=days))
    points = st.integers(-5, 5) | st.sampled_from([-FAR, FAR]) | calendar
    return st.one_of(
        st.builds(Within, st.sampled_from(["next", "last"]), DAY_COUNTS),
        st.builds(Away, AMOUNTS, DAY_COUNTS, st.sampled_from(get_args(Direction))),
        st.builds(Calendar, ORDER_COMPARISONS, calendar),
        st.builds(NamedDay, ORDER_COMPARISONS, st.sampled_from(get_args(DayName))),
        st.builds(days_between, points, points),
    )


def days_between(first: DayPoint, last: DayPoint) -> DaysBetween:
    """Two of a kind in their order, as they are written."""
    if isinstance(first, date):
        return DaysBetween(*sorted((first, last))) if isinstance(last, date) else DaysBetween(first, last)
    return DaysBetween(first, last) if isinstance(last, date) else DaysBetween(*sorted((first, last)))


@cache
def field_day_tests(other: Field) -> st.SearchStrategy[FieldDayTest]:
    """Tests of a day against another date."""
    known = st.just(other)
    return st.one_of(
        st.builds(AgainstField, ORDER_COMPARISONS, known),
        st.builds(
            DaysFromField, st.just("within"), DAY_COUNTS, st.sampled_from(["before", "after", "of"]), known
        ),
        st.builds(DaysFromField, AMOUNTS, DAY_COUNTS, st.sampled_from(["before", "after"]), known),
    )


@cache
def words_of(field: Field) -> list[str]:
    """The few texts that a field holds and is asked for, so that it often holds what is asked for."""
    first = sum(map(ord, field.name)) % len(WORDS)
    return [*WORDS, *WORDS][first : first + 8]


@cache
def constants(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case DataType.INTEGER:
            return INTEGERS
        case DataType.FLOAT:
            return FLOATS
        case DataType.OPTIONS:
            return st.sampled_from(field.options)
        case _:
            return st.sampled_from(words_of(field))


@cache
def field_tests(field: Field, today: date) -> st.SearchStrategy[Predicate]:
    known = st.just(IsKnown(field))
    match field.type:
        case DataType.BOOLEAN:
            return st.one_of(known, st.just(IsTrue(field)), st.just(Equals(field, False)))
        case DataType.DATE:
            return st.one_of(known, day_tests(today).map(lambda test: OnDay(field, test)))
        case _:
            value = constants(field)
            equal = value.map(lambda each: Equals(field, each))
            among = st.lists(value, min_size=1, max_size=3).map(lambda each: OneOf(field, tuple(each)))
            if field.type.is_number:
                compares = st.builds(Compares, st.just(field), COMPARISONS, value)
                between = st.tuples(value, value).map(lambda ends: Between(field, *sorted(ends)))
                return st.one_of(known, equal, among, compares, between)
            operators = st.sampled_from(get_args(TextOperator))
            words = field.options or words_of(field)
            inside = [part for part in PARTS if any(fold(part) in fold(word) for word in words)]
            texts = st.sampled_from([*words, *inside]) | st.sampled_from(PARTS)
            return st.one_of(known, equal, among, st.builds(Matches, st.just(field), operators, texts))


def pair_tests(fields: Sequence[Field]) -> Iterator[st.SearchStrategy[Predicate]]:
    """Tests of a field against another of the same owner; none where there are no two of a kind."""
    numbers = list(permutations((field for field in fields if field.type.is_number), 2))
    dates = list(permutations((field for field in fields if field.type is DataType.DATE), 2))
    if numbers:
        yield st.builds(
            lambda pair, comparison: ComparesFields(pair[0], comparison, pair[1]),
            st.sampled_from(numbers),
            ORDER_COMPARISONS,
        )
    if dates:
        yield st.sampled_from(dates).flatmap(
            lambda pair: field_day_tests(pair[1]).map(lambda test: OnDay(pair[0], test))
        )


def trees(leaves: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(conjunction),
            st.lists(inner, min_size=2, max_size=3).map(disjunction),
            inner.map(negation),
        ),
        max_leaves=6,
    )


def conjunction(parts: list[Predicate]) -> Predicate:
    return And(tuple(inner for each in parts for inner in (each.parts if isinstance(each, And) else (each,))))


def disjunction(parts: list[Predicate]) -> Predicate:
    return Or(tuple(inner for each in parts for inner in (each.parts if isinstance(each, Or) else (each,))))


def negation(part: Predicate) -> Predicate:
    return part.part if isinstance(part, Not) else Not(part)


def rules(
    schema: Schema, today: date, segments: dict[str, Predicate] | None = None
) -> st.SearchStrategy[Predicate]:
    def tests(fields: list[Field]) -> st.SearchStrategy[Predicate]:
        return st.one_of([*(field_tests(field, today) for field in fields), *pair_tests(fields)])

    contact = fields_in(schema, "contact")
    tags = st.sampled_from(TAGS).map(Tagged)
    leaves = [
        tests(contact),
        trees(st.one_of(tests(fields_in(schema, "company")), tags)).map(SomeCompany),
        tags,
        *event_rules(schema, tests, today, [field for field in contact if field.type is DataType.DATE]),
    ]
    if segments:
        leaves.append(st.sampled_from(sorted(segments)).map(lambda key: InSegment(key, segments[key])))
    return trees(st.one_of(leaves))


def event_rules(
    schema: Schema, tests: Any, today: date, dates: list[Field]
) -> Iterator[st.SearchStrategy[Predicate]]:
    """Tests of each event by itself, and of one after another; `dates` are those of a contact."""
    days: st.SearchStrategy[DayTest] = day_tests(today)
    if dates:
        days |= st.sampled_from(dates).flatmap(field_day_tests)
    wheres = {name: where_rules(event, tests) for name, event in schema.events.items()}
    for name, event in schema.events.items():
        yield event_tests(event, wheres[name], days)
        yield sequences(name, wheres)


def sequences(
    event: str, wheres: dict[str, st.SearchStrategy[Predicate | None]]
) -> st.SearchStrategy[Predicate]:
    """The event, then any of the events, itself among them."""
    days = st.none() | DAY_COUNTS
    return st.sampled_from(sorted(wheres)).flatmap(
        lambda then: st.builds(
            EventSequence, st.just(event), st.just(then), days, wheres[event], wheres[then]
        )
    )


def where_rules(event: Event, tests: Any) -> st.SearchStrategy[Predicate | None]:
    fields = [field for key in event.metadata if (field := event.field(key.name)) is not None]
    return st.none() if not fields else st.none() | trees(tests(fields))


def event_tests(
    event: Event, where: st.SearchStrategy[Predicate | None], days: st.SearchStrategy[DayTest]
) -> st.SearchStrategy[Predicate]:
    name, window = st.just(event.name), st.none() | days
    number = st.integers(0, 3)
    keys = [field for key in event.metadata if (field := event.field(key.name)) and key.name in EXACT_KEYS]
    counts = st.one_of(
        st.builds(Occurrences, name, where, COUNT_COMPARISONS, number, window),
        st.builds(OccurrenceDay, name, st.sampled_from(["first", "last"]), days, where),
        st.builds(ActiveDays, name, COUNT_COMPARISONS, number, where, window),
    )
    if not keys:
        return counts
    functions, key = st.sampled_from(get_args(Aggregation)), st.sampled_from(keys)
    return counts | st.builds(aggregate, name, functions, key, ORDER_COMPARISONS, HALVES, where, window)


def aggregate(
    event: str,
    function: Aggregation,
    key: Field,
    comparison: OrderComparison,
    value: float,
    *rest: Any,
) -> Aggregate:
    """Compared with a number of the key's type; an average of whole numbers with any."""
    whole = key.type is DataType.INTEGER and (function != "average" or value.is_integer())
    return Aggregate(event, function, key, comparison, int(value) if whole else value, *rest)
