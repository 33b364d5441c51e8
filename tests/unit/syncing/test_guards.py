"""Limits of the project file, each with its numbers and the way on."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.diagnostics import UnsafePlan
from intercom_iac.syncing import SyncPlan, refuse_if_unsafe


def _plan(**counts: Any) -> SyncPlan:
    return SyncPlan(
        **{
            "record": "contact",
            "source": "people",
            "workspace": "sandbox",
            "app_id": "abc",
            "mode": "upsert",
            "rows": 0,
            "rejected": 0,
        }
        | counts
    )


@pytest.mark.parametrize(
    ("counts", "limits", "codes"),
    [
        ({"update": 21, "unchanged": 79}, {"max_change_percent": 20}, ["SYNC140"]),
        ({"update": 20, "unchanged": 80}, {"max_change_percent": 20}, []),
        ({"update": 1, "unchanged": 1}, {"max_change_percent": 20}, []),
        ({"update": 1, "unchanged": 9}, {"max_change_percent": 0}, ["SYNC140"]),
        ({"update": 9}, {}, []),
        ({"update": 6, "unchanged": 94, "clearing": 6}, {"max_clear_percent": 5}, ["SYNC141"]),
        ({"update": 6, "unchanged": 94, "clearing": 5}, {"max_clear_percent": 5}, []),
        ({"create": 2}, {"max_create": 1}, ["SYNC142"]),
        ({"create": 1}, {"max_create": 1}, []),
        ({"create": 1}, {"max_create": 0}, ["SYNC142"]),
        ({"create": 9, "record": "event"}, {"max_create": 0}, []),
    ],
)
def test_limits(counts: dict[str, Any], limits: dict[str, Any], codes: list[str]) -> None:
    allowed = {"max_change_percent": None, "max_clear_percent": None, "max_create": None} | limits
    try:
        refuse_if_unsafe([_plan(**counts)], **allowed)
    except UnsafePlan as error:
        assert [finding.code for finding in error.diagnostics] == codes
    else:
        assert codes == []


def test_every_limit_that_is_passed_is_told_with_its_numbers() -> None:
    plans = [_plan(update=1500, unchanged=500), _plan(source="firms", record="company", create=7)]
    with pytest.raises(UnsafePlan) as refused:
        refuse_if_unsafe(plans, max_change_percent=20, max_clear_percent=5, max_create=5)
    first, second = refused.value.diagnostics
    assert (
        first.message == "`people` changes 1,500 of 2,000 matched contacts (75%), and the project allows 20%"
    )
    assert second.message == "`firms` creates 7 companies, and the project allows 5"
    assert second.hint == "raise `safety.max_create` in the project file if that is meant"
