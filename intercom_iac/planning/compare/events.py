"""Events: what the specs declare against the names the registrar contact has sent."""

from __future__ import annotations

from intercom_iac.changes import creation_differences
from intercom_iac.changes import events as table
from intercom_iac.model import Event, Schema, Snapshot, event_key

from ..needs import needed_by
from ..operations import ArchiveEvent, RegisterEvent
from ..plan import Change, Place, Verification
from .field_changes import field_change


def compare_events(schema: Schema, snapshot: Snapshot) -> list[Change]:
    """The events to register, and the archived ones that a person has to archive.

    Intercom tells neither the metadata keys of an event nor whether its name is archived (no endpoint lists
    names), so a registered event never differs, and the step for an archived one stays until its entry goes.
    """
    registered = {event_key(name) for name in snapshot.events}
    readers = needed_by(schema)
    changes: list[Change] = []
    for event in schema.events.values():
        known = event_key(event.name) in registered
        if event.status == "archived":
            if known or event.adopt:
                changes.append(_archive(event))
        elif not known and not event.adopt:
            changes.append(_registration(event, readers.get(event.address, ())))
    return changes


def event_verifications(schema: Schema, snapshot: Snapshot) -> list[Verification]:
    """The declared events that are registered, of which Intercom tells the name alone, and those that something else
    sends, of which it tells nothing."""
    registered = {event_key(name) for name in snapshot.events}
    verifications: list[Verification] = []
    for event in schema.events.values():
        if event.status == "archived":
            continue
        if event_key(event.name) not in registered:
            if event.adopt:
                unknown = "that it was sent, or its metadata keys" if event.metadata else "that it was sent"
                verifications.append(Verification(event.address, "event", event.name, "nothing", unknown))
        elif event.metadata:
            verifications.append(
                Verification(event.address, "event", event.name, "that it was sent", "its metadata keys")
            )
    return verifications


def _registration(event: Event, needed: tuple[str, ...]) -> Change:
    reason = (
        "Intercom knows an event only once it has been sent: one sample is sent for the registrar contact"
    )
    if event.renamed_from:
        reason += f"; renamed from `{event.renamed_from}`, whose occurrences stay under the old name"
    return Change(
        address=event.address,
        operation=RegisterEvent(
            name=event.name,
            fields=tuple(map(field_change, creation_differences(table.FIELDS, declared=event))),
        ),
        risk="safe",
        reason=reason,
        needed_by=needed,
        source=Place.of_span(event.span),
    )


def _archive(event: Event) -> Change:
    return Change(
        address=event.address,
        operation=ArchiveEvent(name=event.name),
        risk="caution",
        reason="`status: archived` in the specs, and no API call archives an event name",
        steps=(
            "in Intercom open Settings > Data > Events",
            f"find `{event.name}` and choose Archive",
            f"remove `{event.name}` from the specs: Intercom does not tell that it is archived, so this step "
            "stays until then",
        ),
        source=Place.of_span(event.span),
    )
