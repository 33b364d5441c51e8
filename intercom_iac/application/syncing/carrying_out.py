"""What follows a plan whose writes are in the spool: shown, held to limits, approved, carried out, acknowledged."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from intercom_iac.diagnostics import UnsafePlan
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.syncing import (
    SyncReport,
    begin_writes,
    refuse_if_unsafe,
)
from intercom_iac.writes import (
    Delivery,
    WriteJournal,
    deliver,
    failed_lines,
    open_spool,
)

from ..files import staged_streams
from ..notices import WritesTo
from ..session import Session
from .access import SyncAccess, now
from .runs import WriteRange, fold_ends, keep_ranges

NOTHING_WRITTEN = Delivery(done=0, failed=0, not_tried=0)


def conclude_plan(
    access: SyncAccess,
    report: SyncReport,
    ranges: Sequence[WriteRange],
    *,
    dry_run: bool,
    approved: bool,
    out: Path | None,
    failed: Path | None,
) -> SyncReport | None:
    """What follows a plan whose writes are in the spool: it is shown, held to the limits of the project, and saved or
    carried out. None where that was not approved."""
    access.overseer.review(report)
    refuse_unsafe(access, report)
    if out is not None:
        from .saved import save_sync

        save_sync(access, report, out)
    if dry_run or out is not None:
        access.files.remove()
        access.overseer.conclude(report)
        return report
    return carry_out(access, report, ranges, approved=approved, failed=failed)


def carry_out(
    access: SyncAccess,
    report: SyncReport,
    ranges: Sequence[WriteRange],
    *,
    approved: bool,
    failed: Path | None,
    look_first: bool = False,
    is_retry: bool = False,
) -> SyncReport | None:
    """Makes the writes of the spool, once they are approved, and has the cache know those that are done.

    `look_first`: they were planned by an earlier run, so each record is read before it is written to. `is_retry`: no
    source plans them anew, so `failed` also keeps those that were not tried.
    """
    overseer = access.overseer
    spool = open_spool(access.files.spool)
    assert spool is not None, "it was finished just now"
    if not spool.count:
        access.files.remove()
        report = replace(report, outcome=NOTHING_WRITTEN)
        overseer.conclude(report)
        return report
    if not _may_write(access, report, approved=approved):
        return None
    keep_ranges(access.files, spool, ranges)
    begin_writes(access.cache, spool)
    with (
        overseer.interruptible() as should_stop,
        WriteJournal(access.files.journal, spool, report.workspace) as journal,
    ):
        outcome = deliver(
            spool,
            access.records,
            journal,
            parallelism=access.parallelism,
            look_first=look_first,
            should_stop=should_stop,
            on_progress=overseer.follow,
        )
        report = replace(report, outcome=outcome)
        overseer.conclude(report)
        fold_ends(access.cache, ranges, spool, journal.states, now())
        if failed is not None:
            lines = failed_lines(spool, journal.states, report.workspace, with_untried=is_retry)
            _write_failed(failed, lines)
    if not journal.states.in_flight:
        access.files.remove()
    return report


def refuse_protected(session: Session) -> None:
    """Raises `UnsafePlan` for a workspace that takes a saved plan only."""
    if not session.workspace.settings.protected:
        return
    name = session.workspace.name
    message = f"`{name}` is protected: it takes a saved plan only"
    hint = (
        f"intercom-iac sync ... -w {shlex.quote(name)} --out sync.plan, have it reviewed, "
        "intercom-iac sync --plan sync.plan"
    )
    raise UnsafePlan(message, diagnostics=[codes.PROTECTED.at(None, message, hint=hint)])


def refuse_unsafe(access: SyncAccess, report: SyncReport) -> None:
    """Raises `UnsafePlan` for a plan over a guard of the project file; whoever follows the sync has its report."""
    safety = access.session.project.settings.safety
    try:
        refuse_if_unsafe(
            report.plans,
            max_change_percent=safety.max_change_percent,
            max_clear_percent=safety.max_clear_percent,
            max_create=safety.max_create,
        )
    except UnsafePlan:
        access.files.remove()
        access.overseer.conclude(report)
        raise


def _may_write(access: SyncAccess, report: SyncReport, *, approved: bool) -> bool:
    """Whether the writes are approved; else those that were planned are removed, as people's values stand in them."""
    may_write = False
    try:
        access.live.allow_writes()
        _tell_where(access)
        may_write = approved or access.overseer.approve(report)
    finally:
        if not may_write:
            access.files.remove()
    return may_write


def _write_failed(path: Path, lines: Iterable[bytes]) -> None:
    with staged_streams(path) as (stream,):
        for line in lines:
            stream.write(line)


def _tell_where(access: SyncAccess) -> None:
    """Which workspace is about to be written to; the embedded one is nobody's."""
    name, settings = access.session.workspace.name, access.session.workspace.settings
    if settings.sandbox is None:
        identity = access.live.identity()
        confirmed_by = name if settings.app_id else None
        access.overseer.notify(
            WritesTo(app_id=identity.app_id, name=identity.name, confirmed_by=confirmed_by)
        )
