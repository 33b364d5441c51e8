"""What has to wait: changes that need something which a person does, and has not done yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intercom_iac.model import Schema, Segment, Snapshot, fields_of
from intercom_iac.model.schema import addresses_read

from .base import Base
from .operations import ArchiveAttribute, CreateAttribute, SegmentOperation, attributes_of
from .plan import Change


def with_waits(
    changes: Sequence[Change], schema: Schema, snapshot: Snapshot, base: Base | None
) -> list[Change]:
    """The changes, those that need a step by hand with the addresses of these steps.

    What a segment publishes needs whatever its rule reads, itself or through other segments, to be as declared. An
    archive needs what reads the attribute to let go of it, and of a renamed attribute its values to be copied.
    """
    by_hand = {change.address for change in changes if change.action == "manual"}
    reads = {
        segment.address: addresses_read(segment.typed_rule)
        for segment in schema.segments.values()
        if segment.status != "archived"
    }
    found = [
        _waiting(change, (address for address in reads.get(change.address, ()) if address in by_hand))
        if change.operation.needs_rule
        else change
        for change in changes
    ]
    held = _held(found, schema, snapshot, base)
    return [
        _waiting(change, held.get(change.name, ()))
        if isinstance(change.operation, ArchiveAttribute)
        else change
        for change in found
    ]


def _waiting(change: Change, addresses: Iterable[str]) -> Change:
    return replace(change, waits_for=tuple(dict.fromkeys(addresses)))


def _held(
    changes: Sequence[Change], schema: Schema, snapshot: Snapshot, base: Base | None
) -> dict[str, list[str]]:
    """Name of an attribute to archive -> where a person has something to do before."""
    found: dict[str, list[str]] = {}
    live = {audience.id: audience for audience in snapshot.audiences}
    archived = {change.name for change in changes if isinstance(change.operation, ArchiveAttribute)}
    for change in changes:
        operation = change.operation
        if operation.frees_attributes:
            awaited = [change.address] if operation.by_hand else list(change.waits_for)
            for name in attributes_of(live.get(operation.live_id or "")):
                found.setdefault(name, []).extend(awaited)
        elif isinstance(operation, SegmentOperation):
            # Intercom refuses to archive what a segment reads, and a person has to delete or change that segment.
            for name in _read_of(_as_it_stands(change.address, schema, base), archived):
                found.setdefault(name, []).append(change.address)
        elif isinstance(operation, CreateAttribute):
            renamed = schema.attributes[operation.owner, operation.name].renamed_from
            if renamed is not None:
                found.setdefault(renamed, []).append(change.address)
    return found


def _as_it_stands(address: str, schema: Schema, base: Base | None) -> Segment:
    """The segment with the rule that it was built by: that of the base, where it has another one now."""
    segment = schema.segments[address.removeprefix("segment.")]
    return base.rewritten.get(address, segment) if base else segment


def _read_of(segment: Segment, attributes: set[str]) -> set[str]:
    """Those of the attributes that a rule reads; of one that is past reading, whose names are in its text."""
    if segment.predicate is None:
        return {name for name in attributes if name in segment.rule}
    return {field.name for field in fields_of(segment.predicate) if field.custom} & attributes
