"""Tests that are proposed, and what the tests of a rule notice of small mistakes in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import Predicate
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.model.world import World
from intercom_iac.rules.mutants import boundaries, mutant_text, mutations
from intercom_iac.specs import Loaded
from intercom_iac.specs.contracts import entry_of_test, judge_rule, propose_tests, run_segment_test
from intercom_iac.specs.contracts.proposing import most_changes

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan: {type: options, options: [free, trial, pro]}
    ends: {type: date}
    started: {type: date}
    score: {type: integer}
    rate: {type: float}
    admin: {type: boolean}
    note: {type: string}
  company:
    seats: {type: integer}
events:
  invited: {metadata: {seats: {type: integer}}}
  joined: {}
segments:
  tested:
    rule: RULE
    tests: TESTS
"""
WORLD = World(date(2026, 3, 14), zone="Europe/Dublin")
RULES = [
    "plan = trial and ends within next 3 days",
    "plan in (free, trial) or score >= 50",
    "not (admin and score < 10)",
    "company.seats > 5 and company.plan = pro",
    "company(seats > 5 and plan = pro)",
    "event invited where seats > 2 count >= 3 within last 30 days",
    "event joined first more than 7 days ago and tag vip",
    "event joined on at least 3 days",
    "ends between 1 and 7 days ago and started before 2026-02-01",
    "ends within 14 days after started",
    "ends on today",
    "score between 3 and 8 and rate > 0.5",
    "note contains cat and note not contains dog",
    "started exactly 2 days ago or started = tomorrow",
]


def rule_and_tests(rule: str, loaded: Load, tests: str = "[]") -> tuple[Predicate, tuple[SegmentTest, ...]]:
    specs = loaded(SPECS.replace("RULE", f"'{rule}'").replace("TESTS", tests))
    assert not specs.errors, specs.errors
    return specs.schema.segments["tested"].typed_rule, specs.schema.tests.get("tested", ())


def entries(rule: str, loaded: Load, tests: str = "[]") -> list[dict[str, Any]]:
    predicate, given = rule_and_tests(rule, loaded, tests)
    proposed = [entry_of_test(proposal.test) for proposal in propose_tests(predicate, given, WORLD).tests]
    return [{key: value for key, value in entry.items() if key != "name"} for entry in proposed]


@pytest.mark.parametrize("rule", RULES)
def test_what_is_proposed_passes_and_notices_every_mistake(rule: str, loaded: Load) -> None:
    predicate, _ = rule_and_tests(rule, loaded)
    before = judge_rule(predicate, (), WORLD)
    assert before.count("killed") == before.count("unknown") == 0
    assert before.count("survived") > 0
    for survivor in before.survivors:
        assert survivor.test is not None
        mutant = survivor.judged.mutant
        runs = [
            run_segment_test(survivor.test, changed, today=WORLD.first, zone=ZoneInfo(WORLD.zone)).passed
            for changed in (predicate, mutant.rule)
        ]
        assert runs == [True, False], mutant_text(mutant.variation)
    proposed = propose_tests(predicate, (), WORLD)
    assert not proposed.untold
    assert proposed.left_out == 0
    tests = [proposal.test for proposal in proposed.tests]
    after = judge_rule(predicate, tests, WORLD)
    assert (after.count("survived"), after.count("killed")) == (0, before.count("survived"))
    assert {test.member for test in tests} == {True, False}
    # As few as that: without any of them something is proposed again.
    assert propose_tests(predicate, tests, WORLD).tests == ()
    assert propose_tests(predicate, tests[1:], WORLD).tests


def test_both_sides_of_each_edge(loaded: Load) -> None:
    assert entries("plan = trial and ends within next 3 days", loaded) == [
        {"contact": {"plan": "free", "ends": "today + 2 days"}, "member": False},
        {"contact": {"plan": "pro", "ends": "today + 2 days"}, "member": False},
        {"contact": {"ends": "today + 2 days"}, "member": False},
        {"contact": {"plan": "trial", "ends": "today + 4 days"}, "member": False},
        {"contact": {"plan": "trial", "ends": "today + 3 days"}, "member": True},
        {"contact": {"plan": "trial", "ends": "today - 1 day"}, "member": False},
        {"contact": {"plan": "trial", "ends": "today"}, "member": True},
        {"contact": {"plan": "trial"}, "member": False},
    ]


def test_what_the_tests_show_is_left_out(loaded: Load) -> None:
    some = "[{contact: {score: 6}, member: true}, {contact: {score: 5}, member: false}]"
    assert entries("score > 5", loaded, some) == [{"member": False}]
    assert entries("score > 5", loaded, f"{some[:-1]}, {{member: false}}]") == []
    # A test that fails shows nothing.
    assert len(entries("score > 5", loaded, "[{contact: {score: 6}, member: false}]")) == 3


@pytest.mark.parametrize(
    ("rule", "person"),
    [
        (
            "company.seats > 5 and company.plan = pro",
            {"companies": [{"seats": 6, "plan": "basic"}, {"seats": 5, "plan": "pro"}], "member": True},
        ),
        ("score > 5", {"contact": {"score": 6}, "member": True}),
    ],
)
def test_people_at_an_edge(rule: str, person: dict[str, Any], loaded: Load) -> None:
    assert person in entries(rule, loaded)


def test_one_occurrence_fewer(loaded: Load) -> None:
    counts = {
        sum(occurrence.get("count", 1) for occurrence in entry.get("events", ())): entry["member"]
        for entry in entries("event joined count >= 3", loaded)
    }
    assert counts == {2: False, 3: True}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (
            "plan = trial and ends within next 3 days",
            {
                "`plan = trial and ends within next 3 days` as `plan = trial or ends within next 3 days`",
                "`plan = trial` left out",
                "`ends within next 3 days` left out",
                "`plan = trial` as `plan = free`",
                "`plan = trial` as `plan != trial`",
                "`ends within next 3 days` as `ends within next 2 days`",
                "`ends within next 3 days` as `ends within next 4 days`",
                "`ends within next 3 days` as `ends within last 3 days`",
                "`ends within next 3 days` as `not ends within next 3 days`",
            },
        ),
        (
            "score > 5",
            {
                "`score > 5` as `score >= 5`",
                "`score > 5` as `score > 6`",
                "`score > 5` as `score < 5`",
                "`score > 5` as `not score > 5`",
            },
        ),
        (
            "not admin",
            {"`not admin` as `admin`"},
        ),
        (
            "event joined count >= 2 within last 7 days",
            {
                "`event joined count >= 2 within last 7 days` as `event joined count > 2 within last 7 days`",
                "`event joined count >= 2 within last 7 days` as `event joined within last 7 days`",
                "`event joined count >= 2 within last 7 days` as `event joined count <= 2 within last 7 days`",
                "`event joined count >= 2 within last 7 days` as `event joined count >= 2 within last 6 days`",
                "`event joined count >= 2 within last 7 days` as `event joined count >= 2 within last 8 days`",
                "`event joined count >= 2 within last 7 days` as `event joined count >= 2 within next 7 days`",
                "`event joined count >= 2 within last 7 days` as `event joined count >= 2`",
                "`event joined count >= 2 within last 7 days` as "
                "`not event joined count >= 2 within last 7 days`",
            },
        ),
    ],
)
def test_mistakes(rule: str, changes: set[str], loaded: Load) -> None:
    predicate, _ = rule_and_tests(rule, loaded)
    assert {mutant_text(mutant.variation) for mutant in mutations(predicate)} == changes


def test_what_changes_nothing_is_not_counted(loaded: Load) -> None:
    predicate, _ = rule_and_tests("event joined count = 0 and score > 5", loaded)
    judged = judge_rule(predicate, (), WORLD)
    equivalent = [mutant.mutant for mutant in judged.judged if mutant.outcome == "equivalent"]
    assert [mutant_text(mutant.variation) for mutant in equivalent] == [
        "`event joined count = 0` as `event joined count <= 0`"
    ]
    assert judged.counted == len(judged.judged) - 1


def test_what_takes_too_long_is_cut_short(loaded: Load) -> None:
    predicate, _ = rule_and_tests("score > 5 and plan = trial", loaded)
    judged = judge_rule(predicate, (), WORLD, may_go_on=lambda: False)
    assert (judged.judged, judged.left_out) == ((), len(mutations(predicate)))
    proposed = propose_tests(predicate, (), WORLD, may_go_on=lambda: False)
    assert (proposed.tests, proposed.left_out > len(boundaries(predicate))) == ((), True)


def test_fewer_changes_of_a_large_rule_are_tried(loaded: Load) -> None:
    large, _ = rule_and_tests(" or ".join(f"score = {number}" for number in range(0, 120, 2)), loaded)
    judged = judge_rule(large, (), WORLD)
    assert len(judged.judged) == most_changes(large) < len(mutations(large))
    assert judged.left_out == len(mutations(large)) - len(judged.judged)
    places = [mutant.mutant.clause.span.start for mutant in judged.judged if mutant.mutant.clause.span]
    assert max(places) - min(places) > len(" or ".join(f"score = {number}" for number in range(0, 100, 2)))
