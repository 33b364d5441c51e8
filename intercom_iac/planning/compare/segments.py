"""Segments: what the specs publish against the audiences, tags and segments of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, cast

from intercom_iac.compilers import AudienceFilters, to_audience
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Kind, LiveAudience, Schema, Segment, Snapshot
from intercom_iac.rules import english, filter_steps

from ..plan import Action, Change, FieldChange, Place, Risk
from .attributes import Finding

T = TypeVar("T")


def compare_segments(schema: Schema, snapshot: Snapshot) -> tuple[list[Change], list[Finding]]:
    """The changes of every segment, one for each thing it is in Intercom, and by address what to know of them.

    What is in Intercom is found by its name there, else by `renamed_from`: the name it had, unless another
    segment of the specs has that name now. It stands for one segment alone: an archived one has what others leave.
    """
    taken = {each.name for each in schema.segments.values() if each.status != "archived"}
    audiences = list(snapshot.audiences)
    # That case makes no other tag is an assumption, as of the embedded workspace.
    tags = {name.casefold(): (name, tag_id) for name, tag_id in snapshot.tags.items()}
    built = {each.name: each.name for each in snapshot.segments}
    changes: list[Change] = []
    findings: list[Finding] = []
    for segment in sorted(schema.segments.values(), key=lambda each: each.status == "archived"):
        old = "" if segment.renamed_from in taken else segment.renamed_from or ""
        if "audience" in segment.publish:
            filters = to_audience(segment.predicate).filters
            live = _taken_audience(segment, old, filters, audiences)
            changes += _audience(segment, live, filters)
            if live is not None and filters is None and segment.status != "archived":
                findings.append((segment.address, _unverified(segment, live)))
        if "tag" in segment.publish:
            changes += _tag(segment, _taken(tags, segment.name.casefold(), old.casefold()))
        if not segment.publish:
            changes += _by_hand(segment, _taken(built, segment.name, old))
    return changes, findings


def _taken(live: dict[str, T], *names: str) -> T | None:
    """What is there by the first of the names that is, and from now on nobody else's."""
    return next((live.pop(each) for each in names if each in live), None)


# --- audiences ----------------------------------------------------------------------------------------------


def _taken_audience(
    segment: Segment, old: str, filters: AudienceFilters | None, live: list[LiveAudience]
) -> LiveAudience | None:
    """The audience of this name; names need not be unique, so among several the one that is right already."""
    for name in (segment.name, old):
        found = [each for each in live if each.name == name]
        if found:
            right = [each for each in found if filters is not None and _filters(each) == _wanted(filters)]
            live.remove((right or found)[0])
            return (right or found)[0]
    return None


def _audience(
    segment: Segment, live: LiveAudience | None, filters: AudienceFilters | None
) -> Iterator[Change]:
    if segment.status == "archived":
        if live is not None:
            yield _gone(segment, "audience", live.name, live.id)
        return
    if live is None and filters is None:
        yield _audience_by_hand(segment)
        return
    wanted: dict[str, Any] = {"name": segment.name}
    if filters is not None:
        wanted["predicates"] = [each.as_json() for each in filters.predicates]
        wanted["role_predicates"] = [each.as_json() for each in filters.role_predicates]
    if live is None:
        fields = tuple(FieldChange(path, None, after) for path, after in wanted.items() if after)
        yield _change(segment, "audience", "create", "safe", "the workspace has no such audience", fields)
        return
    held: dict[str, Any] = {
        "name": live.name,
        "predicates": [each.as_json() for each in live.predicates],
        "role_predicates": [each.as_json() for each in live.role_predicates],
    }
    fields = tuple(
        FieldChange(path, held[path], after)
        for path, after in wanted.items()
        if _unordered(held[path]) != _unordered(after)
    )
    if fields:
        reason = "its filters differ from the rule: who Fin may talk to changes"
        if all(each.path == "name" for each in fields):
            reason = f"renamed from `{live.name}`"
        yield _change(
            segment, "audience", "update", "caution", reason, fields, name=live.name, live_id=live.id
        )


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


def _audience_by_hand(segment: Segment) -> Change:
    return _change(
        segment,
        "audience",
        "manual",
        "safe",
        "an audience made through the API cannot express the whole rule",
        steps=(
            "in Intercom open Fin AI Agent > Audiences and choose New audience",
            f"name it `{segment.name}`, to the letter",
            *filter_steps(segment.predicate),
            "save",
        ),
    )


def _unverified(segment: Segment, live: LiveAudience) -> Any:
    return codes.UNVERIFIED_AUDIENCE.at(
        segment.span,
        f"whether the audience `{live.name}` has the filters of this rule is not known",
        hint="the API cannot express the rule: compare the two in Intercom whenever the rule changes",
    )


# --- tags ---------------------------------------------------------------------------------------------------


def _tag(segment: Segment, live: tuple[str, str] | None) -> Iterator[Change]:
    if segment.status == "archived":
        if live is not None:
            yield _gone(segment, "tag", *live)
    elif live is None:
        fields = (FieldChange("name", None, segment.name),)
        yield _change(
            segment,
            "tag",
            "create",
            "safe",
            "the workspace has no such tag; it is made, and put on nobody",
            fields,
        )
    elif live[0].casefold() != segment.name.casefold():
        name, tag_id = live
        fields = (FieldChange("name", name, segment.name),)
        yield _change(
            segment, "tag", "update", "safe", f"renamed from `{name}`", fields, name=name, live_id=tag_id
        )


# --- segments that a person builds --------------------------------------------------------------------------


def _by_hand(segment: Segment, stands: str | None) -> Iterator[Change]:
    """`stands`: the name of the segment that is there for it."""
    if segment.status == "archived":
        if stands is not None:
            yield _change(
                segment,
                "segment",
                "manual",
                "caution",
                "`status: archived` in the specs, and no API call deletes a segment",
                steps=(
                    "in Intercom open Contacts and choose the segment in the list on the left",
                    f"check that nothing uses `{stands}`, then choose Delete segment",
                ),
                name=stands,
            )
    elif stands is None:
        yield _change(
            segment,
            "segment",
            "manual",
            "safe",
            "no API call makes a segment: a person builds it, the plan verifies that it stands there",
            (
                FieldChange("name", None, segment.name),
                FieldChange("rule", None, segment.rule),
                FieldChange("meaning", None, english(segment.predicate)),
            ),
            steps=(
                "in Intercom open Contacts > People and choose New segment",
                *filter_steps(segment.predicate),
                f"choose Save segment and name it `{segment.name}`, to the letter",
            ),
        )
    elif stands != segment.name:
        yield _change(
            segment,
            "segment",
            "manual",
            "safe",
            f"renamed from `{stands}`, and no API call renames a segment",
            (FieldChange("name", stands, segment.name),),
            steps=(
                f"in Intercom open Contacts and choose the segment `{stands}`",
                f"choose Rename segment and name it `{segment.name}`, to the letter",
            ),
            name=stands,
        )


def _gone(segment: Segment, kind: Kind, name: str, live_id: str) -> Change:
    return _change(
        segment,
        kind,
        "delete",
        "destructive",
        f"`status: archived` in the specs: the {kind} is deleted and cannot be restored",
        (FieldChange("name", name, None),),
        name=name,
        live_id=live_id,
    )


def _change(
    segment: Segment,
    kind: Kind,
    action: Action,
    risk: Risk,
    reason: str,
    fields: tuple[FieldChange, ...] = (),
    *,
    steps: tuple[str, ...] = (),
    name: str | None = None,
    live_id: str | None = None,
) -> Change:
    return Change(
        address=segment.address,
        object=kind,
        name=name or segment.name,
        action=action,
        risk=risk,
        reason=reason,
        fields=fields,
        steps=steps,
        source=Place.of(segment.span),
        live_id=live_id,
    )
