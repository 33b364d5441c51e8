"""Segments: what the specs publish against the audiences, tags and segments of the workspace.

There is no state, and Intercom does not tell who made an audience or a tag. So what has the declared name is used as
it is, which the plan tells; a tag is never deleted, and an audience only where it has the filters of the rule too, as
one that apply made would.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar, cast

from intercom_iac.compilers import AudienceFilters, english_text, filter_steps, to_audience
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
from ..plan import Change, Standing
from .attributes import Finding
from .built import compare_built, standing_segment
from .common import RULE_CHANGED, rules, segment_change, until_its_entry_goes
from .tags import compare_tag, standing_tag

T = TypeVar("T")


class Left(NamedTuple):
    """The names of what stands in the workspace and is no segment's of the specs."""

    segments: tuple[str, ...]
    audiences: tuple[str, ...]
    tags: tuple[str, ...]


class Compared(NamedTuple):
    """The changes, by address what to know of them, what stands as declared as far as Intercom tells, and what is
    left of the workspace."""

    changes: list[Change]
    findings: list[Finding]
    standing: list[Standing]
    left: Left


def compare_segments(schema: Schema, snapshot: Snapshot, base: Base | None = None) -> Compared:
    """The changes of every segment, one for each thing it is in Intercom, and what to know of them.

    What is in Intercom is found by its name there, else by `renamed_from`: the name it had, unless another
    segment of the specs has that name now. It stands for one segment alone: an archived one has what others leave.
    Of rules that Intercom does not return, only `base` tells that they changed.
    """
    taken = {each.name for each in schema.segments.values() if each.status != "archived"}
    audiences = list(snapshot.audiences)
    # That case makes no other tag is an assumption, as of the embedded workspace.
    tags = {name.casefold(): (name, tag_id) for name, tag_id in snapshot.tags.items()}
    built = {each.name: each.name for each in snapshot.segments}
    changes: list[Change] = []
    findings: list[Finding] = []
    standing: list[Standing] = []
    for segment in sorted(schema.segments.values(), key=lambda each: each.status == "archived"):
        old = "" if segment.renamed_from in taken else segment.renamed_from or ""
        was = base and base.rewritten.get(segment.address)
        if "audience" in segment.publish:
            filters = None if segment.predicate is None else to_audience(segment.predicate).filters
            live = _taken_audience(segment, old, filters, audiences)
            found = list(_audience(segment, live, filters, was))
            changes += found
            if live is not None and filters is None and segment.status != "archived":
                findings.append((segment.address, _unverified(segment, live)))
            if live is not None and not found:
                standing.append(_standing_audience(segment, live, compared=filters is not None))
        if "tag" in segment.publish:
            tag = _taken(tags, segment.name.casefold(), old.casefold())
            found = list(compare_tag(segment, tag))
            changes += found
            if tag is not None and not found:
                standing.append(standing_tag(segment, tag[0]))
        if not segment.publish:
            stands = _taken(built, segment.name, old)
            found = list(compare_built(segment, stands, was))
            changes += found
            if stands is not None and not found:
                standing.append(standing_segment(segment))
    left = Left(
        tuple(name for name in built if name not in PREDEFINED_SEGMENTS),
        tuple(dict.fromkeys(audience.name for audience in audiences)),
        tuple(name for name, _ in tags.values()),
    )
    return Compared(changes, findings, standing, left)


def _taken(live: dict[str, T], *names: str) -> T | None:
    """What is there by the first of the names that is, and from now on nobody else's."""
    return next((live.pop(name) for name in names if name in live), None)


# --- audiences ----------------------------------------------------------------------------------------------


def _taken_audience(
    segment: Segment, old: str, filters: AudienceFilters | None, live: list[LiveAudience]
) -> LiveAudience | None:
    """The audience of this name; names need not be unique, so among several the one that is right already."""
    for name in (segment.name, old):
        found = [live_audience for live_audience in live if live_audience.name == name]
        if found:
            right = [
                live_audience
                for live_audience in found
                if filters is not None and _filters(live_audience) == _wanted(filters)
            ]
            live.remove((right or found)[0])
            return (right or found)[0]
    return None


def _audience(
    segment: Segment, live: LiveAudience | None, filters: AudienceFilters | None, was: Segment | None
) -> Iterator[Change]:
    if segment.status == "archived":
        if live is not None:
            yield _audience_gone(segment, live, filters)
        return
    if live is None and filters is None:
        yield _audience_by_hand(segment)
        return
    if live is not None and filters is None and was is not None:
        yield _audience_anew(segment, live, was)
    wanted: dict[str, Any] = {"name": segment.name}
    if filters is not None:
        wanted["predicates"] = [predicate.as_json() for predicate in filters.predicates]
        wanted["role_predicates"] = [role_predicate.as_json() for role_predicate in filters.role_predicates]
    if live is None:
        fields = tuple(FieldChange(path, None, after) for path, after in wanted.items() if after)
        operation = CreateAudience(name=segment.name, fields=fields)
        yield segment_change(segment, operation, "safe", "the workspace has no such audience")
        return
    held: dict[str, Any] = {
        "name": live.name,
        "predicates": [predicate.as_json() for predicate in live.predicates],
        "role_predicates": [role_predicate.as_json() for role_predicate in live.role_predicates],
    }
    fields = tuple(
        FieldChange(path, held[path], after)
        for path, after in wanted.items()
        if _unordered(held[path]) != _unordered(after)
    )
    if fields:
        reason = "its filters differ from the rule: who Fin may talk to changes"
        if all(field.path == "name" for field in fields):
            reason = f"renamed from `{live.name}`"
        operation = UpdateAudience(name=live.name, fields=fields, live_id=live.id)
        yield segment_change(segment, operation, "caution", reason)


def _wanted(filters: AudienceFilters) -> Any:
    return frozenset(filters.predicates), frozenset(filters.role_predicates)


def _filters(live: LiveAudience) -> Any:
    return frozenset(live.predicates), frozenset(live.role_predicates)


def _unordered(value: Any) -> Any:
    """Filters all have to hold, so their order says nothing."""
    if not isinstance(value, list):
        return value
    filters = cast("list[dict[str, str]]", value)
    return sorted(tuple(sorted(each.items())) for each in filters)


def _audience_gone(segment: Segment, live: LiveAudience, filters: AudienceFilters | None) -> Change:
    """Deleted where it is what apply would have made of the rule; any other may be a person's, who deletes it."""
    if filters is not None and _filters(live) == _wanted(filters):
        reason = (
            "`status: archived` in the specs: the audience with this name and the filters of the rule is deleted and "
            "cannot be restored"
        )
        fields = (FieldChange("name", live.name, None),)
        operation = DeleteAudience(name=live.name, fields=fields, live_id=live.id)
        return segment_change(segment, operation, "destructive", reason)
    why = "whose rule is past reading" if filters is None else "whose filters are not those of the rule"
    return segment_change(
        segment,
        RetireAudience(name=live.name, live_id=live.id),
        "caution",
        f"`status: archived` in the specs, and the audience of its name, {why}, may be somebody else's",
        steps=(
            f"in Intercom open Fin AI Agent > Audiences and find `{live.name}`",
            "check that nothing uses it, then delete it",
            f"if it is to stay: {until_its_entry_goes(segment)}",
        ),
    )


def _audience_by_hand(segment: Segment) -> Change:
    return segment_change(
        segment,
        BuildAudience(
            name=segment.name,
            fields=(
                FieldChange("rule", None, segment.rule),
                FieldChange("meaning", None, english_text(segment.typed_rule)),
            ),
        ),
        "safe",
        "an audience made through the API cannot express the whole rule",
        steps=(
            "in Intercom open Fin AI Agent > Audiences and choose New audience",
            f"name it `{segment.name}`, to the letter",
            *filter_steps(segment.typed_rule),
            "save",
        ),
    )


def _audience_anew(segment: Segment, live: LiveAudience, was: Segment) -> Change:
    return segment_change(
        segment,
        RebuildAudience(name=live.name, fields=rules(was, segment), live_id=live.id),
        "caution",
        f"{RULE_CHANGED}, and no API call can express it",
        steps=(
            f"in Intercom open Fin AI Agent > Audiences and choose `{live.name}`",
            "remove the filters it has",
            *filter_steps(segment.typed_rule),
            "save",
        ),
    )


def _standing_audience(segment: Segment, live: LiveAudience, *, compared: bool) -> Standing:
    if compared:
        known, unknown = "its name and its filters", "who made it"
    else:
        known, unknown = "its name", "its filters or who made it"
    return Standing(segment.address, "audience", live.name, known, unknown, whole=compared)


def _unverified(segment: Segment, live: LiveAudience) -> Any:
    return codes.UNVERIFIED_AUDIENCE.at(
        segment.span,
        f"whether the audience `{live.name}` has the filters of this rule is not known",
        hint="the API cannot express the rule: compare the two in Intercom whenever the rule changes",
    )
