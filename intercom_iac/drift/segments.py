"""Segments of the specs against what they are in Intercom: audiences, tags, and segments that a person builds.

Each is found by its name there, else by `renamed_from`. It stands for one segment alone; an archived one has what
others leave. Intercom returns the rule of no segment: that one was edited is seen by when it was saved, and by how
many people it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from intercom_iac.changes import audiences as table
from intercom_iac.changes import compare_with_live
from intercom_iac.changes.audiences import DeclaredAudience
from intercom_iac.changes.earlier_filters import has_earlier_filters
from intercom_iac.compilers import to_audience
from intercom_iac.model import LiveAudience, LiveSegment, Schema, Segment, Snapshot
from intercom_iac.model.address import audience_address, segment_address
from intercom_iac.model.limits import PREDEFINED_SEGMENTS

from .finding import Confidence, Counts, FieldDrift, Finding, Kind, Moment, Thing, field_drifts, time_text

T = TypeVar("T")
Found = Finding | None


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A segment of the specs that a person builds, and the one that stands for it in the workspace."""

    segment: Segment
    live: LiveSegment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEvidence:
    """What is known of segments beside their names.

    `counts` are of those that were counted, by address; of one that is gone, without its own count. `changed_at` is
    when the specs last changed the entry at an address, in Unix seconds; empty where that is not known.
    """

    counts: Mapping[str, Counts]
    changed_at: Mapping[str, int]


def pair_segments(schema: Schema, snapshot: Snapshot) -> tuple[list[SegmentPair], list[LiveSegment]]:
    """The segments that a person builds, each with the one that stands for it; and those that no segment of the specs
    stands for, without Intercom's own."""
    live = {segment.name: segment for segment in snapshot.segments}
    names = _active_names(schema)
    pairs = [
        SegmentPair(segment, _claim(live, segment.name, _old_name(segment, names)))
        for segment in _in_claiming_order(schema)
        if not segment.publish
    ]
    return pairs, [segment for name, segment in live.items() if name not in PREDEFINED_SEGMENTS]


def was_saved_again(live: LiveSegment | LiveAudience, changed_at: int | None) -> bool:
    """Whether it was saved after it was made, and after the specs last changed."""
    created, updated = live.history.created_at, live.history.updated_at
    return changed_at is not None and updated is not None and updated > max(changed_at, created or 0)


def is_empty_yet(live: LiveSegment, counts: Counts | None) -> bool:
    """Whether a segment was never saved again and has nobody, though its rule finds people.

    They enter a segment when they are next updated or seen (help articles 324 and 2578258).
    """
    return counts is not None and counts.segment == 0 and counts.search > 0 and not was_saved_again(live, 0)


def segment_drift(
    schema: Schema, snapshot: Snapshot, evidence: SegmentEvidence, moment: Moment
) -> Iterator[Finding]:
    """Findings of the segments that a person builds, then of those in the workspace that the specs do not have."""
    pairs, strangers = pair_segments(schema, snapshot)
    renamed: set[str] = set()
    for pair in pairs:
        finding = _hand_built(pair, strangers, evidence, moment)
        if finding is not None:
            yield finding
            if finding.kind == "changed" and isinstance(finding.live, LiveSegment):
                renamed.add(finding.live.id)
    for live in strangers:
        if live.id not in renamed:
            yield _unmanaged(segment_address(live.name), "segment", live, moment)


def _hand_built(
    pair: SegmentPair, strangers: list[LiveSegment], evidence: SegmentEvidence, moment: Moment
) -> Found:
    segment, live = pair.segment, pair.live
    if segment.status == "archived":
        return None if live is None else _still_there(segment, "segment", live)
    if live is None:
        return _gone_or_renamed(segment, strangers, evidence, moment)
    if live.name != segment.name:
        return _renamed(segment, "segment", live)
    return None if segment.built_in_intercom else _edited(segment, live, evidence)


def _gone_or_renamed(
    segment: Segment, strangers: list[LiveSegment], evidence: SegmentEvidence, moment: Moment
) -> Finding:
    """Gone, unless exactly one segment that the specs do not have has as many people and was saved again since."""
    counts, changed_at = evidence.counts.get(segment.address), evidence.changed_at.get(segment.address)
    older = [live for live in strangers if moment.since(live.history.created_at) != "new"]
    as_many = [
        live for live in older if counts is not None and Counts(live.count, counts.search, counts.exact).agree
    ]
    saved = [live for live in older if was_saved_again(live, changed_at)]
    both = [live for live in as_many if live in saved]
    if len(both) == 1:
        return _guessed_rename(segment, both[0], counts)
    hint = f"build it again: `plan --target {segment.address}` has the steps"
    perhaps = both or as_many or saved
    if perhaps:
        names = ", ".join(f"`{live.name}`" for live in perhaps[:3])
        hint = f"it may have another name now: {names}; {hint}"
    return Finding(
        address=segment.address,
        kind="missing",
        thing="segment",
        name=segment.name,
        reason=f"the workspace has no segment `{segment.name}`, which a person builds",
        hint=hint,
        source=segment.span,
    )


def _guessed_rename(segment: Segment, live: LiveSegment, counts: Counts | None) -> Finding:
    saved = time_text(live.history.updated_at)
    return Finding(
        address=segment.address,
        kind="changed",
        thing="segment",
        name=segment.name,
        confidence="likely",
        fields=(FieldDrift("name", specs=segment.name, workspace=live.name),),
        reason=f"`{segment.name}` is gone, and `{live.name}`, saved {saved}, has as many people as its rule finds",
        counts=None if counts is None else Counts(live.count, counts.search, counts.exact),
        source=segment.span,
        live=live,
    )


def _edited(segment: Segment, live: LiveSegment, evidence: SegmentEvidence) -> Found:
    counts = evidence.counts.get(segment.address)
    saved = was_saved_again(live, evidence.changed_at.get(segment.address))
    contradict = counts is not None and counts.contradict and not is_empty_yet(live, counts)
    if not contradict and (not saved or (counts is not None and counts.agree)):
        return None
    return Finding(
        address=segment.address,
        kind="edited",
        thing="segment",
        name=segment.name,
        confidence="likely" if contradict and (saved or (counts is not None and counts.exact)) else "unknown",
        reason="; ".join(_evidence_words(live, counts, saved=saved)),
        hint=f"compare the filters in Intercom with the rule: `segment compile {segment.key}`; `plan --target "
        f"{segment.address} --against` an earlier revision has the steps to build it again",
        counts=counts,
        source=segment.span,
        live=live,
    )


def _evidence_words(live: LiveSegment | LiveAudience, counts: Counts | None, *, saved: bool) -> Iterator[str]:
    if saved:
        yield f"saved {time_text(live.history.updated_at)}, after the specs last changed it"
    if counts is None or counts.segment is None:
        yield "its people were not counted"
        return
    search = (
        "the search of its rule finds exactly" if counts.exact else "the search of its rule, a bound, finds"
    )
    yield f"it has {counts.segment:,} people, and {search} {counts.search:,}; counts can lag"


# --- audiences and tags -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AudiencePair:
    """What a segment of the specs publishes, and the audience that stands for it in the workspace."""

    segment: Segment
    declared: DeclaredAudience
    live: LiveAudience | None


def pair_audiences(schema: Schema, snapshot: Snapshot) -> tuple[list[AudiencePair], list[LiveAudience]]:
    """The segments that publish an audience, each with the one that stands for it; and those that no segment does."""
    live = list(snapshot.audiences)
    names = _active_names(schema)
    pairs: list[AudiencePair] = []
    for segment in _in_claiming_order(schema):
        if "audience" in segment.publish:
            declared = _declared_audience(segment)
            claimed = _claim_audience(live, declared, _old_name(segment, names))
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
        yield _unmanaged(audience_address(audience.name), "audience", audience, moment)


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
) -> Found:
    if segment.status == "archived":
        return None if live is None or segment.adopt else _still_there(segment, "audience", live)
    if live is None:
        return _gone(segment, "audience")
    if live.name != segment.name:
        return _renamed(segment, "audience", live)
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


def tag_drift(schema: Schema, snapshot: Snapshot) -> Iterator[Finding]:
    """Findings of the tags that segments publish. Others are no matter of the specs: people tag conversations."""
    live = {name.casefold(): name for name in snapshot.tags}
    names = _active_names(schema)
    for segment in _in_claiming_order(schema):
        if "tag" not in segment.publish:
            continue
        name = _claim(live, segment.name.casefold(), _old_name(segment, names).casefold())
        if segment.status == "archived":
            if name is not None and not segment.adopt:
                yield _still_there(segment, "tag", None)
        elif name is None:
            yield _gone(segment, "tag")
        elif name.casefold() != segment.name.casefold():
            yield _renamed(segment, "tag", None, name)


# --- what they have in common -------------------------------------------------------------------------------


def _active_names(schema: Schema) -> set[str]:
    return {segment.name for segment in schema.segments.values() if segment.status != "archived"}


def _old_name(segment: Segment, names: set[str]) -> str:
    """The name it had, unless another segment of the specs has that name now."""
    return "" if segment.renamed_from in names else segment.renamed_from or ""


def _in_claiming_order(schema: Schema) -> list[Segment]:
    return sorted(schema.segments.values(), key=lambda segment: segment.status == "archived")


def _claim(live: dict[str, T], *names: str) -> T | None:
    """What is there by the first of the names that is, and from now on nobody else's."""
    return next((live.pop(name) for name in names if name in live), None)


def _gone(segment: Segment, thing: Thing) -> Finding:
    return Finding(
        address=segment.address,
        kind="missing",
        thing=thing,
        name=segment.name,
        reason=f"the workspace has no {thing} `{segment.name}`, which the specs publish",
        hint=f"`apply` makes it; or take `{thing}` out of `publish`",
        source=segment.span,
    )


def _renamed(
    segment: Segment, thing: Thing, live: LiveSegment | LiveAudience | None, name: str = ""
) -> Finding:
    """It stands there under the name that it is renamed from."""
    old = live.name if live is not None else name
    return Finding(
        address=segment.address,
        kind="changed",
        thing=thing,
        name=segment.name,
        fields=(FieldDrift("name", specs=segment.name, workspace=old),),
        reason=f"the {thing} has the name that it is renamed from",
        source=segment.span,
        live=live,
    )


def _still_there(segment: Segment, thing: Thing, live: LiveSegment | LiveAudience | None) -> Finding:
    return Finding(
        address=segment.address,
        kind="restored",
        thing=thing,
        name=segment.name,
        fields=(FieldDrift("archived", specs=True, workspace=False),),
        reason=f"archived in the specs, and the workspace has the {thing}",
        source=segment.span,
        live=live,
    )


def _unmanaged(address: str, thing: Thing, live: LiveSegment | LiveAudience, moment: Moment) -> Finding:
    since = moment.since(live.history.created_at)
    created = time_text(live.history.created_at)
    reason = "the specs do not have it"
    if created is not None:
        reason += f"; made {created}"
    if since is not None:
        reason += f", {'after' if since == 'new' else 'before'} `{moment.name}`"
    kind: Kind = "unmanaged"
    return Finding(
        address=address,
        kind=kind,
        thing=thing,
        name=live.name,
        reason=reason,
        since=since,
        created_at=live.history.created_at,
        live=live,
    )
