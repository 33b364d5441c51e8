"""Whether specs fit Intercom with what an import adds to them: caps, names, keys. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from intercom_iac.diagnostics.codes import fit as codes
from intercom_iac.model import STANDARD, ModelName, Schema, event_key
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS, MAX_METADATA_KEYS
from intercom_iac.model.names import NameKind, name_mistakes
from intercom_iac.text.lists import brief_list

from .findings import finding
from .proposal import Capacity, Fit, FitFinding, Proposal, ProposedEntry

_SELECTION = "choose with `--only`, `--except`, or `--min-volume` where the source has volumes"


def fit_of(schema: Schema, proposal: Proposal) -> Fit:
    """How the specs of a schema fit with the entries of a proposal, whether these come from a file or a workspace."""
    attributes = _attribute_entries(proposal)
    events = _event_entries(proposal)
    live_attributes = _live_attributes(schema, attributes)
    live_events = _live_events(schema, events)
    return Fit(
        attributes=Capacity(count=len(live_attributes), limit=MAX_ATTRIBUTES),
        events=Capacity(count=len(live_events), limit=MAX_EVENTS),
        findings=(
            *_over_caps(len(live_attributes), len(live_events)),
            *proposal.findings,
            *_too_many_keys(events),
            *_same_events(schema, events),
            *_shared_names(schema, attributes),
            *_standard_names(attributes),
            *_refused_names(attributes, events),
        ),
    )


def _attribute_entries(proposal: Proposal) -> list[ProposedEntry]:
    return [proposed for proposed in proposal.entries if proposed.entry.path[0] == "attributes"]


def _event_entries(proposal: Proposal) -> list[ProposedEntry]:
    return [proposed for proposed in proposal.entries if proposed.entry.path[0] == "events"]


def _is_live(proposed: ProposedEntry) -> bool:
    return proposed.entry.data.get("status") != "archived"


def _live_attributes(schema: Schema, proposed: Iterable[ProposedEntry]) -> set[str]:
    declared = {
        attribute.address for attribute in schema.attributes.values() if attribute.status != "archived"
    }
    known = {attribute.address for attribute in schema.attributes.values()}
    return declared | {entry.address for entry in proposed if _is_live(entry) and entry.address not in known}


def _live_events(schema: Schema, proposed: Iterable[ProposedEntry]) -> set[str]:
    declared = {event_key(event.name) for event in schema.events.values() if event.status != "archived"}
    known = {event_key(event.name) for event in schema.events.values()}
    new = {event_key(entry.entry.name) for entry in proposed if _is_live(entry)}
    return declared | (new - known)


def _over_caps(attributes: int, events: int) -> Iterator[FitFinding]:
    for count, limit, code, what in (
        (events, MAX_EVENTS, codes.TOO_MANY_EVENTS, "events"),
        (attributes, MAX_ATTRIBUTES, codes.TOO_MANY_ATTRIBUTES, "attributes"),
    ):
        if count > limit:
            yield finding(
                code, f"{count} {what} would be declared, and a workspace holds {limit}: {_SELECTION}"
            )


def _too_many_keys(events: Iterable[ProposedEntry]) -> Iterator[FitFinding]:
    for proposed in events:
        keys = list(proposed.entry.data.get("metadata") or {})
        if len(keys) > MAX_METADATA_KEYS:
            others = brief_list(keys[MAX_METADATA_KEYS:])
            message = (
                f"`{proposed.address}` has {len(keys)} metadata keys, of which Intercom keeps {MAX_METADATA_KEYS}: "
                f"it ignores {others}"
            )
            yield finding(codes.TOO_MANY_KEYS, message, proposed.address)


def _same_events(schema: Schema, proposed: Iterable[ProposedEntry]) -> Iterator[FitFinding]:
    """Events that Intercom takes for another one, of the specs or of the proposal."""
    first = {event_key(event.name): event.address for event in schema.events.values()}
    for entry in proposed:
        other = first.setdefault(event_key(entry.entry.name), entry.address)
        if other != entry.address:
            yield finding(
                codes.COLLISION,
                f"Intercom reads `{other}` and `{entry.address}` as one event",
                other,
                entry.address,
            )


def _shared_names(schema: Schema, proposed: Iterable[ProposedEntry]) -> Iterator[FitFinding]:
    first = {attribute.name: attribute.address for attribute in schema.attributes.values()}
    for entry in proposed:
        other = first.setdefault(entry.entry.name, entry.address)
        if other != entry.address:
            message = f"`{other}` and `{entry.address}` have one name, which stands once in Intercom for both models"
            yield finding(codes.SHARED_NAME, message, other, entry.address)


def _standard_names(proposed: Iterable[ProposedEntry]) -> Iterator[FitFinding]:
    for entry in proposed:
        model: ModelName = "contact" if entry.entry.path[1] == "contact" else "company"
        standard = STANDARD.get((model, entry.entry.name.casefold()))
        if standard is not None:
            message = f"`{entry.entry.name}` is Intercom's own `{standard.name}` of a {model}"
            yield finding(codes.STANDARD_NAME, message, entry.address)


def _refused_names(
    attributes: Iterable[ProposedEntry], events: Iterable[ProposedEntry]
) -> Iterator[FitFinding]:
    of_kind: Mapping[NameKind, Iterable[ProposedEntry]] = {"attribute": attributes, "event": events}
    for kind, entries in of_kind.items():
        for entry in entries:
            for mistake in name_mistakes(kind, entry.entry.name):
                yield finding(codes.REFUSED_NAME, f"the name `{entry.entry.name}` {mistake}", entry.address)
