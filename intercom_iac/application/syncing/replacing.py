"""Values of an attribute copied to the one that takes its place, for those that have none of the new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse, require_extra
from intercom_iac.model import Attribute, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import Replacement, open_replacements
from intercom_iac.syncing import SyncedSource, SyncReport, plan_copies
from intercom_iac.tables import RejectTally
from intercom_iac.text import did_you_mean, quoted_names
from intercom_iac.workspace import PARALLELISM
from intercom_iac.writes import SpoolWriter

from .overseer import SyncOverseer
from .rejected_rows import rejects_file
from .request import SyncRequest
from .runs import ranges_of
from .syncing import PURPOSE, SyncAccess, carry_out, now, open_sync, refuse_protected, refuse_unsafe

if TYPE_CHECKING:
    from ..session import Session


def replace_values(
    session: Session,
    overseer: SyncOverseer,
    new: str,
    request: SyncRequest,
    *,
    dry_run: bool = False,
    approved: bool = False,
    out: Path | None = None,
    parallelism: int = PARALLELISM,
) -> SyncReport | None:
    """Plans the copy of the values to the attribute `new`, by name or address; unless it is a dry run or the plan is
    saved to `out`, makes it. None where that was not approved.

    Of the request, `rejects`, `failed` and `memory_limit` count. Raises what `sync` does, and `Misuse` for an
    attribute that takes the place of none, or that the workspace does not have yet.
    """
    _refuse_source(request)
    require_extra("preview", PURPOSE)
    attribute = find_replacing(session.schema(), new)
    writes_now = not dry_run and out is None
    if writes_now:
        refuse_protected(session)
    with open_sync(session, overseer, memory_limit=request.memory_limit, parallelism=parallelism) as access:
        with rejects_file(request.rejects, many=False) as sink_for:
            rejects = RejectTally(then=sink_for(attribute.name))
            with SpoolWriter(access.files.spool, app_id=access.app_id) as spool:
                source = plan_replacement(access, new, spool, rejects)
        report = SyncReport(workspace=session.workspace.name, app_id=access.app_id, sources=(source,))
        overseer.review(report)
        refuse_unsafe(access, report)
        if out is not None:
            from .saved import save_sync

            save_sync(access, report, out)
        if not writes_now:
            access.files.remove()
            overseer.conclude(report)
            return report
        return carry_out(access, report, ranges_of(report.plans), approved=approved, failed=request.failed)


def find_replacing(schema: Schema, name: str) -> Attribute:
    """The attribute of this name or address that takes the place of another one. Raises `Misuse` where none does."""
    replacing = {
        spelling: attribute
        for attribute in schema.attributes.values()
        if attribute.replaced is not None
        for spelling in (attribute.name, f"{attribute.model}.{attribute.name}", attribute.address)
    }
    if name in replacing:
        return replacing[name]
    names = [attribute.name for attribute in dict.fromkeys(replacing.values())]
    known = f"those that do are {quoted_names(names)}" if names else None
    declare = "say of the new attribute `replaces: {attribute: OLD}`, or `renamed_from: OLD`"
    if any(name in (attribute.name, attribute.address) for attribute in schema.attributes.values()):
        raise Misuse(f"`{name}` takes the place of no attribute", hint=known or declare)
    raise Misuse(
        f"the specs have no attribute `{name}` that takes the place of another one",
        hint=did_you_mean(name, names) or known or declare,
    )


def plan_replacement(access: SyncAccess, new: str, spool: SpoolWriter, rejects: RejectTally) -> SyncedSource:
    """The plan of the copy, whose writes go to the spool, and what does not convert to `rejects`.

    `new` is the name or the address of the new attribute. Raises `Misuse` for one that takes the place of none, or
    that the workspace does not have yet, and a `WorkspaceError`.
    """
    schema = access.session.schema()
    attribute = find_replacing(schema, new)
    snapshot = access.live.snapshot()
    replacement, live = _open_replacement(schema, snapshot, attribute)
    access.engine.stage = "planning"
    plan = plan_copies(
        replacement,
        live,
        records=access.records,
        cache=access.cache,
        spool=spool,
        rejects=rejects,
        zone=snapshot.identity.timezone,
        now=now(),
        workspace=access.session.workspace.name,
        app_id=access.app_id,
        first_number=spool.writes,
    )
    return SyncedSource(
        plan=plan,
        types={attribute.name: attribute.type},
        rejects=tuple(rejects.first),
        rejected_values=sum(rejects.counts.values()),
    )


def _open_replacement(
    schema: Schema, snapshot: Snapshot, attribute: Attribute
) -> tuple[Replacement, LiveAttribute]:
    """Where the attribute stands, and what the workspace has of it. Raises `Misuse` where values cannot be copied."""
    assert attribute.replaced is not None
    old = attribute.replaced.attribute
    for replacement in open_replacements(schema, snapshot, {}):
        if replacement.new.address == attribute.address:
            if replacement.live is None or not replacement.is_created:
                state = (
                    "archived in the workspace"
                    if replacement.live is not None
                    else "not in the workspace yet"
                )
                raise Misuse(
                    f"`{attribute.name}` is {state}, so that no value can be copied to it",
                    hint="`apply` creates it: run that first",
                )
            return replacement, replacement.live
    archived = any(live.name == old and live.model == attribute.model for live in snapshot.attributes)
    raise Misuse(
        f"`{old}`, whose place `{attribute.name}` takes, is archived: its values are not copied any more"
        if archived
        else f"the workspace has no attribute `{old}`, whose place `{attribute.name}` takes",
        hint="restore it first: archived attributes keep their values"
        if archived
        else f"there is nothing to copy: `replaces` of `{attribute.name}` may go",
    )


def _refuse_source(request: SyncRequest) -> None:
    """Raises `Misuse` for what is about a table: the values come from the workspace."""
    given = {
        "SOURCE": request.source is not None or request.record is not None,
        "--key": request.key is not None,
        "--map": bool(request.columns),
        "--null": request.null is not None,
        "--mode": request.mode is not None,
        "--cache-days": request.cache_days is not None,
        "--verify": request.verify,
    }
    for option in (option for option, is_given in given.items() if is_given):
        raise Misuse(
            f"`{option}` does not go with `--replace`, whose values come from the workspace",
            hint="leave one of the two out",
        )
