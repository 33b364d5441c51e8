"""What is wrong with a key that has no place where it stands: misplaced, reserved, misspelt or not declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model import STANDARD, ModelName, Schema
from intercom_iac.model.address import MODELS, attribute_address, event_address, metadata_address
from intercom_iac.model.payload import PayloadField, PayloadKind, RecordShape, standard
from intercom_iac.text import Span, nearest_name, printable, suggestion
from intercom_iac.text.likeness import look_alike

PLURALS: Mapping[PayloadKind, str] = MappingProxyType(
    {"contact": "contacts", "company": "companies", "event": "events", "boot": "the Messenger"}
)
_LONGEST_KEY = 60
_NESTED_KEYS = ("custom_attributes", "metadata")
# What somebody may call a key of the API or of the Messenger -> what it is called there.
_API_NAMES: Mapping[str, str] = MappingProxyType(
    {"user_id": "external_id", "created_at": "signed_up_at", "last_request_at": "last_seen_at"}
)
_COMPANY_NAMES: Mapping[str, str] = MappingProxyType({"created_at": "remote_created_at"})
_EVENT_NAMES: Mapping[str, str] = MappingProxyType(
    {"external_id": "user_id", "name": "event_name", "event": "event_name", "timestamp": "created_at"}
)
# What Segment calls the object of these.
_NESTED_NAMES: Mapping[str, str] = MappingProxyType({"properties": "metadata", "traits": "custom_attributes"})
_RESERVED = (
    standard.MESSENGER_SETTINGS
    | standard.CONTACT_RETURNED
    | standard.COMPANY_RETURNED
    | frozenset(standard.CONTACT_WRITABLE)
    | frozenset(standard.COMPANY_WRITABLE)
    | frozenset(standard.BOOT_WRITABLE)
    | {name for _, name in STANDARD}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFault:
    """The code of what is wrong with a key, the message, what to do, what a summary counts it under, and where what
    is meant is declared."""

    code: Code
    message: str
    hint: str | None
    attribute: str
    declared: Span | None = None


def shown_key(key: str) -> str:
    """A key of a record as a message or a path repeats it."""
    return printable(key if len(key) <= _LONGEST_KEY else f"{key[: _LONGEST_KEY - 1]}…")


def written_name(kind: PayloadKind, name: str, fields: Mapping[str, PayloadField]) -> str | None:
    """What a record of this kind has in the place of a name that belongs to another kind; None where nothing is."""
    others: Mapping[str, str] = {
        "contact": _API_NAMES,
        "company": _COMPANY_NAMES,
        "event": _EVENT_NAMES,
        "boot": standard.MESSENGER_NAMES,
    }[kind]
    found = others.get(name)
    return found if found in fields else None


def unknown_key(shape: RecordShape, key: str, *, nested: bool, schema: Schema) -> KeyFault:
    """What is wrong with a key that the shape has not where it stands: at the top, or in the nested object."""
    if nested and shape.kind == "event":
        return _unknown_metadata(shape, key)
    attribute = key_address(shape, key, nested=nested)
    if nested:
        misplaced = _belongs_at_top(shape, key)
        code, message, hint = misplaced or _not_declared(shape, key, shape.nested, schema=schema)
    else:
        misplaced = _belongs_within(shape, key)
        code, message, hint = misplaced or _no_key(shape, key, schema)
    meant = None if nested else shape.nested.get(key)
    declared = meant.declared.span if meant is not None and meant.declared is not None else None
    return KeyFault(code=code, message=message, hint=hint, attribute=attribute, declared=declared)


def key_address(shape: RecordShape, key: str, *, nested: bool) -> str:
    """The address of a key, declared or not."""
    shown = shown_key(key)
    if shape.kind == "event":
        name = shape.event.name if shape.event is not None else ""
        return metadata_address(name, shown) if nested else event_address(name)
    return attribute_address("company" if shape.kind == "company" else "contact", shown)


def _unknown_metadata(shape: RecordShape, key: str) -> KeyFault:
    name = shown_key(key)
    event = shape.event.name if shape.event is not None else ""
    attribute = key_address(shape, key, nested=True)
    span = shape.event.span if shape.event is not None else None
    if key in standard.EVENT_KEYS:
        message = f"`{name}` is Intercom's own key of an event and stands beside `metadata`, not in it"
        return KeyFault(
            code=codes.MISPLACED,
            message=message,
            hint="put it at the top of the record",
            attribute=attribute,
            declared=span,
        )
    return KeyFault(
        code=codes.UNKNOWN_METADATA,
        message=f"the event `{event}` declares no metadata key `{name}`",
        hint=suggestion(key, nearest_name(key, shape.nested)),
        attribute=attribute,
        declared=span,
    )


def _belongs_at_top(shape: RecordShape, key: str) -> tuple[Code, str, str | None] | None:
    name = shown_key(key)
    own = shape.fields.get(key)
    if own is not None and own.refusal is None:
        return (
            codes.MISPLACED,
            f"`{name}` is Intercom's own and stands beside `{shape.nested_key}`, not in it",
            "put it at the top of the record",
        )
    other = written_name(shape.kind, key, shape.fields)
    if key in _RESERVED:
        return (
            codes.RESERVED_NAME,
            f"`{name}` is a name of Intercom's own, which no custom attribute has",
            None if other is None else f"the API has `{other}`, at the top of the record",
        )
    return None


def _belongs_within(shape: RecordShape, key: str) -> tuple[Code, str, str | None] | None:
    name = shown_key(key)
    if key in shape.nested:
        kind = "a metadata key" if shape.kind == "event" else "a custom attribute"
        return (
            codes.MISPLACED,
            f"`{name}` is {kind} and stands in `{shape.nested_key}`, not at the top",
            f"send it as `{shape.nested_key}.{name}`",
        )
    if key in _NESTED_KEYS:
        place = f"they stand in `{shape.nested_key}`" if shape.nested_key else "it has all keys at the top"
        return codes.MISPLACED, f"`{name}` has no place in a record of {PLURALS[shape.kind]}", place
    return None


def _no_key(shape: RecordShape, key: str, schema: Schema) -> tuple[Code, str, str | None]:
    name = shown_key(key)
    if key in _NESTED_NAMES and _NESTED_NAMES[key] == shape.nested_key:
        return (
            codes.UNKNOWN_ATTRIBUTE,
            f"{_of_kind(shape)} has no `{name}`",
            f"it is called `{shape.nested_key}` here",
        )
    if (other := written_name(shape.kind, key, shape.fields)) is not None:
        return codes.UNKNOWN_ATTRIBUTE, f"{_of_kind(shape)} has no `{name}`", f"it is called `{other}` here"
    if shape.nested_key is None:
        return _not_declared(shape, key, shape.fields, schema=schema)
    found = nearest_name(key, chain(_sendable(shape.fields), _sendable(shape.nested)))
    if found is not None and found not in shape.fields and not look_alike(key, found):
        hint = f"did you mean `{shape.nested_key}.{found}`?"
    else:
        hint = suggestion(key, found) or (
            None if shape.kind == "event" else f"custom attributes stand in `{shape.nested_key}`"
        )
    return codes.UNKNOWN_ATTRIBUTE, f"{_of_kind(shape)} has no `{name}` of Intercom's own", hint


def _not_declared(
    shape: RecordShape, key: str, known: Mapping[str, PayloadField], *, schema: Schema
) -> tuple[Code, str, str | None]:
    owner: ModelName = "company" if shape.kind == "company" else "contact"
    name = shown_key(key)
    message = f"the attribute `{name}` is not declared for {PLURALS[owner]}"
    hint = suggestion(key, nearest_name(key, _sendable(known)))
    for model in MODELS:
        if model != owner and (model, key) in schema.attributes:
            hint = f"it is declared for {PLURALS[model]}"
    return codes.UNKNOWN_ATTRIBUTE, message, hint


def _sendable(fields: Mapping[str, PayloadField]) -> Iterator[str]:
    return (field.name for field in fields.values() if field.refusal is None)


def _of_kind(shape: RecordShape) -> str:
    return {
        "contact": "a contact",
        "company": "a company",
        "event": "an event",
        "boot": "the Messenger",
    }[shape.kind]
