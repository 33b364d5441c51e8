"""A plan counts each row once."""

from __future__ import annotations

from intercom_iac.syncing import SyncPlan


def test_guards_are_shares_of_the_rows_that_were_matched() -> None:
    plan = SyncPlan(
        record="contact",
        source="people",
        workspace="sandbox",
        app_id="abc",
        mode="update_only",
        rows=10,
        rejected=1,
        update=2,
        unchanged=5,
        not_found=2,
    )
    assert plan.matched == 7
