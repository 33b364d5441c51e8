"""`plan`, `plan_all` and plan files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intercom_iac.application import Notice, Session, plan, plan_all, read_plan, read_plan_to_apply, save_plan
from intercom_iac.application.notices import ApplyCutOff, UnreadableJournal, WriteUnderWay
from intercom_iac.diagnostics import IntercomIacError, InvalidSpecs, Misuse, Unauthorized, UnsafePlan
from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.planning import Plan
from intercom_iac.project import BaseReference

TWO = "version: 1\nworkspaces:\n  one: {sandbox: one.db}\n  two: {sandbox: two.db}\n"
LIVE = "version: 1\nworkspaces:\n  one: {sandbox: one.db}\n  live: {base_url: 'http://127.0.0.1:9', app_id: abc}\n"
LEFT = (
    '{"journal": 1, "workspace": "own", "app_id": "x", "plan": "sha256:x", "pid": 7, "at": 1, "changes": 2}\n'
)


def journal(session: Session) -> Path:
    path = journal_path(session.project.root, plan(session).workspace.app_id)
    path.parent.mkdir(parents=True)
    return path


def test_a_plan_is_a_value(session: Session) -> None:
    made = plan(session)
    assert made.workspace.name == "own"
    assert {change.address for change in made.changes} >= {"attribute.contact.tier", "event.signed_up"}
    assert not made.errors


def test_targets_choose_changes(session: Session) -> None:
    made = plan(session, targets=["attribute.contact.tier"])
    assert [change.address for change in made.changes] == ["attribute.contact.tier"]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("attribute.contact.tir", "did you mean `attribute.contact.tier`?"),
        ("attribute.contac", "did you mean `attribute.contact`?"),
        ("segment", "leave the target out"),
    ],
)
def test_a_target_that_names_nothing_is_misuse(write, target: str, hint: str) -> None:
    session = write("attributes: {contact: {tier: {type: string}}}\n")
    for use_case in (plan, plan_all):
        with pytest.raises(Misuse) as raised:
            use_case(session, targets=[target])
        assert hint in (raised.value.hint or "")


def test_wrong_specs_are_not_planned(write) -> None:
    session = write("attributes: []\n")
    for use_case in (plan, plan_all):
        with pytest.raises(InvalidSpecs):
            use_case(session)


def test_a_plan_against_a_folder_carries_what_changed(write, tmp_path: Path) -> None:
    write("attributes: {contact: {gone: {type: string}}}\n", folder="before")
    against = BaseReference(str(tmp_path / "before"), is_folder=True)
    session = write()
    for made in (plan(session, against=against), plan_all(session, against=against).plans["own"]):
        assert "BACK701" in {remark.code for remark in made.remarks}


def test_an_apply_under_way_is_told(session: Session, notices: list[Notice]) -> None:
    path = journal(session)
    with workspace_lock(path, "x"):
        plan(session, notify=notices.append)
    assert [type(notice) for notice in notices] == [WriteUnderWay]


def test_what_an_apply_left_is_told(session: Session, notices: list[Notice]) -> None:
    journal(session).write_text(LEFT)
    plan(session, notify=notices.append)
    plan_all(session, notify=notices.append)
    assert [type(notice) for notice in notices] == [ApplyCutOff, ApplyCutOff]


def test_a_journal_that_cannot_be_read_stops_nothing(session: Session, notices: list[Notice]) -> None:
    journal(session).mkdir()
    assert plan(session, notify=notices.append).changes
    assert [type(notice) for notice in notices] == [UnreadableJournal]


def test_every_workspace_is_planned_in_the_order_of_the_project(write) -> None:
    plans = plan_all(write(project=TWO))
    assert list(plans.plans) == ["one", "two"]
    assert not plans.failures


def test_one_that_cannot_be_planned_is_in_the_result(write) -> None:
    plans = plan_all(write(project=LIVE))
    assert {*plans.plans} == {"one"}
    assert isinstance(plans.failures["live"], Unauthorized)


def test_one_descriptor_is_not_for_several_workspaces(write, monkeypatch: pytest.MonkeyPatch) -> None:
    project = LIVE + "  other: {base_url: 'http://127.0.0.1:9', app_id: abc}\n"
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", "9")
    with pytest.raises(Misuse, match="holds one token"):
        plan_all(write(project=project))


def test_without_a_token_nothing_is_planned(write) -> None:
    with pytest.raises(Unauthorized):
        plan(write(project=LIVE, workspace="live"))


def test_a_saved_plan_is_read_as_it_was(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    made = plan(session)
    save_plan(made, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_plan(path).changes == made.changes
    assert read_plan_to_apply(path, workspace="own") == read_plan(path)


def test_a_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(IntercomIacError):
        read_plan(tmp_path / "plan.json")


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"workspace": "other"}, Misuse),
        ({"targets": ["attribute"]}, Misuse),
        ({"max_age": timedelta(0)}, UnsafePlan),
    ],
)
def test_what_is_asked_beside_a_saved_plan_has_to_fit_it(
    session: Session, tmp_path: Path, asked, error: type[Exception]
) -> None:
    path = tmp_path / "plan.json"
    save_plan(plan(session), path)
    with pytest.raises(error):
        read_plan_to_apply(path, **asked)


def test_without_a_file_there_is_no_saved_plan() -> None:
    assert read_plan_to_apply(None, workspace="own", targets=["attribute"]) is None
    with pytest.raises(Misuse, match="`--max-age` is of a saved plan"):
        read_plan_to_apply(None, max_age=timedelta(hours=1))


def test_each_workspace_has_a_plan_or_an_error(write) -> None:
    columns = plan_all(write(project=LIVE)).columns
    assert [isinstance(column, Plan) for column in columns.values()] == [True, False]
