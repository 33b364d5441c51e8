"""`check`: what is wrong, as a value."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.application import Session, check
from intercom_iac.diagnostics import Misuse
from intercom_iac.project import BaseReference

BEFORE = "attributes: {contact: {plan: {type: string}, seats: {type: integer}}}\n"
NOW = "attributes: {contact: {plan: {type: string}, added: {type: string}}}\n"


def test_specs_that_are_right(session) -> None:
    checked = check(session)
    assert not checked.failed
    assert not checked.breaks
    assert checked.files == ["specs/example.yaml"]
    assert {*checked.specs} == {"own"}
    assert checked.report is None
    assert checked.findings() == list(checked.diagnostics)


def test_what_is_wrong_is_in_the_value(write) -> None:
    checked = check(write("attributes: {contact: {plan: {type: strong}}}\n"))
    assert checked.failed
    assert [diagnostic.is_error for diagnostic in checked.diagnostics] == [True]


def test_changes_since_a_folder_are_findings(write, tmp_path) -> None:
    write(BEFORE, folder="before")
    checked = check(write(NOW), BaseReference(str(tmp_path / "before"), is_folder=True))
    assert not checked.failed
    assert checked.breaks
    levels = [change.change.level for change in checked.report.changes]
    assert sorted(levels) == ["breaking", "safe"]
    assert len(checked.findings()) - len(checked.findings(safe_changes=False)) == 1


def test_wrong_specs_are_not_compared(write, tmp_path) -> None:
    checked = check(write("attributes: []\n"), BaseReference(str(tmp_path / "nowhere"), is_folder=True))
    assert checked.failed
    assert checked.report is None


def test_a_base_that_cannot_be_read_is_a_finding(write, tmp_path) -> None:
    write("attributes: []\n", folder="before")
    checked = check(write(NOW), BaseReference(str(tmp_path / "before"), is_folder=True))
    assert checked.failed
    assert "BACK780" in [diagnostic.code for diagnostic in checked.diagnostics]


def test_a_base_that_is_not_there_is_misuse(write, tmp_path) -> None:
    with pytest.raises(Misuse, match=r"holds no `intercom-iac\.yaml`"):
        check(write(NOW), BaseReference(str(tmp_path / "nowhere"), is_folder=True))


def test_what_is_proved_of_segments_is_found(write) -> None:
    session = write(
        "segments:\n  old: {rule: signed_up_at before 2026-01-01 and signed_up_at within last 30 days}\n"
    )
    for today, codes in ((date(2026, 1, 30), []), (date(2026, 1, 31), ["PROOF1001"])):
        checked = check(Session(session.project, today=today))
        assert [diagnostic.code for diagnostic in checked.diagnostics] == codes
