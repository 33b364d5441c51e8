"""What each test means, on people as Intercom's API returns them: by the reference, and compiled to Python."""

from __future__ import annotations

import itertools
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
    declared(
        "contact", note="string", usage="integer", score="float", vip="boolean", ends="date", began="date"
    )
    | declared("company", tier="string", seats="integer", used="float", renewed="date", joined="date"),
    {
        "order.paid": Event(
            "order.paid",
            metadata=(
                MetadataKey("total", DataType.INTEGER),
                MetadataKey("tip", DataType.FLOAT),
                MetadataKey("due", DataType.DATE),
                MetadataKey("sent", DataType.DATE),
            ),
        ),
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
        ("note contains word PLUS", "pro plus", True),
        ("note contains word pro", "professional", False),
        ("note contains word pro", "pro_2", True),
        ("note not contains word pro", None, True),
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
        ("usage between 3 and 5", 3, True),
        ("usage between 3 and 5", 5, True),
        ("usage between 3 and 5", 5.5, False),
        ("usage between 3 and 5", True, False),
        ("usage between 3 and 5", None, False),
        ("usage not between 3 and 5", None, True),
        ("usage not between 3 and 5", 4, False),
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
    "before today": range(-9, 0),
    "<= today": range(-9, 1),
    "on yesterday": range(-1, 0),
    ">= tomorrow": range(1, 10),
    "after tomorrow": range(2, 10),
    "between 2026-03-07 and 2026-03-09": range(-3, 0),
    "between 3 and 5 days ago": range(-5, -2),
    "between 5 and 3 days from now": range(3, 6),
    "between 2 days ago and 1 day from now": range(-2, 2),
    "between yesterday and tomorrow": range(-1, 2),
    "between 2026-03-09 and today": range(-1, 1),
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
    ("text", "usage", "score", "expected"),
    [
        ("usage > score", 2, 1.5, True),
        ("usage > score", 1, 1.5, False),
        ("usage = score", 2, 2.0, True),
        ("usage != score", 2, 2.0, False),
        ("usage != score", 2, 1.5, True),
        ("usage <= score", 2, 2.0, True),
        ("usage > score", 2, None, False),
        ("usage <= score", None, 2.0, False),
        ("usage = score", None, None, False),
        ("usage != score", None, 2.0, True),
        ("usage = score", 2**53 + 1, 2.0**53, False),
    ],
)
def test_two_numbers(text: str, usage: Any, score: Any, expected: bool) -> None:
    assert holds(text, contact(usage=usage, score=score)) is expected


BETWEEN_DATES = {
    # test: the days, counted from the other date, that pass
    "before began": range(-9, 0),
    "<= began": range(-9, 1),
    "on began": range(1),
    ">= began": range(10),
    "after began": range(1, 10),
    "within 2 days after began": range(3),
    "within 2 days before began": range(-2, 1),
    "within 2 days of began": range(-2, 3),
    "more than 2 days after began": range(3, 10),
    "less than 2 days after began": range(2),
    "exactly 2 days after began": range(2, 3),
    "at least 2 days after began": range(2, 10),
    "at most 2 days after began": range(3),
    "more than 2 days before began": range(-9, -2),
    "less than 2 days before began": range(-1, 1),
    "exactly 2 days before began": range(-2, -1),
    "at least 2 days before began": range(-9, -1),
    "at most 2 days before began": range(-2, 1),
}


@pytest.mark.parametrize(("test", "passing"), BETWEEN_DATES.items())
def test_two_dates(test: str, passing: range) -> None:
    """By calendar day, whatever the time of the one and of the other."""
    began = moment("2026-03-29T12:00:00")  # the clocks of Paris change on this day
    for off, time in itertools.product(range(-9, 10), ("00:00:00", "23:59:59")):
        day = date.fromordinal(date(2026, 3, 29).toordinal() + off)
        person = contact(ends=moment(f"{day}T{time}"), began=began)
        assert holds(f"ends {test}", person) is (off in passing), (off, time)
        assert holds(f"not ends {test}", person) is (off not in passing)
    for unknown in (contact(ends=began), contact(began=began), contact()):
        assert not holds(f"ends {test}", unknown)
        assert holds(f"not ends {test}", unknown)


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
    assert holds("company.seats > company.used", Person({}, [company(seats=2, used=1.5)]))
    assert not holds("company.seats > company.used", Person({}, [company(seats=2), company(used=1.5)]))
    late = Person({}, [company(renewed=moment("2026-03-09T08:00"), joined=moment("2026-03-01T20:00"))])
    assert holds("company(renewed within 8 days after joined)", late)
    assert not holds("company(renewed within 7 days after joined)", late)
    nobody = Person({})
    assert holds("company.tier != gold and company.tier is unknown", nobody)
    assert not holds("company(tier != gold)", nobody)


def occurrence(name: str, day: str, **metadata: Any) -> dict[str, Any]:
    return {"event_name": name, "created_at": moment(f"{day}T08:00:00"), "metadata": metadata}


PAID = Person(
    {"custom_attributes": {"ends": moment("2026-03-08T23:00:00"), "began": moment("2026-02-01T00:00:00")}},
    events=[
        occurrence("Order-Paid", "2026-03-09", total=5, tip=0.1, due=moment("2026-03-10T00:00:00")),
        occurrence("order.paid", "2026-02-01", total=50, tip=0.2),
        occurrence("order.paid", "2026-02-01", tip="none", due=1, sent=1),
        occurrence("login", "2026-03-10"),
        {"event_name": "order.paid", "metadata": {"total": 1}},
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event `order.paid`", True),
        ("event `order.paid` count = 4", True),
        ("event `order.paid` count > 4", False),
        ("event `order.paid` count between 2 and 4", True),
        ("event `order.paid` count between 5 and 6", False),
        ("event `order.paid` within last 7 days", True),
        ("event `order.paid` count >= 2 within last 7 days", False),
        ("event `order.paid` where total > 10 within last 7 days", False),
        ("event `order.paid` where (total > 1 and total < 10) count = 1", True),
        ("event `order.paid` first before 2026-02-02", True),
        ("event `order.paid` last exactly 1 day ago", True),
        ("event `order.paid` where total > 10 last before 2026-02-02", True),
        ("event login count < 2", True),
        ("not event login", False),
        ("event `order.paid` before today", True),
        ("event login before today", False),
        ("event `order.paid` on 2026-02-01 count = 2", True),
        ("event `order.paid` count = 1 between 2 days ago and today", True),
        ("event `order.paid` count = 1 after ends", True),
        ("event `order.paid` count = 3 after ends", False),
        ("event `order.paid` within 1 day after ends", True),
        ("event login within 1 day after ends", False),
        ("event `order.paid` first on began", True),
        ("event `order.paid` last within 1 day of ends", True),
        ("event `order.paid` where due >= sent", True),
        ("event `order.paid` where (due >= sent and tip > 0)", False),
        ("event `order.paid` sum of total = 56", True),
        ("event `order.paid` sum of tip = 0.3", True),
        ("event `order.paid` sum of total = 5 within last 7 days", True),
        ("event `order.paid` where total > 1 average of total = 27.5", True),
        ("event `order.paid` average of tip = 0.15", True),
        ("event `order.paid` minimum of total < 2", True),
        ("event `order.paid` maximum of total >= 50", True),
        ("event `order.paid` maximum of total >= 50 within last 7 days", False),
        ("event `order.paid` sum of total = 0 within next 7 days", True),
        ("event `order.paid` average of total < 1 within next 7 days", False),
        ("not event `order.paid` average of total < 1 within next 7 days", True),
        ("event `order.paid` on exactly 2 days", True),
        ("event `order.paid` on at least 2 days within last 7 days", False),
        ("event `order.paid` where total > 10 on at least 1 day", True),
        ("event `order.paid` then event login", True),
        ("event login then event `order.paid`", False),
        ("event `order.paid` then event login within 1 day", True),
        ("event `order.paid` then event login within 0 days", False),
        ("event `order.paid` where total > 10 then event login within 36 days", False),
        ("event `order.paid` where total > 10 then event login within 37 days", True),
        ("event `order.paid` where total > 10 then event `order.paid` where total < 10 within 36 days", True),
        ("event login then event login within 0 days", True),
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
    assert holds("event login on at most 0 days", undated)
    assert not holds("event login then event login", undated)
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
