"""Tests of segments, run: what fails, and which clauses decided it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from intercom_iac.model.world import World
from intercom_iac.specs import Loaded
from intercom_iac.specs.contracts import check_contracts

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    trial_end_date: {type: date}
    is_admin: {type: boolean}
  company:
    seats: {type: integer}
events:
  invite_sent: {}
segments:
  trial:
    rule: plan_type = trial
  tested:
    rule: RULE
    tests:
      - TEST
"""
WORLD = World(date(2026, 3, 14), zone="Europe/Dublin")
BOTH = "plan_type = trial and trial_end_date within next 3 days"


def failures(rule: str, test: str, loaded: Load) -> list[tuple[str, list[str]]]:
    specs = loaded(SPECS.replace("RULE", rule).replace("TEST", test))
    assert not specs.errors, specs.errors
    found = check_contracts(specs.schema, WORLD)
    assert {(failure.code, failure.subject) for failure in found} <= {("PROOF1050", "segment.tested")}
    return [
        (failure.message, [f"{note.span.text}: {note.label}" for note in failure.related])
        for failure in found
    ]


@pytest.mark.parametrize(
    ("rule", "test"),
    [
        (BOTH, "{contact: {plan_type: trial, trial_end_date: today + 3 days}, member: true}"),
        (BOTH, "{contact: {plan_type: trial, trial_end_date: today + 4 days}, member: false}"),
        (BOTH, "{contact: {plan_type: trial, trial_end_date: 2026-05-03}, today: 2026-05-01, member: true}"),
        ("event invite_sent count >= 2", "{events: [{event: invite_sent, count: 2}], member: true}"),
        ("tag vip", "{tags: [vip], member: true}"),
        ("company(tag vip)", "{companies: [{tags: [vip]}], member: true}"),
    ],
)
def test_a_test_that_holds_says_nothing(rule: str, test: str, loaded: Load) -> None:
    assert failures(rule, test, loaded) == []


@pytest.mark.parametrize(
    ("rule", "test", "since", "notes"),
    [
        (
            BOTH,
            "{contact: {plan_type: trial, trial_end_date: today + 5 days}, member: true}",
            "the person is no member, since `trial_end_date within next 3 days` is false",
            ["trial_end_date within next 3 days: false here: `trial_end_date` is 2026-03-19"],
        ),
        (
            BOTH,
            "{contact: {plan_type: trial, trial_end_date: today + 2 days}, member: false}",
            "the person is a member, since `plan_type = trial` is true and `trial_end_date within next 3 days` is "
            "true",
            [
                "plan_type = trial: true here: `plan_type` is trial",
                "trial_end_date within next 3 days: true here: `trial_end_date` is 2026-03-16",
            ],
        ),
        (
            "not (plan_type = pro or is_admin)",
            "{contact: {is_admin: true}, member: true}",
            "the person is no member, since `is_admin` is true",
            ["is_admin: true here: `is_admin` is true"],
        ),
        (
            "plan_type != pro",
            "{member: false}",
            "the person is a member, since `plan_type != pro` is true",
            ["plan_type != pro: true here: `plan_type` has no value"],
        ),
        (
            "segment trial and is_admin",
            "{contact: {is_admin: true}, member: true}",
            "the person is no member, since `plan_type = trial` is false",
            ["plan_type = trial: false here: `plan_type` has no value"],
        ),
        (
            "company.seats > 5",
            "{companies: [{seats: 5}], member: true}",
            "the person is no member, since `company.seats > 5` is false",
            ["company.seats > 5: false here: the person has one company"],
        ),
        (
            "event invite_sent or tag vip",
            "{member: true}",
            "the person is no member, since `event invite_sent` is false and `tag vip` is false",
            ["event invite_sent: false here", "tag vip: false here"],
        ),
    ],
)  # fmt: skip
def test_a_test_that_fails_names_the_clauses_that_decided(
    rule: str, test: str, since: str, notes: list[str], loaded: Load
) -> None:
    assert failures(rule, test, loaded) == [(f"test 1 of `tested` fails: on 2026-03-14 {since}", notes)]


def test_a_test_with_a_name_is_called_by_it(loaded: Load) -> None:
    ((message, _),) = failures("is_admin", "{name: only admins, member: true}", loaded)
    assert message.startswith("the test `only admins` of `tested` fails")


def test_a_rule_that_only_intercom_knows_cannot_be_tested(loaded: Load) -> None:
    text = SPECS.replace("rule: plan_type = trial", "built_in_intercom: true").replace(
        "RULE", "segment trial"
    )
    (error,) = check_contracts(loaded(text.replace("TEST", "{member: true}")).schema, WORLD)
    assert error.code == "PROOF1051"
    assert error.is_error


@pytest.mark.parametrize(
    ("rule", "test", "moves"),
    [
        ("trial_end_date within next 3 days", "{contact: {trial_end_date: 2026-03-15}, member: true}", True),
        ("trial_end_date within next 3 days", "{contact: {trial_end_date: tomorrow}, member: true}", False),
        (
            "trial_end_date within next 3 days",
            "{contact: {trial_end_date: 2026-03-15}, today: 2026-03-14, member: true}",
            False,
        ),
        ("trial_end_date before 2026-04-01", "{contact: {trial_end_date: today}, member: true}", True),
        ("trial_end_date before 2026-04-01", "{contact: {trial_end_date: 2026-03-01}, member: true}", False),
        (
            "trial_end_date between 2026-03-01 and today",
            "{contact: {trial_end_date: 2026-03-05}, member: true}",
            True,
        ),
        (
            "event invite_sent within last 3 days",
            "{events: [{event: invite_sent, on: 2026-03-14}], member: true}",
            True,
        ),
        ("event invite_sent", "{events: [{event: invite_sent, on: 2026-03-14}], member: true}", False),
        (
            "trial_end_date on signed_up_at",
            "{contact: {trial_end_date: today, signed_up_at: today}, member: true}",
            False,
        ),
    ],
)  # fmt: skip
def test_a_test_that_may_say_something_else_tomorrow_is_warned_about(
    rule: str, test: str, moves: bool, loaded: Load
) -> None:
    specs = loaded(SPECS.replace("RULE", rule).replace("TEST", test))
    assert not specs.errors, specs.errors
    found = check_contracts(specs.schema, WORLD)
    assert [(warning.code, warning.severity) for warning in found] == (
        [("PROOF1052", "warning")] if moves else []
    )


def test_a_test_has_its_number_where_an_earlier_one_has_a_mistake(loaded: Load) -> None:
    wrong = "{contact: {plan_type: gold}, member: true}"
    failing = "{contact: {plan_type: pro}, member: true}"
    specs = loaded(SPECS.replace("RULE", "plan_type = trial").replace("TEST", f"{wrong}\n      - {failing}"))
    assert [error.code for error in specs.errors] == ["SPEC196"]
    (failure,) = check_contracts(specs.schema, WORLD)
    assert failure.message.startswith("test 2 of `tested` fails")
