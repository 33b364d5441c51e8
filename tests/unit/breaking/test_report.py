"""Which changes are accepted on a day, and which release they ask for."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.breaking import Report, SchemaChange, build_report, compare_schemas
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.project import Acceptance, Version, parse_version

TODAY = date(2026, 11, 24)


def schema(*attributes: Attribute) -> Schema:
    return Schema({(attribute.model, attribute.name): attribute for attribute in attributes})


SEATS, OWNED = (Attribute("contact", "seats", DataType.INTEGER, owner=owner) for owner in (None, "growth"))
OPEN = Attribute("contact", "seats", DataType.INTEGER, messenger_writable=True)
BREAKING = compare_schemas(schema(SEATS), schema())
RISKY = compare_schemas(schema(SEATS), schema(OPEN))
ADDED = compare_schemas(schema(), schema(SEATS))
SAFE = compare_schemas(schema(SEATS), schema(OWNED))


def accepting(
    expires: date, *, code: str = "BACK701", address: str = "attribute.contact.seats"
) -> Acceptance:
    return Acceptance(address, code, "nobody fills it", expires)


def release_of(text: str | None) -> Version | None:
    return None if text is None else parse_version(text)


def report_of(
    found: tuple[SchemaChange, ...],
    *acceptances: Acceptance,
    before: str | None = None,
    after: str | None = None,
) -> Report:
    return build_report(
        found,
        against="HEAD",
        acceptances=acceptances,
        today=TODAY,
        releases=(release_of(before), release_of(after)),
    )


def test_a_breaking_change_fails() -> None:
    report = report_of(BREAKING)
    assert report.failed
    assert report.summary == {"breaking": 1, "risky": 0, "safe": 0, "accepted": 0}


@pytest.mark.parametrize("found", [RISKY, ADDED, SAFE, ()])
def test_others_do_not(found: tuple[SchemaChange, ...]) -> None:
    assert not report_of(found).failed


def test_an_accepted_one_does_not_up_to_its_last_day() -> None:
    report = report_of(BREAKING, accepting(TODAY))
    assert (report.failed, report.diagnostics) == (False, ())
    assert report.summary == {"breaking": 0, "risky": 0, "safe": 0, "accepted": 1}
    (finding,) = report.findings
    assert (finding.severity, finding.hint) == ("info", "accepted until 2026-11-24: nobody fills it")


def test_from_the_next_day_on_it_is_breaking_again() -> None:
    report = report_of(BREAKING, accepting(date(2026, 11, 23)))
    assert report.failed
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in report.diagnostics] == [
        ("BACK791", "error")
    ]
    assert [change.breaks for change in report.changes] == [True]


@pytest.mark.parametrize(
    ("acceptance", "hint"),
    [
        (accepting(TODAY, code="BACK702"), "what breaks there is BACK701"),
        (
            accepting(TODAY, address="attribute.contact.seat"),
            "did you mean `attribute.contact.seats`?",
        ),
        (accepting(TODAY, address="event.paid"), "remove the entry"),
        (accepting(date(2020, 1, 1), address="event.paid"), "remove the entry"),
    ],
)
def test_one_that_accepts_nothing_is_warned_about(acceptance: Acceptance, hint: str) -> None:
    report = report_of(BREAKING, acceptance)
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in report.diagnostics] == [
        ("BACK792", "warning")
    ]
    assert hint in (report.diagnostics[0].hint or "")


def test_a_risky_change_needs_no_acceptance_and_uses_none() -> None:
    report = report_of(RISKY, accepting(TODAY, code="BACK720"))
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["BACK792"]
    assert report.summary["accepted"] == 0


@pytest.mark.parametrize(
    ("found", "before", "asked", "least"),
    [
        (BREAKING, "1.2.3", "major", "2.0.0"),
        (RISKY, "1.2.3", "minor", "1.3.0"),
        (ADDED, "1.2.3", "minor", "1.3.0"),
        (SAFE, "1.2.3", "patch", "1.2.4"),
        ((), "1.2.3", "none", "1.2.3"),
        (BREAKING, "0.2.3", "minor", "0.3.0"),
        (RISKY, "0.2.3", "patch", "0.2.4"),
        (ADDED, "0.2.3", "patch", "0.2.4"),
        (SAFE, "0.2.3", "patch", "0.2.4"),
        (BREAKING, None, "major", None),
    ],
)
def test_the_version_that_is_asked_for(
    found: tuple[SchemaChange, ...], before: str | None, asked: str, least: str | None
) -> None:
    release = report_of(found, before=before).release
    assert (release.bump, release.least) == (asked, release_of(least))


def test_accepting_a_breaking_change_makes_it_no_smaller() -> None:
    assert report_of(BREAKING, accepting(TODAY), before="1.0.0").release.bump == "major"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("1.2.3", "1.2.4", "BACK793"),
        ("1.2.3", "1.2.3", "BACK793"),
        ("1.2.3", "1.3.0", None),
        ("1.2.3", "1.10.0", None),
        ("1.2.3", "2.0.0", None),
        ("1.10.0", "1.9.0", "BACK794"),
        ("1.2.3", "1.2.2", "BACK794"),
        (None, "1.0.0", None),
        ("1.2.3", None, "BACK798"),
        (None, None, None),
        ("0.9.0", "0.9.1", None),
        ("0.9.0", "0.9.0", "BACK793"),
        ("0.9.0", "1.0.0", None),
    ],
)
def test_a_release_that_is_no_such_step_is_an_error(
    before: str | None, after: str | None, code: str | None
) -> None:
    report = report_of(ADDED, before=before, after=after)
    assert [diagnostic.code for diagnostic in report.diagnostics] == ([] if code is None else [code])
    assert report.failed == (code is not None)


def test_without_a_change_any_release_but_a_lower_one_will_do() -> None:
    assert not report_of((), before="1.0.0", after="1.0.0").diagnostics
    assert not report_of((), before="1.0.0", after="3.0.0").diagnostics
    assert report_of((), before="1.0.0", after="0.9.0").failed
