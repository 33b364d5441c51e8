"""Who enters and who leaves a published segment, as writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from intercom_iac.model.predicate import negation
from intercom_iac.writes import Write

from .candidates import Candidates
from .last_run import LastRun
from .membership import MembershipChange
from .publications import Publication, both

Json = Mapping[str, Any]


class WriteSink(Protocol):
    """Takes writes in their order (`SpoolWriter`)."""

    @property
    def writes(self) -> int: ...

    def write(self, write: Write) -> None: ...


class CountingSink:
    """Counts writes and keeps none."""

    def __init__(self) -> None:
        self.writes = 0

    def write(self, write: Write) -> None:
        self.writes += 1


def difference_by_rule(
    publication: Publication, candidates: Candidates, sink: WriteSink, last: LastRun
) -> MembershipChange:
    """The members by the rule: who of them has it not, and who has it and is none, is read; nobody else.

    Raises a `WorkspaceError` where the workspace cannot be read, and what the sink does.
    """
    rule, carried = publication.segment.typed_rule, publication.carried
    carriers = candidates.count(carried) or 0
    entering = leaving = enter = leave = 0
    for contact in candidates.select(both(rule, negation(carried))):
        entering += 1
        enter += add_write(publication, contact, sink, last, member=True)
    for contact in candidates.select(both(carried, negation(rule))) if carriers else ():
        leaving += 1
        leave += add_write(publication, contact, sink, last, member=False)
    return MembershipChange(
        key=publication.key,
        published_as=publication.published_as,
        name=publication.segment.name,
        target=publication.target,
        members=carriers + entering - leaving,
        enter=enter,
        leave=leave,
        reach=candidates.count_all() if enter and not carriers else None,
    )


def add_write(
    publication: Publication, contact: Json, sink: WriteSink, last: LastRun, *, member: bool
) -> bool:
    """The write that makes a contact have it or not; none where the last run has just made it."""
    write = _write(publication, contact, sink.writes, member=member)
    if last.has_made(write):
        return False
    sink.write(write)
    return True


def _write(publication: Publication, contact: Json, number: int, *, member: bool) -> Write:
    live_id, external_id = str(contact["id"]), contact.get("external_id")
    named = isinstance(external_id, str) and external_id != ""
    by_tag = publication.tag_id is not None
    return Write(
        number=number,
        action=("tag" if member else "untag") if by_tag else "update",
        record="contact",
        key_name="external_id" if named else "id",
        key=str(external_id) if named else live_id,
        live_id=live_id,
        body=publication.body(member),
        before=publication.value_before(member),
    )
