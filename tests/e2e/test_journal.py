"""What a person sees of the journal: after a kill, beside another apply, and where it cannot be written."""

from __future__ import annotations

import json
import os

import pytest

from intercom_iac.journal import journal_path, workspace_lock

SPEC = "attributes: {contact: {a: {type: string}, b: {type: string}, c: {type: string}}}\n"
RECORDS = [
    {"journal": 1, "workspace": "sandbox", "pid": 4711, "at": 1_800_000_000, "changes": 3},
    {"change": 0, "address": "attribute.contact.a", "object": "data_attribute", "action": "create"},
    {"change": 0, "ended": "done"},
    {"change": 1, "address": "attribute.contact.b", "object": "data_attribute", "action": "create"},
]


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


@pytest.fixture
def journal(project):
    app_id = project.plan()["workspace"]["app_id"]
    path = journal_path(project.root, app_id)
    path.parent.mkdir(parents=True)
    return path


def left(journal) -> None:
    journal.write_text("".join(json.dumps(each) + "\n" for each in RECORDS))


TOLD = (
    "warning: the last apply to `sandbox` was cut off (process 4711, 2027-01-15 08:00 UTC): "
    "1 done, 1 not known, 1 not tried\n"
    "  not known whether done: attribute.contact.b\n"
)


@pytest.mark.parametrize("command", ["plan", "plan --format json", "apply --auto-approve"])
def test_what_a_killed_apply_had_come_to_is_told(project, journal, command: str) -> None:
    left(journal)
    result = project.run(command)
    assert result.code == 0
    assert TOLD in result.err
    assert "was cut off" not in result.out


def test_it_is_told_until_an_apply_ends(project, journal) -> None:
    left(journal)
    for _ in range(2):
        assert TOLD in project.run("plan").err
    project.apply()
    assert "was cut off" not in project.run("plan").err
    left(journal)
    assert TOLD in project.apply().err  # nothing to do, and it is told
    assert not journal.exists()


def test_an_apply_beside_another_refuses_and_a_plan_says_so(project, journal) -> None:
    left(journal)
    with workspace_lock(journal, "sandbox"):
        result = project.run("apply --auto-approve")
        assert result.code == 1
        assert f"is under way: process {os.getpid()}" in result.err
        planned = project.run("plan")
        assert f"an apply is under way (process {os.getpid()})" in planned.err
        assert "was cut off" not in planned.err
    assert project.plan()["summary"]["create"] == 3


def test_mistakes_in_specs_are_told_first(project, journal) -> None:
    project.spec("attributes: {contact: {a: {type: strin}}}\n")
    with workspace_lock(journal, "sandbox"):
        assert project.run("apply --auto-approve").code == 3


def test_a_place_that_takes_no_journal_refuses_before_any_call(project, journal) -> None:
    journal.parent.rmdir()
    journal.parent.write_text("a file")
    result = project.run("apply --auto-approve")
    assert result.code == 1
    assert "cannot be taken" in result.err
    assert "Traceback" not in result.err
    assert project.plan()["summary"]["create"] == 3


def test_a_link_in_place_of_the_journal_refuses_before_any_call(project, journal) -> None:
    journal.symlink_to(project.root / "elsewhere")
    result = project.run("apply --auto-approve")
    assert result.code == 1
    assert "cannot be written" in result.err
    assert project.plan()["summary"]["create"] == 3


def test_the_saved_plan_that_is_refused_leaves_no_journal(project, journal) -> None:
    assert project.run("plan --out plan.json").code == 0
    project.apply()
    assert project.run("apply plan.json").code == 6
    assert not journal.exists()


@pytest.mark.parametrize("number", ["0", "65", "many"])
def test_parallelism_is_a_whole_number(project, number: str) -> None:
    result = project.run(f"apply --auto-approve --parallelism {number}")
    assert result.code == 3
    assert f"`{number}` is no whole number from 1 to 64" in result.err


def test_the_default_of_parallelism_is_the_clients() -> None:
    from intercom_iac.cli.commands.apply import apply_command
    from intercom_iac.workspace import PARALLELISM

    assert next(each.default for each in apply_command.params if each.name == "parallelism") == PARALLELISM
