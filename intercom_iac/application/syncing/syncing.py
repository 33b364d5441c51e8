"""Intercom brought in line with tables: each read and compared, all planned, approved once, written in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import InvalidSpecs, require_extra
from intercom_iac.model import Schema
from intercom_iac.syncing import (
    SyncedSource,
    SyncReport,
    plan_events,
    plan_sync,
)
from intercom_iac.tables import RejectTally, read_table
from intercom_iac.writes import (
    PARALLELISM,
    DeliveryProgress,
    SpoolWriter,
)

from ..session import Session
from .access import PURPOSE, SyncAccess, now, open_sync, workspace_zone
from .applied import check_applied
from .carrying_out import conclude_plan, refuse_protected
from .overseer import SyncOverseer
from .rejected_rows import rejects_file
from .request import SyncRequest
from .runs import ranges_of
from .shared_properties import shared_property_warnings
from .sources import ChosenSource, choose_sources
from .table_engines import TableEngines
from .targets import refuse_targets

if TYPE_CHECKING:
    from intercom_iac.engines import TableEngine
    from intercom_iac.model import LiveAttribute
    from intercom_iac.syncing import SyncPlan
    from intercom_iac.tables import AcceptedTable, RejectSink

__all__ = ["DeliveryProgress", "SyncReport", "sync"]


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
    refuse_targets({"--rejects": request.rejects, "--failed": request.failed, "--out": out}, sources)
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
            engine, tables = engines.engines_for(source.table)
            engine.stage = f"reading {source.table.name}"
            rejects = RejectTally(then=sink_for(source.table.name))
            table = read_table(engine, source.table, schema, today=today, zone=zone, rejects=rejects)
            table = _with_missing_attributes(table, access, attributes, is_warning=dry_run)
            shared = shared_property_warnings(table, source.table.name, planned)
            table = replace(table, diagnostics=(*table.diagnostics, *shared))
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
