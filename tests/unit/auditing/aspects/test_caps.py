"""How much of the caps is used, and when they are met at the present pace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from intercom_iac.auditing.aspects.caps import cap_findings, cap_uses, event_beginnings, pace_text
from intercom_iac.model import (
    DataType,
    EventSummary,
    History,
    Identity,
    LiveAttribute,
    Sample,
    Snapshot,
)

TODAY = date(2027, 1, 15)
HERE = Identity("abc", "Acme", "UTC")


def made(days_ago: int | None, *, archived: bool = False) -> LiveAttribute:
    moment = None
    if days_ago is not None:
        moment = int(datetime.combine(TODAY - timedelta(days=days_ago), datetime.min.time(), UTC).timestamp())
    return LiveAttribute(
        1, "contact", f"a{days_ago}", DataType.STRING, archived=archived, history=History(moment)
    )


@pytest.mark.parametrize(
    ("days_ago", "recent", "days", "met_on"),
    [
        ([], 0, 0, None),
        ([None] * 5, 0, 0, None),
        ([400] * 100, 0, 180, None),
        # 90 in 180 days: one in two days, and 60 are left.
        ([*[400] * 100, *[10] * 90], 90, 180, TODAY + timedelta(days=120)),
        # A workspace of 60 days: its own pace.
        ([*[60] * 1, *[5] * 60], 61, 61, TODAY + timedelta(days=189)),
        # One of today: never a pace of one day.
        ([0] * 30, 30, 30, TODAY + timedelta(days=220)),
        ([10] * 250, 250, 30, None),
        ([-5], 1, 30, TODAY + timedelta(days=249 * 30)),
    ],
)
def test_the_pace_of_attributes(
    days_ago: list[int | None], recent: int, days: int, met_on: date | None
) -> None:
    use, _ = cap_uses(Snapshot(HERE, tuple(map(made, days_ago))), Sample(), TODAY)
    assert (use.used, use.recent, use.days, use.met_on) == (len(days_ago), recent, days, met_on)
    assert pace_text(use, TODAY)


def test_archived_attributes_make_room() -> None:
    attributes = (*map(made, [10] * 250), *(made(10, archived=True) for _ in range(400)))
    use, _ = cap_uses(Snapshot(HERE, attributes), Sample(), TODAY)
    assert (use.used, use.archived) == (250, 400)
    (finding,) = cap_findings([use], TODAY)
    assert (finding.code, finding.address) == ("AUDIT101", "attribute")
    assert "no further one can be made" in finding.message


@pytest.mark.parametrize(
    ("count", "code"), [(0, None), (1, "AUDIT103"), (199, "AUDIT103"), (200, "AUDIT102"), (300, "AUDIT101")]
)
def test_a_cap_is_near_from_four_fifths_on(count: int, code: str | None) -> None:
    use, _ = cap_uses(Snapshot(HERE, tuple(map(made, [400] * count))), Sample(), TODAY)
    assert [finding.code for finding in cap_findings([use], TODAY)] == ([] if code is None else [code])


def test_a_cap_that_is_met_soon_is_near() -> None:
    use, _ = cap_uses(Snapshot(HERE, tuple(map(made, [10] * 130))), Sample(), TODAY)
    (finding,) = cap_findings([use], TODAY)
    assert finding.code == "AUDIT102"
    assert finding.evidence["met_on"] == use.met_on.isoformat() if use.met_on else None


def test_events_are_those_of_the_registrar_and_of_the_sample_each_once() -> None:
    summaries = {
        "p1": (EventSummary("Order-Paid", 2, first=2_000), EventSummary("sent", 1)),
        "p2": (EventSummary("order-paid", 1, first=1_000),),
    }
    snapshot, sample = Snapshot(HERE, events=("order-paid", "opened")), Sample(summaries=summaries)
    assert event_beginnings(snapshot, sample) == {"order-paid": 1_000, "opened": None, "sent": None}
    _, use = cap_uses(snapshot, sample, TODAY)
    assert (use.used, use.limit, use.at_least) == (3, 120, True)
