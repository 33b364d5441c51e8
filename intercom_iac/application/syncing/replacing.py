"""Values of an attribute copied to the one that takes its place, for those that have none of the new one."""

from __future__ import annotations

import shlex

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import Attribute, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import Replacement, open_replacements
from intercom_iac.syncing import SyncedSource, plan_copies
from intercom_iac.tables import RECORD_PLURALS, RejectTally
from intercom_iac.text import did_you_mean, quoted_names
from intercom_iac.writes import SpoolWriter

from .access import SyncAccess, now
from .request import SyncRequest


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
        notify=lambda stage, done, total: access.overseer.watch(stage, done / total if total else 0.0),
    )
    return SyncedSource(
        plan=plan,
        types={attribute.name: attribute.type},
        rejects=tuple(rejects.first),
        rejected_values=sum(rejects.counts.values()),
    )


def refuse_table_options(request: SyncRequest, attribute: Attribute) -> None:
    """Raises `Misuse` for what is about a table: the values come from the workspace."""
    if request.record not in (None, attribute.model):
        raise Misuse(
            f"`{attribute.name}` is an attribute of {RECORD_PLURALS[attribute.model]}",
            hint=f"`sync --replace {shlex.quote(attribute.name)}` needs no kind",
        )
    given = {
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
