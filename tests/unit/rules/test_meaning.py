"""What each test means, on people as Intercom's API returns them: by the reference, and compiled to Python."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import evaluator
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Person, Schema, event_key
from intercom_iac.rules import compile_rule, satisfies
from intercom_iac.text import Excerpt

TODAY = date(2026, 3, 10)
PARIS = ZoneInfo("Europe/Paris")


def moment(text: str, zone: ZoneInfo = PARIS) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def declared(model: ModelName, **types: str) -> dict[tuple[ModelName, str], Attribute]:
    return {(model, name): Attribute(model, name, DataType(type_)) for name, type_ in types.items()}


SCHEMA = Schema(
    declared("contact", note="string", usage="integer", score="float", vip="boolean", ends="date")
    | declared("company", tier="string", seats="integer"),
    {
        "order.paid": Event("order.paid", metadata=(MetadataKey("total", DataType.INTEGER),)),
        "login": Event("login"),
    },
)


def holds(text: str, person: Person, zone: ZoneInfo = PARIS) -> bool:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None, diagnostics
    meant = satisfies(person, rule, today=TODAY, zone=zone)
    assert evaluator(rule, today=TODAY, zone=zone)(person) is meant
    return meant


def contact(**custom: Any) -> Person:
    return Person({"role": "user", "custom_attributes": custom})


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("note = Trial", "Trial", True),
        ("note = trial", "Trial", False),
        ("note != trial", None, True),
        ("note in (a, b)", "b", True),
        ("note not in (a, b)", None, True),
        ("note contains RIA", "Trial", True),
        ("note contains STRAßE", "Hauptstraße", True),
        ("note contains strasse", "Hauptstraße", False),
        ("note contains ΟΔΟΣ", "Οδος", True),
        ("note starts with istan", "İstanbul", True),
        ("note starts with tr", "Trial", True),
        ("note ends with AL", "Trial", True),
        ("note not contains x", None, True),
        ("note is unknown", None, True),
        ("note has any value", "", True),
    ],
)
def test_texts(text: str, value: Any, expected: bool) -> None:
    assert holds(text, contact(note=value)) is expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("usage > 5", 6, True),
        ("usage > 5", 5, False),
        ("usage >= 5", 5, True),
        ("usage < 5", None, False),
        ("not usage < 5", None, True),
        ("usage = 1", True, False),
        ("usage = 1", 1.0, True),
        ("usage in (1, 2)", True, False),
        ("usage has any value", float("nan"), False),
    ],
)
def test_numbers(text: str, value: Any, expected: bool) -> None:
    assert holds(text, contact(usage=value)) is expected


@pytest.mark.parametrize(
    ("value", "true", "false", "unknown"),
    [
        (True, True, False, False),
        (False, False, True, False),
        (None, False, False, True),
        (1, False, False, True),
    ],
)
def test_booleans(value: Any, true: bool, false: bool, unknown: bool) -> None:
    assert [holds(text, contact(vip=value)) for text in ("vip", "vip is false", "vip is unknown")] == [
        true,
        false,
        unknown,
    ]


@pytest.mark.parametrize("value", ["5", 5, True, 1.5, [], {}, None])
def test_a_value_of_another_type_is_no_value(value: Any) -> None:
    fitting = {"note": str, "usage": (int, float), "vip": bool}
    for name, types in fitting.items():
        known = isinstance(value, types) and not (name == "usage" and isinstance(value, bool))
        assert holds(f"{name} has any value", contact(**{name: value})) is known


DAYS = {
    # test: the days, counted from today, that pass; from far in the past to far in the future
    "within next 3 days": range(4),
    "within last 3 days": range(-3, 1),
    "more than 3 days ago": range(-9, -3),
    "less than 3 days ago": range(-2, 1),
    "exactly 3 days ago": range(-3, -2),
    "at least 3 days ago": range(-9, -2),
    "at most 3 days ago": range(-3, 1),
    "more than 3 days from now": range(4, 10),
    "less than 3 days from now": range(3),
    "exactly 3 days from now": range(3, 4),
    "at least 3 days from now": range(3, 10),
    "at most 3 days from now": range(4),
    "less than 0 days ago": range(0),
    "before 2026-03-09": range(-9, -1),
    "<= 2026-03-09": range(-9, 0),
    "on 2026-03-09": range(-1, 0),
    ">= 2026-03-09": range(-1, 10),
    "after 2026-03-09": range(10),
}


@pytest.mark.parametrize(("test", "passing"), DAYS.items())
def test_days(test: str, passing: range) -> None:
    for off in range(-9, 10):
        day = date.fromordinal(TODAY.toordinal() + off)
        for time in ("00:00:00", "12:30:00", "23:59:59"):
            person = contact(ends=moment(f"{day}T{time}"))
            assert holds(f"ends {test}", person) is (off in passing), (off, time)
            assert holds(f"not ends {test}", person) is (off not in passing)
    assert not holds(f"ends {test}", contact())
    assert holds(f"not ends {test}", contact())


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Santiago"]
)
def test_a_day_begins_at_midnight_of_the_zone(zone: str) -> None:
    there = ZoneInfo(zone)
    for text in ("2026-03-08", "2026-03-29", "2026-09-06", "2026-10-25"):
        begin = moment(f"{text}T00:00:00", there)
        assert holds(f"ends on {text}", contact(ends=begin), there)
        assert not holds(f"ends on {text}", contact(ends=begin - 1), there)
        assert holds(f"ends before {text}", contact(ends=begin - 1), there)


def test_a_day_that_clocks_return_to_is_not_begun_again() -> None:
    """In St. John's clocks went back from 00:01 on 7 November 2010 to 23:01 on the day before."""
    there = ZoneInfo("America/St_Johns")
    midnight = moment("2010-11-07T00:00:00", there)
    for second, begun in ((-1, False), (0, True), (59, True), (60, True), (3600, True)):
        assert holds("ends on 2010-11-07", contact(ends=midnight + second), there) is begun, second
        assert holds("ends on 2010-11-06", contact(ends=midnight + second), there) is not begun, second


@pytest.mark.parametrize("instant", [float("inf"), float("-inf"), 1e300, -1e18, 2.5e11])
def test_a_moment_outside_of_the_calendar_lies_on_its_first_or_last_day(instant: float) -> None:
    person = contact(ends=instant)
    assert holds("ends before 2026-03-09", person) is (instant < 0)
    assert holds("ends more than 3 days from now", person) is (instant > 0)
    assert not holds("ends within next 3 days", person)


def test_a_fraction_of_a_second_before_midnight_is_the_day_before() -> None:
    begin = moment("2026-03-09T00:00:00")
    assert holds("ends on 2026-03-08", contact(ends=math.nextafter(begin, 0)))
    assert holds("ends on 2026-03-09", contact(ends=begin + 0.25))


def test_a_day_far_from_here_is_no_error() -> None:
    assert holds("ends after 0001-01-01", contact(ends=0))
    assert not holds("ends after 9999-12-31", contact(ends=0))
    assert holds("ends <= 9999-12-31", contact(ends=0))
    last = contact(ends=moment("9999-12-31T12:00:00"))
    assert holds("ends <= 9999-12-31", last)
    assert holds("ends on 9999-12-31", last)
    assert not holds("ends after 9999-12-31", last)


def company(**custom: Any) -> dict[str, Any]:
    return {"plan": {"type": "plan", "id": "1", "name": "pro"}, "size": 10, "custom_attributes": custom}


def test_companies() -> None:
    gold, large = company(tier="gold", seats=1), company(tier="silver", seats=9)
    both = Person({}, [gold, large])
    assert holds("company.tier = gold and company.seats > 5", both)
    assert not holds("company(tier = gold and seats > 5)", both)
    assert holds("company(tier != gold)", both)
    assert not holds("company.tier != gold", both)
    assert holds("company.plan = pro and company.size = 10", both)
    nobody = Person({})
    assert holds("company.tier != gold and company.tier is unknown", nobody)
    assert not holds("company(tier != gold)", nobody)


def occurrence(name: str, day: str, **metadata: Any) -> dict[str, Any]:
    return {"event_name": name, "created_at": moment(f"{day}T08:00:00"), "metadata": metadata}


PAID = Person(
    {},
    events=[
        occurrence("Order-Paid", "2026-03-09", total=5),
        occurrence("order.paid", "2026-02-01", total=50),
        occurrence("login", "2026-03-10"),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event `order.paid`", True),
        ("event `order.paid` count = 2", True),
        ("event `order.paid` count > 2", False),
        ("event `order.paid` within last 7 days", True),
        ("event `order.paid` count >= 2 within last 7 days", False),
        ("event `order.paid` where total > 10 within last 7 days", False),
        ("event `order.paid` where (total > 1 and total < 10) count = 1", True),
        ("event `order.paid` first before 2026-02-02", True),
        ("event `order.paid` last exactly 1 day ago", True),
        ("event `order.paid` where total > 10 last before 2026-02-02", True),
        ("event login count < 2", True),
        ("not event login", False),
    ],
)
def test_events(text: str, expected: bool) -> None:
    assert holds(text, PAID) is expected


def test_a_count_is_never_missing_and_a_first_day_is() -> None:
    nobody = Person({})
    assert holds("event login count < 2", nobody)
    assert holds("event login count != 1", nobody)
    assert not holds("event login first before 2026-03-10", nobody)
    undated = Person({}, events=[{"event_name": "login"}])
    assert holds("event login", undated)
    assert not holds("event login within last 7 days", undated)
    assert not holds("event login last within last 7 days", undated)
    no_number = Person({}, events=[{"event_name": "login", "created_at": float("nan")}])
    assert not holds("event login last before 9999-12-31", no_number)


def test_event_names_are_one_as_they_are_for_intercom() -> None:
    assert event_key("Order.Paid$") == event_key("order-paid-")


def test_tags() -> None:
    tagged = Person(
        {"tags": {"type": "list", "data": [{"id": "1", "name": "vip"}, {"id": "7"}]}},
        [{"tags": {"type": "tag.list", "tags": [{"id": "2", "name": "big"}]}}],
    )
    # A tag without its name is none: its id might be the name of another.
    assert holds("tag vip and not tag '7' and not tag '1' and not tag big", tagged)
    assert holds("company tag big and not company tag vip", tagged)
    assert not holds("tag vip", Person({"tags": None}))


@pytest.mark.parametrize(
    "person",
    [
        Person({}),
        Person({"custom_attributes": None, "location": "here", "tags": []}),
        Person({"tags": {"data": ["x", None]}}, [{}, {"custom_attributes": [], "plan": None, "tags": 3}]),
        Person(
            {},
            (),
            [{}, {"event_name": 3}, {"event_name": "order.paid", "metadata": "x", "created_at": "now"}],
        ),
    ],
)
def test_what_the_api_would_not_return_is_missing_and_no_error(person: Person) -> None:
    assert not holds("note = x or location.city = x or tag x or company.plan = pro or company tag x", person)
    assert not holds(
        "event `order.paid` where total = 1 or event `order.paid` last before 2026-01-01", person
    )


def test_a_rule_is_compiled_once_for_many_people() -> None:
    rule, _ = compile_rule(Excerpt.from_text("vip and usage > 3", "<rule>"), SCHEMA)
    assert rule is not None
    members = evaluator(rule, today=TODAY, zone=PARIS)
    assert [members(contact(vip=True, usage=usage)) for usage in (3, 4)] == [False, True]
