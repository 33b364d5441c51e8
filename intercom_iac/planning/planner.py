"""Specs and workspace in, plan out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Schema, Segment, Snapshot, event_key
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS, PREDEFINED_SEGMENTS

from .compare import compare_attributes, compare_events, compare_segments
from .digest import live_digest, resting_points
from .order import held_by, highest, in_order, takes_room
from .plan import Change, Plan, PlannedWorkspace, Remark, Usage


def plan(
    schema: Schema,
    snapshot: Snapshot,
    *,
    workspace: str,
    specs_digest: str,
    targets: Sequence[str] = (),
    remarks: Sequence[Diagnostic] = (),
) -> Plan:
    """What apply would do to make the workspace what the specs say.

    `workspace` is its name in the project. `targets` are addresses, or the beginnings of addresses up to a
    dot (`attribute.company`), that bound the plan, with what their rules need; empty means all.
    `remarks` are diagnostics of the specs that the plan should carry.
    """
    attributes, findings = compare_attributes(schema, snapshot)
    segments, more = compare_segments(schema, snapshot)
    changes = [*attributes, *compare_events(schema, snapshot), *segments]
    if targets:
        changes = _targeted(changes, targets)
    changes = in_order(changes, snapshot, MAX_ATTRIBUTES)
    planned = {each.address for each in changes}
    found = [each for address, each in (*findings, *more) if not targets or address in planned]
    found += _still_read(changes, snapshot)
    used = sum(not each.archived for each in snapshot.attributes)
    attribute_usage = Usage(used, used + sum(takes_room(each) for each in changes), MAX_ATTRIBUTES)
    registered = len(snapshot.events)
    event_usage = Usage(
        registered, registered + sum(each.action == "register" for each in changes), MAX_EVENTS
    )
    points = resting_points(snapshot)
    diagnostics = [*remarks, *found, *_caps(attribute_usage, event_usage, changes)]
    return Plan(
        workspace=PlannedWorkspace(workspace, snapshot.identity.app_id, snapshot.identity.timezone),
        specs_digest=specs_digest,
        live_digest=live_digest(points),
        changes=tuple(changes),
        attributes=attribute_usage,
        events=event_usage,
        unmanaged=tuple(_unmanaged(schema, snapshot)),
        remarks=tuple(Remark.of(each) for each in diagnostics),
        rests_on=points,
    )


def _targeted(changes: Sequence[Change], targets: Sequence[str]) -> list[Change]:
    """The changes at the targets, and those that make what their rules read."""
    kept = {
        each.address
        for each in changes
        if any(each.address == target or each.address.startswith(f"{target}.") for target in targets)
    }
    while True:
        needed = {
            each.address
            for each in changes
            if each.action in ("create", "restore", "register") and kept.intersection(each.needed_by)
        }
        if needed <= kept:
            return [each for each in changes if each.address in kept]
        kept |= needed


def _still_read(changes: Sequence[Change], snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Archives of attributes that an audience goes on reading, which Intercom refuses ("dependant object")."""
    let_go = {each.live_id for each in changes if each.object == "audience" and each.action != "create"}
    for change in changes:
        if change.object != "data_attribute" or change.action != "archive":
            continue
        readers = [
            each for each in snapshot.audiences if change.name in held_by(each) and each.id not in let_go
        ]
        if readers:
            names = ", ".join(f"`{each.name}`" for each in readers)
            yield codes.ARCHIVE_IN_USE.at(
                None,
                f"`{change.name}` is read by the audience {names}, so Intercom will refuse to archive it",
                hint="change or delete the audience in Intercom first",
            )


def _caps(attributes: Usage, events: Usage, changes: Sequence[Change]) -> Iterator[Diagnostic]:
    # A workspace that is over a cap already may still be made smaller.
    if attributes.after > max(attributes.limit, attributes.used):
        yield codes.TOO_MANY_ATTRIBUTES.at(
            None,
            f"the workspace would have {attributes.after} active custom attributes, and Intercom holds "
            f"{attributes.limit}",
            hint=f"archive {attributes.after - attributes.limit} that no rule reads",
        )
    elif highest(changes, attributes.used) > max(attributes.limit, attributes.used):
        yield codes.NO_ROOM_IN_BETWEEN.at(
            None,
            "an attribute that makes room can only be archived after an audience has changed, and the audience "
            "needs an attribute for which there is no room yet",
            hint="archive another attribute first, or apply in two steps with `--target`",
        )
    if events.after > max(events.limit, events.used):
        yield codes.TOO_MANY_EVENTS.at(
            None,
            f"the workspace would have {events.after} registered events, and Intercom holds {events.limit}",
            hint=f"archive {events.after - events.limit} in Intercom under Settings > Data > Events",
        )


def _unmanaged(schema: Schema, snapshot: Snapshot) -> Iterator[str]:
    """What the workspace has and the specs do not; Intercom's own segments, and tags, do not count."""
    for attribute in snapshot.attributes:
        if not attribute.archived and (attribute.model, attribute.name) not in schema.attributes:
            yield attribute.address
    declared = {event_key(each) for each in schema.events}
    yield from (f"event.{each}" for each in snapshot.events if event_key(each) not in declared)
    segments = _names(schema, lambda each: not each.publish) | PREDEFINED_SEGMENTS
    yield from (f"segment.{each.name}" for each in snapshot.segments if each.name not in segments)
    audiences = _names(schema, lambda each: "audience" in each.publish)
    yield from (f"audience.{each.name}" for each in snapshot.audiences if each.name not in audiences)


def _names(schema: Schema, wanted: Callable[[Segment], bool]) -> set[str]:
    """What the specs' segments of a kind are called in Intercom, or were."""
    kept = [each for each in schema.segments.values() if wanted(each)]
    return {each.name for each in kept} | {each.renamed_from for each in kept if each.renamed_from}
