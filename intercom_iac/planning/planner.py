"""Specs and workspace in, plan out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import STANDARD, Schema, Snapshot, event_key
from intercom_iac.model.address import audience_address, event_address, segment_address, tag_address
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS, is_near_cap

from .awaited_steps import with_awaited_steps
from .base import Base
from .compare.attributes import compare_attributes
from .compare.duplicates import duplicate_audiences
from .compare.events import compare_events, event_verifications
from .compare.segments import UnclaimedNames, compare_segments
from .digest import definition_digests, live_digest
from .leftovers import find_leftovers, leftover_questions
from .needs import select_targets, targets_cover
from .operations import ArchiveAttribute, RegisterEvent, attributes_of
from .order import order_changes, peak_attributes
from .plan import Change, Copies, Measurement, Plan, PlannedWorkspace, Question, Remark, Stage, Usage
from .publications import Members, publication_questions
from .replacements import open_replacements, stage_of


def plan(
    schema: Schema,
    snapshot: Snapshot,
    *,
    workspace: str,
    specs_digest: str,
    targets: Sequence[str] = (),
    remarks: Sequence[Diagnostic] = (),
    created_at: datetime | None = None,
    base: Base | None = None,
    copies: Mapping[str, Copies] = MappingProxyType({}),
    today: date | None = None,
) -> Plan:
    """What apply would do to make the workspace what the specs say.

    `workspace` is its name in the project. `targets` are addresses, kinds or owners (`attribute.company`), that bound
    the plan, with what their rules need; empty means all. `remarks` are diagnostics of the specs that the plan should
    carry. `created_at` is the present, with a time zone; a plan that is saved needs it. `base` is an earlier revision
    of the specs, which knows what a person built by them and what they published. `copies` are how many contacts have
    the values of replaced attributes (`count_copies`), by address of the new one; of those that were not counted, the
    values count as not copied. `today` is the day in the workspace's time zone, on which members of published
    segments are counted; None counts none.
    """

    def plan_with(base: Base | None) -> Plan:
        return _make_plan(
            schema, snapshot, workspace, specs_digest, targets, remarks, created_at, base, copies, today
        )

    plain = plan_with(None)
    if base is None:
        return plain
    based = plan_with(base)
    # One that decides nothing need not be there when the plan is applied.
    return replace(plain, questions=based.questions) if based == plain else replace(based, against=base.at)


def _make_plan(
    schema: Schema,
    snapshot: Snapshot,
    workspace: str,
    specs_digest: str,
    targets: Sequence[str],
    remarks: Sequence[Diagnostic],
    created_at: datetime | None,
    base: Base | None,
    copies: Mapping[str, Copies],
    today: date | None,
) -> Plan:
    replacements = open_replacements(schema, snapshot, copies)
    attributes, findings = compare_attributes(schema, snapshot, replacements)
    segments = compare_segments(schema, snapshot, base)
    all_changes = [*attributes, *compare_events(schema, snapshot), *segments.changes]
    all_changes = with_awaited_steps(all_changes, schema, snapshot, base, replacements)
    changes = select_targets(all_changes, schema, snapshot, targets) if targets else all_changes
    changes = order_changes(changes, snapshot, MAX_ATTRIBUTES)
    planned = {change.address for change in changes}
    covers = targets_cover(targets)

    def is_targeted(address: str) -> bool:
        return not targets or address in planned or covers(address)

    left = find_leftovers(schema, segments.unclaimed, base)
    noticed = (
        *findings,
        *segments.findings,
        *duplicate_audiences(schema, snapshot),
        *((leftover.address, leftover.finding) for leftover in left),
    )
    found = [finding for address, finding in noticed if is_targeted(address)]
    found += _archives_in_use(changes, snapshot)
    used = sum(not attribute.archived for attribute in snapshot.attributes)
    attribute_usage = Usage(used, used + sum(change.active_attributes for change in changes), MAX_ATTRIBUTES)
    fits_whole = used + sum(change.active_attributes for change in all_changes) <= MAX_ATTRIBUTES
    registered = len(snapshot.events)
    to_register = sum(isinstance(change.operation, RegisterEvent) for change in changes)
    event_usage = Usage(registered, registered + to_register, MAX_EVENTS)
    points = definition_digests(snapshot)
    stages = [stage_of(replacement) for replacement in replacements if is_targeted(replacement.new.address)]
    diagnostics = [
        *remarks,
        *found,
        *_cap_findings(attribute_usage, event_usage, changes, fits_whole=fits_whole),
    ]
    return Plan(
        workspace=PlannedWorkspace(workspace, snapshot.identity.app_id, snapshot.identity.timezone),
        specs_digest=specs_digest,
        live_digest=live_digest(points),
        changes=tuple(changes),
        attributes=attribute_usage,
        events=event_usage,
        unmanaged=tuple(_unmanaged_addresses(schema, snapshot, segments.unclaimed)),
        remarks=tuple(Remark.of_diagnostic(diagnostic) for diagnostic in diagnostics),
        rests_on=points,
        created_at=created_at and created_at.astimezone(UTC).replace(microsecond=0),
        verifications=tuple(
            verification
            for verification in (*event_verifications(schema, snapshot), *segments.verifications)
            if is_targeted(verification.address)
        ),
        targets=tuple(targets),
        stages=tuple(stages),
        measurements=tuple(_copy_measurements(stages)),
        makes_registrar=not snapshot.has_registrar and to_register > 0,
        questions=tuple(
            question
            for question in (
                *_segment_questions(segments.questions, schema, snapshot, today),
                *leftover_questions(left, snapshot.tags),
            )
            if is_targeted(question.address)
        ),
    )


def _segment_questions(
    questions: Sequence[Question], schema: Schema, snapshot: Snapshot, today: date | None
) -> Iterator[Question]:
    """What was to be counted of segments anyway, and the members of those that are published."""
    yield from questions
    if today is None or not any(segment.keeps_members for segment in schema.segments.values()):
        return
    yield from publication_questions(
        schema, snapshot, Members(snapshot, today=today, zone=ZoneInfo(snapshot.identity.timezone))
    )


def _copy_measurements(stages: Sequence[Stage]) -> Iterator[Measurement]:
    for stage in stages:
        if stage.copies is not None:
            copied, of = stage.copies.copied, stage.copies.of
            old, new = (address.split(".", 2)[2] for address in (stage.replaces, stage.address))
            text = f"{copied:,} of the {of:,} contacts that have `{old}` have `{new}`, too"
            yield Measurement(address=stage.address, text=text, count=copied, of=of)


def _archives_in_use(changes: Sequence[Change], snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Archives of attributes that an audience goes on reading, which Intercom refuses ("dependant object")."""
    freed_by = {change.live_id for change in changes if change.operation.frees_attributes}
    for change in changes:
        if not isinstance(change.operation, ArchiveAttribute) or change.waits_for:
            continue
        readers = [
            audience
            for audience in snapshot.audiences
            if change.name in attributes_of(audience) and audience.id not in freed_by
        ]
        if readers:
            names = ", ".join(f"`{reader.name}`" for reader in readers)
            yield codes.ARCHIVE_IN_USE.at(
                None,
                f"`{change.name}` is read by the audience {names}, so Intercom will refuse to archive it",
                hint="take it out of the audience's filters in Intercom, or delete the audience, then plan again",
            )


def _cap_findings(
    attributes: Usage, events: Usage, changes: Sequence[Change], *, fits_whole: bool
) -> Iterator[Diagnostic]:
    """`fits_whole`: without a target the plan would end within the cap on attributes."""
    # A workspace that is over a cap already may still be made smaller.
    if attributes.after > max(attributes.limit, attributes.used):
        yield codes.TOO_MANY_ATTRIBUTES.at(
            None,
            f"the workspace would have {attributes.after} active custom attributes, and Intercom holds "
            f"{attributes.limit}",
            hint="leave `--target` out: the whole plan archives as many as it takes"
            if fits_whole
            else f"archive {attributes.after - attributes.limit} that no rule reads" + _awaited_room(changes),
        )
    elif peak_attributes(changes, attributes.used) > max(attributes.limit, attributes.used):
        yield codes.NO_ROOM_IN_BETWEEN.at(
            None,
            "an attribute that makes room can only be archived after an audience has changed, and the audience "
            "needs an attribute for which there is no room yet",
            hint="archive another attribute first",
        )
    elif is_near_cap(attributes.after, attributes.limit):
        yield _near_cap(
            attributes, "active custom attributes", "`intercom-iac audit` names those that could be archived"
        )
    if events.after > max(events.limit, events.used):
        yield codes.TOO_MANY_EVENTS.at(
            None,
            f"the workspace would have {events.after} registered events, and Intercom holds {events.limit}",
            hint=f"archive {events.after - events.limit} in Intercom under Settings > Data > Events",
        )
    elif is_near_cap(events.after, events.limit):
        yield _near_cap(
            events,
            "registered events",
            "archive in Intercom those that nothing sends, under Settings > Data > Events",
        )


def _near_cap(usage: Usage, what: str, hint: str) -> Diagnostic:
    has = "has" if usage.after == usage.used else "would have"
    return codes.NEAR_CAP.at(
        None,
        f"the workspace {has} {usage.after} {what}, {100 * usage.after // usage.limit}% of the {usage.limit} that "
        "Intercom holds",
        hint=hint,
    )


def _awaited_room(changes: Sequence[Change]) -> str:
    waiting = [
        change for change in changes if isinstance(change.operation, ArchiveAttribute) and change.waits_for
    ]
    if not waiting:
        return ""
    return f", or first do what the archive of `{waiting[0].name}` waits for"


def _unmanaged_addresses(schema: Schema, snapshot: Snapshot, left: UnclaimedNames) -> Iterator[str]:
    """What the workspace has and the specs do not; Intercom's own segments and attributes do not count.

    Tags are told like the rest: one may be left of a segment that is gone or has another name.
    """
    for attribute in snapshot.attributes:
        key = (attribute.model, attribute.name)
        if not attribute.archived and key not in schema.attributes and key not in STANDARD:
            yield attribute.address
    declared = {event_key(event) for event in schema.events}
    yield from (event_address(event) for event in snapshot.events if event_key(event) not in declared)
    yield from (segment_address(name) for name in left.segments)
    yield from (audience_address(name) for name in left.audiences)
    yield from (tag_address(name) for name in left.tags)
