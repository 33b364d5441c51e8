"""What code sends and reads, held to the specs: its uses, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, sort_diagnostics
from intercom_iac.diagnostics.codes import payloads as payload_codes
from intercom_iac.diagnostics.codes import usages as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event, Schema
from intercom_iac.model.address import metadata_address
from intercom_iac.model.attribute import DataType
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.model.payload import (
    EventNames,
    NameFault,
    PayloadField,
    PayloadKind,
    RecordShape,
    boot_shape,
    by_folded_name,
    company_shape,
    contact_shape,
    event_shape,
    field_faults,
    fold_name,
    undeclared_attribute,
    unknown_key,
)
from intercom_iac.text import Span, printable

from ..mentions import Mention, NamedAttribute, NamedEvent, SentEvent, SentRecord
from ..use import Use, UseKind
from ..values import (
    Choice,
    Constant,
    Entry,
    Handle,
    Items,
    Record,
    Unknown,
    Value,
    alternatives_of,
    event_text,
    items_of,
)
from .findings import (
    Finding,
    NotKnown,
    computed_name,
    field_address,
    missing_key,
    name_finding,
    surplus_keys,
    value_finding,
)
from .value_faults import shown_code, value_faults

_UNKNOWN_NAMES = frozenset(
    {payload_codes.UNKNOWN_ATTRIBUTE.id, payload_codes.UNKNOWN_EVENT.id, payload_codes.UNKNOWN_METADATA.id}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The uses of a file, what is wrong there, and what is sent that the code does not write out; all by place."""

    uses: tuple[Use, ...]
    mistakes: tuple[Diagnostic, ...]
    not_known: tuple[Diagnostic, ...]


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
        self._events = {event.name: event_shape(event) for event in schema.events.values()}
        self._event_names = EventNames(schema.events)
        self._successors = schema.successors()
        self._spellings = {
            id(fields): by_folded_name(fields)
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
                findings += _as_certain(mention, self._findings(mention))
        uses = dict.fromkeys(finding for finding in findings if isinstance(finding, Use))
        mistakes = dict.fromkeys(finding for finding in findings if isinstance(finding, Diagnostic))
        not_known = [
            codes.NOT_KNOWN.at(finding.span, f"{finding.message}: `{shown_code(finding.span)}`")
            for finding in dict.fromkeys(findings)
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
            for name in alternatives_of(mention.name):
                yield from self._event_name(name, mention.kind)

    # --- records ------------------------------------------------------------------------------------------------

    def _record(
        self, shape: RecordShape, value: Value, *, nested: bool, generated: bool
    ) -> Iterator[Finding]:
        """A record, or, where `nested`, the custom attributes of one."""
        for record in alternatives_of(value):
            if isinstance(record, Record):
                for entry in record.entries:
                    yield from self._entry(shape, entry, nested=nested, generated=generated)
                yield from (NotKnown(span, "what is added here is not known") for span in record.rest)
            elif isinstance(record, Unknown):
                yield NotKnown(record.span, "the attributes that are sent here are not known")

    def _entry(self, shape: RecordShape, entry: Entry, *, nested: bool, generated: bool) -> Iterator[Finding]:
        if not isinstance(entry.key, Constant):
            yield from computed_name(entry.key, "attribute")
            return
        fields = shape.nested if nested else shape.fields
        name = self._declared_name(fields, str(entry.key.value), generated)
        if not nested and name == shape.nested_key:
            yield from self._record(shape, entry.value, nested=True, generated=generated)
        elif not nested and name in shape.objects:
            yield from self._record(shape.objects[name], entry.value, nested=False, generated=generated)
        elif not nested and name in shape.lists:
            for company in items_of(entry.value):
                yield from self._record(shape.lists[name], company, nested=False, generated=generated)
        elif name in fields:
            yield from self._field_findings(fields[name], shape, entry.key.span, entry.value, generated)
        elif nested or name not in shape.settings:
            fault = unknown_key(shape, name, nested=nested, schema=self._schema)
            if not nested and name in shape.nested:
                yield Use(address=fault.attribute, span=entry.key.span, kind="send")
            yield name_finding(fault, entry.key.span)

    def _field_findings(
        self, field: PayloadField, shape: RecordShape, span: Span, value: Value, generated: bool
    ) -> Iterator[Finding]:
        """A field that is sent with a value, by the name at this place."""
        if field.custom:
            yield Use(address=field_address(field), span=span, kind="send")
        yield from (name_finding(fault, span) for fault in self._field_faults(field, shape))
        # Sent from a server, as it should be, the value would be as wrong.
        if field.refusal in (None, "not messenger_writable"):
            yield from (
                value_finding(field, fault) for fault in value_faults(field, value, generated=generated)
            )

    def _field_faults(self, field: PayloadField, shape: RecordShape) -> Iterator[NameFault]:
        successor = None if field.owner == "event" else self._successors.get((field.owner, field.name))
        return field_faults(field, shape, successor)

    def _declared_name(self, fields: Mapping[str, PayloadField], name: str, generated: bool) -> str:
        """The name of a key; generated code may have it in camel case."""
        if not generated or name in fields:
            return name
        return self._spellings.get(id(fields), {}).get(fold_name(name), name)

    # --- events -------------------------------------------------------------------------------------------------

    def _event(self, mention: SentEvent) -> Iterator[Finding]:
        for name in alternatives_of(mention.name):
            yield from self._event_name(name, "send")
            event = self._event_of(name)
            if event is not None and event.status != "archived":
                yield from self._metadata_findings(event, name.span, mention)
        if mention.created_at is not None:
            field = self._created_at
            yield from (value_finding(field, fault) for fault in value_faults(field, mention.created_at))

    def _event_name(self, name: Value, kind: UseKind) -> Iterator[Finding]:
        written = event_text(name)
        if written is None:
            yield from computed_name(name, "event")
            return
        event = self._event_names.meant(written)
        if event is not None:
            # Of another spelling, too: Intercom's event names know no case, and it is this one that is sent.
            yield Use(address=event.address, span=name.span, kind=kind)
            written = event.name if isinstance(name, Handle) else written
        fault = self._event_names.fault(written)
        if fault is not None:
            yield name_finding(fault, name.span)

    def _event_of(self, name: Value) -> Event | None:
        written = event_text(name)
        if written is None:
            return None
        return (
            self._event_names.meant(written) if isinstance(name, Handle) else self._schema.events.get(written)
        )

    def _metadata_findings(self, event: Event, place: Span, mention: SentEvent) -> Iterator[Finding]:
        fields = self._events[event.name].nested
        required = [field.name for field in fields.values() if field.required]
        if mention.metadata is None:
            yield from (missing_key(name, event, place) for name in required)
            return
        for metadata in alternatives_of(mention.metadata):
            if isinstance(metadata, Unknown):
                yield NotKnown(metadata.span, f"the metadata of `{printable(event.name)}` is not known here")
            elif isinstance(metadata, Record):
                yield from self._metadata_record(event, metadata, required, mention)
            elif isinstance(metadata, Constant) and metadata.value is None:
                yield from (missing_key(name, event, place) for name in required)

    def _metadata_record(
        self, event: Event, metadata: Record, required: Sequence[str], mention: SentEvent
    ) -> Iterator[Finding]:
        shape = self._events[event.name]
        fields = shape.nested
        spellings = by_folded_name(fields if mention.generated else ())
        names: dict[str, Span] = {}
        for entry in metadata.entries:
            if not isinstance(entry.key, Constant):
                yield from computed_name(entry.key, "metadata key")
                continue
            written = str(entry.key.value)
            name = written if written in fields else spellings.get(fold_name(written), written)
            names.setdefault(name, entry.key.span)
            if name in fields:
                for fault in value_faults(fields[name], entry.value, generated=mention.generated):
                    yield value_finding(fields[name], fault, metadata_address(event.name, name))
            else:
                fault = unknown_key(shape, name, nested=True, schema=self._schema)
                yield name_finding(fault, entry.key.span)
        yield from (NotKnown(span, "the metadata that is added here is not known") for span in metadata.rest)
        if len(names) > MAX_METADATA_KEYS:
            yield surplus_keys(event, names)
        whole = not metadata.rest and all(isinstance(entry.key, Constant) for entry in metadata.entries)
        if whole:
            yield from (missing_key(name, event, metadata.span) for name in required if name not in names)

    @property
    def _created_at(self) -> PayloadField:
        return PayloadField(
            owner="event", name="created_at", type=DataType.DATE, custom=False, nullable=False
        )

    # --- attributes named alone -----------------------------------------------------------------------------------

    def _attribute(self, mention: NamedAttribute) -> Iterator[Finding]:
        for name in alternatives_of(mention.name):
            if not (isinstance(name, Constant) and isinstance(name.value, str)):
                yield from computed_name(name, "attribute")
                continue
            shapes = [self._company] if mention.model == "company" else [self._contact]
            shapes += [self._company] if mention.model is None else []
            shape = next((shape for shape in shapes if name.value in shape.nested), None)
            if shape is not None:
                yield from self._known_attribute(shape.nested[name.value], shape, name.span, mention)
                continue
            if not mention.certain:
                continue
            known = {field.name: field for shape in shapes for field in shape.nested.values()}
            fault = undeclared_attribute(name.value, mention.model, known, self._schema)
            found = name_finding(fault, name.span)
            # Whose attribute it is, is not certain: it may be of something that is not Intercom's.
            yield found if mention.model is not None else replace(found, severity="warning")

    def _known_attribute(
        self, field: PayloadField, shape: RecordShape, span: Span, mention: NamedAttribute
    ) -> Iterator[Finding]:
        if mention.kind == "send":
            value = Unknown(span) if mention.value is None else mention.value
            yield from self._field_findings(field, shape, span, value, generated=False)
            return
        yield Use(address=field_address(field), span=span, kind="read")
        for fault in self._field_faults(field, shape):
            yield replace(name_finding(fault, span), severity="warning")


def _as_certain(mention: Mention, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a mention: a name that is not declared is a warning where it may be no name of Intercom's."""
    is_guess = not isinstance(mention, NamedEvent) and mention.guessed
    for finding in findings:
        is_unknown = isinstance(finding, Diagnostic) and finding.code in _UNKNOWN_NAMES
        yield replace(finding, severity="warning") if is_guess and is_unknown else finding


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
