"""What code sends and reads, held to the specs: its uses, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intercom_iac.diagnostics import Diagnostic, Related, sort_diagnostics
from intercom_iac.diagnostics.codes import payloads as payload_codes
from intercom_iac.diagnostics.codes import usages as codes
from intercom_iac.model import Event, Schema
from intercom_iac.model.address import ModelName, attribute_address, event_address, metadata_address
from intercom_iac.model.attribute import DataType
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.model.payload import (
    PayloadField,
    PayloadKind,
    RecordShape,
    boot_shape,
    company_shape,
    contact_shape,
    metadata_fields,
)
from intercom_iac.text import Span, printable
from intercom_iac.text.lists import brief_list

from .known_names import (
    NameFault,
    by_squashed_name,
    misplaced_key,
    refused_attribute,
    squashed,
    stale_event,
    unknown_attribute,
    unknown_event,
    unknown_metadata,
)
from .mentions import Mention, NamedAttribute, SentEvent, SentRecord
from .use import Use, UseKind
from .value_faults import ValueFault, shown_code, value_faults
from .values import Choice, Constant, Entry, Items, Record, Unknown, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The uses of a file, what is wrong there, and what is sent that the code does not write out; all by place."""

    uses: tuple[Use, ...]
    mistakes: tuple[Diagnostic, ...]
    not_known: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A name or a record that the code does not write out."""

    span: Span
    message: str


Finding = Use | Diagnostic | NotKnown


class CodeJudge:
    """Judges the mentions of files against the specs."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._contact, self._company, self._boot = (
            contact_shape(schema),
            company_shape(schema),
            boot_shape(schema),
        )
        self._shapes: Mapping[PayloadKind, RecordShape] = {
            "contact": self._contact,
            "company": self._company,
            "boot": self._boot,
        }
        self._events = by_squashed_name(schema.events)
        self._metadata = {event.name: metadata_fields(event) for event in schema.events.values()}
        self._squashed = {
            id(fields): by_squashed_name(fields)
            for shape in (*self._shapes.values(), *self._boot.objects.values())
            for fields in (shape.fields, shape.nested)
        }

    def judge(self, mentions: Iterable[Mention]) -> Judgement:
        """The uses and findings of one file, each place once."""
        mentions = tuple(mentions)
        within = {span for mention in mentions for span in _key_spans(mention)}
        findings: list[Finding] = []
        for mention in mentions:
            # What is named within a record that is sent is judged with the record.
            if not (isinstance(mention, NamedAttribute) and mention.name.span in within):
                findings += self._findings(mention)
        uses = dict.fromkeys(finding for finding in findings if isinstance(finding, Use))
        mistakes = [finding for finding in findings if isinstance(finding, Diagnostic)]
        not_known = [
            codes.NOT_KNOWN.at(finding.span, f"{finding.message}: `{shown_code(finding.span)}`")
            for finding in findings
            if isinstance(finding, NotKnown)
        ]
        return Judgement(
            uses=tuple(sorted(uses, key=lambda use: (use.span.start, use.address))),
            mistakes=tuple(sort_diagnostics(mistakes)),
            not_known=tuple(sort_diagnostics(not_known)),
        )

    def _findings(self, mention: Mention) -> Iterator[Finding]:
        if isinstance(mention, SentRecord):
            shape = self._shapes[mention.kind]
            yield from self._record(
                shape, mention.value, nested=mention.custom_only, generated=mention.generated
            )
        elif isinstance(mention, SentEvent):
            yield from self._event(mention)
        elif isinstance(mention, NamedAttribute):
            yield from self._attribute(mention)
        else:
            for name in _alternatives(mention.name):
                yield from self._event_name(name, mention.kind, by_identifier=False)

    # --- records ------------------------------------------------------------------------------------------------

    def _record(
        self, shape: RecordShape, value: Value, *, nested: bool, generated: bool
    ) -> Iterator[Finding]:
        """A record, or, where `nested`, the custom attributes of one."""
        for record in _alternatives(value):
            if isinstance(record, Record):
                for entry in record.entries:
                    yield from self._entry(shape, entry, nested=nested, generated=generated)
                yield from (NotKnown(span, "what is added here is not known") for span in record.rest)
            elif isinstance(record, Unknown):
                yield NotKnown(record.span, "the attributes that are sent here are not known")

    def _entry(self, shape: RecordShape, entry: Entry, *, nested: bool, generated: bool) -> Iterator[Finding]:
        if not isinstance(entry.key, Constant):
            yield from _computed_name(entry.key, "attribute")
            return
        fields = shape.nested if nested else shape.fields
        name = self._declared_name(fields, str(entry.key.value), generated)
        if not nested and name == shape.nested_key:
            yield from self._record(shape, entry.value, nested=True, generated=generated)
        elif not nested and name in shape.objects:
            yield from self._record(shape.objects[name], entry.value, nested=False, generated=generated)
        elif not nested and name in shape.lists:
            for company in _items(entry.value):
                yield from self._record(shape.lists[name], company, nested=False, generated=generated)
        elif name in fields:
            yield from _field_findings(fields[name], entry.key.span, entry.value, generated)
        elif nested or name not in shape.settings:
            fault = misplaced_key(name, shape, nested=nested) or unknown_attribute(
                name, _model_of(shape), (*shape.nested.values(), *shape.fields.values()), self._schema
            )
            address = attribute_address(_model_of(shape), name)
            if not nested and name in shape.nested:
                yield Use(address=address, span=entry.key.span, kind="send")
            yield _at(fault, entry.key.span, subject=address)

    def _declared_name(self, fields: Mapping[str, PayloadField], name: str, generated: bool) -> str:
        """The name of a key; generated code may have it in camel case."""
        if not generated or name in fields:
            return name
        return self._squashed.get(id(fields), {}).get(squashed(name), name)

    # --- events -------------------------------------------------------------------------------------------------

    def _event(self, mention: SentEvent) -> Iterator[Finding]:
        for name in _alternatives(mention.name):
            yield from self._event_name(name, "send", by_identifier=mention.by_identifier)
            event = self._event_of(name, by_identifier=mention.by_identifier)
            if event is not None and event.status != "archived":
                yield from self._metadata_findings(event, name.span, mention)
        if mention.created_at is not None:
            field = self._created_at
            yield from (_value_finding(field, fault) for fault in value_faults(field, mention.created_at))

    def _event_name(self, name: Value, kind: UseKind, *, by_identifier: bool) -> Iterator[Finding]:
        if not (isinstance(name, Constant) and isinstance(name.value, str)):
            yield from _computed_name(name, "event")
            return
        event = self._event_of(name, by_identifier=by_identifier)
        if event is None:
            fault = unknown_event(name.value, self._schema.events, self._events)
            meant = self._schema.events.get(self._events.get(squashed(name.value), ""))
            if meant is not None:
                # Intercom's event names know no case: it is this one that is sent.
                yield Use(address=meant.address, span=name.span, kind=kind)
            subject = event_address(name.value) if meant is None else meant.address
            yield _at(fault, name.span, subject=subject, declared=None if meant is None else meant.span)
            return
        yield Use(address=event.address, span=name.span, kind=kind)
        fault = stale_event(event)
        if fault is not None:
            yield _at(fault, name.span, subject=event.address, declared=event.span)

    def _event_of(self, name: Value, *, by_identifier: bool) -> Event | None:
        if not (isinstance(name, Constant) and isinstance(name.value, str)):
            return None
        key = self._events.get(squashed(name.value), name.value) if by_identifier else name.value
        return self._schema.events.get(name.value) or self._schema.events.get(key)

    def _metadata_findings(self, event: Event, place: Span, mention: SentEvent) -> Iterator[Finding]:
        fields = self._metadata[event.name]
        required = [field.name for field in fields.values() if field.required]
        if mention.metadata is None:
            yield from (_missing(name, event, place) for name in required)
            return
        for metadata in _alternatives(mention.metadata):
            if isinstance(metadata, Unknown):
                yield NotKnown(metadata.span, f"the metadata of `{printable(event.name)}` is not known here")
            elif isinstance(metadata, Record):
                yield from self._metadata_record(event, metadata, required, mention)
            elif isinstance(metadata, Constant) and metadata.value is None:
                yield from (_missing(name, event, place) for name in required)

    def _metadata_record(
        self, event: Event, metadata: Record, required: Sequence[str], mention: SentEvent
    ) -> Iterator[Finding]:
        fields = self._metadata[event.name]
        spellings = by_squashed_name(fields if mention.generated else ())
        names: dict[str, Span] = {}
        for entry in metadata.entries:
            if not isinstance(entry.key, Constant):
                yield from _computed_name(entry.key, "metadata key")
                continue
            written = str(entry.key.value)
            name = written if written in fields else spellings.get(squashed(written), written)
            names.setdefault(name, entry.key.span)
            if name in fields:
                for fault in value_faults(fields[name], entry.value, generated=mention.generated):
                    yield _value_finding(fields[name], fault, metadata_address(event.name, name))
            else:
                fault = unknown_metadata(name, event)
                yield _at(
                    fault,
                    entry.key.span,
                    subject=metadata_address(event.name, name),
                    declared=event.span,
                )
        yield from (NotKnown(span, "the metadata that is added here is not known") for span in metadata.rest)
        if len(names) > MAX_METADATA_KEYS:
            yield _too_many(event, names)
        whole = not metadata.rest and all(isinstance(entry.key, Constant) for entry in metadata.entries)
        if whole:
            yield from (_missing(name, event, metadata.span) for name in required if name not in names)

    @property
    def _created_at(self) -> PayloadField:
        return PayloadField(
            owner="event", name="created_at", type=DataType.DATE, custom=False, nullable=False
        )

    # --- attributes named alone -----------------------------------------------------------------------------------

    def _attribute(self, mention: NamedAttribute) -> Iterator[Finding]:
        for name in _alternatives(mention.name):
            if not (isinstance(name, Constant) and isinstance(name.value, str)):
                yield from _computed_name(name, "attribute")
                continue
            shapes = [self._company] if mention.model == "company" else [self._contact]
            shapes += [self._company] if mention.model is None else []
            shape = next((shape for shape in shapes if name.value in shape.nested), None)
            if shape is not None:
                yield from self._known_attribute(shape.nested[name.value], name.span, mention)
                continue
            if not mention.certain:
                continue
            fields = [field for shape in shapes for field in shape.nested.values()]
            fault = unknown_attribute(name.value, mention.model, fields, self._schema)
            found = _at(fault, name.span, subject=attribute_address(mention.model or "contact", name.value))
            # Whose attribute it is, is not certain: it may be of something that is not Intercom's.
            yield found if mention.model is not None else replace(found, severity="warning")

    def _known_attribute(self, field: PayloadField, span: Span, mention: NamedAttribute) -> Iterator[Finding]:
        if mention.kind == "send":
            value = Unknown(span) if mention.value is None else mention.value
            yield from _field_findings(field, span, value, generated=False)
            return
        address = _address(field)
        yield Use(address=address, span=span, kind="read")
        fault = refused_attribute(field)
        if fault is not None:
            found = _at(fault, span, subject=address, declared=_declared_at(field))
            yield replace(found, severity="warning")


# --- findings -------------------------------------------------------------------------------------------------


def _field_findings(field: PayloadField, span: Span, value: Value, generated: bool) -> Iterator[Finding]:
    """A field that is sent with a value, by the name at this place."""
    if field.custom:
        yield Use(address=_address(field), span=span, kind="send")
    fault = refused_attribute(field)
    if fault is not None:
        yield _at(fault, span, subject=_address(field), declared=_declared_at(field))
    # Sent from a server, as it should be, the value would be as wrong.
    if field.refusal in (None, "not messenger_writable"):
        for value_fault in value_faults(field, value, generated=generated):
            yield _value_finding(field, value_fault)


def _value_finding(field: PayloadField, fault: ValueFault, subject: str | None = None) -> Diagnostic:
    if subject is None and field.owner != "event":
        subject = _address(field)
    return _at(
        NameFault(code=fault.code, message=fault.message, hint=fault.hint),
        fault.span,
        subject=subject,
        declared=_declared_at(field),
    )


def _at(fault: NameFault, span: Span, *, subject: str | None, declared: Span | None = None) -> Diagnostic:
    related = () if declared is None else (Related(declared, "declared here"),)
    return fault.code.at(span, fault.message, hint=fault.hint, related=related, subject=subject)


def _computed_name(name: Value, kind: str) -> Iterator[NotKnown]:
    """A name that is no text in the code; one that is no text at all is no name either."""
    if isinstance(name, Constant):
        return
    article = "an" if kind[0] in "aeiou" else "a"
    yield NotKnown(name.span, f"the name of {article} {kind} is computed")


def _missing(name: str, event: Event, span: Span) -> Diagnostic:
    message = f"the event `{printable(event.name)}` is sent without `{printable(name)}`, which is required"
    key = event.keys[name]
    fault = NameFault(code=payload_codes.MISSING, message=message, hint=None)
    return _at(fault, span, subject=metadata_address(event.name, name), declared=key.span or event.span)


def _too_many(event: Event, names: Mapping[str, Span]) -> Diagnostic:
    ignored = list(names)[MAX_METADATA_KEYS:]
    message = (
        f"the event `{printable(event.name)}` is sent with {len(names)} metadata keys; Intercom keeps the first "
        f"{MAX_METADATA_KEYS}"
    )
    shown = brief_list([printable(name) for name in ignored])
    fault = NameFault(code=payload_codes.TOO_MANY_KEYS, message=message, hint=f"it ignores {shown}")
    return _at(fault, names[ignored[0]], subject=event.address, declared=event.span)


def _address(field: PayloadField) -> str:
    return attribute_address("company" if field.owner == "company" else "contact", field.name)


def _declared_at(field: PayloadField) -> Span | None:
    return None if field.declared is None else field.declared.span


def _model_of(shape: RecordShape) -> ModelName:
    return "company" if shape.kind == "company" else "contact"


# --- values ---------------------------------------------------------------------------------------------------


def _alternatives(value: Value) -> Iterator[Value]:
    """What a value may be, one by one."""
    if isinstance(value, Choice):
        for alternative in value.alternatives:
            yield from _alternatives(alternative)
    else:
        yield value


def _items(value: Value) -> Iterator[Value]:
    for alternative in _alternatives(value):
        if isinstance(alternative, Items):
            yield from alternative.values
        elif isinstance(alternative, Unknown):
            yield alternative


def _key_spans(mention: Mention) -> Iterator[Span]:
    """The places of all keys of a record that is sent, those of records in it among them."""
    pending: list[Value] = [mention.value] if isinstance(mention, SentRecord) else []
    while pending:
        value = pending.pop()
        if isinstance(value, Choice):
            pending += value.alternatives
        elif isinstance(value, Items):
            pending += value.values
        elif isinstance(value, Record):
            for entry in value.entries:
                yield entry.key.span
                pending.append(entry.value)
