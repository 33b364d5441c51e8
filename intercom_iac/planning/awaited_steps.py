"""Changes that wait for steps by hand: what they need is done by a person, and is not done yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from intercom_iac.model import LiveAudience, Schema, Segment, Snapshot, fields_of
from intercom_iac.model.address import audience_address
from intercom_iac.model.reading import AddressesRead

from .base import Base
from .operations import ArchiveAttribute, CopyValues, SegmentOperation, attributes_of
from .plan import Change
from .replacements import Replacement


def with_awaited_steps(
    changes: Sequence[Change],
    schema: Schema,
    snapshot: Snapshot,
    base: Base | None,
    replacements: Sequence[Replacement] = (),
) -> list[Change]:
    """The changes; those that need steps by hand have the addresses of these steps.

    What a segment publishes needs whatever its rule reads, itself or through other segments, to be as declared. An
    archive needs that nothing reads the attribute any more. Where an attribute takes the place of another, what reads
    the old one goes on to do so until the values are copied, and the old one is archived in a plan after that.
    """
    by_hand = {
        change.address
        for change in changes
        if change.action == "manual" and not isinstance(change.operation, CopyValues)
    }
    live = {audience.id: audience for audience in snapshot.audiences}
    read = AddressesRead()
    reads = {
        segment.address: read.addresses_of(segment.typed_rule)
        for segment in schema.segments.values()
        if segment.status != "archived"
    }
    changed = [
        _with_awaited(
            change,
            (
                *(address for address in reads.get(change.address, ()) if address in by_hand),
                *_awaited_copies(change, reads.get(change.address, ()), replacements, live, schema, base),
            ),
        )
        if change.operation.needs_rule
        else change
        for change in changes
    ]
    awaited = _awaited_by_archives(changed, schema, live, base, replacements)
    return [
        _with_awaited(change, awaited.get(change.name, ()))
        if isinstance(change.operation, ArchiveAttribute)
        else change
        for change in changed
    ]


def _with_awaited(change: Change, addresses: Iterable[str]) -> Change:
    return replace(change, waits_for=tuple(dict.fromkeys(addresses)))


def _awaited_copies(
    change: Change,
    reads: Collection[str],
    replacements: Sequence[Replacement],
    live: Mapping[str, LiveAudience],
    schema: Schema,
    base: Base | None,
) -> Iterator[str]:
    """The new attributes whose values are not copied, and that what is there would read in the place of the old."""
    operation = change.operation
    for replacement in replacements:
        if replacement.new.address not in reads or (replacement.is_created and replacement.is_copied):
            continue
        old_name = replacement.old.name
        if isinstance(operation, SegmentOperation):
            built = _built_segment(change.address, schema, base)
            reads_old = old_name in _attributes_read(built, {old_name})
        else:
            reads_old = old_name in attributes_of(live.get(operation.live_id or ""))
        if reads_old:
            yield replacement.new.address


def _awaited_by_archives(
    changes: Sequence[Change],
    schema: Schema,
    live: Mapping[str, LiveAudience],
    base: Base | None,
    replacements: Sequence[Replacement],
) -> dict[str, list[str]]:
    """Name of an attribute to archive -> what has to be done before."""
    steps: dict[str, list[str]] = {}
    replaced = {replacement.old.name: replacement for replacement in replacements}
    archived = {change.name for change in changes if isinstance(change.operation, ArchiveAttribute)}
    for change in changes:
        operation = change.operation
        if operation.frees_attributes:
            awaited = [change.address] if operation.by_hand else list(change.waits_for)
            for name in attributes_of(live.get(operation.live_id or "")):
                # That of one that is replaced is a stage of its own, after what reads it.
                steps.setdefault(name, []).extend([change.address] if name in replaced else awaited)
        elif isinstance(operation, SegmentOperation):
            # Intercom refuses to archive what a segment reads, and a person has to delete or change that segment.
            for name in _attributes_read(_built_segment(change.address, schema, base), archived):
                steps.setdefault(name, []).append(change.address)
    freed = {change.live_id for change in changes if change.operation.frees_attributes}
    for name, replacement in replaced.items():
        if not replacement.is_created:
            steps.setdefault(name, []).append(replacement.new.address)
        readers = (audience for audience in live.values() if name in attributes_of(audience))
        steps.setdefault(name, []).extend(
            audience_address(audience.name) for audience in readers if audience.id not in freed
        )
    return steps


def _built_segment(address: str, schema: Schema, base: Base | None) -> Segment:
    """The segment with the rule that it was built by: that of `base`, where it has another one now."""
    segment = schema.segments[address.removeprefix("segment.")]
    return base.changed_segments.get(address, segment) if base else segment


def _attributes_read(segment: Segment, attributes: set[str]) -> set[str]:
    """Those of the attributes that a rule reads; of a rule that cannot be read, those whose names are in its text."""
    if segment.predicate is None:
        return {name for name in attributes if name in segment.rule}
    return {field.name for field in fields_of(segment.predicate) if field.custom} & attributes
