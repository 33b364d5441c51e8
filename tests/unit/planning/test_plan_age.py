"""How old a saved plan may be: told in words, judged by a present that is given, and clocks may differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from intercom_iac.diagnostics import UnsafePlan
from intercom_iac.planning import Plan, PlannedWorkspace, duration_text, refuse_if_older

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HINTS = {
    "PLAN613": "make a new plan with `plan --out`, and have it reviewed",
    "PLAN614": "set the clock of the machine right, and make a new plan with `plan --out`",
}


def made(created_at: datetime | None) -> Plan:
    return Plan(PlannedWorkspace("production", "abc12345", "UTC"), "", "", created_at=created_at)


@pytest.mark.parametrize("age", [timedelta(0), DAY, timedelta(minutes=-5)])
def test_a_young_one_passes(age: timedelta) -> None:
    refuse_if_older(made(NOW - age), DAY, NOW)


@pytest.mark.parametrize(
    ("created_at", "code", "message"),
    [
        (
            NOW - DAY - timedelta(seconds=1),
            "PLAN613",
            "the plan is 1 day old, and `--max-age` allows 1 day",
        ),
        (
            NOW - timedelta(days=3, hours=4, minutes=59),
            "PLAN613",
            "the plan is 3 days 4 hours old, and `--max-age` allows 1 day",
        ),
        (
            NOW + timedelta(minutes=5, seconds=1),
            "PLAN614",
            "the plan says that it was made at 2026-11-24 12:05 UTC, 5 minutes 1 second from now: its age cannot be "
            "told",
        ),
        (None, "PLAN614", "the plan says that it was made at no known time: its age cannot be told"),
    ],
)
def test_another_is_refused(created_at: datetime | None, code: str, message: str) -> None:
    with pytest.raises(UnsafePlan) as refused:
        refuse_if_older(made(created_at), DAY, NOW)
    assert refused.value.exit_code == 6
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert diagnostic.hint == HINTS[code]
    assert diagnostic.span is None
    assert refused.value.message == message


def test_both_ages_are_told() -> None:
    with pytest.raises(UnsafePlan) as refused:
        refuse_if_older(made(NOW - timedelta(hours=30)), timedelta(hours=2), NOW)
    assert refused.value.message == "the plan is 1 day 6 hours old, and `--max-age` allows 2 hours"


def test_the_present_may_be_told_in_any_time_zone() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-8)))
    refuse_if_older(made(NOW - DAY), DAY, elsewhere)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=59, microseconds=999_999), "59 seconds"),
        (timedelta(minutes=1, seconds=5), "1 minute 5 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours 59 minutes"),
        (timedelta(days=2, minutes=5), "2 days"),
        (timedelta(days=400, hours=1), "400 days 1 hour"),
    ],
)
def test_a_span_in_its_two_largest_units(span: timedelta, words: str) -> None:
    assert duration_text(span) == words
