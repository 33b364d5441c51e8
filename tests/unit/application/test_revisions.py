"""`compare_revisions` and `changelog`."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.application import changelog, compare_revisions
from intercom_iac.application.revisions import remarks_of_report
from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import BaseReference

BEFORE = "attributes: {contact: {plan: {type: string}, seats: {type: integer}}}\n"
NOW = "attributes: {contact: {plan: {type: string}, added: {type: string}}}\n"
ACCEPTED = """\
version: 1
workspaces: {own: {sandbox: own.db}}
accept:
  - {address: attribute.contact.seats, code: BACK701, reason: agreed, expires: 2026-06-30}
"""


@pytest.fixture
def against(write, tmp_path) -> BaseReference:
    write(BEFORE, folder="before")
    return BaseReference(str(tmp_path / "before"), is_folder=True)


def test_every_change_is_in_the_report_and_the_base_is_for_plans(write, against: BaseReference) -> None:
    comparison = compare_revisions(write(NOW), against)
    assert comparison.report.failed
    assert {change.change.address for change in comparison.report.changes} == {
        "attribute.contact.seats",
        "attribute.contact.added",
    }
    assert {*comparison.bases} == {"own"}
    assert ("contact", "seats") in comparison.bases["own"].schema.attributes


@pytest.mark.parametrize(("today", "failed"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_acceptances_are_judged_on_the_day_of_the_session(write, against, today: date, failed: bool) -> None:
    session = write(NOW, ACCEPTED, today=today)
    codes = {change.change.code for change in compare_revisions(session, against).report.changes}
    assert "BACK701" in codes, codes
    assert compare_revisions(session, against).report.failed is failed


def test_a_plan_carries_what_breaks_as_warnings(write, against: BaseReference) -> None:
    report = compare_revisions(write(NOW), against).report
    remarks = remarks_of_report(report, against)
    assert {remark.severity for remark in remarks} == {"info", "warning"}
    assert remarks[0].hint is not None
    assert "intercom-iac breaking --against-folder" in remarks[0].hint


def test_a_changelog_leaves_acceptances_and_the_release_to_others(write, against: BaseReference) -> None:
    session = write(NOW, ACCEPTED, today=date(2026, 7, 1))
    assert compare_revisions(session, against).report.diagnostics
    changes = changelog(session, against)
    assert changes.report.changes
    assert changes.remarks == ()


def test_wrong_specs_are_not_compared(write, against: BaseReference) -> None:
    with pytest.raises(InvalidSpecs):
        compare_revisions(write("attributes: []\n"), against)
