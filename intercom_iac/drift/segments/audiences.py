"""Audiences that segments publish: their names and filters."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.changes import audiences as table
from intercom_iac.changes import compare_with_live
from intercom_iac.changes.audiences import DeclaredAudience
from intercom_iac.changes.earlier_filters import has_earlier_filters
from intercom_iac.compilers import to_audience
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveAudience, Schema, Segment, Snapshot
from intercom_iac.model.address import audience_address

from ..finding import Confidence, FieldDrift, Finding, Moment, field_drifts, time_text
from .claiming import active_names, in_claiming_order, old_name
from .evidence import SegmentEvidence, was_saved_again
from .findings import absence, declared_rename, presence, unmanaged_finding


@dataclass(frozen=True, slots=True)
class AudiencePair:
    """What a segment of the specs publishes, and the audience that stands for it in the workspace."""

    segment: Segment
    declared: DeclaredAudience
    live: LiveAudience | None


def pair_audiences(schema: Schema, snapshot: Snapshot) -> tuple[list[AudiencePair], list[LiveAudience]]:
    """The segments that publish an audience, each with the one that stands for it; and those that no segment does."""
    live = list(snapshot.audiences)
    names = active_names(schema)
    pairs: list[AudiencePair] = []
    for segment in in_claiming_order(schema):
        if "audience" in segment.publish:
            declared = _declared_audience(segment)
            claimed = _claim_audience(live, declared, old_name(segment, names))
            pairs.append(AudiencePair(segment, declared, claimed))
    return pairs, live


def audience_drift(
    schema: Schema, snapshot: Snapshot, evidence: SegmentEvidence, moment: Moment
) -> Iterator[Finding]:
    """Findings of the audiences that segments publish, then of those in the workspace that no segment does."""
    pairs, strangers = pair_audiences(schema, snapshot)
    for pair in pairs:
        finding = _audience_finding(pair.segment, pair.declared, pair.live, evidence)
        if finding is not None and not waits_for_copies(pair, schema, snapshot):
            yield finding
    for audience in strangers:
        yield unmanaged_finding(audience_address(audience.name), "audience", audience, moment)


def waits_for_copies(pair: AudiencePair, schema: Schema, snapshot: Snapshot) -> bool:
    """Whether an audience has the filters of its rule, but for attributes whose values others are to take over.

    It has to keep them until the values are copied. Where the specs say `status: archived` of the old attribute,
    nothing of it is waited for.
    """
    live, segment = pair.live, pair.segment
    if live is None or segment.status == "archived" or live.name != segment.name:
        return False
    let_go = {key for key, attribute in schema.attributes.items() if attribute.status == "archived"}
    open_ones = [
        attribute
        for attribute in snapshot.attributes
        if not attribute.archived and (attribute.model, attribute.name) not in let_go
    ]
    read = {predicate.attribute.rpartition("custom_attributes.")[2] for predicate in live.predicates}
    replaced = {(attribute.model, attribute.name) for attribute in open_ones if attribute.name in read}
    return not replaced.isdisjoint(schema.successors()) and has_earlier_filters(
        live, pair.declared.filters, schema, open_ones
    )


def is_beyond_filters(segment: Segment) -> bool:
    """Whether an audience made through the API cannot have the rule, so that its filters cannot be compared."""
    active = "audience" in segment.publish and segment.status != "archived"
    return active and _declared_audience(segment).filters is None


def _declared_audience(segment: Segment) -> DeclaredAudience:
    filters = None if segment.predicate is None else to_audience(segment.predicate).filters
    return DeclaredAudience(name=segment.name, filters=filters)


def _claim_audience(
    live: list[LiveAudience], declared: DeclaredAudience, old_name: str
) -> LiveAudience | None:
    """The audience of this name, else of the old one. Names need not be unique: of several, that with the filters."""
    for name in (declared.name, old_name):
        named = [audience for audience in live if audience.name == name]
        if named:
            claimed = next((one for one in named if not _filter_drifts(declared, one)), named[0])
            live.remove(claimed)
            return claimed
    return None


def _filter_drifts(declared: DeclaredAudience, live: LiveAudience) -> tuple[FieldDrift, ...]:
    fields = (table.PREDICATES, table.ROLE_PREDICATES)
    return field_drifts(compare_with_live(fields, declared=declared, live=live))


def _audience_finding(
    segment: Segment, declared: DeclaredAudience, live: LiveAudience | None, evidence: SegmentEvidence
) -> Finding | None:
    if segment.status == "archived":
        return None if live is None or segment.adopt else presence(segment, "audience", live)
    if live is None:
        return absence(segment, "audience")
    if live.name != segment.name:
        return declared_rename(segment, "audience", live)
    fields = _filter_drifts(declared, live)
    saved = was_saved_again(live, evidence.changed_at.get(segment.address))
    if fields:
        changed = time_text(live.history.updated_at)
        confidence: Confidence = "certain"
        reason = "its filters are not those of the rule" + (f"; last changed {changed}" if changed else "")
    elif declared.filters is None and saved:
        confidence = "unknown"
        reason = f"saved {time_text(live.history.updated_at)}, after the specs last changed it; whether it has the "
        reason += "filters of the rule, which is more than the API can express, is not known"
    else:
        return None
    return Finding(
        address=segment.address,
        kind="edited",
        thing="audience",
        name=segment.name,
        confidence=confidence,
        fields=fields,
        reason=reason,
        source=segment.span,
        live=live,
    )
