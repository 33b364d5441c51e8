"""The plan of a sync as a reviewer reads it."""

from __future__ import annotations

from dataclasses import replace

import click

from intercom_iac.model import DataType
from intercom_iac.reporting import sync_json, sync_plan_text
from intercom_iac.syncing import PropertyChange, SyncedSource, SyncPlan, SyncReport
from intercom_iac.syncing.plan import ValueMove

PLAN = SyncPlan(
    record="contact",
    source="people",
    workspace="live",
    app_id="a",
    mode="upsert",
    rows=3_000,
    rejected=0,
    create=2,
    update=1_210,
    properties={"plan": 1_210},
    samples={"plan": tuple(PropertyChange(f"u{n}", "free", "pro") for n in range(5))},
    moves={"plan": (ValueMove("free", "pro", 1_200), ValueMove(None, "free", 9))},
    sends=("email", "plan"),
    verified=150,
)
SOURCE = SyncedSource(plan=PLAN, types={"plan": DataType.OPTIONS})


def _text(plan: SyncPlan, width: int = 100) -> list[str]:
    report = SyncReport(workspace="live", app_id="a", sources=(replace(SOURCE, plan=plan),))
    return click.unstyle(sync_plan_text(report, width=width)).splitlines()


def test_options_are_counted_from_what_to_what() -> None:
    lines = _text(PLAN)
    at = next(number for number, line in enumerate(lines) if line.startswith("    plan"))
    assert lines[at + 1 : at + 5] == [
        "        1,200 free -> pro",
        "            9 nothing -> free",
        "            1 other change",
        "        u0: free -> pro",
    ]
    report = SyncReport(workspace="live", app_id="a", sources=(SOURCE,))
    assert sync_json(report)["plan"]["moves"] == {
        "plan": [
            {"before": "free", "after": "pro", "count": 1_200},
            {"before": None, "after": "free", "count": 9},
        ]
    }


def test_of_few_changes_the_samples_are_all() -> None:
    few = replace(PLAN, update=5, properties={"plan": 5}, moves={"plan": (ValueMove("free", "pro", 5),)})
    assert not any("5 free -> pro" in line for line in _text(few))


def test_what_new_records_get_is_said() -> None:
    assert "  + 2 to create, with email, plan" in _text(PLAN)


def test_remarks_fit_the_terminal() -> None:
    assert all(len(line) <= 60 for line in _text(PLAN, width=60))


def test_a_table_with_rows_left_out_is_not_called_in_line() -> None:
    still = replace(PLAN, create=0, update=0, unchanged=3_000, properties={}, samples={}, moves={})
    assert _text(still)[-1] == "Nothing to write: Intercom is in line with the table."
    for left_out in ({"rejected": 1}, {"not_found": 1}, {"ambiguous": 1}, {"rows": 0, "unchanged": 0}):
        assert _text(replace(still, **left_out))[-1] == "Nothing to write."
