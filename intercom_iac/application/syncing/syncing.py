"""Intercom brought in line with tables: each read and compared, all planned, approved once, written in order."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import InvalidSpecs, UnsafePlan, require_extra
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.engines import open_duckdb
from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.model import Schema
from intercom_iac.project import declared_timezone
from intercom_iac.syncing import (
    SyncCache,
    SyncedSource,
    SyncReport,
    begin_writes,
    open_cache,
    plan_events,
    plan_sync,
    refuse_if_unsafe,
)
from intercom_iac.tables import RejectTally, read_table
from intercom_iac.writes import (
    PARALLELISM,
    Delivery,
    DeliveryProgress,
    SpoolWriter,
    WriteJournal,
    deliver,
    failed_lines,
    open_spool,
)

from ..files import staged_streams
from ..live import open_live
from ..notices import CacheSetAside, RunTakenOver, WritesTo
from ..session import Session
from .applied import check_applied
from .engine_failures import engine_failures
from .overseer import SyncOverseer
from .rejected_rows import rejects_file
from .request import SyncRequest
from .runs import PlannedWrites, RunFiles, fold_ends, keep_ranges, ranges_of, run_files, take_over
from .sources import ChosenSource, choose_sources
from .table_engines import TableEngines

if TYPE_CHECKING:
    from intercom_iac.engines import DuckDBEngine, TableEngine
    from intercom_iac.model import LiveAttribute
    from intercom_iac.syncing import SyncPlan
    from intercom_iac.tables import AcceptedTable, RejectSink
    from intercom_iac.workspace import HttpWorkspace, Records

__all__ = ["DeliveryProgress", "SyncReport", "sync"]

PURPOSE = "syncing tables"
NOTHING_WRITTEN = Delivery(done=0, failed=0, not_tried=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncAccess:
    """What a sync works with while it holds the lock of its workspace."""

    session: Session
    live: HttpWorkspace
    records: Records
    app_id: str
    engine: DuckDBEngine
    cache: SyncCache
    files: RunFiles
    overseer: SyncOverseer
    parallelism: int


def sync(
    session: Session,
    overseer: SyncOverseer,
    request: SyncRequest,
    *,
    here: Path,
    dry_run: bool = False,
    approved: bool = False,
    out: Path | None = None,
    parallelism: int = PARALLELISM,
) -> SyncReport | None:
    """Plans the sources that are meant; unless it is a dry run or the plan is saved to `out`, writes what differs.

    None where that was not approved. `here` is what paths of the request are relative to. Raises `InvalidSpecs` for
    specs and tables that do not fit, `Misuse`, `UnsafePlan` for a guard and for a protected workspace, and
    `WorkspaceError` until the first write is made; after that, the outcome has the errors.
    """
    require_extra("preview", PURPOSE)
    schema = session.schema()
    sources = choose_sources(session.project, request, here)
    if not dry_run and out is None:
        refuse_protected(session)
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        with rejects_file(request.rejects, many=len(sources) > 1) as sink_for:
            report = _plan(access, schema, sources, request, sink_for, dry_run=dry_run)
        return conclude_plan(
            access,
            report,
            ranges_of(report.plans, [plan.writes for plan in report.plans]),
            dry_run=dry_run,
            approved=approved,
            out=out,
            failed=request.failed,
        )


def conclude_plan(
    access: SyncAccess,
    report: SyncReport,
    ranges: Sequence[PlannedWrites],
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


@contextmanager
def open_sync(
    session: Session, overseer: SyncOverseer, *, memory_limit: str | None, parallelism: int
) -> Generator[SyncAccess]:
    """The workspace, its cache and an engine, while nothing else of this project writes to it. What a run that was
    cut off has done is known to the cache by then."""
    with engine_failures(), open_live(session, parallelism=parallelism, notify=overseer.notify) as live:
        app_id = live.identity().app_id
        root = session.project.root
        with (
            workspace_lock(journal_path(root, app_id), session.workspace.name, "sync"),
            open_duckdb(watch=overseer.watch, memory_limit=memory_limit) as engine,
            open_cache(root, app_id, engine) as cache,
        ):
            if cache.set_aside is not None:
                overseer.notify(CacheSetAside(cache.set_aside))
            records = live.records()
            files = run_files(root, app_id)
            done = take_over(cache, files, records, session.workspace.name, now())
            if done is not None:
                overseer.notify(RunTakenOver(done))
            yield SyncAccess(
                session=session,
                live=live,
                records=records,
                app_id=app_id,
                engine=engine,
                cache=cache,
                files=files,
                overseer=overseer,
                parallelism=parallelism,
            )


def _plan(
    access: SyncAccess,
    schema: Schema,
    sources: Sequence[ChosenSource],
    request: SyncRequest,
    sink_for: Callable[[str], RejectSink],
    *,
    dry_run: bool,
) -> SyncReport:
    """The plans of all sources, whose writes are in the spool when this returns."""
    attributes = access.live.attributes()
    zone = workspace_zone(access.session, access.live)
    today = access.session.day_in(zone)
    planned: list[SyncedSource] = []
    with (
        SpoolWriter(access.files.spool, app_id=access.app_id) as spool,
        TableEngines(
            duckdb=access.engine, watch=access.overseer.watch, memory_limit=request.memory_limit
        ) as engines,
    ):
        for source in sources:
            folder = access.engine.dialect.text(str(source.folder))
            access.engine.execute(f"set file_search_path = {folder}")
            engine, tables = engines.of(source.table)
            engine.stage = f"reading {source.table.name}"
            rejects = RejectTally(then=sink_for(source.table.name))
            table = read_table(engine, source.table, schema, today=today, zone=zone, rejects=rejects)
            table = _with_missing_attributes(table, access, attributes, is_warning=dry_run)
            plan = _plan_table(access, source, table, tables, spool, verify=request.verify)
            planned.append(
                SyncedSource(
                    plan=plan,
                    table=table,
                    types={column.field.name: column.field.type for column in table.columns},
                    rejects=tuple(rejects.first),
                    rejected_values=sum(rejects.counts.values()),
                )
            )
    return SyncReport(workspace=access.session.workspace.name, app_id=access.app_id, sources=tuple(planned))


def _with_missing_attributes(
    table: AcceptedTable, access: SyncAccess, attributes: Sequence[LiveAttribute], *, is_warning: bool
) -> AcceptedTable:
    """The table with what the workspace lacks for it among its diagnostics. Raises `InvalidSpecs` for that where it
    is no warning."""
    missing = check_applied(table, attributes, access.session.workspace.name)
    if missing and not is_warning:
        raise InvalidSpecs(missing)
    warnings = [replace(diagnostic, severity="warning") for diagnostic in missing]
    return replace(table, diagnostics=(*table.diagnostics, *warnings))


def _plan_table(
    access: SyncAccess,
    source: ChosenSource,
    table: AcceptedTable,
    tables: TableEngine,
    spool: SpoolWriter,
    *,
    verify: bool,
) -> SyncPlan:
    workspace = access.session.workspace.name
    if table.record == "event":
        return plan_events(
            access.engine,
            table,
            source.table,
            cache=access.cache,
            spool=spool,
            workspace=workspace,
            app_id=access.app_id,
            first_number=spool.writes,
            tables=tables,
        )
    return plan_sync(
        access.engine,
        table,
        source.table,
        cache=access.cache,
        records=access.records,
        spool=spool,
        mode=source.mode,
        cache_days=source.cache_days,
        verify=verify,
        now=now(),
        workspace=workspace,
        app_id=access.app_id,
        parallelism=access.parallelism,
        first_number=spool.writes,
        tables=tables,
        notify=lambda stage, done, total: access.overseer.watch(stage, done / total if total else 0.0),
    )


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


def carry_out(
    access: SyncAccess,
    report: SyncReport,
    ranges: Sequence[PlannedWrites],
    *,
    approved: bool,
    failed: Path | None,
    look_first: bool = False,
) -> SyncReport | None:
    """Makes the writes of the spool, once they are approved, and has the cache know those that are done.

    With `look_first` each record is read by its id before it is written, as it has to be where the writes were not
    planned just now: what somebody changed meanwhile is left as it is.
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
    begin_writes(access.cache)
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
            _write_failed(failed, failed_lines(spool, journal.states, report.workspace))
    if not journal.states.in_flight:
        access.files.remove()
    return report


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


def workspace_zone(session: Session, live: HttpWorkspace) -> tzinfo:
    """The time zone of days: what the project file says, else the workspace's own, else UTC."""
    declared = declared_timezone(session.project.settings, session.workspace.name)
    try:
        return ZoneInfo(declared or live.identity().timezone)
    except (KeyError, OSError, ValueError):
        return ZoneInfo("UTC")


def now() -> int:
    """The present, in unix seconds."""
    return int(time.time())
