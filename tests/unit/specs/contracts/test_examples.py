"""The assertions of this repository's specs are proved, and a mistake that somebody may make is found by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model.world import World
from intercom_iac.project import OverlayTree, find_project, read_project
from intercom_iac.specs import load_specs
from intercom_iac.specs.contracts import check_contracts

ROOT = Path(__file__).parents[4]
LIFECYCLE = ROOT / "examples" / "lifecycle"
WORLD = World(date(2026, 11, 29))


@pytest.mark.parametrize(("folder", "assertions", "tests"), [(ROOT, 3, 8), (LIFECYCLE, 26, 30)])
def test_every_assertion_is_proved_and_every_test_passes(folder: Path, assertions: int, tests: int) -> None:
    schema = load_specs(find_project(folder)).or_raise()
    assert len(schema.assertions) >= assertions
    assert sum(map(len, schema.tests.values())) >= tests
    assert schema.priorities is not None
    assert check_contracts(schema, WORLD) == []


def found(edits: Mapping[str, tuple[str, str]]) -> list[Diagnostic]:
    """What is wrong with the lifecycle example where these texts of its files are others."""
    project = find_project(LIFECYCLE)
    texts: dict[str, bytes] = {}
    for file, (before, after) in edits.items():
        text = (LIFECYCLE / "specs" / file).read_text("utf-8")
        assert text.count(before) == 1
        texts[f"specs/{file}"] = text.replace(before, after).encode()
    edited, _ = read_project(LIFECYCLE, OverlayTree(project.tree, texts), project.source.path, {})
    assert edited is not None
    schema = load_specs(edited).or_raise()
    return [diagnostic for diagnostic in check_contracts(schema, WORLD) if diagnostic.code == "PROOF1030"]


MISTAKES = [
    # The wrong comparison of one answer: two series reach the same person.
    (
        {"lifecycle.yaml": ("nps_response between 7 and 8", "nps_response between 6 and 8")},
        "one_answer_to_nps",
        "`passives` and `detractors` both select ada@example.com with nps_response = 6 and nps_answered_on 2026-11-",
        "nps_response between 6 and 8",
    ),
    # A gap between two rules, which nobody falls into any more.
    (
        {"lifecycle.yaml": ("nps_response between 7 and 8", "nps_response = 7")},
        "every_score_has_an_answer",
        "`nps_response has any value`, and none of `nps_response >= 9`, `passives`, `nps_response <= 6`, selects "
        "ada@example.com with nps_response = 8",
        "nps_response = 7",
    ),
    # `or` where `and` is meant.
    (
        {"expansion.yaml": ("is_admin and company.seats_used", "is_admin or company.seats_used")},
        "admins_are_asked_for_money",
        "`segment past_due_admins or segment out_of_seats`, and not `is_admin`, selects ada@example.com",
        "company.seats_used >= company.seats_bought",
    ),
    # `is not a or is not b`, which holds of everybody.
    (
        {"expansion.yaml": ("feature_usage_count > 50 and plan_type = free",
                            "feature_usage_count > 50 and (plan_type != pro or plan_type != enterprise)")},
        "paid_plans_are_not_sold_twice",
        "selects ada@example.com with feature_usage_count = ",
        "plan_type != enterprise",
    ),
    # The wrong direction of days: it never matches.
    (
        {"lifecycle.yaml": ("nps_response between 9 and 10", "nps_response between 10 and 9")},
        "somebody_gets_each_mail",
        "`promoters` selects nobody",
        "nps_response between 10 and 9",
    ),
    # Another window of an event.
    (
        {"billing.yaml": ("count >= 3 within last 90 days", "count >= 3 within last 120 days")},
        "often_is_recent",
        "`payment_fails_often`, and not `event payment_failed within last 90 days`, selects ada@example.com",
        "event payment_failed count >= 3 within last 120 days",
    ),
    # Two dates in the wrong order.
    (
        {"onboarding.yaml": ("activation_date more than 30 days after signup_date",
                             "activation_date more than 1 day after signup_date")},
        "activated_once",
        "`onboarding_done_early` and `activated_slowly` both select ada@example.com",
        "activation_date more than 1 day after signup_date",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "assertion", "message", "clause"), MISTAKES, ids=lambda value: str(value)[:30]
)
def test_a_seeded_mistake_is_found_with_its_clause_and_a_person(
    edits: Mapping[str, tuple[str, str]], assertion: str, message: str, clause: str
) -> None:
    diagnostics = [diagnostic for diagnostic in found(edits) if f"`{assertion}`" in diagnostic.message]
    assert len(diagnostics) == 1
    (diagnostic,) = diagnostics
    assert message in diagnostic.message
    assert clause in [note.span.text for note in diagnostic.related]
