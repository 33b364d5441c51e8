"""Each form of test by itself, on each value that it could tell from another: the function that is compiled from it
holds where the meaning says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import evaluator
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.attribute import Owner
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    Amount,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    Comparison,
    CountComparison,
    DayName,
    DaysBetween,
    DaysFromField,
    Direction,
    Equals,
    EventSequence,
    FieldDayTest,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    OrderComparison,
    PlainDayTest,
    SomeCompany,
    Tagged,
    TextOperator,
    Within,
)
from intercom_iac.rules import satisfies
from support.generators import Moment
from support.generators.people import MISFITS

AT = Moment(date(2026, 3, 29), ZoneInfo("Europe/Dublin"))  # clocks change on this day
TEXTS = ["", "a", "A", "ab", "ba", "Σ", "ς", "οδος", "ΟΔΟΣ", "İ", "i", "i\u0307"]
# `a` as a word of its own or not: beside the ends, digits, signs, an accent by itself, a letter that folds into one.
TEXTS += ["a b", "b-a", "_a_", "1a", "a\u0301", "ba a", "İa", "aa", "a-", "ab a-b", "東a", "½a"]
NUMBERS = [-1, 0, 1, 1.0, 1.5, 2, 2**53, 2**53 + 1, float("nan"), float("inf")]
MOMENTS = [AT.seconds(days) + off for days in range(-4, 5) for off in (-1, 0, 0.5, 43_200)]
VALUES: list[Any] = [*MISFITS, *TEXTS, *NUMBERS, *MOMENTS, [], {}]


def day_tests() -> Iterator[PlainDayTest]:
    for days in (0, 1, 2, 3):
        yield Within("next", days)
        yield Within("last", days)
        for amount, direction in product(get_args(Amount), get_args(Direction)):
            yield Away(amount, days, direction)
        for sign in get_args(OrderComparison):
            yield Calendar(sign, AT.today + timedelta(days=days - 1))
    for sign, name in product(get_args(OrderComparison), get_args(DayName)):
        yield NamedDay(sign, name)
    points = (-36_500, -2, 0, 1, AT.today - timedelta(days=1), AT.today, date.max)
    for first, last in product(points, points):
        yield DaysBetween(first, last)


def field_day_tests(other: Field) -> Iterator[FieldDayTest]:
    for sign in get_args(OrderComparison):
        yield AgainstField(sign, other)
    for days in (0, 1, 2, 36_500):
        for side in ("before", "after", "of"):
            yield DaysFromField("within", days, side, other)
        for amount, side in product(get_args(Amount), ("before", "after")):
            yield DaysFromField(amount, days, side, other)


def field_tests(owner: Owner) -> Iterator[Predicate]:
    for type_ in DataType:
        f = field(owner, "f", type_)
        yield IsKnown(f)
        if type_ is DataType.BOOLEAN:
            yield from (IsTrue(f), Equals(f, False))
        elif type_ is DataType.DATE:
            yield from (OnDay(f, test) for test in day_tests())
        elif type_.is_number:
            for number in (0, 1, 1.5, 2**53 + 1):
                yield from (Equals(f, number), OneOf(f, (number, 7)))
                yield from (Compares(f, sign, number) for sign in get_args(Comparison))
                yield from (Between(f, number, last) for last in (0, 1.5, 2**53 + 1))
        else:
            for text in TEXTS:
                yield from (Equals(f, text), OneOf(f, (text, "b")))
                if text:
                    yield from (Matches(f, operator, text) for operator in get_args(TextOperator))


def field(owner: Owner, name: str, type_: DataType) -> Field:
    wire = f"metadata.{name}" if owner == "event" else f"custom_attributes.{name}"
    return Field(owner, name, type_, wire=wire, search=None, custom=owner != "event")


def owned(owner: Owner, values: dict[str, Any]) -> Person:
    """A person of whom the owner has these values."""
    if owner == "contact":
        return Person({"custom_attributes": values})
    if owner == "company":
        return Person({}, [{"custom_attributes": values}])
    return Person({}, (), [{"event_name": "e", "created_at": 0, "metadata": values}])


def asked(owner: Owner, test: Predicate) -> Predicate:
    """The test of an owner's field as one of the person."""
    return {"contact": test, "company": SomeCompany(test), "event": Occurrences("e", test)}[owner]


def check(rules: list[Predicate], people: list[Person]) -> None:
    at: Any = {"today": AT.today, "zone": AT.zone}
    for rule in (*rules, *map(Not, rules)):
        holds = evaluator(rule, **at)
        for person in people:
            assert holds(person) is satisfies(person, rule, **at), (rule, person)


@pytest.mark.parametrize("owner", get_args(Owner))
def test_every_test_on_a_field_agrees_on_every_value(owner: Owner) -> None:
    crowd = [owned(owner, {"f": value}) for value in VALUES]
    check([asked(owner, test) for test in field_tests(owner)], crowd)


@pytest.mark.parametrize("owner", get_args(Owner))
def test_every_test_of_two_fields_agrees_on_every_pair_of_values(owner: Owner) -> None:
    numbers: list[Any] = [None, True, "1", 0, 1, 1.0, 1.5, 2**53, 2.0**53, 2**53 + 1]
    odd = [float("nan"), float("inf"), float("-inf")]
    f, g = (field(owner, name, DataType.FLOAT) for name in ("f", "g"))
    crowd = [owned(owner, {"f": one, "g": other}) for one, other in product(numbers + odd, numbers + odd)]
    check([asked(owner, ComparesFields(f, sign, g)) for sign in get_args(OrderComparison)], crowd)

    moments = [AT.seconds(days) + off for days in (-1, 0, 2) for off in (-1, 0)]
    dates = [None, False, "0", -1e18, 2.5e11, 10**400, *moments, *odd]
    f, g = (field(owner, name, DataType.DATE) for name in ("f", "g"))
    crowd = [owned(owner, {"f": one, "g": other}) for one, other in product(dates, dates)]
    check([asked(owner, OnDay(f, test)) for test in field_day_tests(g)], crowd)


# What an occurrence's moment may be: not known, or on the days about today.
OCCURRED = [None, "now", True, AT.seconds(-2), AT.seconds(0) - 1, AT.seconds(0), AT.seconds(3)]
SIGNS = cast("tuple[CountComparison, ...]", get_args(CountComparison))
WINDOWS = (None, Within("last", 1), DaysBetween(1, AT.today + timedelta(days=3)))


def test_every_test_on_events_agrees() -> None:
    crowd = [
        Person({}, (), [{"event_name": name, "created_at": one}, {"event_name": "E", "created_at": other}])
        for name in ("e", "x", 3)
        for one, other in product(OCCURRED, OCCURRED)
    ]
    rules: list[Predicate] = [
        form
        for sign, count, window in product(SIGNS, (0, 1, 2), WINDOWS)
        for form in (Occurrences("e", None, sign, count, window), ActiveDays("e", sign, count, None, window))
    ]
    rules += [EventSequence(*events, days) for events in ("ee", "ex", "xe") for days in (None, 0, 2, 3, 5)]
    check(rules, crowd)
    days = [OccurrenceDay("e", which, test) for which in ("first", "last") for test in day_tests()]
    check(days, crowd[: len(OCCURRED) ** 2])


def test_days_of_occurrences_against_a_date_of_the_contact_agree() -> None:
    date_field = field("contact", "d", DataType.DATE)
    days = [None, "0", float("nan"), AT.seconds(-2), AT.seconds(0), AT.seconds(1) - 1, float("inf")]
    crowd = [
        Person(
            {"custom_attributes": {"d": day}},
            (),
            [{"event_name": "e", "created_at": one}, {"event_name": "e", "created_at": AT.seconds(-3)}],
        )
        for day, one in product(days, [*OCCURRED, float("nan"), float("-inf")])
    ]
    rules: list[Predicate] = [
        form
        for test in field_day_tests(date_field)
        for form in (
            Occurrences("e", window=test),
            Occurrences("e", None, "=", 1, test),
            ActiveDays("e", "<", 2, None, test),
            Aggregate("e", "sum", field("event", "k", DataType.FLOAT), "=", 0, None, test),
            OccurrenceDay("e", "first", test),
            OccurrenceDay("e", "last", test),
        )
    ]
    check(rules, crowd)


def test_every_total_of_metadata_agrees() -> None:
    """Numbers are added as the decimals they are written as: a tenth and two tenths make three tenths."""
    key = field("event", "k", DataType.FLOAT)
    values: list[Any] = [
        None,
        True,
        "5",
        0.1,
        0.2,
        3,
        2**53 + 1,
        1e300,
        10**5_000,
        float("nan"),
        float("inf"),
    ]
    crowd = [
        Person({}, (), [{"event_name": "e", "created_at": 0, "metadata": {"k": value}} for value in totals])
        for totals in [(), (0.1, 0.2, 3), *combinations(values, 1), *combinations(values, 2)]
    ]
    functions, signs = get_args(Aggregation), get_args(OrderComparison)
    check(
        [
            Aggregate("e", function, key, sign, bound, where)
            for function, sign, bound in product(functions, signs, (0, 0.3, 0.15, 2**53 + 1))
            for where in (None, Compares(key, "<", 1))
        ],
        crowd,
    )


def test_every_sequence_of_events_agrees() -> None:
    moments = [AT.seconds(-2), AT.seconds(0) - 1, AT.seconds(0), AT.seconds(0) + 1]
    crowd = [
        Person(
            {},
            (),
            [
                {"event_name": name, "created_at": moment, "metadata": {"k": moment % 2}}
                for name, moment in zip("aabb", order, strict=True)
            ],
        )
        for order in product(moments, repeat=4)
    ]
    odd = Equals(field("event", "k", DataType.INTEGER), 1)
    check(
        [
            EventSequence(*events, days, where, then_where)
            for events in ("ab", "ba", "aa", "ac")
            for days in (None, 0, 1, 2)
            for where, then_where in product((None, odd), (None, odd))
        ],
        crowd,
    )


def test_a_tag_and_one_of_intercoms_own_attributes_agree() -> None:
    tags = [[], [{"name": "vip"}], [{"id": "vip"}], [{"name": "x"}, {"name": "vip"}], ["vip"], None, {}]
    city = Field("contact", "location.city", DataType.STRING, "location.city", "location.city", custom=False)
    crowd = [
        Person({"tags": {key: held}, "location": place}, [{"tags": {key: held}}])
        for key, held, place in product(("data", "tags"), tags, (None, "a", {}, {"city": "a"}))
    ]
    check([Tagged("vip"), SomeCompany(Tagged("vip")), Equals(city, "a"), IsKnown(city)], crowd)
