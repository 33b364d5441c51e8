"""What a workspace has, as entries for the specs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from intercom_iac.compilers import AudienceFilters, decompile, same_filters, to_audience
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import (
    STANDARD,
    Event,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Sample,
    Schema,
    Segment,
    Snapshot,
    Survey,
    event_key,
)
from intercom_iac.model.address import event_address, segment_address
from intercom_iac.model.limits import PREDEFINED_SEGMENTS
from intercom_iac.specs.author.entries import attribute_entry, event_entry
from intercom_iac.specs.author.live_entries import (
    audience_entry,
    built_segment_entry,
    declared_attribute,
    segment_key,
)

from .inference import infer_metadata
from .proposal import NotMapped, Proposal, ProposedEntry

ATTRIBUTE_KEYS = frozenset({"type", "options", "description", "messenger_writable", "status"})
"""What Intercom tells of an attribute, by the keys of its entry."""

Found = ProposedEntry | NotMapped
Mask = Callable[[str], str | None]
"""A text masked where it looks personal; None where it does not."""


def unread_lists(survey: Survey, sample: Sample) -> tuple[NotMapped, ...]:
    """What the token may not read, of which nothing is known."""
    return tuple(
        NotMapped(what=unread.what, why=f"the token may not read it: {unread.reason}", place=unread.call)
        for unread in dict.fromkeys((*survey.unread, *sample.unread))
    )


def propose_workspace(
    snapshot: Snapshot, sample: Sample, schema: Schema, *, mask: Mask = lambda _: None
) -> Proposal:
    """Entries for what a workspace has: attributes, events, segments and audiences, each in the order of names.

    `schema` is what the specs say already: an event, a segment or an audience has the key it has there. What
    Intercom makes itself is left out; what has no place in the specs is in `not_mapped`.
    """
    found: list[Found] = [
        *_attributes(snapshot),
        *_events(snapshot, sample, schema, mask),
        *_segments(snapshot, schema),
        *_tags(snapshot, schema),
    ]
    return Proposal(
        entries=tuple(one for one in found if isinstance(one, ProposedEntry) and one.entry.name),
        not_mapped=tuple(
            one if isinstance(one, NotMapped) else _nameless(one)
            for one in found
            if isinstance(one, NotMapped) or not one.entry.name
        ),
    )


def _nameless(proposed: ProposedEntry) -> NotMapped:
    return NotMapped(what=f"`{proposed.address}`", why="its name is empty", place=proposed.place)


# --- attributes ---------------------------------------------------------------------------------------------


def _attributes(snapshot: Snapshot) -> Iterator[Found]:
    first: dict[tuple[str, str], LiveAttribute] = {}
    in_use_first = sorted(snapshot.attributes, key=lambda attribute: (attribute.archived, attribute.id))
    for attribute in in_use_first:
        key = (attribute.model, attribute.name)
        if key in STANDARD and STANDARD[key].is_custom:
            continue
        if first.setdefault(key, attribute).id != attribute.id:
            archived = ", archived" if attribute.archived else ""
            yield NotMapped(
                what=f"the {attribute.model} attribute `{attribute.name}`{archived}",
                why="another one has its name, and an entry stands for one",
                place=_attribute_place(attribute),
            )
    for _, attribute in sorted(first.items(), key=lambda item: (item[0][0] != "contact", item[0][1])):
        yield ProposedEntry(
            entry=attribute_entry(declared_attribute(attribute)),
            address=attribute.address,
            place=_attribute_place(attribute),
            told=ATTRIBUTE_KEYS,
        )


def _attribute_place(attribute: LiveAttribute) -> str:
    return f"data attribute {attribute.id}"


# --- events -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _SeenEvent:
    """An event that somebody sent: how it is spelled, what people call it, and whether the registrar sent it."""

    name: str
    description: str = ""
    registered: bool = False


def _events(snapshot: Snapshot, sample: Sample, schema: Schema, mask: Mask) -> Iterator[Found]:
    occurrences: dict[str, list[Mapping[str, Any]]] = {}
    for occurrence in sample.events:
        occurrences.setdefault(event_key(occurrence.name), []).append(occurrence.metadata)
    declared = {event_key(name): name for name in schema.events}
    for key, event in sorted(_seen_events(snapshot, sample).items()):
        name = declared.get(key, event.name)
        of_event = occurrences.get(key, [])
        metadata = infer_metadata(name, of_event, mask)
        if key not in declared:
            yield from metadata.not_mapped
        entry = event_entry(
            Event(
                name=name,
                description=event.description or None,
                metadata=metadata.keys,
                adopt=not event.registered,
            )
        )
        yield ProposedEntry(
            entry=entry,
            address=event_address(name),
            place="events of people" if not event.registered else "events of the registrar contact",
            comment=_inference_comment(len(of_event)),
            told=frozenset({"description"} if event.description else ()),
            inferred=frozenset({"metadata"}),
        )


def _seen_events(snapshot: Snapshot, sample: Sample) -> dict[str, _SeenEvent]:
    """By the key that all spellings of an event share."""
    seen: dict[str, _SeenEvent] = {}
    for name in snapshot.events:
        seen.setdefault(event_key(name), _SeenEvent(name=name, registered=True))
    summaries = [summary for of_contact in sample.summaries.values() for summary in of_contact]
    for summary in summaries:
        event = seen.setdefault(event_key(summary.name), _SeenEvent(name=summary.name))
        if summary.description and not event.description:
            seen[event_key(summary.name)] = replace(event, description=summary.description)
    for occurrence in sample.events:
        seen.setdefault(event_key(occurrence.name), _SeenEvent(name=occurrence.name))
    return seen


def _inference_comment(occurrences: int) -> str:
    if not occurrences:
        return "metadata unknown: no occurrence of the last 90 days was read"
    times = "1 occurrence" if occurrences == 1 else f"{occurrences} occurrences"
    return f"metadata inferred from {times} of the last 90 days"


# --- segments and audiences ---------------------------------------------------------------------------------


def _segments(snapshot: Snapshot, schema: Schema) -> Iterator[Found]:
    """Audiences first: of an audience and a segment of one name, more is told of the audience."""
    declared = {segment.name: segment for segment in schema.segments.values() if segment.status != "archived"}
    keys = set(schema.segments)
    taken: set[str] = set()
    known = _with_attributes(schema, snapshot)
    for name, audiences in _by_name(snapshot.audiences):
        entry = declared.get(name)
        if entry is not None and "audience" not in entry.publish:
            why = f"the specs have `{entry.address}` of this name, which is not published as audience"
            yield from (_unmapped_audience(audience, why) for audience in audiences)
            continue
        key = segment_key(name, keys) if entry is None else entry.key
        found = [_audience(audience, key, entry, known) for audience in _declared_first(audiences, entry)]
        chosen = next((one for one in found if isinstance(one, ProposedEntry)), None)
        yield from (one for one in found if isinstance(one, NotMapped))
        if chosen is None:
            continue
        yield chosen
        why = "another audience has its name, and a segment of the specs has a name of its own"
        others = (one for one in found if isinstance(one, ProposedEntry) and one is not chosen)
        yield from (NotMapped(what=f"the audience `{name}`", why=why, place=one.place) for one in others)
        taken.add(name)
        keys.add(key)
    for name, (segment, *others) in _by_name(snapshot.segments):
        if name in PREDEFINED_SEGMENTS:
            continue
        entry = declared.get(name)
        if name in taken or (entry is not None and entry.publish):
            why = "an audience or a tag of the specs has its name, and a segment of the specs has a name of its own"
            yield from (_unmapped_segment(one, why) for one in (segment, *others))
            continue
        key = segment_key(name, keys) if entry is None else entry.key
        keys.add(key)
        yield _built_segment(segment, key)
        yield from (_unmapped_segment(one, "another segment has its name") for one in others)


Named = TypeVar("Named", LiveAudience, LiveSegment)


def _by_name(things: Iterable[Named]) -> Iterator[tuple[str, list[Named]]]:
    by_name: dict[str, list[Named]] = {}
    for thing in sorted(things, key=lambda thing: (thing.name, thing.id)):
        by_name.setdefault(thing.name, []).append(thing)
    return iter(by_name.items())


def _filters(audience: LiveAudience) -> AudienceFilters:
    return AudienceFilters(audience.predicates, audience.role_predicates)


def _has_rule_of(audience: LiveAudience, declared: Segment | None) -> bool:
    """Whether an audience is as the specs declare it, or cannot be compared with what they say."""
    if declared is None:
        return False
    compiled = None if declared.predicate is None else to_audience(declared.predicate).filters
    return compiled is None or same_filters(compiled, _filters(audience))


def _declared_first(audiences: Sequence[LiveAudience], declared: Segment | None) -> list[LiveAudience]:
    return sorted(audiences, key=lambda audience: not _has_rule_of(audience, declared))


def _audience(audience: LiveAudience, key: str, declared: Segment | None, known: Schema) -> Found:
    if declared is not None and _has_rule_of(audience, declared):
        rule = declared.rule
    else:
        decompiled = decompile(_filters(audience), known)
        if decompiled.rule is None:
            return _unmapped_audience(audience, decompiled.reason)
        rule = decompiled.rule
    return ProposedEntry(
        entry=audience_entry(key, audience.name, rule),
        address=segment_address(key),
        place=f"audience {audience.id}",
        told=frozenset({"rule"}),
    )


def _unmapped_audience(audience: LiveAudience, why: str) -> NotMapped:
    return NotMapped(what=f"the audience `{audience.name}`", why=why, place=f"audience {audience.id}")


def _unmapped_segment(segment: LiveSegment, why: str) -> NotMapped:
    return NotMapped(what=f"the segment `{segment.name}`", why=why, place=f"segment {segment.id}")


def _built_segment(segment: LiveSegment, key: str) -> ProposedEntry:
    return ProposedEntry(
        entry=built_segment_entry(key, segment.name),
        address=segment_address(key),
        place=f"segment {segment.id}",
    )


def _with_attributes(schema: Schema, snapshot: Snapshot) -> Schema:
    """The schema with every attribute of the workspace that it lacks: the import declares them."""
    live = {
        (attribute.model, attribute.name): declared_attribute(attribute)
        for attribute in sorted(snapshot.attributes, key=lambda attribute: not attribute.archived)
        if (attribute.model, attribute.name) not in STANDARD
    }
    return replace(schema, attributes={**live, **schema.attributes})


# --- tags ---------------------------------------------------------------------------------------------------


def _tags(snapshot: Snapshot, schema: Schema) -> Iterator[NotMapped]:
    """Those that no segment publishes: a tag tells nothing of whom it is put on."""
    published = {segment.name.casefold() for segment in schema.segments.values() if segment.has_tag}
    for name, tag_id in sorted(snapshot.tags.items()):
        if name.casefold() not in published:
            yield NotMapped(
                what=f"the tag `{name}`",
                why="Intercom has no rule of a tag: a segment with `publish: [tag]` and `adopt: true` takes it over",
                place=f"tag {tag_id}",
            )
