"""Readings of other tools' tracking plans -> a proposal: named, selected, merged, and held to what Intercom takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from intercom_iac.diagnostics.codes import fit as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS, STANDARD, Attribute, DataType, Event, MetadataKey, ModelName
from intercom_iac.model.address import attribute_address, event_address, metadata_address
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.project.policy.settings import NamingSettings
from intercom_iac.specs.author.entries import attribute_entry, event_entry
from intercom_iac.text.lists import brief_list

from .findings import finding
from .merging import Merged, Named, merge_events, merge_fields
from .naming import NamedKind, accepted_name, name_in_specs
from .proposal import FitFinding, NotMapped, Proposal, ProposedEntry
from .selecting import Selection, matches
from .sources.readings import AttributeNotes, Reading, SourceEvent, SourceField

_ONE: dict[NamedKind, str] = {
    "attribute": "an attribute",
    "event": "an event",
    "metadata key": "a metadata key",
}
_SEVERAL: dict[ModelName, str] = {"contact": "contacts", "company": "companies"}


def propose_from_readings(
    readings: Sequence[Reading],
    *,
    naming: NamingSettings,
    prefix: str = "",
    selection: Selection | None = None,
) -> Proposal:
    """The entries that tracking plans give: attributes of contacts, of companies, then events."""
    chosen = selection or Selection()
    named = _Names(naming, prefix)
    attributes: dict[ModelName, list[Named]] = {
        model: list(_attributes(readings, model, named)) for model in MODELS
    }
    events = list(_events(readings, named))
    everything = [*chain.from_iterable(attributes.values()), *events]
    kept = {id(thing) for thing in everything if thing.name and _refusal(chosen, thing) is None}
    people = [merge_fields(thing for thing in attributes[model] if id(thing) in kept) for model in MODELS]
    tracked = merge_events((thing for thing in events if id(thing) in kept), named.folded_key)
    own, others = _without_standard(people)
    unshared, shared = _without_shared(own)
    written = [_written_event(event, named) for event in tracked.named]
    taken = [event.thing for event in tracked.named if isinstance(event.thing, SourceEvent)]
    people_notes = [
        note for reading in readings for note in reading.of_attributes if _is_meant(chosen, note, named)
    ]
    told = (*people_notes, *readings, *taken)
    nested = list(dict.fromkeys(subject for part in told for subject in part.nested))
    parts = (*people, tracked, others, shared, *(part for _, part in written))
    return Proposal(
        entries=(*map(_attribute_entry, unshared), *(entry for entry, _ in written)),
        not_mapped=(
            *(note for part in told for note in part.not_mapped),
            *_nameless(everything),
            *chain.from_iterable(part.not_mapped for part in parts),
            *_not_selected(chosen, everything),
        ),
        findings=(
            *chain.from_iterable(part.findings for part in parts),
            *_refused_names([attribute for _, attribute in unshared], tracked, named),
            *_nesting(nested),
        ),
    )


# --- names --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """How things are named in a project."""

    naming: NamingSettings
    prefix: str

    def attribute(self, name: str) -> str:
        return name_in_specs("attribute", name, self.naming.attributes, self.prefix)

    def event(self, event: SourceEvent) -> str:
        if event.intercom_name is not None:
            return accepted_name("event", event.intercom_name)
        return name_in_specs("event", event.name, self.naming.events, self.prefix)

    def key(self, name: str) -> str:
        return name_in_specs("metadata key", name, self.naming.metadata)

    def folded_key(self, name: str) -> str:
        return self.key(name).casefold()


def _attributes(readings: Sequence[Reading], model: ModelName, named: _Names) -> Iterator[Named]:
    for source, reading in enumerate(readings):
        for attribute in reading.attributes:
            if attribute.model == model:
                name = named.attribute(attribute.field.name)
                yield Named(
                    name=name, address=attribute_address(model, name), source=source, thing=attribute.field
                )


def _events(readings: Sequence[Reading], named: _Names) -> Iterator[Named]:
    for source, reading in enumerate(readings):
        for event in reading.events:
            name = named.event(event)
            yield Named(name=name, address=event_address(name), source=source, thing=event)


def _nameless(things: Iterable[Named]) -> Iterator[NotMapped]:
    for named in things:
        if not named.name:
            why = "nothing of its name is left once what Intercom refuses is taken away"
            yield NotMapped(what=f"`{named.thing.name}`", why=why, place=named.thing.place)


def _refused_names(attributes: Sequence[Named], tracked: Merged, named: _Names) -> Iterator[FitFinding]:
    """Names that were changed since Intercom refuses or rewrites them, by what they are names of."""
    yield from _changed_names(
        "attribute", ((thing.thing.name, thing.name, thing.address) for thing in attributes)
    )
    yield from _changed_names(
        "event", ((event.thing.name, event.name, event.address) for event in tracked.named)
    )
    keys = (
        (field.name, named.key(field.name), metadata_address(event.name, named.key(field.name)))
        for event in tracked.named
        if isinstance(event.thing, SourceEvent)
        for field in event.thing.fields
    )
    yield from _changed_names("metadata key", keys)


def _changed_names(kind: NamedKind, names: Iterable[tuple[str, str, str]]) -> Iterator[FitFinding]:
    changed = {
        address: f"{source} -> {name}"
        for source, name, address in names
        if name and accepted_name(kind, source) != source
    }
    if changed:
        renamed = brief_list(list(dict.fromkeys(changed.values())))
        several = (
            f"the names of {len(changed)} {kind}s, which are"
            if len(changed) > 1
            else f"the name of {_ONE[kind]}, which is"
        )
        message = f"Intercom does not take {several} written in another way: {renamed}"
        yield finding(codes.REFUSED_NAME, message, *changed)


# --- selection ----------------------------------------------------------------------------------------------


def _refusal(chosen: Selection, named: Named) -> str | None:
    return chosen.refusal(named.address, (named.name, named.thing.name), named.thing.volume)


def _is_meant(chosen: Selection, notes: AttributeNotes, named: _Names) -> bool:
    """Whether a selection takes the attribute that notes are of."""
    name = named.attribute(notes.name)
    return chosen.refusal(attribute_address(notes.model, name), (name, notes.name), notes.volume) is None


def _not_selected(chosen: Selection, things: Sequence[Named]) -> Iterator[NotMapped]:
    """What options leave out, counted, and patterns that are of nothing."""
    left_out: dict[str, list[Named]] = {}
    for named in things:
        option = _refusal(chosen, named)
        if option is not None:
            left_out.setdefault(option, []).append(named)
    for option, of_option in left_out.items():
        said = f"{option} {chosen.min_volume}" if option == "--min-volume" else option
        yield NotMapped(
            what=brief_list([named.thing.name for named in of_option]),
            why=f"`{said}` leaves {'it' if len(of_option) == 1 else f'these {len(of_option)}'} out",
            place=of_option[0].thing.place,
        )
    unknown = [
        named
        for named in things
        if isinstance(named.thing, SourceEvent)
        and named.thing.volume is None
        and chosen.min_volume is not None
    ]
    if unknown:
        what = f"`--min-volume` of {brief_list([named.thing.name for named in unknown])}"
        yield NotMapped(
            what=what, why="the source does not say how often it is seen", place=unknown[0].thing.place
        )
    for option, pattern in chosen.patterns:
        if not any(matches(pattern, named.address, (named.name, named.thing.name)) for named in things):
            yield NotMapped(
                what=f"`{option} {pattern}`", why="nothing in the sources has such a name or address"
            )


# --- what Intercom does not take ----------------------------------------------------------------------------


def _without_standard(people: Sequence[Merged]) -> tuple[dict[ModelName, list[Named]], Merged]:
    """Attributes that are not Intercom's own, and what is said of the others."""
    own: dict[ModelName, list[Named]] = {model: [] for model in MODELS}
    notes: list[NotMapped] = []
    findings: list[FitFinding] = []
    for model, merged in zip(MODELS, people, strict=True):
        for named in merged.named:
            standard = STANDARD.get((model, named.name.casefold()))
            if standard is None:
                own[model].append(named)
                continue
            why = f"Intercom has it: `{standard.name}`, labelled {standard.label}, which rules may use undeclared"
            notes.append(
                NotMapped(what=f"`{named.thing.name}` of {_SEVERAL[model]}", why=why, place=named.thing.place)
            )
            message = (
                f"`{named.thing.name}` is Intercom's own `{standard.name}` of a {model}, and is not declared"
            )
            findings.append(finding(codes.STANDARD_NAME, message, named.address))
    return own, Merged((), tuple(notes), tuple(findings))


def _without_shared(own: dict[ModelName, list[Named]]) -> tuple[list[tuple[ModelName, Named]], Merged]:
    """Attributes whose names stand once among both models, and what is said of the others."""
    first: dict[str, tuple[ModelName, Named]] = {}
    notes: list[NotMapped] = []
    findings: list[FitFinding] = []
    everything: list[tuple[ModelName, Named]] = [(model, named) for model in MODELS for named in own[model]]
    for model, named in everything:
        kept_model, kept = first.setdefault(named.name.casefold(), (model, named))
        if kept is named:
            continue
        why = f"its name is that of the {kept_model} attribute `{kept.name}` ({kept.thing.place}), which is written"
        notes.append(
            NotMapped(what=f"`{named.thing.name}` ({named.address})", why=why, place=named.thing.place)
        )
        message = (
            f"`{kept.address}` and `{named.address}` have one name: the first is written ({kept.thing.place}), "
            f"the second left out ({named.thing.place})"
        )
        findings.append(finding(codes.SHARED_NAME, message, kept.address, named.address))
    return list(first.values()), Merged((), tuple(notes), tuple(findings))


def _nesting(nested: Sequence[str]) -> Iterator[FitFinding]:
    if nested:
        subjects = "; ".join(nested[:4]) + (f"; and {len(nested) - 4} more" if len(nested) > 4 else "")
        what = (
            f"{len(nested)} properties are lists or objects"
            if len(nested) > 1
            else "a property is a list or an object"
        )
        yield finding(codes.NESTED, f"{what}, which Intercom does not take, and left out: {subjects}")


# --- entries ------------------------------------------------------------------------------------------------


def _attribute_entry(of_model: tuple[ModelName, Named]) -> ProposedEntry:
    model, named = of_model
    field = named.thing
    assert isinstance(field, SourceField)
    attribute = Attribute(
        model=model,
        name=named.name,
        type=field.type,
        options=field.options,
        description=field.description,
        status=field.status,
        source_name=_source_name(field.name, named.name),
    )
    return ProposedEntry(
        entry=attribute_entry(attribute),
        address=named.address,
        place=field.place,
        comment=_comment([*field.remarks, field.guess]),
    )


def _source_name(source: str, name: str) -> str | None:
    return source if source != name else None


def _comment(remarks: Iterable[str | None]) -> str | None:
    return "\n".join(remark for remark in remarks if remark) or None


def _written_event(named: Named, names: _Names) -> tuple[ProposedEntry, Merged]:
    """An event's entry, with the keys that Intercom keeps, and what is said of the others."""
    event = named.thing
    assert isinstance(event, SourceEvent)
    keys = [
        Named(name=name, address=metadata_address(named.name, name), source=0, thing=field)
        for field in event.fields
        if (name := names.key(field.name))
    ]
    merged = merge_fields(keys)
    kept, left_out = _first_keys(named, merged.named)
    metadata = tuple(_metadata_key(key) for key in kept)
    entry = event_entry(
        Event(
            name=named.name,
            description=event.description,
            metadata=metadata,
            status=event.status,
            source_name=_source_name(event.name, named.name),
        )
    )
    guesses = [
        f"`{key.name}`: {key.thing.guess}"
        for key in kept
        if isinstance(key.thing, SourceField) and key.thing.guess
    ]
    proposed = ProposedEntry(
        entry=entry, address=named.address, place=event.place, comment=_comment([*event.remarks, *guesses])
    )
    nameless = _nameless(
        Named(name="", address="", source=0, thing=field)
        for field in event.fields
        if not names.key(field.name)
    )
    said = Merged(
        (),
        (*merged.not_mapped, *nameless, *_unwritten_status(kept), *left_out.not_mapped),
        (*merged.findings, *left_out.findings),
    )
    return proposed, said


def _metadata_key(named: Named) -> MetadataKey:
    field = named.thing
    assert isinstance(field, SourceField)
    return MetadataKey(
        name=named.name,
        type=DataType(field.type),
        required=field.required,
        options=field.options,
        description=field.description,
        source_name=_source_name(field.name, named.name),
    )


def _unwritten_status(kept: Sequence[Named]) -> Iterator[NotMapped]:
    for key in kept:
        if isinstance(key.thing, SourceField) and key.thing.status != "active":
            what = f"`{key.thing.status}` of `{key.address}`"
            yield NotMapped(what=what, why="metadata keys have no status in specs", place=key.thing.place)


def _rank(key: Named) -> tuple[bool, bool]:
    field = key.thing
    return (not field.required, field.automatic) if isinstance(field, SourceField) else (True, True)


def _first_keys(event: Named, keys: Sequence[Named]) -> tuple[Sequence[Named], Merged]:
    """The keys that Intercom keeps, in their order: the required ones, then those that are not added by a tool."""
    if len(keys) <= MAX_METADATA_KEYS:
        return keys, Merged(())
    kept = {id(key) for key in sorted(keys, key=_rank)[:MAX_METADATA_KEYS]}
    others = [key for key in keys if id(key) not in kept]
    why = f"Intercom keeps {MAX_METADATA_KEYS} keys of an event, and others come before it"
    of = f"event `{event.thing.name}`"
    notes = tuple(
        NotMapped(what=f"`{key.thing.name}` of {of}", why=why, place=key.thing.place, whose=of)
        for key in others
    )
    message = (
        f"`{event.address}` has {len(keys)} metadata keys, of which Intercom keeps {MAX_METADATA_KEYS}: "
        f"{brief_list([key.name for key in others])} {'is' if len(others) == 1 else 'are'} left out"
    )
    return [key for key in keys if id(key) in kept], Merged(
        (), notes, (finding(codes.TOO_MANY_KEYS, message, event.address),)
    )
