"""Each form of test by itself, on each value that it could tell from another: the function that is compiled from it
holds where the meaning says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import evaluator
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.attribute import Owner
from intercom_iac.model.predicate import (
    Amount,
    Away,
    Calendar,
    Compares,
    Comparison,
    CountComparison,
    DayTest,
    Direction,
    Equals,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
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
NUMBERS = [-1, 0, 1, 1.0, 1.5, 2, 2**53, 2**53 + 1, float("nan"), float("inf")]
MOMENTS = [AT.seconds(days) + off for days in range(-4, 5) for off in (-1, 0, 0.5, 43_200)]
VALUES: list[Any] = [*MISFITS, *TEXTS, *NUMBERS, *MOMENTS, [], {}]


def day_tests() -> Iterator[DayTest]:
    for days in (0, 1, 2, 3):
        yield Within("next", days)
        yield Within("last", days)
        for amount, direction in product(get_args(Amount), get_args(Direction)):
            yield Away(amount, days, direction)
        for sign in ("<", "<=", "=", ">=", ">"):
            yield Calendar(sign, AT.today + timedelta(days=days - 1))


def field_tests(owner: Owner) -> Iterator[Predicate]:
    for type_ in DataType:
        wire = "metadata.f" if owner == "event" else "custom_attributes.f"
        field = Field(owner, "f", type_, wire=wire, search=None, custom=owner != "event")
        yield IsKnown(field)
        if type_ is DataType.BOOLEAN:
            yield from (IsTrue(field), Equals(field, False))
        elif type_ is DataType.DATE:
            yield from (OnDay(field, test) for test in day_tests())
        elif type_.is_number:
            for number in (0, 1, 1.5, 2**53 + 1):
                yield from (Equals(field, number), OneOf(field, (number, 7)))
                yield from (Compares(field, sign, number) for sign in get_args(Comparison))
        else:
            for text in TEXTS:
                yield from (Equals(field, text), OneOf(field, (text, "b")))
                if text:
                    yield from (Matches(field, operator, text) for operator in get_args(TextOperator))


def check(rules: list[Predicate], people: list[Person]) -> None:
    at: Any = {"today": AT.today, "zone": AT.zone}
    for rule in (*rules, *map(Not, rules)):
        holds = evaluator(rule, **at)
        for person in people:
            assert holds(person) is satisfies(person, rule, **at), (rule, person)


@pytest.mark.parametrize("owner", get_args(Owner))
def test_every_test_on_a_field_agrees_on_every_value(owner: Owner) -> None:
    tests = list(field_tests(owner))
    if owner == "contact":
        check(tests, [Person({"custom_attributes": {"f": value}}) for value in VALUES])
    elif owner == "company":
        companies = [{"custom_attributes": {"f": value}} for value in VALUES]
        check([SomeCompany(test) for test in tests], [Person({}, [company]) for company in companies])
    else:
        events = [{"event_name": "e", "created_at": 0, "metadata": {"f": value}} for value in VALUES]
        check([Occurrences("e", test) for test in tests], [Person({}, (), [event]) for event in events])


def test_every_test_on_events_agrees() -> None:
    moments = [None, "now", True, AT.seconds(-2), AT.seconds(0) - 1, AT.seconds(0), AT.seconds(3)]
    crowd = [
        Person({}, (), [{"event_name": name, "created_at": one}, {"event_name": "E", "created_at": other}])
        for name in ("e", "x", 3)
        for one, other in product(moments, moments)
    ]
    signs = cast("tuple[CountComparison, ...]", get_args(CountComparison))
    rules: list[Predicate] = [
        Occurrences("e", None, sign, count, window)
        for sign, count in product(signs, (0, 1, 2))
        for window in (None, Within("last", 1), Away("more than", 0, "from now"))
    ]
    rules += [OccurrenceDay("e", which, test) for which in ("first", "last") for test in day_tests()]
    check(rules, crowd)


def test_a_tag_and_one_of_intercoms_own_attributes_agree() -> None:
    tags = [[], [{"name": "vip"}], [{"id": "vip"}], [{"name": "x"}, {"name": "vip"}], ["vip"], None, {}]
    city = Field("contact", "location.city", DataType.STRING, "location.city", "location.city", custom=False)
    crowd = [
        Person({"tags": {key: held}, "location": place}, [{"tags": {key: held}}])
        for key, held, place in product(("data", "tags"), tags, (None, "a", {}, {"city": "a"}))
    ]
    check([Tagged("vip"), SomeCompany(Tagged("vip")), Equals(city, "a"), IsKnown(city)], crowd)
