"""What one workspace has as the specs declare it, and so may be planned for another one."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from glob import escape

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, Event, Schema, Segment, Snapshot, event_key
from intercom_iac.model.schema import addresses_read
from intercom_iac.text import quoted_names

from .needs import select_targets
from .operations import (
    ArchiveEvent,
    BuildAudience,
    BuildSegment,
    CopyValues,
    CreateAttribute,
    CreateAudience,
    CreateTag,
    RegisterEvent,
)
from .plan import Change, NotInSpecs, NotPromoted, Plan, Promotion, WhyNotPromoted

Entry = Attribute | Event | Segment
_MAKES = (CreateAttribute, RegisterEvent, CreateAudience, CreateTag, BuildAudience, BuildSegment)


@dataclass(frozen=True, kw_only=True)
class PromotedSide:
    """A workspace of a promotion: the specs for it, what it holds, and its plan for all of them."""

    schema: Schema
    snapshot: Snapshot
    plan: Plan

    @property
    def name(self) -> str:
        return self.plan.workspace.name

    @cached_property
    def addresses(self) -> Mapping[str, Entry]:
        """All that the specs declare for it, by address."""
        schema = self.schema
        entries = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
        return {entry.address: entry for entry in entries}

    @cached_property
    def changes(self) -> Mapping[str, Sequence[Change]]:
        """The changes of its plan, by address."""
        changes: dict[str, list[Change]] = {}
        for change in self.plan.changes:
            changes.setdefault(change.address, []).append(change)
        return changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotable:
    """The addresses that a promotion may change, and what it leaves out."""

    addresses: tuple[str, ...]
    promotion: Promotion


def promotable(
    source: PromotedSide, target: PromotedSide, is_meant: Callable[[str], bool] = lambda _: True
) -> Promotable:
    """What the source has as the specs declare it for the source, of the addresses that are meant and that the specs
    declare for the target.

    Whatever a change of an address needs in the target is promoted with it. Where the source does not have one of
    these as declared, the address is left out: never half of a rule.
    """
    every = dict.fromkeys((*target.addresses, *source.addresses))
    left_out = {address: left for address in every if (left := _why_not(address, source, target))}
    as_declared = every.keys() - left_out.keys()
    for address in target.addresses:
        if address in as_declared and is_meant(address):
            missing = [
                needed
                for needed in _needs(address, target)
                if needed in target.changes and needed not in as_declared
            ]
            if missing:
                reason = f"it needs {quoted_names(missing)}, which `{source.name}` does not have as declared"
                left_out[address] = NotPromoted(address=address, why="needs", reason=reason)
    promoted = tuple(address for address in target.addresses if is_meant(address) and address not in left_out)
    planned = select_targets(target.plan.changes, target.schema, target.snapshot, promoted)
    changed = {change.address for change in planned} if promoted else set[str]()
    promotion = Promotion(
        source=source.name,
        app_id=source.plan.workspace.app_id,
        not_promoted=tuple(
            left_out[address] for address in every if address in left_out and is_meant(address)
        ),
        not_in_specs=tuple(_not_in_specs(source, is_meant)),
        unverified={
            verification.address: verification.unverified
            for verification in source.plan.verifications
            if not verification.complete and verification.address in changed
        },
    )
    return Promotable(addresses=promoted, promotion=promotion)


def _why_not(address: str, source: PromotedSide, target: PromotedSide) -> NotPromoted | None:
    """Why an address is not promoted by itself, whatever it needs; None where it may be."""

    def left_out(why: WhyNotPromoted, reason: str) -> NotPromoted:
        return NotPromoted(address=address, why=why, reason=reason)

    if address not in target.addresses:
        return left_out("not_for_target", f"the specs do not declare it for `{target.name}`")
    if address not in source.addresses:
        return left_out("not_for_source", f"the specs do not declare it for `{source.name}`")
    entry = target.addresses[address]
    if isinstance(entry, Event) and entry.adopt and entry.status != "archived":
        known = {event_key(name) for name in target.snapshot.events}
        if event_key(entry.name) not in known:
            return left_out(
                "adopted",
                f"`adopt: true`: something else sends it, so apply does not register it in `{target.name}`; it is "
                "there once that sends it there",
            )
    # Values that are not copied yet are people's, and no part of what is declared.
    changes = [
        change for change in source.changes.get(address, ()) if not isinstance(change.operation, CopyValues)
    ]
    if not changes:
        return None
    if any(isinstance(change.operation, ArchiveEvent) for change in changes):
        return left_out("unknown", f"whether it is archived in `{source.name}`, Intercom does not tell")
    others = [change for change in changes if not isinstance(change.operation, _MAKES)]
    if not others:
        return left_out("missing", f"not in `{source.name}` as declared: it is not there")
    paths = [*dict.fromkeys(field.path for change in others for field in change.fields)]
    differs = f"its {quoted_names(paths)} differ{'s' if len(paths) == 1 else ''}"
    what = differs if paths else "it is there, and is to go"
    return left_out("different", f"not in `{source.name}` as declared: {what}")


def _needs(address: str, target: PromotedSide) -> Collection[str]:
    """The other addresses that have to be as declared before a plan may change one: what its rule reads, and what
    the plan would do with it."""
    entry = target.addresses[address]
    needs: list[str] = []
    if isinstance(entry, Segment):
        needs += addresses_read(entry.predicate) if entry.predicate is not None else ()
    # Only these take changes of other addresses along, besides what a rule reads.
    if any(change.waits_for or change.operation.destructive for change in target.changes.get(address, ())):
        taken = select_targets(target.plan.changes, target.schema, target.snapshot, [address])
        needs += (change.address for change in taken)
    return dict.fromkeys(needed for needed in needs if needed != address)


def _not_in_specs(source: PromotedSide, is_meant: Callable[[str], bool]) -> Iterator[NotInSpecs]:
    for address in source.plan.unmanaged:
        if address in source.schema.other_workspaces or not is_meant(address):
            continue
        # No entry of the specs is a tag by itself: a segment publishes it.
        command = None if address.startswith("tag.") else _import_command(source.name, address)
        yield NotInSpecs(address=address, command=command)


def _import_command(workspace: str, address: str) -> str:
    return f"intercom-iac import -w {shlex.quote(workspace)} --only {shlex.quote(escape(address))}"
