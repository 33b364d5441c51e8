"""Changes that wait for steps by hand: what they need is done by a person, and is not done yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intercom_iac.model import Schema, Segment, Snapshot, fields_of
from intercom_iac.model.schema import addresses_read

from .base import Base
from .operations import ArchiveAttribute, CreateAttribute, SegmentOperation, attributes_of
from .plan import Change


def with_awaited_steps(
    changes: Sequence[Change], schema: Schema, snapshot: Snapshot, base: Base | None
) -> list[Change]:
    """The changes; those that need steps by hand have the addresses of these steps.

    What a segment publishes needs whatever its rule reads, itself or through other segments, to be as declared. An
    archive needs that nothing reads the attribute any more, and that the values of a renamed one are copied.
    """
    by_hand = {change.address for change in changes if change.action == "manual"}
    reads = {
        segment.address: addresses_read(segment.typed_rule)
        for segment in schema.segments.values()
        if segment.status != "archived"
    }
    changed = [
        _with_awaited(change, (address for address in reads.get(change.address, ()) if address in by_hand))
        if change.operation.needs_rule
        else change
        for change in changes
    ]
    awaited = _awaited_by_archives(changed, schema, snapshot, base)
    return [
        _with_awaited(change, awaited.get(change.name, ()))
        if isinstance(change.operation, ArchiveAttribute)
        else change
        for change in changed
    ]


def _with_awaited(change: Change, addresses: Iterable[str]) -> Change:
    return replace(change, waits_for=tuple(dict.fromkeys(addresses)))


def _awaited_by_archives(
    changes: Sequence[Change], schema: Schema, snapshot: Snapshot, base: Base | None
) -> dict[str, list[str]]:
    """Name of an attribute to archive -> where a person has something to do before."""
    steps: dict[str, list[str]] = {}
    live = {audience.id: audience for audience in snapshot.audiences}
    archived = {change.name for change in changes if isinstance(change.operation, ArchiveAttribute)}
    for change in changes:
        operation = change.operation
        if operation.frees_attributes:
            awaited = [change.address] if operation.by_hand else list(change.waits_for)
            for name in attributes_of(live.get(operation.live_id or "")):
                steps.setdefault(name, []).extend(awaited)
        elif isinstance(operation, SegmentOperation):
            # Intercom refuses to archive what a segment reads, and a person has to delete or change that segment.
            for name in _attributes_read(_built_segment(change.address, schema, base), archived):
                steps.setdefault(name, []).append(change.address)
        elif isinstance(operation, CreateAttribute):
            renamed = schema.attributes[operation.owner, operation.name].renamed_from
            if renamed is not None:
                steps.setdefault(renamed, []).append(change.address)
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
