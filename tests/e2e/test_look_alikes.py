"""Texts that look the same and are not: spelled out wherever the two stand beside each other."""

from __future__ import annotations

import pytest

# As Intercom has it, and as the specs say it: an accent as a character of its own, a space that does not break.
OLD, NEW = "cafe\\u0301", "caf\\u00e9"
OLD_SPACE, NEW_SPACE = "pro\\u00a0plan", "pro plan"


def spec(accents: str, space: str) -> str:
    return (
        "attributes:\n  contact:\n"
        f'    tier: {{type: options, options: [free, "{space}"], description: "{accents}"}}\n'
        f'segments:\n  s: {{name: S, rule: "tier = free", description: "{accents}"}}\n'
    )


@pytest.fixture
def project(scratch):
    scratch.spec(spec(OLD, OLD_SPACE))
    assert scratch.run("apply --auto-approve").code == 0
    return scratch.spec(spec(NEW, NEW_SPACE))


@pytest.mark.parametrize("command", ["plan", "plan --full", "plan --format markdown", "plan --format html"])
def test_a_plan_shows_what_differs(project, command: str) -> None:
    shown = project.run(command).out
    assert "cafe\\u0301" in shown or command == "plan"
    assert "caf\\u00e9" in shown
    assert "pro\\u00a0plan" in shown


@pytest.mark.parametrize(
    "command", ["breaking --against ./old", "breaking --against ./old --format markdown"]
)
def test_the_report_of_changes_shows_what_differs(project, command: str) -> None:
    old = f"version: 1\n{spec(OLD, OLD_SPACE)}"
    project.write({"old/intercom-iac.yaml": "version: 1\n", "old/specs/a.yaml": old})
    shown = project.run(command).out.replace("\\\\", "\\")
    assert '"cafe\\u0301"' in shown
    assert '"caf\\u00e9"' in shown
    assert 'the option `"pro\\u00a0plan"` is removed' in shown


def test_a_rule_that_names_the_other_one_is_told_so(project) -> None:
    told = project.run("rule compile --to tree", "tier = 'pro\u00a0plan'").err
    assert 'did you mean `pro plan`? the two look the same: "pro\\u00a0plan" and "pro plan"' in told
