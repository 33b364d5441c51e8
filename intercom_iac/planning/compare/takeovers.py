"""Whether the audience that stands there for a segment is somebody else's, by what the specs and the workspace tell.

With the specs of an earlier revision it is known whether the segment published it. Without them, one that has other
filters than the rule is most often the segment's own, whose rule was edited. It is taken for somebody else's where it
has filters that no rule of these specs has, and where nothing in the workspace tells that the segment was applied.
"""

from __future__ import annotations

from intercom_iac.changes.earlier_filters import has_earlier_filters
from intercom_iac.compilers import AudienceFilters, to_audience
from intercom_iac.compilers.audience.decompile import predicate_of, same_filters
from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import built as codes
from intercom_iac.model import LiveAudience, Schema, Segment, Snapshot, event_key

from ..base import Base
from .tags import adoption_hint


def audience_takeover(
    segment: Segment, live: LiveAudience, schema: Schema, snapshot: Snapshot, base: Base | None
) -> Diagnostic | None:
    """What is said of an audience that an active segment takes over, where it may be somebody else's."""
    if segment.adopt or (base is not None and live.name in _audiences_of(base)):
        return None
    filters = None if segment.predicate is None else to_audience(segment.predicate).filters
    held = AudienceFilters(live.predicates, live.role_predicates)
    differs = filters is not None and not same_filters(filters, held)
    takes_over = f"`{segment.key}` takes over the audience `{live.name}`"
    which = ", which has other filters than its rule" if differs else ""
    if base is not None:
        code = codes.NOT_ADOPTED if differs else codes.TAKES_OVER
        since = f"; the specs at `{base.at.name}` did not publish it"
        return code.at(segment.span, f"{takes_over}{which}{since}", hint=adoption_hint(base))
    if not differs or _is_its_own(segment, live, schema, snapshot):
        return None
    return codes.TAKES_OVER.at(segment.span, f"{takes_over}{which}", hint=adoption_hint(base))


def has_own_filters(segment: Segment, live: LiveAudience, schema: Schema, snapshot: Snapshot) -> bool:
    """Whether an audience has the filters of the rule, or of the rule before an attribute took another's place."""
    filters = None if segment.predicate is None else to_audience(segment.predicate).filters
    held = AudienceFilters(live.predicates, live.role_predicates)
    return same_filters(filters, held) or has_earlier_filters(live, filters, schema, snapshot.attributes)


def _is_its_own(
    segment: Segment,
    live: LiveAudience,
    schema: Schema,
    snapshot: Snapshot,
) -> bool:
    """Whether it is to be taken for the segment's own, with the filters of an earlier rule."""
    if live.name != segment.name:
        return True  # the specs say that it is renamed from this
    if has_own_filters(segment, live, schema, snapshot):
        return True
    tags = {name.casefold() for name in snapshot.tags}
    if segment.has_tag and not tags & {
        segment.name.casefold(),
        (segment.renamed_from or "").casefold(),
    }:
        return False
    held = AudienceFilters(live.predicates, live.role_predicates)
    return predicate_of(held, schema) is not None and _is_applied(schema, snapshot)


def _is_applied(schema: Schema, snapshot: Snapshot) -> bool:
    """Whether anything in the workspace tells that these specs, or earlier ones, were applied to it."""
    attributes = {(attribute.model, attribute.name) for attribute in snapshot.attributes}
    events = {event_key(name) for name in snapshot.events}
    return (
        not attributes.isdisjoint(schema.attributes)
        or any(event_key(event.name) in events for event in schema.events.values() if not event.adopt)
        or any(
            has_own_filters(segment, audience, schema, snapshot)
            for segment in schema.segments.values()
            if "audience" in segment.publish and not segment.adopt
            for audience in snapshot.audiences
            if audience.name == segment.name
        )
    )


def _audiences_of(base: Base) -> set[str]:
    """What the audiences were called that the specs published."""
    return {
        segment.name
        for segment in base.schema.segments.values()
        if "audience" in segment.publish and segment.status != "archived"
    }
