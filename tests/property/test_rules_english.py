"""Equal English only for equal meaning: over rules that differ in one place, with names and texts made to confuse."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product
from typing import get_args

from hypothesis import given

from intercom_iac.breaking.meaning import semantic_key
from intercom_iac.compilers import to_english
from intercom_iac.model import Attribute, DataType, Event, Field, MetadataKey, Predicate, Schema
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
    DayName,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    IsKnown,
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
    Within,
)
from support.generators import OPTIONS, examples, rules
from support.generators.neighbours import neighbours

# Texts that look like what stands around them in a sentence.
TEXTS = (
    *("x", "y", "x or y", 'x" or "y', "x, y", "unknown", "true", "5", "", '"', '""', "`", "x`"),
    *(
        "x and whose b is y",
        'x" and whose b is "y',
        "x) or (whose b is y",
        'x" or whose `b',
        "within the next 1 day",
    ),
)
STRING, INTEGER, DATE = DataType.STRING, DataType.INTEGER, DataType.DATE
NAMES = {
    **dict.fromkeys(("a", "b", "a is x", "x", "a, if known,", "the tag"), STRING),
    **dict.fromkeys(('a is "x" and whose b', "2", "n", "their 2"), INTEGER),
    **dict.fromkeys(("d", "today", "their d", "3 days ago"), DATE),
    "and": DataType.OPTIONS,
    "b`": DataType.BOOLEAN,
}
KEYS = {
    **dict.fromkeys(("k", 'k is "x" or l', "l"), STRING),
    **dict.fromkeys(("1 or 2", "n", "n over the event e"), INTEGER),
    **dict.fromkeys(("d", "today"), DATE),
}
EVENTS = (
    *("e", 'e (k is "x")', "e for the first time", "e 2 times", "e today"),
    *("e on at least 2 different days", "e followed by the event e", "e is at least 2"),
)
SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, type_, OPTIONS if type_ is DataType.OPTIONS else ())
        for model in ("contact", "company")
        for name, type_ in NAMES.items()
    },
    {name: Event(name, metadata=tuple(map(MetadataKey, KEYS, KEYS.values()))) for name in EVENTS},
)


def check(asked: list[Predicate]) -> None:
    said: dict[str, set[object]] = defaultdict(set)
    for each in asked:
        said[to_english(each)].add(semantic_key(each))
    unclear = {sentence: means for sentence, means in said.items() if len(means) > 1}
    assert not unclear


@examples(60)
@given(rules(SCHEMA, date(2026, 3, 28)))
def test_rules_that_differ_in_one_place_read_differently(rule: Predicate) -> None:
    check([rule, *neighbours(rule, TEXTS)])


def test_every_pair_of_small_rules_reads_differently() -> None:
    """A few thousand rules of one or two tests, against each other."""
    fields = [SCHEMA.field("contact", name) for name in ("a", "b", "a is x")]
    tests: list[Predicate] = []
    for field in fields:
        assert field is not None
        tests += [IsKnown(field), Not(IsKnown(field))]
        for text in TEXTS:
            tests += [Equals(field, text), Not(Equals(field, text)), Matches(field, "contains", text)]
            tests += [Matches(field, "contains word", text), Not(Matches(field, "contains word", text))]
            tests += [OneOf(field, (text, other)) for other in TEXTS]
    tests += [
        each
        for text in TEXTS
        for each in (Tagged(text), SomeCompany(Tagged(text)), Not(SomeCompany(Tagged(text))))
    ]
    some = tests[::17]
    pairs = [kind((one, other)) for kind in (And, Or) for one in some for other in some if one != other]
    check([*tests, *pairs, *(SomeCompany(each) for each in pairs[::5] if _of_a_company(each))])


def _of_a_company(rule: And | Or) -> bool:
    return not any(
        isinstance(each, SomeCompany) or (isinstance(each, Not) and isinstance(each.part, SomeCompany))
        for each in rule.parts
    )


DAY = date(2026, 3, 28)


def test_tests_of_numbers_days_and_events_read_differently() -> None:
    """A few thousand, and their complements, with fields and events whose names look like what stands around them."""
    tests = [*number_tests(), *day_tests_of_fields(), *event_tests()]
    check([*tests, *map(Not, tests)])


def number_tests() -> list[Predicate]:
    numbers = contact_fields(INTEGER)
    bounds = list(product((1, 2, 3), repeat=2))
    return [
        *(Between(field, first, last) for field in numbers for first, last in bounds),
        *(Compares(field, sign, 2) for field in numbers for sign in ("<", "<=", ">", ">=")),
        *(Equals(field, 2) for field in numbers),
        *(OneOf(field, pair) for field in numbers for pair in bounds),
        *(
            ComparesFields(field, sign, other)
            for field, other in product(numbers, numbers)
            for sign in get_args(OrderComparison)
        ),
    ]


def day_tests_of_fields() -> list[Predicate]:
    dates = contact_fields(DATE)
    return [OnDay(field, test) for field in dates for test in day_tests(dates)]


def day_tests(dates: list[Field]) -> list[DayTest]:
    signs, amounts = get_args(OrderComparison), get_args(Amount)
    points = (DAY, -3, -2, -1, 0, 1, 2, 3)
    return [
        *(Calendar(sign, DAY) for sign in signs),
        *(NamedDay(sign, day) for sign, day in product(signs, get_args(DayName))),
        *(DaysBetween(first, last) for first, last in product(points, points)),
        *(Within(direction, 3) for direction in ("last", "next")),
        *(Away(amount, 3, direction) for amount, direction in product(amounts, ("ago", "from now"))),
        *(AgainstField(sign, other) for sign, other in product(signs, dates)),
        *(
            DaysFromField(amount, 3, side, other)
            for amount, side, other in product(("within", *amounts), ("before", "after"), dates)
        ),
        *(DaysFromField("within", 3, "of", other) for other in dates),
    ]


def event_tests() -> list[Predicate]:
    text_key, key, other_key = (
        Field("event", name, KEYS[name], f"metadata.{name}", None)
        for name in ("k", "n", "n over the event e")
    )
    dates = contact_fields(DATE)
    windows = [None, *day_tests(dates)[::9]]
    wheres = (None, Equals(text_key, "x"), ComparesFields(key, ">", other_key))
    totals = list(product(get_args(Aggregation), (key, other_key), get_args(OrderComparison)))
    return [
        *(Occurrences(event, window=window) for event, window in product(EVENTS, windows)),
        *(OccurrenceDay(event, "first", test) for event, test in product(EVENTS, day_tests(dates)[::9])),
        *(
            ActiveDays(event, sign, days, where, window)
            for event, sign, days, where in product(EVENTS, get_args(CountComparison), (1, 2), wheres)
            for window in windows[::5]
        ),
        *(
            Aggregate(event, function, key, sign, 2, where, window)
            for event, (function, key, sign), where in product(EVENTS, totals, wheres)
            for window in windows[::7]
        ),
        *(
            EventSequence(event, then, days, where, then_where)
            for event, then, days in product(EVENTS, EVENTS, (None, 0, 1, 2))
            for where, then_where in product(wheres[:2], wheres[:2])
        ),
    ]


def contact_fields(type_: DataType) -> list[Field]:
    found = (SCHEMA.field("contact", name) for name in NAMES if NAMES[name] is type_)
    return [field for field in found if field is not None]
