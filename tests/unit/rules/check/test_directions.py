"""Days to come of what lies in the past: told, with the days before today as the fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("last_seen_at within {}", "last_seen_at within last {}"),
        ("last_seen_at within next {}", "last_seen_at within last {}"),
        ("signed_up_at less than {} from now", "signed_up_at less than {} ago"),
        ("created_at >= {} from now", "created_at at least {} ago"),
        ("company.last_request_at within {}", "company.last_request_at within last {}"),
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
    ],
)
def test_today_days_gone_by_and_dates_that_can_lie_ahead(compiled: Callable[[str], Any], text: str) -> None:
    assert compiled(text)[1] == []


def test_an_open_direction_of_a_date_that_can_lie_ahead(compiled: Callable[[str], Any]) -> None:
    assert [told.code for told in compiled("trial_end_date within 3 days")[1]] == ["LINT502"]
