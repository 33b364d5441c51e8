"""Types made of the shapes, which msgspec decodes whole records to. What they take is certainly right.

What they refuse may be right as well and is for the judge: `3.0` for a whole number, what is only warned of, a key
that no type can have. They never take what the judge has something to say about; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType, Event
from intercom_iac.model.limits import MAX_METADATA_KEYS, MAX_TEXT_LENGTH
from intercom_iac.model.payload import PayloadField, RecordShape
from intercom_iac.model.payload.values import CURRENCY, EARLIEST_SECOND, LATEST_SECOND, LINK

from .shapes import reads_as_date

# What msgspec checks the bounds of; larger ones are the judge's.
_Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
# Bounds that NaN and the infinities fail.
_Number = Annotated[float, Meta(ge=-1.7976931348623157e308, le=1.7976931348623157e308)]
_Text = Annotated[str, Meta(max_length=MAX_TEXT_LENGTH)]
_Setting = str | _Whole | _Number | bool | None
_UNUSABLE = lazy_pattern(r'[\x00-\x1f"\\]')


_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class _RichLink(Struct, forbid_unknown_fields=True, gc=False):
    url: Annotated[str, Meta(max_length=MAX_TEXT_LENGTH, pattern=rf"^{LINK}\Z")]
    value: _Text


class _Money(Struct, forbid_unknown_fields=True, gc=False):
    amount: _Whole
    currency: Annotated[str, Meta(pattern=rf"^{CURRENCY}\Z")]


def struct_of(shape: RecordShape, *, future: int, tag: str | None = None) -> type[Struct] | None:
    """The type of records in which nothing is wrong; None where the shape has what no type can say.

    `future` is the first second that lies in the future. `tag` is the event's name, which tells its type from others.
    The fields of the keys of `shape.identifiers` are `i0`, `i1` and so on, unset where the record has none.
    """
    if shape.event is not None and not _is_typed(shape.event, shape.nested):
        return None
    identifiers = [key for key in shape.identifiers if key in shape.fields]
    types: dict[str, Any] = dict.fromkeys(shape.settings, _Setting)
    types |= _field_types(shape.fields, future=future)
    types |= {key: _identifier_type(shape.fields[key]) for key in identifiers}
    required = {key for key, field in shape.fields.items() if field.required}
    if len(identifiers) == 1:
        required |= {*identifiers}
    for key, inner in shape.objects.items():
        types[key] = struct_of(inner, future=future)
    for key, inner in shape.lists.items():
        types[key] = list[struct_of(inner, future=future)]
    if shape.nested_key is not None:
        nested_required = {key for key, field in shape.nested.items() if field.required}
        types[shape.nested_key] = _struct(_field_types(shape.nested, future=future), nested_required)
        if nested_required:
            required.add(shape.nested_key)
    if tag is not None:
        types.pop("event_name")
        required.discard("event_name")
    attributes = {key: f"i{at}" for at, key in enumerate(identifiers)}
    return _struct(types, required, attributes=attributes, tag=tag)


def union_of(structs: Sequence[type[Struct]]) -> Any:
    """The type of the records of any of these types, each of which has a tag of its own."""
    union: Any = structs[0]
    for struct in structs[1:]:
        union = union | struct
    return union


def _identifier_type(field: PayloadField) -> Any:
    return Annotated[str, Meta(min_length=1, max_length=field.max_length)]


def _is_typed(event: Event, metadata: Mapping[str, PayloadField]) -> bool:
    """Whether a type can say what an occurrence of the event is."""
    if event.status != "active" or _UNUSABLE.search(event.name) or len(metadata) > MAX_METADATA_KEYS:
        return False
    return all(_has_type(field) for field in metadata.values() if field.required)


def _struct(
    types: Mapping[str, Any],
    required: set[str],
    *,
    attributes: Mapping[str, str] = _NO_ATTRIBUTES,
    tag: str | None = None,
) -> type[Struct]:
    """A type that takes these keys and no others. What is required stands first, as Python wants it."""
    ordered = sorted(types, key=lambda key: key not in required)
    names = {key: attributes.get(key, f"f{at}") for at, key in enumerate(ordered)}
    return msgspec.defstruct(
        "Record",
        [
            (names[key], types[key]) if key in required else (names[key], types[key] | UnsetType, UNSET)
            for key in ordered
        ],
        rename={name: key for key, name in names.items()},
        forbid_unknown_fields=True,
        gc=False,
        tag_field=None if tag is None else "event_name",
        tag=tag,
    )


def _field_types(fields: Mapping[str, PayloadField], *, future: int) -> dict[str, Any]:
    return {
        key: _value_type(field, future=future) | None if field.nullable else _value_type(field, future=future)
        for key, field in fields.items()
        if _has_type(field)
    }


def _has_type(field: PayloadField) -> bool:
    """Whether some values of the field are certainly right, and its name is one that a type can have."""
    return (
        field.refusal is None
        and field.status == "active"
        and not reads_as_date(field)
        and _UNUSABLE.search(field.name) is None
        and (field.type is not DataType.OPTIONS or field.open_options or bool(field.options))
    )


def _value_type(field: PayloadField, *, future: int) -> Any:
    in_metadata = field.owner == "event" and field.custom
    match field.type:
        case DataType.STRING:
            return _Text | _RichLink if in_metadata else _Text
        case DataType.INTEGER:
            return _Whole | _Money if in_metadata else _Whole
        case DataType.FLOAT:
            return _Number | _Money if in_metadata else _Number
        case DataType.BOOLEAN:
            return bool
        case DataType.DATE:
            latest = LATEST_SECOND if field.custom else min(LATEST_SECOND, future - 1)
            return Annotated[int, Meta(ge=EARLIEST_SECOND, le=latest)]
        case DataType.OPTIONS:
            if field.open_options:
                return _Text
            return Literal[tuple(option for option in field.options if len(option) <= MAX_TEXT_LENGTH)]
