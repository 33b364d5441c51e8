"""How far the writes are, in a line."""

from __future__ import annotations

import pytest

from intercom_iac.reporting import delivery_progress_text
from intercom_iac.reporting.delivery import time_text
from intercom_iac.writes import DeliveryProgress


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (294, "4 min 54 s"), (7_500, "2 h 5 min"), (-1, "0 s")],
)
def test_time_is_told_in_two_units(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


def test_what_is_not_known_yet_is_left_out() -> None:
    progress = DeliveryProgress(
        total=30_000, done=0, failed=0, not_tried=30_000, rate=None, seconds_left=None
    )
    assert delivery_progress_text(progress) == "0 of 30,000 written"


def test_rate_and_time_left() -> None:
    progress = DeliveryProgress(
        total=30_000, done=1_188, failed=12, not_tried=28_800, rate=98.2, seconds_left=293.3
    )
    said = "1,200 of 30,000 written, 12 failed, 98 a second, 4 min 53 s left"
    assert delivery_progress_text(progress) == said
