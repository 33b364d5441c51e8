"""The workspace against the specs: every finding, what could not be compared, and the renames under way."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Sample, Schema, Survey

from .attributes import attribute_drift
from .caps import near_caps
from .copies import Copy, ShowValue, copies_under_way, hide_value, replacements_under_way
from .events import event_drift
from .finding import Finding, Moment, Unverified
from .segments.audiences import audience_drift, is_beyond_filters, pair_audiences, waits_for_copies
from .segments.evidence import SegmentEvidence, is_empty_yet
from .segments.hand_built import pair_segments, segment_drift
from .segments.tags import tag_drift


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison found: findings by kind of thing, in the order of the specs; and what it could not know."""

    findings: tuple[Finding, ...]
    unverified: tuple[Unverified, ...]
    copies: tuple[Copy, ...]


def compare_workspace(
    schema: Schema,
    survey: Survey,
    sample: Sample | None,
    evidence: SegmentEvidence,
    moment: Moment,
    show_value: ShowValue = hide_value,
) -> Compared:
    """Everything that the workspace has otherwise than the specs say. What could not be read is no finding.

    `show_value` makes values of people fit to be shown.
    """
    people = Sample() if sample is None else sample
    return Compared(
        findings=tuple(_findings(schema, survey, people, evidence, moment)),
        unverified=tuple(_unverified(schema, survey, sample, evidence)),
        copies=tuple(copies_under_way(schema, survey.snapshot, people, show_value)),
    )


def _findings(
    schema: Schema, survey: Survey, sample: Sample, evidence: SegmentEvidence, moment: Moment
) -> Iterator[Finding]:
    snapshot = survey.snapshot
    if not survey.is_unread("attributes"):
        yield from attribute_drift(schema, snapshot, moment)
    if not survey.is_unread("events"):
        yield from event_drift(schema, snapshot, sample, moment)
    if not survey.is_unread("segments"):
        yield from segment_drift(schema, snapshot, evidence, moment)
    if not survey.is_unread("audiences"):
        yield from audience_drift(schema, snapshot, evidence, moment)
    if not survey.is_unread("tags"):
        yield from tag_drift(schema, snapshot)
    yield from near_caps(snapshot)


def _unverified(
    schema: Schema, survey: Survey, sample: Sample | None, evidence: SegmentEvidence
) -> Iterator[Unverified]:
    snapshot = survey.snapshot
    if sample is None:
        yield Unverified("what people did", "people are read with `--sample N` only")
        if [*replacements_under_way(schema, snapshot)]:
            yield Unverified("how far the values of renamed attributes are copied", "that takes `--sample N`")
    if any(event.metadata for event in schema.events.values() if event.status != "archived"):
        yield Unverified("the metadata keys of events", "no call of the API lists them")
    sent = [event.name for event in schema.events.values() if event.adopt and event.status != "archived"]
    if sent and sample is None:
        yield Unverified(
            f"whether anybody still sends {_names_text(sent)}", "something else does: `--sample N` says"
        )
    pairs, _ = pair_segments(schema, snapshot)
    built = [pair.segment for pair in pairs if pair.live is not None and pair.segment.status != "archived"]
    foreign = [segment.key for segment in built if segment.built_in_intercom]
    if foreign:
        yield Unverified(
            _segments_text("the rule of", foreign), "it is a person's, and Intercom tells it to nobody"
        )
    empty = [
        pair.segment.key
        for pair in pairs
        if pair.live is not None and is_empty_yet(pair.live, evidence.counts.get(pair.segment.address))
    ]
    if empty:
        why = "nobody is in it yet: people enter a segment when they are next updated or seen"
        yield Unverified(_segments_text("the rule of", empty), why)
    uncounted = [
        segment.key
        for segment in built
        if not segment.built_in_intercom and segment.address not in evidence.counts
    ]
    if uncounted:
        yield Unverified(_segments_text("how many people the rule finds of", uncounted), "it was not counted")
    waiting = [] if survey.is_unread("audiences") else pair_audiences(schema, snapshot)[0]
    waiting = [pair.segment.key for pair in waiting if waits_for_copies(pair, schema, snapshot)]
    if waiting:
        yield Unverified(
            _segments_text("whether it is time to change the audience of", waiting),
            "it reads what another attribute takes the place of until the values are copied: `plan` counts them",
        )
    beyond = [segment.key for segment in schema.segments.values() if is_beyond_filters(segment)]
    if beyond and not survey.is_unread("audiences"):
        yield Unverified(
            _segments_text("the filters of the audiences of", beyond), "the API cannot express their rules"
        )
    published = {segment.name.casefold() for segment in schema.segments.values() if segment.has_tag}
    others = sum(name.casefold() not in published for name in snapshot.tags)
    if others:
        tags = "one tag" if others == 1 else f"{others:,} tags"
        yield Unverified(f"{tags} that no segment publishes", "tags are anybody's, and left alone")


def _segments_text(what: str, keys: list[str]) -> str:
    return f"{what} {'a segment' if len(keys) == 1 else f'{len(keys)} segments'} ({_names_text(keys)})"


def _names_text(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(f"`{name}`" for name in names[:3]) + more
