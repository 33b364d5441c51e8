"""Generated rules over a schema: every node of the tree, nested."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import DataType, Event, Field, Predicate, Schema
from intercom_iac.model.predicate import (
    And,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Tagged,
    Within,
)

from .schemas import PARTS, WORDS, fields_in

TAGS = ["vip", "not", "it's so", "ς\\"]
FAR = 36_500  # days: the most a rule may say
INTEGERS = st.integers(-2, 3) | st.sampled_from([2**53 + 1, 2**63 - 1, 1 - 2**63])
FLOATS = st.sampled_from([-1.5, 0.0, 1.0, 1.25, 2.0, 1e-7, 0.1 + 0.2, 0.3, 1 / 3, 123456789.12345679, 1e300])


# Strategies are kept: to make one and to check it costs more than to draw from it.
@cache
def day_tests(today: date) -> st.SearchStrategy[DayTest]:
    days = st.integers(0, 4) | st.just(FAR)
    calendar = st.integers(-5, 5).map(lambda days: today + timedelta(days=days))
    return st.one_of(
        st.builds(Within, st.sampled_from(["next", "last"]), days),
        st.builds(
            Away,
            st.sampled_from(["more than", "less than", "exactly", "at least", "at most"]),
            days,
            st.sampled_from(["ago", "from now"]),
        ),
        st.builds(Calendar, st.sampled_from(["<", "<=", "=", ">=", ">"]), calendar),
    )


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
            return st.sampled_from(WORDS)


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
                signs = st.sampled_from(["<", "<=", ">", ">="])
                return st.one_of(known, equal, among, st.builds(Compares, st.just(field), signs, value))
            operators = st.sampled_from(["contains", "starts with", "ends with"])
            texts = st.sampled_from([*WORDS, *PARTS])
            return st.one_of(known, equal, among, st.builds(Matches, st.just(field), operators, texts))


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
        return st.one_of([field_tests(field, today) for field in fields])

    tags = st.sampled_from(TAGS).map(Tagged)
    leaves = [
        tests(fields_in(schema, "contact")),
        trees(st.one_of(tests(fields_in(schema, "company")), tags)).map(SomeCompany),
        tags,
        *(event_rules(event, tests, today) for event in schema.events.values()),
    ]
    if segments:
        leaves.append(st.sampled_from(sorted(segments)).map(lambda key: InSegment(key, segments[key])))
    return trees(st.one_of(leaves))


def event_rules(event: Event, tests: Any, today: date) -> st.SearchStrategy[Predicate]:
    fields = [field for key in event.metadata if (field := event.field(key.name)) is not None]
    where = st.none() if not fields else st.none() | trees(tests(fields))
    signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    days = day_tests(today)
    return st.one_of(
        st.builds(Occurrences, st.just(event.name), where, signs, st.integers(0, 3), st.none() | days),
        st.builds(OccurrenceDay, st.just(event.name), st.sampled_from(["first", "last"]), days, where),
    )
