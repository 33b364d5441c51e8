"""Who needs what: the segments that read an attribute or an event, and the part of a plan that a target takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from intercom_iac.model import Schema, Snapshot

from .operations import ArchiveAttribute, attributes_of
from .plan import Change

# What a target may be besides an address: a kind, or of attributes an owner.
TARGET_GROUPS = ("attribute", "attribute.contact", "attribute.company", "event", "segment")


NO_ADDRESS = ""
"""The target of a plan that is bounded to nothing: no address is empty."""


def target_covers(target: str, address: str) -> bool:
    """Whether a target of a plan means an address: that one, or all of a kind or an owner. No other beginning counts:
    names have dots themselves, and `segment.a` is not `segment.a.b`."""
    return address == target or (target in TARGET_GROUPS and address.startswith(f"{target}."))


def targets_cover(targets: Sequence[str]) -> Callable[[str], bool]:
    """Whether any of the targets covers an address, however many there are: a promotion has one for each address."""
    exact = frozenset(targets)
    groups = tuple(f"{target}." for target in exact.intersection(TARGET_GROUPS))
    return lambda address: address in exact or address.startswith(groups)


def needed_by(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Address -> addresses of the live segments that read it, themselves or through `segment key` in their rule."""
    return {address: tuple(readers) for address, readers in schema.needed_by().items()}


def select_targets(
    changes: Sequence[Change], schema: Schema, snapshot: Snapshot, targets: Sequence[str]
) -> list[Change]:
    """The changes at the targets, those of what their rules read, and those that free what they archive.

    A segment at a target counts where it has no change of its own: what it reads may have one. With what waits comes
    what a person has to do for it.
    """
    is_targeted = targets_cover(targets)
    readers = {segment.address for segment in schema.segments.values() if is_targeted(segment.address)}
    live = {audience.id: audience for audience in snapshot.audiences}
    selected = {at for at, change in enumerate(changes) if is_targeted(change.address)}
    while True:
        readers |= {changes[at].address for at in selected}
        archived = {
            changes[at].name for at in selected if isinstance(changes[at].operation, ArchiveAttribute)
        }
        awaited = {address for at in selected for address in changes[at].waits_for}
        needed = {
            at
            for at, change in enumerate(changes)
            if (change.object in ("data_attribute", "event") and readers.intersection(change.needed_by))
            or (
                change.operation.frees_attributes
                and archived.intersection(attributes_of(live.get(change.live_id or "")))
            )
            or (change.operation.by_hand and change.address in awaited)
        }
        if needed <= selected:
            return [changes[at] for at in sorted(selected)]
        selected |= needed
