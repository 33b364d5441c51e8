"""Steps read back, of each form of test and its complement: they take just whom the test means, around every edge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import to_screen_steps
from intercom_iac.model import Person, Predicate
from intercom_iac.model.days import day_start
from intercom_iac.model.predicate import (
    ActiveDays,
    Away,
    Between,
    Calendar,
    Compares,
    DaysBetween,
    DayTest,
    Matches,
    NamedDay,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    Within,
)
from intercom_iac.rules import satisfies
from support.rule_schema import rule_schema
from support.screen_reader import Asked, is_whole, takes

SCHEMA = rule_schema()
TODAY, ZONE = date(2026, 3, 29), ZoneInfo("Europe/Dublin")  # a day of 23 hours
EVENT = "report_exported"


def field(name: str) -> Any:
    found = SCHEMA.field("contact", name)
    assert found is not None
    return found


ENDS, SEEN, USAGE, SCORE, NOTE = map(
    field, ("trial_end_date", "last_seen_at", "feature_usage", "score", "note")
)
DAY_TESTS: list[DayTest] = [
    *(Within(direction, days) for direction in ("next", "last") for days in (0, 2)),
    *(
        Away(amount, days, direction)
        for amount in ("more than", "less than", "exactly", "at least", "at most")
        for days in (0, 1, 2)
        for direction in ("ago", "from now")
    ),
    *(
        Calendar(comparison, TODAY + timedelta(days))
        for comparison in ("<", "<=", "=", ">=", ">")
        for days in (-2, 1)
    ),
    *(
        NamedDay(comparison, day)
        for comparison in ("<", "<=", "=", ">=", ">")
        for day in ("yesterday", "today", "tomorrow")
    ),
    *(DaysBetween(first, last) for first, last in ((-3, -1), (-1, 1), (0, 0), (1, 3), (2, 1))),
    DaysBetween(TODAY - timedelta(2), 0),
    DaysBetween(-2, TODAY + timedelta(1)),
    DaysBetween(TODAY - timedelta(2), TODAY + timedelta(1)),
]


def seconds(days: int) -> int:
    return day_start(TODAY + timedelta(days), ZONE)


def people(values: dict[str, list[Any]]) -> Iterator[Person]:
    """Who has one of the values, and who has none."""
    yield Person({}, [], [])
    for name, listed in values.items():
        for value in listed:
            own = name == "last_seen_at"
            yield Person({name: value} if own else {"custom_attributes": {name: value}}, [], [])


def check(rule: Predicate, crowd: list[Person]) -> None:
    """The steps of the rule and of its complement are whole, and take whom these mean."""
    for asked_rule in (rule, Not(rule)):
        steps = to_screen_steps(asked_rule)
        assert is_whole(steps), steps
        for person in crowd:
            means = satisfies(person, asked_rule, today=TODAY, zone=ZONE)
            for never in (0, None):
                asked = Asked(person, SCHEMA, TODAY, ZONE, {}, never)
                assert takes(steps, asked) is means, (asked_rule, steps, person)


@pytest.mark.parametrize("test", DAY_TESTS, ids=str)
def test_days(test: DayTest) -> None:
    around = [moment for days in range(-5, 6) for moment in (seconds(days), seconds(days + 1) - 1)]
    check(OnDay(ENDS, test), list(people({"trial_end_date": around})))
    check(OnDay(SEEN, test), list(people({"last_seen_at": [at for at in around if at < seconds(1)]})))


PAST = range(-4, 1)
HISTORIES = [
    Person({}, [], [{"event_name": EVENT, "created_at": seconds(days) + 3600} for days in chosen])
    for number in range(4)
    for chosen in combinations(PAST, number)
]


@pytest.mark.parametrize("test", DAY_TESTS, ids=str)
def test_days_of_events(test: DayTest) -> None:
    check(OccurrenceDay(EVENT, "first", test), HISTORIES)
    check(OccurrenceDay(EVENT, "last", test), HISTORIES)
    for occurred in (Occurrences(EVENT, window=test), ActiveDays(EVENT, ">=", 1, window=test)):
        if is_whole(to_screen_steps(Occurrences(EVENT, window=test))):
            check(occurred, HISTORIES)


@pytest.mark.parametrize("comparison", ["<", "<=", "=", "!=", ">=", ">"])
def test_counts(comparison: Any) -> None:
    for count in range(4):
        check(Occurrences(EVENT, comparison=comparison, count=count), HISTORIES)
    for asked, none in ((ActiveDays(EVENT, comparison, count), count) for count in (0, 1)):
        if (comparison, none) not in ((">", 1), ("<=", 1), ("=", 1), ("!=", 1)):
            check(asked, HISTORIES)


@pytest.mark.parametrize(
    "rule",
    [
        *(Between(USAGE, first, last) for first, last in ((1, 3), (2, 2), (3, 1))),
        *(Compares(USAGE, comparison, 2) for comparison in ("<", "<=", ">=", ">")),
    ],
    ids=str,
)
def test_integers(rule: Predicate) -> None:
    check(rule, list(people({"feature_usage": [-1, 0, 1, 2, 3, 4]})))


@pytest.mark.parametrize(
    "rule",
    [
        *(Between(SCORE, first, last) for first, last in ((1.0, 2.5), (2.5, 2.5), (2.5, 1.0))),
        *(Compares(SCORE, comparison, 2.5) for comparison in ("<", "<=", ">=", ">")),
    ],
    ids=str,
)
def test_floats(rule: Predicate) -> None:
    check(rule, list(people({"score": [0, 1, 1.5, 2.4999, 2.5, 2.5001, 3]})))


def test_texts() -> None:
    texts = ["post", "a Post.", "posted", "", "ost", "repost"]
    check(Matches(NOTE, "contains", "post"), list(people({"note": texts})))
    steps = to_screen_steps(Matches(NOTE, "contains word", "post"))
    for person in people({"note": texts}):
        means = satisfies(person, Matches(NOTE, "contains word", "post"), today=TODAY, zone=ZONE)
        assert takes(steps, Asked(person, SCHEMA, TODAY, ZONE, {})) is means
