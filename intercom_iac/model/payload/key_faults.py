"""What is wrong with a key, in words: one that has no place where it stands, and one that nobody may send. The same
for records that are checked and for code that is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span, nearest_name, printable, suggestion
from intercom_iac.text.likeness import look_alike
from intercom_iac.text.personal import mask_if_doubtful

from ..address import MODELS, ModelName, attribute_address, event_address, metadata_address
from ..attribute import Attribute
from ..schema import Schema
from ..standard import STANDARD
from . import standard
from .shape import PayloadField, PayloadKind, RecordShape

PLURALS: Mapping[PayloadKind, str] = MappingProxyType(
    {"contact": "contacts", "company": "companies", "event": "events", "boot": "the Messenger"}
)
_LONGEST_NAME = 60
_REMEMBERED = 4_096
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
class NameFault:
    """The code of what is wrong with a name, the message, what to do, the address of what is meant, under which
    a summary counts it, and where that is declared."""

    code: Code
    message: str
    hint: str | None
    attribute: str
    declared: Span | None = None


def shown_name(name: str) -> str:
    """A key of a record, or an event's name, as a message or a path repeats it: short, and masked where it is
    somebody's address or number."""
    return _shown_name(name) if len(name) <= _LONGEST_NAME else _shown_long_name(name)


def _shown_long_name(name: str) -> str:
    return mask_if_doubtful(name) or printable(f"{name[: _LONGEST_NAME - 1]}…")


@lru_cache(_REMEMBERED)
def _shown_name(name: str) -> str:
    return mask_if_doubtful(name) or printable(name)


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


def unknown_key(shape: RecordShape, key: str, *, nested: bool, schema: Schema) -> NameFault:
    """What is wrong with a key that the shape has not where it stands: at the top, or in the nested object."""
    if nested and shape.kind == "event":
        return _unknown_metadata(shape, key)
    attribute = key_address(shape, key, nested=nested)
    if nested:
        misplaced = _belongs_at_top(shape, key)
        code, message, hint = misplaced or _not_declared(key, _model_of(shape), shape.nested, schema=schema)
    else:
        misplaced = _belongs_within(shape, key)
        code, message, hint = misplaced or _no_key(shape, key, schema)
    meant = None if nested else shape.nested.get(key)
    declared = meant.declared.span if meant is not None and meant.declared is not None else None
    return NameFault(code=code, message=message, hint=hint, attribute=attribute, declared=declared)


def undeclared_attribute(
    name: str, model: ModelName | None, known: Mapping[str, PayloadField], schema: Schema
) -> NameFault:
    """What is wrong with a name by which code means an attribute; `known` are those that it may mean, and `model`
    None is either of the two."""
    code, message, hint = _not_declared(name, model, known, schema=schema)
    attribute = attribute_address(model or "contact", shown_name(name))
    return NameFault(code=code, message=message, hint=hint, attribute=attribute)


def field_faults(field: PayloadField, shape: RecordShape, successor: Attribute | None) -> Iterator[NameFault]:
    """What is wrong with sending a field at all, whatever its value; `successor` takes the place of one that goes."""
    name = printable(field.name)
    hint = None if successor is None else f"`{printable(successor.name)}` takes its place"
    match field.refusal:
        case "archived":
            yield _field_fault(field, codes.ARCHIVED, f"the attribute `{name}` is archived", hint)
        case "not messenger_writable":
            message = f"the Messenger may not write `{name}`, and Intercom ignores it"
            way = "send it from the server, or set `messenger_writable: true`"
            yield _field_fault(field, codes.NOT_MESSENGER_WRITABLE, message, way)
        case "returned only":
            other = written_name(shape.kind, field.name, shape.fields)
            writable = other is not None and shape.fields[other].refusal is None
            message = f"`{name}` is set by Intercom and cannot be written"
            way = f"`{other}` is the one that may be written" if writable else None
            yield _field_fault(field, codes.NOT_WRITABLE, message, way)
        case None:
            pass
    if field.status == "deprecated":
        yield _field_fault(field, codes.DEPRECATED, f"the attribute `{name}` is deprecated", hint)


def _field_fault(field: PayloadField, code: Code, message: str, hint: str | None) -> NameFault:
    return NameFault(
        code=code,
        message=message,
        hint=hint,
        attribute=attribute_address("company" if field.owner == "company" else "contact", field.name),
        declared=None if field.declared is None else field.declared.span,
    )


def key_address(shape: RecordShape, key: str, *, nested: bool) -> str:
    """The address of a key, declared or not."""
    shown = shown_name(key)
    if shape.kind == "event":
        name = shape.event.name if shape.event is not None else ""
        if not name:
            return shown
        return metadata_address(name, shown) if nested else event_address(name)
    return attribute_address(_model_of(shape), shown)


def _unknown_metadata(shape: RecordShape, key: str) -> NameFault:
    name = shown_name(key)
    event = shape.event.name if shape.event is not None else ""
    attribute = key_address(shape, key, nested=True)
    span = shape.event.span if shape.event is not None else None
    if key in standard.EVENT_KEYS:
        message = f"`{name}` is Intercom's own key of an event and stands beside `metadata`, not in it"
        return NameFault(
            code=codes.MISPLACED,
            message=message,
            hint="put it at the top of the record",
            attribute=attribute,
            declared=span,
        )
    return NameFault(
        code=codes.UNKNOWN_METADATA,
        message=f"the event `{printable(event)}` declares no metadata key `{name}`",
        hint=suggestion(key, nearest_name(key, shape.nested)),
        attribute=attribute,
        declared=span,
    )


def _belongs_at_top(shape: RecordShape, key: str) -> tuple[Code, str, str | None] | None:
    name = shown_name(key)
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
    name = shown_name(key)
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
    name = shown_name(key)
    if key in _NESTED_NAMES and _NESTED_NAMES[key] == shape.nested_key:
        return (
            codes.UNKNOWN_ATTRIBUTE,
            f"{_of_kind(shape)} has no `{name}`",
            f"it is called `{shape.nested_key}` here",
        )
    if (other := written_name(shape.kind, key, shape.fields)) is not None:
        return codes.UNKNOWN_ATTRIBUTE, f"{_of_kind(shape)} has no `{name}`", f"it is called `{other}` here"
    if shape.nested_key is None:
        return _not_declared(key, _model_of(shape), shape.fields, schema=schema)
    found = nearest_name(key, chain(_sendable(shape.fields), _sendable(shape.nested)))
    if found is not None and found not in shape.fields and not look_alike(key, found):
        hint = f"did you mean `{shape.nested_key}.{found}`?"
    else:
        hint = suggestion(key, found) or (
            None if shape.kind == "event" else f"custom attributes stand in `{shape.nested_key}`"
        )
    return codes.UNKNOWN_ATTRIBUTE, f"{_of_kind(shape)} has no `{name}` of Intercom's own", hint


def _not_declared(
    key: str, model: ModelName | None, known: Mapping[str, PayloadField], *, schema: Schema
) -> tuple[Code, str, str | None]:
    where = "" if model is None else f" for {PLURALS[model]}"
    hint = suggestion(key, nearest_name(key, _sendable(known)))
    for other in MODELS:
        if model is not None and other != model and (other, key) in schema.attributes:
            hint = f"it is declared for {PLURALS[other]}"
    return codes.UNKNOWN_ATTRIBUTE, f"the attribute `{shown_name(key)}` is not declared{where}", hint


def _sendable(fields: Mapping[str, PayloadField]) -> Iterator[str]:
    """What may be meant; what only the server may send is told when its name is right."""
    return (field.name for field in fields.values() if field.refusal in (None, "not messenger_writable"))


def _model_of(shape: RecordShape) -> ModelName:
    return "company" if shape.kind == "company" else "contact"


def _of_kind(shape: RecordShape) -> str:
    return {
        "contact": "a contact",
        "company": "a company",
        "event": "an event",
        "boot": "the Messenger",
    }[shape.kind]
