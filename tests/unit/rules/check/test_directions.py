"""Days to come of what lies in the past: told, with the days before today as the fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("last_seen_at within next {}", "last_seen_at within last {}"),
        ("signed_up_at less than {} from now", "signed_up_at less than {} ago"),
        ("created_at >= {} from now", "created_at at least {} ago"),
        ("company.last_request_at within next {}", "company.last_request_at within last {}"),
        ("event report_exported within {}", "event report_exported within last {}"),
        ("event report_exported count > 2 within next {}", "event report_exported count > 2 within last {}"),
        ("event report_exported last within {}", "event report_exported last within last {}"),
    ],
)
@pytest.mark.parametrize("window", ["3 days", "2 weeks"])
def test_days_to_come_of_what_is_past(
    compiled: Callable[[str], Any], written: str, right: str, window: str
) -> None:
    rule, (told,) = compiled(written.format(window))
    assert rule is not None
    assert (told.code, told.severity) == ("LINT546", "warning")
    found = re.search(r"write `([^`]+)`", told.hint)
    assert found is not None
    assert right.format(window).endswith(found[1])
    assert compiled(right.format(window))[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "last_seen_at within next 0 days",
        "last_seen_at exactly 0 days from now",
        "last_seen_at more than 3 days ago",
        "last_seen_at != 3 days from now",
        "trial_end_date within next 3 days",
        "last_seen_at within next 0 days",
        "last_seen_at between 7 days ago and 3 days from now",
        "last_seen_at between yesterday and tomorrow",
        "last_seen_at between 2026-01-01 and tomorrow",
        "last_seen_at not between 3 and 7 days from now",
        "last_seen_at on today",
        "last_seen_at before tomorrow",
        "last_seen_at <= tomorrow",
        "last_seen_at >= today",
        "last_seen_at after yesterday",
        "last_seen_at within 7 days after trial_end_date",
        "last_seen_at after trial_end_date",
        "trial_end_date after tomorrow",
    ],
)
def test_today_days_gone_by_and_dates_that_can_lie_ahead(compiled: Callable[[str], Any], text: str) -> None:
    assert compiled(text)[1] == []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("last_seen_at within {}", "last_seen_at within last {}"),
        ("signed_up_at is within {}", "signed_up_at is within last {}"),
        ("company.last_request_at WITHIN {}", "company.last_request_at WITHIN last {}"),
        ("company(created_at within {})", "company(created_at within last {})"),
    ],
)
@pytest.mark.parametrize("window", ["3 days", "2 weeks"])
def test_an_open_direction_of_what_is_past_is_a_mistake(
    compiled: Callable[[str], Any], written: str, right: str, window: str
) -> None:
    text = written.format(window)
    rule, (mistake,) = compiled(text)
    assert (rule, mistake.code, mistake.fix.applicability) == (None, "TYPE309", "safe")
    (edit,) = mistake.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == right.format(window)
    assert compiled(right.format(window))[1] == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("last_seen_at between 3 and 7 days from now", "write `between 3 and 7 days ago`"),
        (
            "last_seen_at between 1 day from now and 2 weeks from now",
            "write `between 1 day ago and 2 weeks ago`",
        ),
        ("last_seen_at between today and 7 days from now", "ask for today or for a day before it"),
        ("last_seen_at between today and tomorrow", "ask for today or for a day before it"),
        ("last_seen_at after today", "ask for today or for a day before it"),
        ("created_at >= tomorrow", "ask for today or for a day before it"),
        ("created_at = Tomorrow", "ask for today or for a day before it"),
        ("event report_exported on tomorrow", "ask for today or for a day before it"),
        ("event report_exported between 3 and 7 days from now", "write `between 3 and 7 days ago`"),
        ("event report_exported first after tomorrow", "ask for today or for a day before it"),
    ],
)
def test_other_days_to_come_of_what_is_past(compiled: Callable[[str], Any], text: str, hint: str) -> None:
    rule, (told,) = compiled(text)
    assert rule is not None
    assert (told.code, told.hint) == ("LINT546", hint)


def test_an_open_direction_of_a_date_that_can_lie_ahead(compiled: Callable[[str], Any]) -> None:
    assert [told.code for told in compiled("trial_end_date within 3 days")[1]] == ["LINT502"]
