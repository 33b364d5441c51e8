"""Assertions and priorities of two revisions: what is told of them, and what is the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.breaking import compare_schemas
from intercom_iac.model import Schema
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes: {contact: {plan: {type: string}}}
segments:
  trial: {rule: plan = trial}
  KEY: {name: Paying, rule: plan = pro}
"""
APART = "assertions:\n  apart: {disjoint: [trial, paid], reason: x}\n"


def schema(more: str, loaded: Load, key: str = "paid") -> Schema:
    specs = loaded(SPECS.replace("KEY", key) + more)
    assert not specs.errors, specs.errors
    return specs.schema


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (APART, APART, []),
        (APART, APART.replace("reason: x", "reason: y"), []),
        (
            APART,
            APART.replace("trial, paid", "paid, plan == 'trial'").replace("plan ==", "plan ="),
            ["BACK728"],
        ),
        (APART, APART.replace("trial, paid", "paid, trial"), []),
        (APART, "", ["BACK727"]),
        ("", APART, ["BACK751"]),
        (APART, APART.replace("disjoint", "nonempty"), ["BACK728"]),
        (APART, APART.replace("reason: x", "allow_unknown: true"), ["BACK728"]),
        (
            "assertions:\n  one: {never: plan = a and plan = b}\n",
            "assertions:\n  one: {never: plan = b and plan = a}\n",
            [],
        ),
        (
            "assertions:\n  one: {implies: {if: paid, then: plan = pro}}\n",
            "assertions:\n  one: {implies: {if: plan = pro, then: paid}}\n",
            ["BACK728"],
        ),
        (
            "assertions:\n  one: {covers: {all: [trial, paid], of: role = user}}\n",
            "assertions:\n  one: {covers: {all: [trial], of: role = user}}\n",
            ["BACK728"],
        ),
        ("priorities: [trial, paid]\n", "priorities: [trial, paid]\n", []),
        ("priorities: [trial, paid]\n", "priorities: [paid, trial]\n", ["BACK729"]),
        ("priorities: [trial, paid]\n", "priorities: [trial]\n", ["BACK729"]),
        ("priorities: [trial, paid]\n", "", ["BACK729"]),
        # A place in an order says more, and takes nothing back.
        ("priorities: [paid]\n", "priorities: [trial, paid]\n", []),
        ("", "priorities: [trial, paid]\n", []),
    ],
)
def test_what_is_told(before: str, after: str, told: list[str], loaded: Load) -> None:
    changes = compare_schemas(schema(before, loaded), schema(after, loaded))
    assert [change.code for change in changes] == told


def test_the_old_claim_and_the_new_one_are_shown(loaded: Load) -> None:
    old = schema(APART, loaded)
    (change,) = compare_schemas(old, schema(APART.replace("disjoint", "equivalent"), loaded))
    assert (change.address, change.before, change.after) == (
        "assertion.apart",
        {"disjoint": ["trial", "paid"]},
        {"equivalent": ["trial", "paid"]},
    )


def test_another_key_of_a_segment_is_no_other_assertion(loaded: Load) -> None:
    more = f"{APART}priorities: [trial, paid]\n"
    changes = compare_schemas(
        schema(more, loaded), schema(more.replace("paid", "paying"), loaded, key="paying")
    )
    assert [change.code for change in changes] == ["BACK724"]


def test_tests_that_are_gone_are_told(loaded: Load) -> None:
    def tested(*tests: str) -> Schema:
        rule = f"trial: {{rule: plan = trial, tests: [{', '.join(tests)}]}}"
        specs = loaded(SPECS.replace("KEY", "paid").replace("trial: {rule: plan = trial}", rule))
        assert not specs.errors, specs.errors
        return specs.schema

    one, two = "{member: false}", "{contact: {plan: trial}, member: true}"
    assert compare_schemas(tested(one), tested(one, two)) == ()
    assert compare_schemas(tested(one), tested(two)) == ()
    (change,) = compare_schemas(tested(one, two), tested(one))
    assert (change.code, change.address) == ("BACK752", "segment.trial")
    assert change.message == "1 of its 2 tests are gone"
    (change,) = compare_schemas(tested(one), tested())
    assert change.message == "its test is gone"


def test_another_rule_of_a_segment_is_no_other_assertion(loaded: Load) -> None:
    """It is told of the segment, under its old key and under a new one."""
    more = "assertions:\n  apart: {never: segment trial and not segment KEY, reason: x}\n"
    old = schema(more.replace("KEY", "paid"), loaded)
    now = loaded(
        (SPECS + more).replace("KEY", "paying").replace("= pro", "= team").replace("= trial", "= new")
    )
    assert not now.errors
    assert "BACK728" not in [change.code for change in compare_schemas(old, now.schema)]
    other = schema(more.replace("not segment KEY", "segment paid"), loaded)
    assert "BACK728" in [change.code for change in compare_schemas(old, other)]
