"""Records as JSON Schema (draft 2020-12), for validators of any language.

A record is valid by its schema exactly where the check of payloads finds no error in it; warnings (a deprecated
attribute, a key that Intercom reads as a date) are annotations. What JSON Schema cannot say stands in `$comment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Event, Schema
from intercom_iac.model.attribute import Attribute
from intercom_iac.model.limits import MAX_METADATA_KEYS, MAX_TEXT_LENGTH
from intercom_iac.model.payload import (
    PayloadField,
    RecordShape,
    boot_shape,
    company_shape,
    contact_shape,
    event_shape,
    messenger_company_shape,
)
from intercom_iac.model.payload.values import CURRENCY, EARLIEST_SECOND, LATEST_SECOND, LINK, NOT_IN_LINKS

from .component_names import event_component_names
from .own_keys import OWN_KEYS

JsonSchema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "urn:intercom-iac:"
_NOT_SAID = (
    "A validator sees decoded JSON: that a key occurs twice in an object, or that a number is NaN or larger than a "
    "double, it cannot tell; `payload check` does."
)
_REFUSALS = {
    "returned only": "Returned by Intercom, never sent",
    "archived": "Archived: nothing may send it",
    "not messenger_writable": "Not `messenger_writable`: ignored from the Messenger, so a server sends it",
}


@dataclass(frozen=True, slots=True)
class RecordSchemas:
    """The JSON Schemas of a schema's records; what several of them use is referred to at `place`."""

    schema: Schema
    place: str

    def contact(self) -> JsonSchema:
        return self._record(
            contact_shape(self.schema), "A contact as the API takes it to create or update one"
        )

    def company(self) -> JsonSchema:
        return self._record(
            company_shape(self.schema), "A company as the API takes it to create or update one"
        )

    def boot(self) -> JsonSchema:
        return self._record(
            boot_shape(self.schema),
            "What the Messenger's `boot` and `update` take; custom attributes are at the top",
        )

    def event(self, event: Event) -> JsonSchema:
        """An occurrence of this event."""
        written = self._record(event_shape(event), event.description or f"An occurrence of `{event.name}`")
        written["properties"]["event_name"] |= {"const": event.name}
        if any(key.required for key in event.metadata):
            written["required"].append("metadata")
        return written | _annotations(owner=event.owner, deprecated=event.status == "deprecated")

    def common_definitions(self) -> dict[str, JsonSchema]:
        """What the records refer to, by name."""
        company = self._record(messenger_company_shape(self.schema), "A company as the Messenger takes it")
        return {"MessengerCompany": company, "RichLink": _RICH_LINK, "Money": _MONEY}

    def _record(self, shape: RecordShape, description: str) -> JsonSchema:
        own = OWN_KEYS[shape.kind]
        properties = {name: self._field(field, own.get(name)) for name, field in shape.fields.items()}
        properties |= {name: {} for name in sorted(shape.settings - shape.fields.keys())}
        if shape.nested_key is not None:
            properties[shape.nested_key] = self._nested_schema(shape, own[shape.nested_key])
        for name in shape.objects:
            properties[name] = {"description": own[name], **self._reference("MessengerCompany")}
        for name in shape.lists:
            items = self._reference("MessengerCompany")
            properties[name] = {"description": own[name], "type": "array", "items": items}
        written: JsonSchema = {"description": description, "type": "object", "properties": properties}
        written |= _required_keys(shape.fields)
        # The Messenger also takes visitors, of whom nothing is known.
        if shape.kind != "boot":
            written["anyOf"] = [_identified_by(name) for name in shape.identifiers]
        return written | {"additionalProperties": False}

    def _nested_schema(self, shape: RecordShape, description: str) -> JsonSchema:
        written: JsonSchema = {
            "description": description,
            "type": "object",
            "properties": {name: self._field(field, None) for name, field in shape.nested.items()},
        }
        written |= _required_keys(shape.nested)
        if shape.kind == "event":
            written["maxProperties"] = MAX_METADATA_KEYS
        return written | {"additionalProperties": False}

    def _field(self, field: PayloadField, own: str | None) -> JsonSchema:
        declared = field.declared
        description = own if declared is None else declared.description
        owner = declared.owner if isinstance(declared, Attribute) else None
        annotations = _annotations(owner=owner, deprecated=field.status != "active")
        if field.refusal is not None:
            parts = (_REFUSALS[field.refusal], description)
            only_read = {"readOnly": True} if field.refusal == "returned only" else {}
            return {
                "description": ". ".join(part for part in parts if part),
                "not": {},
                **only_read,
                **annotations,
            }
        described = {} if description is None else {"description": description}
        return described | self._value(field) | annotations

    def _value(self, field: PayloadField) -> JsonSchema:
        scalar = _scalar(field)
        if field.owner != "event" or not field.custom:
            return scalar
        if field.type is DataType.STRING:
            return {"anyOf": [scalar, self._reference("RichLink")]}
        return {"anyOf": [scalar, self._reference("Money")]} if field.type.is_number else scalar

    def _reference(self, name: str) -> JsonSchema:
        return {"$ref": f"{self.place}{name}"}


def contact_json_schema(schema: Schema) -> JsonSchema:
    """Contacts as `POST /contacts` takes them."""
    return _document("contact", "Contact", RecordSchemas(schema, _DEFINITIONS).contact(), {})


def company_json_schema(schema: Schema) -> JsonSchema:
    """Companies as `POST /companies` takes them."""
    return _document("company", "Company", RecordSchemas(schema, _DEFINITIONS).company(), {})


def boot_json_schema(schema: Schema) -> JsonSchema:
    """The settings of the Messenger's `boot`, and the data of its `update`."""
    records = RecordSchemas(schema, _DEFINITIONS)
    return _document("boot", "Messenger settings", records.boot(), records.common_definitions())


def event_json_schema(schema: Schema, event: Event) -> JsonSchema:
    """Occurrences of one event, as `POST /events` takes them."""
    records = RecordSchemas(schema, _DEFINITIONS)
    return _document(
        f"event:{quote(event.name, safe='')}", event.name, records.event(event), records.common_definitions()
    )


def any_event_json_schema(schema: Schema) -> JsonSchema:
    """Occurrences of any event that is not archived: each is held to the schema of its own event."""
    records = RecordSchemas(schema, _DEFINITIONS)
    names = event_component_names(live_events(schema))
    events = {names[event.name]: records.event(event) for event in live_events(schema)}
    described = {"description": OWN_KEYS["event"]["event_name"]}
    written: JsonSchema = {
        "description": "An occurrence of one of the events that the specs declare",
        "type": "object",
        "properties": {"event_name": {**described, **({"enum": [*names]} if names else {"not": {}})}},
        "required": ["event_name"],
    }
    if names:
        written["allOf"] = [_held_to(component, name) for name, component in names.items()]
    return _document("event", "Event", written, events | records.common_definitions())


def live_events(schema: Schema) -> list[Event]:
    """The events that may be sent."""
    return [event for event in schema.events.values() if event.status != "archived"]


def _held_to(component: str, event: str) -> JsonSchema:
    """An occurrence of the event is held to its schema."""
    of_event = {"properties": {"event_name": {"const": event}}, "required": ["event_name"]}
    return {"if": of_event, "then": {"$ref": f"{_DEFINITIONS}{component}"}}


_DEFINITIONS = "#/$defs/"
_SCALARS: Mapping[DataType, JsonSchema] = {
    DataType.STRING: {"type": "string"},
    DataType.OPTIONS: {"type": "string"},
    DataType.INTEGER: {"type": "integer"},
    DataType.FLOAT: {"type": "number"},
    DataType.BOOLEAN: {"type": "boolean"},
    DataType.DATE: {
        "type": "integer",
        "minimum": EARLIEST_SECOND,
        "maximum": LATEST_SECOND,
        "$comment": "Unix time in seconds, from 1970 to 2100; larger numbers are milliseconds",
    },
}
_RICH_LINK: JsonSchema = {
    "description": "A link with the text that is shown for it",
    "type": "object",
    "properties": {
        "url": {
            "type": "string",
            "maxLength": MAX_TEXT_LENGTH,
            "pattern": f"^{LINK}",
            "not": {"pattern": NOT_IN_LINKS},
        },
        "value": {"type": "string", "maxLength": MAX_TEXT_LENGTH},
    },
    "required": ["url", "value"],
    "additionalProperties": False,
}
_MONEY: JsonSchema = {
    "description": "An amount of money",
    "type": "object",
    "properties": {
        "amount": {"description": "In cents", "type": "integer"},
        "currency": {
            "description": "Three letters, such as `eur`",
            "type": "string",
            "maxLength": 3,
            "pattern": f"^{CURRENCY}",
        },
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}


def _scalar(field: PayloadField) -> JsonSchema:
    """A value that is no object."""
    written = {**_SCALARS[field.type]}
    if field.type.is_text and field.max_length is not None:
        written["maxLength"] = field.max_length
    if field.nullable:
        written["type"] = [written["type"], "null"]
    if field.type is DataType.OPTIONS and not field.open_options:
        written["enum"] = [*field.options, None] if field.nullable else [*field.options]
    elif field.options:
        written["examples"] = [*field.options]
        written["$comment"] = "Other values than the examples are taken too"
    return written


def _document(name: str, title: str, record: JsonSchema, shared: Mapping[str, JsonSchema]) -> JsonSchema:
    """A record's schema as a document of its own, with what it refers to."""
    written: JsonSchema = {
        "$schema": DIALECT,
        "$id": f"urn:intercom-iac:{name}",
        "title": title,
        "$comment": _NOT_SAID,
    }
    written |= record
    used = _used_schemas(written, shared)
    return written | ({"$defs": used} if used else {})


def _used_schemas(document: JsonSchema, shared: Mapping[str, JsonSchema]) -> dict[str, JsonSchema]:
    """What of the shared schemas the document refers to, itself or through one of them."""
    used: set[str] = set()
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        if isinstance(node, dict):
            values = cast("JsonSchema", node)
            name = str(values.get("$ref", "")).removeprefix(_DEFINITIONS)
            if name in shared and name not in used:
                used.add(name)
                waiting.append(shared[name])
            waiting += values.values()
    return {name: value for name, value in shared.items() if name in used}


def _identified_by(name: str) -> JsonSchema:
    return {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}}


def _required_keys(fields: Mapping[str, PayloadField]) -> JsonSchema:
    names = [name for name, field in fields.items() if field.required]
    return {"required": names} if names else {}


def _annotations(*, owner: str | None, deprecated: bool) -> JsonSchema:
    return ({} if owner is None else {"x-owner": owner}) | ({"deprecated": True} if deprecated else {})
