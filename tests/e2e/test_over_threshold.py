"""A plan that archives more than the project allows: who reviews it knows before the merge that apply refuses it."""

from __future__ import annotations

import pytest

BEFORE = "attributes: {contact: {one: {type: string}, two: {type: string}}}\n"
AFTER = BEFORE.replace("string", "string, status: archived")
WORKSPACES = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
ALLOWED = "safety: {max_archive_percent: 100}\n"
MESSAGE = "the plan archives 2 of 2 attributes (100%), and the project allows 30%"


@pytest.fixture
def project(scratch):
    scratch.spec(BEFORE).apply()
    return scratch.spec(AFTER)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("", "It archives more than the project allows: apply refuses it (PLAN607)."),
        ("--format markdown", "> It archives more than the project allows: apply refuses it (**PLAN607**)."),
        ("--format html", "It archives more than the project allows: apply refuses it ("),
        ("--all", "In `sandbox` it archives more than the project allows: apply refuses it (PLAN607)."),
    ],
)
def test_every_format_says_it_and_none_that_a_flag_would_do(project, options: str, told: str) -> None:
    shown = project.run(f"plan {options}")
    assert shown.code == 0
    assert told in shown.out
    assert "the plan archives 2 of 2 attributes" in shown.out
    assert "and the project allows 30%" in shown.out
    assert "apply refuses it whatever the flags, until" in shown.out
    assert "--allow-destructive" not in shown.out


def test_machines_read_it_among_the_diagnostics(project) -> None:
    (found,) = project.plan()["diagnostics"]
    assert (found["code"], found["severity"], found["message"]) == ("PLAN607", "warning", MESSAGE)


def test_it_is_saved_and_refused_once_until_the_project_allows_it(project) -> None:
    assert project.run("plan --out plan.json").code == 0
    assert "apply refuses it (PLAN607)" in project.run("show plan.json").out
    refused = project.run("apply plan.json --allow-destructive")
    assert refused.code == 6
    assert (refused.out + refused.err).count("PLAN607") == 1
    project.write({"intercom-iac.yaml": WORKSPACES + ALLOWED})
    assert project.run("apply plan.json --allow-destructive").code == 0


def test_a_single_archive_and_an_allowed_one_need_the_flag_only(project) -> None:
    project.write({"intercom-iac.yaml": WORKSPACES + ALLOWED})
    for specs in (AFTER, AFTER.replace(", status: archived", "", 1)):
        shown = project.spec(specs).run("plan")
        assert "It archives or deletes, which apply does only with --allow-destructive." in shown.out
        assert "PLAN607" not in shown.out
