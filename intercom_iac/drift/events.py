"""Events: what the registrar contact has sent, and what sampled people did, against the specs."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import EventSummary, Sample, Schema, Snapshot, event_key
from intercom_iac.model.address import event_address

from .finding import FieldDrift, Finding, Moment, time_text


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event that sampled people did: by how many of them, how often in all, and when for the first time."""

    name: str
    people: int
    count: int
    first: int | None
    description: str


def seen_events(sample: Sample) -> dict[str, SeenEvent]:
    """The events in the summaries of a sample, by what tells them apart in Intercom."""
    found: dict[str, list[EventSummary]] = {}
    for summaries in sample.summaries.values():
        for summary in summaries:
            found.setdefault(event_key(summary.name), []).append(summary)
    return {
        key: SeenEvent(
            name=summaries[0].name,
            people=len(summaries),
            count=sum(summary.count for summary in summaries),
            first=min((summary.first for summary in summaries if summary.first is not None), default=None),
            description=next((summary.description for summary in summaries if summary.description), ""),
        )
        for key, summaries in found.items()
    }


def event_drift(schema: Schema, snapshot: Snapshot, sample: Sample, moment: Moment) -> Iterator[Finding]:
    """Events that nobody is known to send; those that were registered, or done by people, and are not in the specs.

    Intercom lists no event names: the registrar contact's summary is the readable registry of those that were
    registered, and what people did is seen in theirs alone.
    """
    registered = {event_key(name): name for name in snapshot.events}
    seen = seen_events(sample)
    declared = {event_key(event.name) for event in schema.events.values()}
    for event in schema.events.values():
        key = event_key(event.name)
        is_known = key in registered or key in seen or event.adopt
        if event.status != "archived" and not is_known:
            reason = "the registrar contact has not sent it"
            if not snapshot.has_registrar:
                reason = "the registrar contact, which registers events, is not there"
            yield Finding(
                address=event.address,
                kind="missing",
                thing="event",
                name=event.name,
                confidence="likely",
                reason=f"{reason}; whether people have, `--sample` says",
                hint="`apply` registers it",
                source=event.span,
            )
    for key, name in registered.items():
        if key not in declared:
            yield Finding(
                address=event_address(name),
                kind="unmanaged",
                thing="event",
                name=name,
                reason="the registrar contact has sent it, and the specs do not have it; when it was registered, "
                "Intercom does not tell",
            )
    for key, event in seen.items():
        if key not in declared and key not in registered:
            yield _undeclared_finding(event, moment)


def _undeclared_finding(event: SeenEvent, moment: Moment) -> Finding:
    first = time_text(event.first)
    times = "once" if event.count == 1 else f"{event.count:,} times"
    people = "one person" if event.people == 1 else f"{event.people:,} people"
    reason = f"done {times} by {people} of the sample, and not in the specs"
    return Finding(
        address=event_address(event.name),
        kind="undeclared",
        thing="event",
        name=event.name,
        reason=reason if first is None else f"{reason}; first {first}",
        since=moment.since(event.first),
        fields=(FieldDrift("description", specs=None, workspace=event.description),)
        if event.description
        else (),
    )
