"""Segments that a person builds: their names, and as far as can be known whether their rules were edited."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveSegment, Schema, Segment, Snapshot
from intercom_iac.model.address import segment_address
from intercom_iac.model.limits import PREDEFINED_SEGMENTS

from ..finding import Counts, FieldDrift, Finding, Moment, time_text
from .claiming import active_names, claim, in_claiming_order, old_name
from .evidence import SegmentEvidence, evidence_words, is_empty_yet, was_saved_again
from .findings import declared_rename, presence, unmanaged_finding


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A segment of the specs that a person builds, and the one that stands for it in the workspace."""

    segment: Segment
    live: LiveSegment | None


def pair_segments(schema: Schema, snapshot: Snapshot) -> tuple[list[SegmentPair], list[LiveSegment]]:
    """The segments that a person builds, each with the one that stands for it; and those that no segment of the specs
    stands for, without Intercom's own."""
    live = {segment.name: segment for segment in snapshot.segments}
    names = active_names(schema)
    pairs = [
        SegmentPair(segment, claim(live, segment.name, old_name(segment, names)))
        for segment in in_claiming_order(schema)
        if not segment.publish
    ]
    return pairs, [segment for name, segment in live.items() if name not in PREDEFINED_SEGMENTS]


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
            yield unmanaged_finding(segment_address(live.name), "segment", live, moment)


def _hand_built(
    pair: SegmentPair, strangers: list[LiveSegment], evidence: SegmentEvidence, moment: Moment
) -> Finding | None:
    segment, live = pair.segment, pair.live
    if segment.status == "archived":
        return None if live is None else presence(segment, "segment", live)
    if live is None:
        return _gone_or_renamed(segment, strangers, evidence, moment)
    if live.name != segment.name:
        return declared_rename(segment, "segment", live)
    return None if segment.built_in_intercom else _edit_finding(segment, live, evidence)


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


def _edit_finding(segment: Segment, live: LiveSegment, evidence: SegmentEvidence) -> Finding | None:
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
        reason="; ".join(evidence_words(live, counts, saved=saved)),
        hint=f"compare the filters in Intercom with the rule: `segment compile {segment.key}`; `plan --target "
        f"{segment.address} --against` an earlier revision has the steps to build it again",
        counts=counts,
        source=segment.span,
        live=live,
    )
