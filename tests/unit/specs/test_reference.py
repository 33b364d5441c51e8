"""The projects of this repository load without a word, and hold what the guide asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.model import STANDARD, walk
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    Between,
    ComparesFields,
    EventSequence,
    Matches,
    OccurrenceDay,
    OnDay,
)
from intercom_iac.project import find_project
from intercom_iac.specs import format_file, load_every_workspace, load_specs

ROOT = Path(__file__).parents[3]


def test_the_reference_specs_hold_what_the_guide_asks_for() -> None:
    found = load_specs(find_project(ROOT))
    assert found.diagnostics == ()
    schema = found.schema
    guide = (
        "plan_type signup_date last_active_date onboarding_complete feature_usage_count trial_end_date source"
    )
    custom = "activation_score nps_response primary_use_case referral_count"
    assert {name for _, name in schema.attributes} == {*guide.split(), *custom.split(), "job_role"}
    # The others of the ten are Intercom's own.
    assert {("company", "name"), ("company", "size"), ("contact", "role")} <= set(STANDARD)
    assert set(schema.events) == {
        "feature_first_used",
        "upgrade_initiated",
        "support_ticket_created",
        "invite_sent",
    }
    assert {each.key: (each.name, each.publish) for each in schema.segments.values()} == {
        "trial_ending_soon": ("Trial users ending in 3 days", ("tag",)),
        "power_users_not_paid": ("Power users not on paid plan", ("audience", "tag")),
        "at_risk_enterprise": ("At-risk enterprise", ()),
    }
    entries = [*schema.attributes.values(), *schema.events.values(), *schema.segments.values()]
    assert all(each.description and each.owner for each in entries)
    assert all(key.description for event in schema.events.values() for key in event.metadata)


def test_the_reference_project_names_a_sandbox_and_a_protected_workspace() -> None:
    settings = find_project(ROOT).settings
    assert settings.default_workspace == "sandbox"
    assert settings.workspaces["sandbox"].sandbox
    production = settings.workspaces["production"]
    assert (production.region, production.protected, production.token_env) == ("us", True, "INTERCOM_TOKEN")


def test_the_three_rules_of_the_guide_compile_as_it_writes_them() -> None:
    found = load_specs(find_project(ROOT / "examples" / "guide-rules"))
    assert found.errors == ()
    assert [each.rule for each in found.schema.segments.values()] == [
        "plan=trial AND trial_end_date within 3 days",
        "feature_usage > 50 AND plan=free",
        "company.plan=enterprise AND last_active > 14 days ago",
    ]


def test_the_other_example_loads_without_a_word() -> None:
    found = load_specs(find_project(ROOT / "examples" / "events-and-companies"))
    assert found.diagnostics == ()
    assert len(found.schema.segments) == 3


def test_the_lifecycle_example_has_sixty_segments_and_nothing_to_say() -> None:
    found = load_specs(find_project(ROOT / "examples" / "lifecycle"))
    assert found.diagnostics == ()
    assert len(found.schema.segments) >= 60
    asked = {
        type(node)
        for segment in found.schema.segments.values()
        if segment.predicate
        for node in walk(segment.predicate)
    }
    assert {
        Aggregate,
        ActiveDays,
        Between,
        ComparesFields,
        EventSequence,
        Matches,
        OccurrenceDay,
        OnDay,
    } <= asked


def test_the_example_with_two_workspaces_says_of_each_what_is_there() -> None:
    found = load_every_workspace(find_project(ROOT / "examples" / "staging-and-production"))
    staging, production = found["staging"], found["production"]
    assert staging.diagnostics == production.diagnostics == ()
    assert set(staging.schema.segments) - set(production.schema.segments) == {"leaving_soon"}
    large = {name: each.schema.segments["large_accounts"] for name, each in found.items()}
    assert {name: (each.name, each.rule) for name, each in large.items()} == {
        "staging": ("Accounts with 5 seats or more", "company.seats >= 5 and answered_by = 'support'"),
        "production": (
            "Accounts with 100 seats or more",
            "company.seats >= 100 and answered_by = 'support-emea'",
        ),
    }
    source = {
        name: each.schema.attributes["contact", "signup_source"].options for name, each in found.items()
    }
    assert source == {"staging": ("ads", "friend", "test"), "production": ("ads", "friend")}


@pytest.mark.parametrize(
    "folder",
    [
        "specs",
        "examples/events-and-companies/specs",
        "examples/lifecycle/specs",
        "examples/staging-and-production/specs",
    ],
)
def test_they_stand_in_canonical_form(folder: str) -> None:
    files = sorted((ROOT / folder).glob("*.yaml"))
    assert files
    for file in files:
        assert format_file(file.read_text(), file.name) == file.read_text()
