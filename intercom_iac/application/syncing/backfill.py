"""The values of an attribute carried over to the one that takes its place, for those that have none of that."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.diagnostics import require_extra
from intercom_iac.syncing import SyncReport
from intercom_iac.tables import RejectTally
from intercom_iac.writes import SpoolWriter

from ..session import Session
from .access import PURPOSE, open_sync
from .carrying_out import conclude_plan, refuse_protected
from .overseer import SyncOverseer
from .rejected_rows import rejects_file
from .replacing import find_replacing, plan_replacement, refuse_table_options
from .request import SyncRequest
from .runs import ranges_of


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

    None where that was not approved. Raises as `sync` does, and `Misuse` for an attribute that replaces none, or that
    the workspace does not have yet.
    """
    require_extra("preview", PURPOSE)
    refuse_table_options(request, find_replacing(session.schema(), new))
    if not dry_run and out is None:
        refuse_protected(session)
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        with (
            rejects_file(request.rejects, many=False) as sink_for,
            SpoolWriter(access.files.spool, app_id=access.app_id) as spool,
        ):
            source = plan_replacement(access, new, spool, RejectTally(then=sink_for(new)))
        plan = source.plan
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
