"""A value under a key that may not be sent: what else is wrong with it is told where it may be sent otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.payloads import RecordJudge

ATTRIBUTES = (
    Attribute("contact", "trial_end_date", DataType.DATE),
    Attribute("contact", "old", DataType.DATE, status="archived"),
)
JUDGE = RecordJudge(
    Schema({("contact", attribute.name): attribute for attribute in ATTRIBUTES}), today=date(2027, 1, 15)
)


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ({"trial_end_date": 1_800_000_000}, ["PAYL919"]),
        ({"trial_end_date": 1_800_000_000_000}, ["PAYL919", "PAYL910"]),
        ({"old": "soon"}, ["PAYL922"]),
        ({"last_request_at": "soon"}, ["PAYL907"]),
    ],
)
def test_what_is_told_of_it(record: dict[str, Any], codes: list[str]) -> None:
    assert [violation.code.id for violation in JUDGE.violations(1, record, "boot")] == codes
