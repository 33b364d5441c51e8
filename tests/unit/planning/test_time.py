"""When a plan was made: the present that it is given, in UTC and to the second, and of no weight for what it does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from intercom_iac.model import Schema
from intercom_iac.planning import Plan, plan
from support.tier_workspace import EMPTY, TIER

NOON = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own time zone is none that a plan is written in."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        yield
    time.tzset()


def made(created_at: datetime | None) -> Plan:
    schema = Schema(attributes={("contact", "tier"): TIER})
    return plan(schema, EMPTY, workspace="sandbox", specs_digest="sha256:", created_at=created_at)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(NOON, id="as it is"),
        pytest.param(NOON.replace(microsecond=1), id="just after the second"),
        pytest.param(NOON.replace(microsecond=999_999), id="just before the next one"),
        pytest.param(NOON.astimezone(timezone(timedelta(hours=-8))), id="west"),
        pytest.param(
            NOON.astimezone(timezone(timedelta(hours=13, minutes=45))), id="east, where it is tomorrow"
        ),
    ],
)
def test_it_is_in_utc_to_the_second_wherever_the_machine_is(now: datetime, far_away: None) -> None:
    created_at = made(now).created_at
    assert created_at is not None
    assert (created_at, created_at.tzinfo) == (NOON, UTC)


def test_nothing_else_of_the_plan_depends_on_it() -> None:
    undated = made(None)
    assert undated.created_at is None
    assert undated.changes
    dated = made(NOON)
    assert (dated.changes, dated.live_digest, dated.rests_on) == (
        undated.changes,
        undated.live_digest,
        undated.rests_on,
    )
