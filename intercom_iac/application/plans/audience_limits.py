"""How many people a plan exchanges in the audiences whose filters it changes, held to the limit of the project.

What the audience has in the workspace is the rule before, so that this needs no earlier specs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from intercom_iac.breaking import MemberCount, MemberCounts
from intercom_iac.breaking.members import limit_finding
from intercom_iac.compilers import AudienceFilters
from intercom_iac.diagnostics import UnsafePlan, WorkspaceError
from intercom_iac.model import Predicate, Schema, Segment, Snapshot
from intercom_iac.planning import Change, Plan, Remark
from intercom_iac.planning.measuring import Count
from intercom_iac.planning.operations import UpdateAudience

from .member_counts import MemberSearches


def with_audience_limit(
    plan: Plan,
    schema: Schema,
    snapshot: Snapshot,
    count: Count,
    *,
    today: date | None,
    max_percent: float | None,
) -> Plan:
    """The plan, with an error for each audience of which it exchanges more people than the project allows, and a
    warning where nobody could be counted. What is told of a segment already is not told again."""
    if max_percent is None:
        return plan
    told = {change.address for change in plan.segment_changes if change.counts is not None}
    remarks = [
        Remark.of_diagnostic(finding)
        for change, segment in _changed_audiences(plan, schema)
        if change.address not in told
        and (
            finding := limit_finding(
                change.address,
                _counts(change, segment, schema, snapshot, count, today),
                max_percent,
                segment.span,
            )
        )
        is not None
    ]
    return replace(plan, remarks=(*plan.remarks, *remarks))


def refuse_if_over_limit(saved: Plan, max_percent: float | None) -> None:
    """Raises `UnsafePlan` where a saved plan exchanges more people, by what was counted then, than the project allows
    now."""
    findings = [
        finding
        for change in saved.segment_changes
        if change.counts is not None
        and (finding := limit_finding(change.address, _decode_counts(change.counts), max_percent)) is not None
        and finding.is_error
    ]
    if findings:
        raise UnsafePlan("the plan is not safe to apply", diagnostics=findings)


def _changed_audiences(plan: Plan, schema: Schema) -> Iterator[tuple[Change, Segment]]:
    segments = {segment.address: segment for segment in schema.segments.values()}
    for change in plan.calls:
        is_of_filters = any(field.path in ("predicates", "role_predicates") for field in change.fields)
        if isinstance(change.operation, UpdateAudience) and is_of_filters:
            yield change, segments[change.address]


def _counts(
    change: Change, segment: Segment, schema: Schema, snapshot: Snapshot, count: Count, today: date | None
) -> MemberCounts | None:
    before = _live_rule(change, schema, snapshot)
    if today is None or before is None:
        return None
    try:
        return MemberSearches(snapshot, today, count).members((before, segment.typed_rule))
    except WorkspaceError:
        return None


def _live_rule(change: Change, schema: Schema, snapshot: Snapshot) -> Predicate | None:
    """The rule that the audience has in the workspace; None where no rule says its filters."""
    from intercom_iac.compilers.audience.decompile import predicate_of

    live = next(audience for audience in snapshot.audiences if audience.id == change.live_id)
    return predicate_of(AudienceFilters(live.predicates, live.role_predicates), schema)


def _decode_counts(counts: Mapping[str, Any]) -> MemberCounts:
    return MemberCounts(**{name: MemberCount(**counted) for name, counted in counts.items()})
