"""Segments: what the specs publish against the audiences, tags and segments of the workspace.

There is no state, and Intercom does not tell who made an audience or a tag. So what has the declared name is used as
it is, which the plan tells; a tag is never deleted, and an audience only where it has the filters of the rule too, as
one that apply made would.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from intercom_iac.changes import audiences as table
from intercom_iac.changes import compare_with_live, creation_differences, fields_without
from intercom_iac.changes.audiences import DeclaredAudience
from intercom_iac.compilers import to_audience, to_screen_steps
from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import LiveAudience, Schema, Segment, Snapshot
from intercom_iac.model.limits import PREDEFINED_SEGMENTS

from ..base import Base
from ..operations import (
    BuildAudience,
    CreateAudience,
    DeleteAudience,
    FieldChange,
    RebuildAudience,
    RetireAudience,
    UpdateAudience,
)
from ..plan import Change, Question, Verification
from .attributes import Finding
from .field_changes import field_change
from .hand_built import compare_hand_built, segment_verification
from .segment_change import RULE_CHANGED, removal_advice, rule_fields, segment_change
from .tags import adopted_remark, compare_tag, tag_question, tag_verification
from .takeovers import audience_takeover, has_own_filters

T = TypeVar("T")


class UnclaimedNames(NamedTuple):
    """The names of what stands in the workspace and belongs to no segment of the specs."""

    segments: tuple[str, ...]
    audiences: tuple[str, ...]
    tags: tuple[str, ...]


class SegmentComparison(NamedTuple):
    """The changes, by address what to know of them, what stands as declared as far as Intercom tells, and what
    else is in the workspace."""

    changes: list[Change]
    findings: list[Finding]
    verifications: list[Verification]
    unclaimed: UnclaimedNames
    questions: list[Question]


def compare_segments(schema: Schema, snapshot: Snapshot, base: Base | None = None) -> SegmentComparison:
    """The changes of every segment, one for each thing it is in Intercom, and what to know of them.

    What is in Intercom is found by its name there, else by `renamed_from`: the name it had, unless another
    segment of the specs has that name now. It stands for one segment alone: an archived one has what others leave.
    Of rules that Intercom does not return, only `base` tells that they changed.
    """
    names = {segment.name for segment in schema.segments.values() if segment.status != "archived"}
    audiences = list(snapshot.audiences)
    # That case makes no other tag is an assumption, as of the embedded workspace.
    tags = {name.casefold(): (name, tag_id) for name, tag_id in snapshot.tags.items()}
    built = {segment.name: segment.name for segment in snapshot.segments}
    hand_built = {
        segment.key: segment.name
        for segment in schema.segments.values()
        if not segment.publish and segment.status != "archived"
    }
    changes: list[Change] = []
    findings: list[Finding] = []
    verifications: list[Verification] = []
    questions: list[Question] = []
    for segment in sorted(schema.segments.values(), key=lambda segment: segment.status == "archived"):
        old_name = "" if segment.renamed_from in names else segment.renamed_from or ""
        old = base and base.changed_segments.get(segment.address)
        is_published = False
        if "audience" in segment.publish:
            filters = None if segment.predicate is None else to_audience(segment.predicate).filters
            declared = DeclaredAudience(name=segment.name, filters=filters)
            live = _claimed_audience(declared, old_name, audiences)
            found = list(_audience_changes(segment, live, declared, old))
            changes += found
            if live is not None:
                is_published = has_own_filters(segment, live, schema, snapshot)
                remarks = _audience_remarks(segment, live, declared, schema, snapshot, base)
                findings += ((segment.address, remark) for remark in remarks)
            if live is not None and not found and segment.status != "archived":
                verifications.append(_audience_verification(segment, live, compared=filters is not None))
        if segment.has_tag:
            tag = _claim(tags, segment.name.casefold(), old_name.casefold())
            found = list(compare_tag(segment, tag))
            changes += found
            if tag is not None and segment.adopt and segment.status == "archived":
                findings.append((segment.address, adopted_remark(segment, "tag", tag[0])))
            if (
                tag is not None
                and (question := tag_question(segment, tag, base, is_published=is_published)) is not None
            ):
                questions.append(question)
            if tag is not None and not found and segment.status != "archived":
                verifications.append(tag_verification(segment, tag[0]))
        if not segment.publish:
            live_name = _claim(built, segment.name, old_name)
            found = list(compare_hand_built(segment, live_name, old, hand_built))
            changes += found
            if live_name is not None and not found:
                verifications.append(segment_verification(segment))
    unclaimed = UnclaimedNames(
        segments=tuple(name for name in built if name not in PREDEFINED_SEGMENTS),
        audiences=tuple(dict.fromkeys(audience.name for audience in audiences)),
        tags=tuple(name for name, _ in tags.values()),
    )
    return SegmentComparison(
        changes=changes,
        findings=findings,
        verifications=verifications,
        unclaimed=unclaimed,
        questions=questions,
    )


def _claim(live: dict[str, T], *names: str) -> T | None:
    """What is there by the first of the names that is, and from now on nobody else's."""
    return next((live.pop(name) for name in names if name in live), None)


# --- audiences ----------------------------------------------------------------------------------------------


def _claimed_audience(
    declared: DeclaredAudience, old_name: str, live: list[LiveAudience]
) -> LiveAudience | None:
    """The audience of this name, which nobody else gets from now on; names need not be unique, so among several the
    one that has the filters already."""
    for name in (declared.name, old_name):
        found = [audience for audience in live if audience.name == name]
        if found:
            claimed = next((audience for audience in found if _has_filters(audience, declared)), found[0])
            live.remove(claimed)
            return claimed
    return None


def _has_filters(live: LiveAudience, declared: DeclaredAudience) -> bool:
    """Whether it has the filters of the rule; False where the API cannot express them."""
    filters = fields_without(table.FIELDS, "name")
    return declared.filters is not None and not [*compare_with_live(filters, declared=declared, live=live)]


def _audience_changes(
    segment: Segment, live: LiveAudience | None, declared: DeclaredAudience, old: Segment | None
) -> Iterator[Change]:
    """`old`: the segment as the specs had it, where it had another rule."""
    if segment.status == "archived":
        if live is not None and not segment.adopt:
            yield _audience_retirement(segment, live, declared)
        return
    if live is None:
        yield _audience_creation(segment, declared)
        return
    if declared.filters is None and old is not None:
        yield _audience_rebuild(segment, live, old)
    differences = [*compare_with_live(table.FIELDS, declared=declared, live=live)]
    if differences:
        fields = tuple(map(field_change, differences))
        operation = UpdateAudience(name=live.name, fields=fields, live_id=live.id)
        # Of another name and other filters, the filters matter more: they come after the name.
        grave = differences[-1].risk
        yield segment_change(segment, operation, grave.risk, grave.reason)


def _audience_creation(segment: Segment, declared: DeclaredAudience) -> Change:
    if declared.filters is None:
        return _audience_by_hand(segment)
    fields = tuple(map(field_change, creation_differences(table.FIELDS, declared=declared)))
    operation = CreateAudience(name=segment.name, fields=fields)
    return segment_change(segment, operation, "safe", "the workspace has no such audience")


def _audience_retirement(segment: Segment, live: LiveAudience, declared: DeclaredAudience) -> Change:
    """Deleted where it is what apply would have made of the rule; any other may be a person's, who deletes it."""
    if _has_filters(live, declared):
        reason = (
            "`status: archived` in the specs: the audience with this name and the filters of the rule is deleted and "
            "cannot be restored"
        )
        fields = (FieldChange(path="name", before=live.name, after=None),)
        operation = DeleteAudience(name=live.name, fields=fields, live_id=live.id)
        return segment_change(segment, operation, "destructive", reason)
    why = (
        "whose rule is past reading"
        if declared.filters is None
        else "whose filters are not those of the rule"
    )
    return segment_change(
        segment,
        RetireAudience(name=live.name, live_id=live.id),
        "caution",
        f"`status: archived` in the specs, and the audience of its name, {why}, may be somebody else's",
        steps=(
            f"in Intercom open Fin AI Agent > Audiences and find `{live.name}`",
            "check that nothing uses it, then delete it",
            f"if it is to stay: {removal_advice(segment)}",
        ),
    )


def _audience_by_hand(segment: Segment) -> Change:
    return segment_change(
        segment,
        BuildAudience(
            name=segment.name,
            fields=rule_fields(None, segment),
        ),
        "safe",
        "an audience made through the API cannot express the whole rule",
        steps=(
            "in Intercom open Fin AI Agent > Audiences and choose New audience",
            f"name it `{segment.name}`, to the letter",
            *to_screen_steps(segment.typed_rule, name=segment.name),
            "save",
        ),
    )


def _audience_rebuild(segment: Segment, live: LiveAudience, old: Segment) -> Change:
    return segment_change(
        segment,
        RebuildAudience(name=live.name, fields=rule_fields(old, segment), live_id=live.id),
        "caution",
        f"{RULE_CHANGED}, and no API call can express it",
        steps=(
            f"in Intercom open Fin AI Agent > Audiences and choose `{live.name}`",
            "remove the filters it has",
            *to_screen_steps(segment.typed_rule, name=segment.name),
            "save",
        ),
    )


def _audience_verification(segment: Segment, live: LiveAudience, *, compared: bool) -> Verification:
    if compared:
        known, unknown = "its name and its filters", "who made it"
    else:
        known, unknown = "its name", "its filters or who made it"
    return Verification(segment.address, "audience", live.name, known, unknown, complete=compared)


def _audience_remarks(
    segment: Segment,
    live: LiveAudience,
    declared: DeclaredAudience,
    schema: Schema,
    snapshot: Snapshot,
    base: Base | None,
) -> Iterator[Diagnostic]:
    """What is to be known of the audience that stands there for a segment: whether it is somebody else's."""
    if segment.status == "archived":
        if segment.adopt:
            yield adopted_remark(segment, "audience", live.name)
        return
    if declared.filters is None:
        yield _unverified_warning(segment, live)
    takeover = audience_takeover(segment, live, schema, snapshot, base)
    if takeover is not None:
        yield takeover


def _unverified_warning(segment: Segment, live: LiveAudience) -> Diagnostic:
    return codes.UNVERIFIED_AUDIENCE.at(
        segment.span,
        f"whether the audience `{live.name}` has the filters of this rule is not known",
        hint="the API cannot express the rule: compare the two in Intercom whenever the rule changes",
    )
