"""Plans of syncs in files: saved for a review, and carried out later as far as they still hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse, require_extra
from intercom_iac.specs import digest
from intercom_iac.syncing import (
    SavedSyncPlan,
    SyncedSource,
    SyncReport,
    confirm_writes,
    read_sync_plan,
    refuse_if_stale,
    save_sync_plan,
)
from intercom_iac.writes import SpoolWriter, open_spool

from ..session import Session
from .access import PURPOSE, SyncAccess, now, open_sync
from .carrying_out import carry_out, refuse_unsafe
from .overseer import SyncOverseer
from .properties import property_types
from .runs import ranges_of

if TYPE_CHECKING:
    from .request import SyncRequest


def save_sync(access: SyncAccess, report: SyncReport, path: Path) -> None:
    """Saves the plan whose writes are in the spool. Raises `IntercomIacError` where it cannot be written."""
    spool = open_spool(access.files.spool)
    assert spool is not None, "it was finished just now"
    save_sync_plan(
        path,
        report.plans,
        spool,
        workspace=report.workspace,
        app_id=report.app_id,
        specs_digest=digest(access.session.schema()),
        made_at=now(),
    )


def sync_saved(
    session: Session,
    overseer: SyncOverseer,
    path: Path,
    request: SyncRequest,
    *,
    dry_run: bool = False,
    parallelism: int,
) -> SyncReport | None:
    """Writes what a saved plan says, unless it is a dry run. Records that somebody changed meanwhile are left as they
    are, which is told.

    Raises `Misuse` for a file that is no plan of a sync, and for another workspace than the session's; `PlanError`
    for a plan that does not hold any more.
    """
    require_extra("preview", PURPOSE)
    saved = _read(session, path)
    session = session.for_workspace(saved.workspace)
    schema = session.schema()
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        refuse_if_stale(saved, app_id=access.app_id, specs_digest=digest(schema))
        types = property_types(schema)
        report = SyncReport(
            workspace=saved.workspace,
            app_id=saved.app_id,
            sources=tuple(SyncedSource(plan=plan, types=types[plan.record]) for plan in saved.plans),
        )
        overseer.review(report)
        refuse_unsafe(access, report)
        if dry_run:
            overseer.conclude(report)
            return report
        with SpoolWriter(access.files.spool, app_id=access.app_id) as spool:
            confirmed = confirm_writes(
                saved, access.records, cache=access.cache, spool=spool, parallelism=access.parallelism
            )
        report = replace(report, changed_meanwhile=confirmed.changed, changed_examples=confirmed.examples)
        ranges = ranges_of(saved.plans, confirmed.writes_by_plan)
        return carry_out(access, report, ranges, approved=True, failed=request.failed)


def _read(session: Session, path: Path) -> SavedSyncPlan:
    saved = read_sync_plan(path)
    if session.workspace_name not in (None, saved.workspace):
        raise Misuse(
            f"the plan is for `{saved.workspace}`, not for `{session.workspace_name}`", hint="leave -w out"
        )
    return saved
