"""The values of an attribute carried over to the one that takes its place, for those that have none of that."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.diagnostics import require_extra
from intercom_iac.syncing import SyncedSource, SyncReport
from intercom_iac.tables import RejectTally
from intercom_iac.writes import SpoolWriter

from ..session import Session
from .overseer import SyncOverseer
from .properties import property_types
from .rejected_rows import rejects_file
from .request import SyncRequest
from .runs import ranges_of
from .syncing import PURPOSE, conclude_plan, open_sync, refuse_protected, workspace_zone


def sync_replacement(
    session: Session,
    overseer: SyncOverseer,
    new: str,
    request: SyncRequest,
    *,
    dry_run: bool,
    approved: bool,
    out: Path | None,
    parallelism: int,
) -> SyncReport | None:
    """Copies the values of the attribute that `new` takes the place of, converted as the specs say.

    None where that was not approved. Raises as `sync` does, and `Misuse` for an attribute that replaces none.
    """
    from .replacing import plan_replacement

    require_extra("preview", PURPOSE)
    schema = session.schema()
    if not dry_run and out is None:
        refuse_protected(session)
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        zone = workspace_zone(session, access.live)
        with (
            rejects_file(request.rejects, many=False) as sink_for,
            SpoolWriter(access.files.spool, app_id=access.app_id) as spool,
        ):
            rejects = RejectTally(then=sink_for(new))
            planned = plan_replacement(
                session, new, access.records, spool, today=session.day_in(zone), zone=zone
            )
            for rejected in planned.rejects:
                rejects(rejected)
        plan = planned.plan
        source = SyncedSource(
            plan=plan,
            types=property_types(schema)[plan.record],
            rejects=tuple(rejects.first),
            rejected_values=sum(rejects.counts.values()),
        )
        report = SyncReport(workspace=session.workspace.name, app_id=access.app_id, sources=(source,))
        return conclude_plan(
            access,
            report,
            ranges_of((plan,), (plan.writes,)),
            dry_run=dry_run,
            approved=approved,
            out=out,
            failed=request.failed,
        )
