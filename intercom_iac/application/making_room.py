"""Which attributes to archive where a plan passes the cap on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.model import LiveAttribute, Sample, SampleRequest, Schema, Snapshot
from intercom_iac.planning import ArchiveProposal, Place, Plan, RoomProposals

from .notices import CallsAhead, Notify

if TYPE_CHECKING:
    from intercom_iac.auditing import Candidate
    from intercom_iac.workspace import HttpWorkspace

_REQUEST = SampleRequest(contacts=300, companies=150)
"""A few calls: a plan that passes a cap is not to wait for more."""


def with_room_proposals(
    plan: Plan, schema: Schema, snapshot: Snapshot, live: HttpWorkspace, notify: Notify
) -> Plan:
    """The plan; where it passes the cap on attributes, with which of those that nothing reads could be archived.

    Only then a sample of people and companies is read, which is told before.
    """
    if not passes_cap(plan):
        return plan
    from intercom_iac.auditing import archive_candidates

    notify(CallsAhead(_REQUEST.calls, plan.workspace.name))
    try:
        sample = live.sample(_REQUEST)
        sampled = (
            f"of {len(sample.contacts):,} contacts and {len(sample.companies):,} companies, last seen first"
        )
    except WorkspaceError as error:
        sample = Sample()
        sampled = f"without a sample of people, which could not be read: {error.message}"
    needed = plan.attributes.after - plan.attributes.limit
    needed_by = schema.needed_by()
    # Of every attribute it is known what reads it, nothing included.
    read_by: Mapping[str, Sequence[str]] = {
        attribute.address: needed_by.get(attribute.address, ()) for attribute in snapshot.attributes
    }
    settled = {change.address for change in plan.changes}
    free = [
        candidate
        for candidate in archive_candidates(snapshot, sample, read_by)
        if not candidate.read_by and candidate.attribute.address not in settled
    ][:needed]
    proposals = tuple(_proposals(free, schema))
    foreign = [
        candidate.attribute
        for candidate, proposal in zip(free, proposals, strict=True)
        if proposal.source is None
    ]
    entries = _entries_text(foreign) if foreign else ""
    room = RoomProposals(needed=needed, sampled=sampled, proposals=proposals, entries=entries)
    return replace(plan, room=room)


def passes_cap(plan: Plan) -> bool:
    """Whether it would have more active attributes than the workspace holds, or has."""
    return plan.attributes.after > max(plan.attributes.limit, plan.attributes.used)


def _proposals(candidates: Sequence[Candidate], schema: Schema) -> Iterator[ArchiveProposal]:
    for candidate in candidates:
        attribute = candidate.attribute
        declared = schema.attributes.get((attribute.model, attribute.name))
        yield ArchiveProposal(
            address=attribute.address,
            reason="; ".join(candidate.reasons),
            source=None if declared is None else Place.of_span(declared.span),
            entry=_entries_text([attribute]) if declared is None else None,
        )


def _entries_text(attributes: Sequence[LiveAttribute]) -> str:
    """The text of a spec file that declares live attributes as archived, and otherwise as they are."""
    from intercom_iac.specs.author.entries import attribute_entry
    from intercom_iac.specs.author.files import new_spec_file
    from intercom_iac.specs.author.live_entries import declared_attribute

    return new_spec_file(
        attribute_entry(replace(declared_attribute(attribute), status="archived")) for attribute in attributes
    )
