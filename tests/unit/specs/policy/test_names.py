"""Styles of names, and names that nothing may have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded
from intercom_iac.specs.policy.names import spell

Judge = Callable[[str, str], Loaded]
Lines = Callable[[Loaded], list[str]]

SPECS = (
    "attributes:\n"
    "  contact:\n"
    "    planType: {type: string}\n"
    "    plan_type2: {type: string}\n"
    "    Old Name: {type: string, status: archived}\n"
    "  company:\n"
    "    Tier: {type: string}\n"
    "events:\n"
    "  Plan Changed: {metadata: {fooBar: {type: string}}}\n"
    "  plan-changed2: {}\n"
    "  Gone Away: {status: archived, metadata: {goneBar: {type: string}}}\n"
    "segments:\n"
    "  trialUsers: {name: Trial users, rule: email is unknown}\n"
    "  oldUsers: {name: Old users, rule: email is unknown, status: archived}\n"
)


@pytest.mark.parametrize(
    ("naming", "wanted"),
    [
        ("", []),
        ("naming: {}\n", []),
        ("naming: {attributes: snake_case}\n", ["4:5 LINT551 planType", "8:5 LINT551 Tier"]),
        ("naming: {attributes: PascalCase}\n", ["4:5 LINT551 planType", "5:5 LINT551 plan_type2"]),
        ("naming: {events: kebab-case}\n", ["10:3 LINT551 Plan Changed"]),
        ("naming: {metadata: snake_case}\n", ["10:29 LINT551 fooBar"]),
        ("naming: {metadata: camelCase}\n", []),
        ("naming: {segments: snake_case}\n", ["14:3 LINT551 trialUsers"]),
    ],
)
def test_styles_are_the_projects(judged: Judge, lines: Lines, naming: str, wanted: list[str]) -> None:
    found = judged(naming, SPECS)
    assert lines(found) == wanted
    assert found.errors == ()


def test_a_name_in_another_style_is_told_with_the_one_in_the_style(judged: Judge) -> None:
    found = judged("naming: {attributes: snake_case, metadata: snake_case}\n", SPECS)
    assert [(each.message, each.hint) for each in found.diagnostics] == [
        ("the attribute `planType` is not in the project's style, snake_case", "call it `plan_type`"),
        ("the attribute `Tier` is not in the project's style, snake_case", "call it `tier`"),
        (
            "the metadata key `fooBar` of `Plan Changed` is not in the project's style, snake_case",
            "call it `foo_bar`",
        ),
    ]


def test_a_name_that_no_style_can_spell_is_not_spelled(judged: Judge) -> None:
    [finding] = judged(
        "naming: {attributes: snake_case}\n", "attributes: {contact: {年齢: {type: string}}}\n"
    ).diagnostics
    assert (finding.code, finding.hint) == ("LINT551", "give it another name")


@pytest.mark.parametrize(
    ("style", "spelled"),
    [
        ("snake_case", "http_plan_type2"),
        ("kebab-case", "http-plan-type2"),
        ("camelCase", "httpPlanType2"),
        ("PascalCase", "HttpPlanType2"),
    ],
)
def test_names_are_spelled_in_each_style(style: str, spelled: str) -> None:
    for name in ("HTTPPlanType2", "http_plan_type2", "Http plan-type2"):
        assert spell(name, style) == spelled  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("forbidden", "wanted"),
    [
        ("{pattern: plan}", ["4:5 planType", "5:5 plan_type2", "11:3 plan-changed2"]),
        ("{pattern: ^plan_}", ["5:5 plan_type2"]),
        ("{pattern: '(?i)^PLAN', of: [events]}", ["10:3 Plan Changed", "11:3 plan-changed2"]),
        ("{pattern: Bar, of: [attributes, segments]}", []),
        ("{pattern: Bar, of: [metadata]}", ["10:29 fooBar"]),
        ("{pattern: Users, of: [segments]}", ["14:3 trialUsers"]),
        ("{pattern: Trial users}", ["14:22 Trial users"]),
        ("{pattern: '(?i)old|gone'}", []),
    ],
)
def test_forbidden_names(judged: Judge, lines: Lines, forbidden: str, wanted: list[str]) -> None:
    found = judged(f"policy: {{forbidden_names: [{forbidden}]}}\n", SPECS)
    assert [each.replace(" LINT562 ", " ") for each in lines(found)] == wanted


def test_a_forbidden_name_says_the_pattern_and_the_reason(judged: Judge) -> None:
    specs = "events: {tmp_import: {}}\n"
    [plain] = judged("policy: {forbidden_names: [{pattern: ^tmp_}]}\n", specs).diagnostics
    assert plain.message == "`tmp_import` has a name that the project forbids, by the pattern `^tmp_`"
    policy = "policy: {forbidden_names: [{pattern: ^tmp_, reason: it is for good}]}\n"
    [reasoned] = judged(policy, specs).diagnostics
    assert reasoned.message == f"{plain.message}: it is for good"
