"""What is decided of tests of events: one line a conjunction, with what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Person, Predicate, Schema
from intercom_iac.model.predicate import EVENT_TESTS, And, Not
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover.events import (
    EventsHappen,
    attempts,
    cells,
    conditions,
    counting,
    decide_events,
    deciding,
    limits,
    sequences,
)
from intercom_iac.prover.verdicts import Unknown, Unsatisfiable
from intercom_iac.rules.compile import compile_rule
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import normal_form
from intercom_iac.text import Excerpt
from support.histories.enumerating import decide_metadata

TODAY = date(2026, 3, 14)
KEYS = (
    MetadataKey("role", DataType.STRING),
    MetadataKey("seats", DataType.INTEGER),
    MetadataKey("due", DataType.DATE),
)
WORLD = World(TODAY)
SCHEMA = Schema(
    {("contact", "trial_end_date"): Attribute("contact", "trial_end_date", DataType.DATE)},
    {"invite_sent": Event("invite_sent", metadata=KEYS), "joined": Event("joined")},
)

POSSIBLE = [
    "event invite_sent",
    "not event invite_sent",
    "event invite_sent count >= 5 within last 30 days and event invite_sent count < 3 within last 7 days",
    "event invite_sent count = 1000",
    "event invite_sent where role = admin and event invite_sent where role = member and event invite_sent count = 2",
    "event invite_sent first before 2026-01-01 and event invite_sent last within last 3 days",
    "event invite_sent first within last 3 days and event invite_sent count >= 3",
    "not (event invite_sent first within last 3 days) and event invite_sent",
    "not (event invite_sent last within last 3 days) and event invite_sent count >= 1 within last 5 days",
    "event invite_sent on at least 3 days within last 7 days and event invite_sent count = 3",
    "event invite_sent on at most 1 day and event invite_sent count >= 3",
    "event invite_sent where role = admin on at least 2 days "
    "and event invite_sent where role = member on at least 2 days and event invite_sent on at most 2 days",
    "event invite_sent sum of seats > 100 and event invite_sent sum of seats < 200",
    "event invite_sent sum of seats > 100 and event invite_sent maximum of seats <= 60",
    "event invite_sent average of seats > 5 and event invite_sent minimum of seats < 2",
    "event invite_sent average of seats = 2.5",
    "event invite_sent average of seats > 5 and event invite_sent sum of seats < 12",
    "event invite_sent sum of seats = 9 and event invite_sent count = 3 "
    "and event invite_sent minimum of seats >= 3 and event invite_sent maximum of seats <= 3",
    "event invite_sent minimum of seats >= 5 within last 7 days and event invite_sent minimum of seats < 5",
    "event invite_sent then event joined within 7 days",
    "not (event invite_sent then event joined within 7 days) and event invite_sent and event joined",
    "event invite_sent then event joined within 7 days "
    "and event invite_sent before 2026-01-01 and event joined after 2026-02-01",
    "event invite_sent after 2026-06-01",
    "event invite_sent before trial_end_date and trial_end_date before 2026-01-01",
    "event invite_sent within 3 days after trial_end_date and trial_end_date = 2026-03-20",
    "event invite_sent where due before 2026-01-01",
    "not (event invite_sent before trial_end_date) and event invite_sent",
]

POSSIBLE.append(" and ".join(f"event invite_sent where seats = {number}" for number in range(12)))

NEVER = [
    # the conjunction, and which of its tests clash
    ("event invite_sent count >= 3 within last 7 days and event invite_sent count < 2 within last 30 days", "12"),
    ("event invite_sent count > 3 and event invite_sent count = 3", "12"),
    ("event invite_sent count >= 3 and event joined and event invite_sent count <= 2", "13"),
    ("event invite_sent where role = admin and not event invite_sent", "12"),
    ("event invite_sent where role = admin and event invite_sent where role = member "
     "and event invite_sent count < 2", "123"),
    ("event invite_sent first within last 3 days and event invite_sent before 2026-01-01", "12"),
    ("event invite_sent first within last 3 days and event invite_sent more than 3 days ago", "12"),
    ("event invite_sent last before 2026-01-01 and event invite_sent within last 30 days", "12"),
    ("event invite_sent last before 2026-01-01 and event invite_sent first after 2026-01-01", "12"),
    ("not (event invite_sent first within last 3 days) and event invite_sent within last 3 days "
     "and not (event invite_sent more than 3 days ago)", "123"),
    ("event invite_sent on at least 3 days and event invite_sent count < 3", "12"),
    ("event invite_sent on at least 9 days within last 7 days", "1"),
    ("event invite_sent on at least 3 days within last 1 day", "1"),
    ("event invite_sent sum of seats > 100 and not (event invite_sent sum of seats > 50)", "12"),
    ("event invite_sent sum of seats > 100 and not event invite_sent", "12"),
    ("event invite_sent where seats > 0 sum of seats < 0", "1"),
    ("event invite_sent sum of seats > 2 and event invite_sent sum of seats < 3", "12"),
    ("event invite_sent average of seats > 5 and event invite_sent maximum of seats <= 5", "12"),
    ("event invite_sent where seats > 2 average of seats = 2", "1"),
    ("event invite_sent average of seats > 10 and event invite_sent sum of seats <= 10", "12"),
    ("event invite_sent average of seats > 10 and event invite_sent sum of seats < 0", "12"),
    ("event invite_sent sum of seats >= 10 and event invite_sent count <= 3 "
     "and event invite_sent maximum of seats <= 3", "123"),
    ("event invite_sent minimum of seats >= 5 and event invite_sent where seats > 0 count >= 3 "
     "and event invite_sent where seats > 0 sum of seats < 15", "123"),
    ("event invite_sent where seats > 2 sum of seats < 6 and event invite_sent where seats > 2 count = 2", "12"),
    ("event invite_sent where seats >= 0 sum of seats >= 9 within last 7 days "
     "and event invite_sent where seats >= 0 sum of seats < 9 within last 30 days", "12"),
    ("event invite_sent sum of seats < 9 within last 7 days and event invite_sent sum of seats >= 9 "
     "within last 30 days and event invite_sent maximum of seats <= 0 within last 30 days", "23"),
    ("event invite_sent average of seats = 5 and event invite_sent maximum of seats < 5", "12"),
    ("event invite_sent minimum of seats >= 5 and event invite_sent where seats < 5", "12"),
    ("event invite_sent then event joined within 7 days "
     "and not (event invite_sent then event joined within 9 days)", "12"),
    ("event invite_sent then event joined and not event joined", "12"),
    ("event invite_sent then event joined within 7 days and event invite_sent last before 2026-01-01 "
     "and event joined first after 2026-01-31", "123"),
    ("event invite_sent then event joined and event invite_sent first within last 3 days "
     "and event joined last more than 5 days ago", "123"),
    ("event invite_sent after tomorrow", "1"),
    ("event invite_sent before trial_end_date and trial_end_date is unknown", "12"),
    ("event invite_sent after trial_end_date and trial_end_date after today", "12"),
    ("event invite_sent before trial_end_date and event invite_sent first after trial_end_date", "12"),
    ("event invite_sent where due before 2026-01-01 and event invite_sent count = 0", "12"),
]  # fmt: skip


def parts_of(text: str) -> list[Predicate]:
    rule, problems = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None, problems
    normal = normal_form(rule)
    return list(normal.parts) if isinstance(normal, And) else [normal]


def decided(parts: list[Predicate], world: World = WORLD, **settings: Any) -> Any:
    tests = [part for part in parts if isinstance(part.part if isinstance(part, Not) else part, EVENT_TESTS)]
    dates = [part for part in parts if part not in tests]
    return decide_events(
        tests, dates, first=world.first, last=world.last, world=world, metadata=decide_metadata, **settings
    )


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_can_happen_is_shown(text: str) -> None:
    parts = parts_of(text)
    found = decided(parts)
    assert isinstance(found, EventsHappen), found
    custom = {
        field.name: int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
        for field, day in found.dates.items()
        if day is not None
    }
    person = Person({"custom_attributes": custom}, (), found.occurrences)
    assert all(satisfies(person, part, today=found.today, zone=UTC) for part in parts)


@pytest.mark.parametrize(("text", "clash"), NEVER)
def test_what_cannot_happen_is_proved_with_the_fewest_tests_that_clash(text: str, clash: str) -> None:
    parts = parts_of(text)
    found = decided(parts)
    assert found == Unsatisfiable(tuple(parts[int(place) - 1] for place in clash))


def test_what_is_not_explained_has_all_its_tests_as_its_conflict() -> None:
    parts = parts_of("event invite_sent and event joined and not event joined")
    assert decided(parts, explain=False) == Unsatisfiable(tuple(parts))


def test_two_that_clash_are_found_among_tests_that_take_too_many_steps() -> None:
    parts = parts_of(
        "event invite_sent first within last 3 days and event invite_sent before 2026-01-01 "
        "and event invite_sent within 7 days after trial_end_date "
        "and event joined then event invite_sent within 3 days "
        "and event invite_sent between 2026-04-01 and 2026-04-20 and event invite_sent last after 2026-05-01"
    )
    assert decided(parts) == Unsatisfiable(tuple(parts[:2]))


def test_what_is_outside_of_the_fragment_is_not_decided() -> None:
    parts = parts_of(
        "event invite_sent sum of seats > 100 within last 7 days and event invite_sent sum of seats < 5"
    )
    assert decided(parts) == Unknown(
        "it adds up numbers or orders occurrences of events in a way that is not decided", parts[0]
    )


def test_conditions_that_hold_in_many_combinations_are_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_MOST_PATTERNS", 3)
    parts = parts_of("event invite_sent where role = admin and event invite_sent where seats > 5")
    found = decided(parts)
    assert isinstance(found, Unknown)
    assert (found.reason, found.clause) == (
        "its conditions on the metadata of one event can hold in too many combinations",
        parts[0],
    )


def test_what_is_not_decided_of_the_metadata_is_the_reason() -> None:
    parts = parts_of("event invite_sent where role = admin")
    unknown = Unknown("the text is too long", parts[0])
    tests = {"first": TODAY, "last": None, "world": World(TODAY)}
    asked: list[Predicate] = []

    def undecided(rule: Predicate, today: date) -> Unknown:
        asked.append(rule)
        return unknown

    assert decide_events(parts, [], metadata=undecided, **tests) == Unknown("the text is too long", parts[0])
    assert decide_events(parts_of("not event joined"), [], metadata=undecided, **tests).occurrences == ()


# --- days ---------------------------------------------------------------------------------------------------


def test_the_day_is_the_first_on_which_it_can_happen() -> None:
    found = decided(parts_of("event invite_sent after 2026-06-01"))
    assert found.today == date(2026, 6, 2)
    assert decided(parts_of("event invite_sent")).today == TODAY


def test_a_day_that_is_said_is_kept_to() -> None:
    parts = parts_of("event invite_sent after 2026-06-01")
    assert isinstance(decided(parts, World(TODAY, TODAY)), Unsatisfiable)
    ahead = World(TODAY, TODAY, without=frozenset({Assumption.PAST_TIMESTAMPS}))
    assert isinstance(decided(parts, ahead), EventsHappen)


def test_a_window_of_the_past_is_left_for_ever() -> None:
    text = "event invite_sent first before 2026-01-01 and event invite_sent first within last 30 days"
    assert isinstance(decided(parts_of(text), World(date(2026, 1, 30))), EventsHappen)
    assert isinstance(decided(parts_of(text), World(date(2026, 1, 31))), Unsatisfiable)


def test_occurrences_lie_at_noon_on_the_days_before_today() -> None:
    found = decided(parts_of("event invite_sent count = 3"), World(TODAY, zone="Europe/Dublin"))
    moments = [occurrence["created_at"] for occurrence in found.occurrences]
    days = [datetime.fromtimestamp(moment, ZoneInfo("Europe/Dublin")) for moment in moments]
    assert [(day.day, day.hour) for day in days] == [(11, 12), (12, 12), (13, 12)]


def test_whole_numbers_can_be_taken_for_any() -> None:
    parts = parts_of("event invite_sent sum of seats > 2 and event invite_sent sum of seats < 3")
    halves = World(TODAY, without=frozenset({Assumption.WHOLE_NUMBERS}))
    assert not isinstance(decided(parts, halves), Unsatisfiable)


# --- the tests above notice mistakes ------------------------------------------------------------------------


def wrong_ranges(comparison: str, count: int) -> list[tuple[int, int | None]]:
    return conditions_ranges(">=" if comparison == ">" else comparison, count)


def wrong_days(selections: Any, late: int | None) -> list[conditions.Days]:
    return cells_day_ranges(selections, None)


def wrong_following(days: conditions.Days, later: conditions.Days, most: int | None) -> bool:
    return can_follow(later, days, most)


def wrong_dominance(kinds: Any, ranges: Any) -> list[int]:
    return without_dominated(kinds, [replace(range_, high=None) for range_ in ranges])


def wrong_sums(totals: Any, *, whole_numbers: bool) -> Any:
    return group_totals(totals[:1], whole_numbers=whole_numbers)


conditions_ranges = conditions._count_ranges
cells_day_ranges, can_follow = cells.day_ranges, sequences.can_follow
without_dominated, group_totals = counting._without_dominated, attempts.group_totals

MISTAKES: list[tuple[Any, str, Callable[..., Any]]] = [
    (conditions, "_count_ranges", wrong_ranges),
    (conditions, "complementary", lambda comparison: {"<": ">", ">": "<"}.get(comparison, comparison)),
    (conditions, "_outside", lambda comparison: [comparison]),
    (conditions, "_implied_by", lambda *_: ()),
    (cells, "day_ranges", wrong_days),
    (cells, "covers", lambda days, part: True),
    (cells, "_includes", lambda pattern, rule: True),
    (cells, "_length", lambda days: None),
    (counting, "_without_dominated", wrong_dominance),
    (sequences, "can_follow", wrong_following),
    (attempts, "implies", lambda test, other: False),
    (attempts, "group_totals", wrong_sums),
    (attempts, "no_totals", lambda *_, **__: False),
    (limits, "_is_part", lambda selection, other: True),
    (limits, "_part_exceeds", lambda part, whole, values: False),
    (deciding, "edges_of", lambda test: []),
]


@pytest.mark.parametrize(("module", "name", "mistake"), MISTAKES, ids=[name for _, name, _ in MISTAKES])
def test_a_mistake_in_a_part_is_noticed(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, mistake: Callable[..., Any]
) -> None:
    """Each changes what is decided of a conjunction above."""
    monkeypatch.setattr(module, name, mistake)
    assert any(not isinstance(outcome(text), EventsHappen) for text in POSSIBLE) or any(
        outcome(text) != Unsatisfiable(tuple(parts_of(text)[int(place) - 1] for place in clash))
        for text, clash in NEVER
    )


def outcome(text: str) -> Any:
    try:
        return decided(parts_of(text))
    except Exception as error:  # a mistake may as well end in one
        return error
