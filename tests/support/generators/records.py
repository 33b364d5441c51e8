"""Records of a schema as an application sends them: right ones, and right ones with a thing or two that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import DataType, Schema
from intercom_iac.model.payload import (
    PayloadField,
    PayloadKind,
    RecordShape,
    boot_shape,
    company_shape,
    contact_shape,
    event_shape,
)
from intercom_iac.model.payload.values import LATEST_SECOND

Record = dict[str, Any]

LINK = {"url": "https://example.com/1", "value": "One"}
MONEY = {"amount": 1200, "currency": "eur"}
# Right for some types and wrong for the others.
SCALARS: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        3,
        3.0,
        3.5,
        -0.0,
        1e300,
        2**53,
        2**63,
        10**25,
        LATEST_SECOND,
        LATEST_SECOND + 1,
    ),
    *(1_800_000_000, 1_800_000_000.0, 1_800_000_000.5, 1_800_000_000_000, 1_800_000_000_000_000),
    *(
        "",
        " ",
        "3",
        "3.0",
        "1e3",
        "true",
        "no",
        "0",
        "2026-01-31",
        "2026-01-31T10:00:00Z",
        "1800000000",
        "free",
    ),
    *("x" * 255, "x" * 256, "é" * 255, "🎈" * 255, "🎈" * 256, "e\u0301" * 128, "two\nlines", "nul\0"),
)
OBJECTS: tuple[Any, ...] = (
    *([], ["a"], [[]], {}, {"a": 1}, LINK, MONEY, [LINK], LINK | {"more": 1}, {"url": "https://example.com"}),
    *(
        LINK | {"url": url}
        for url in ("http://", "ftp://a", "https://a b", "https://a\n", "javascript:x", 3, None)
    ),
    *(LINK | {"url": "https://" + "a" * 248}, LINK | {"value": "v" * 256}, LINK | {"value": 1}, LINK | MONEY),
    *(MONEY | {"amount": amount} for amount in (12.0, 12.5, "12", True, None, -1)),
    *(MONEY | {"currency": currency} for currency in ("EUR", "euro", "eu", "eur\n", "€€€", 1, None)),
    {"amount": 1},
)
# Each a value of its own: a further mistake may be made within it.
VALUES = st.sampled_from((*SCALARS, *OBJECTS)).map(deepcopy)
STRANGE_KEYS = (
    "",
    "plan_typ",
    "Email",
    "custom_attribute",
    "__proto__",
    "a.b",
    "user",
    "$ref",
    "größe",
    "x" * 300,
)


@st.composite
def records(draw: st.DrawFn, schema: Schema, kind: PayloadKind) -> Record:
    """A record of the kind: about half are right. An event's record is of one that the schema declares."""
    shape = _shape(draw, schema, kind)
    record = _right_record(draw, shape)
    for _ in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
        draw(st.sampled_from(_MISTAKES))(draw, shape, record)
    return record


def _shape(draw: st.DrawFn, schema: Schema, kind: PayloadKind) -> RecordShape:
    if kind == "event":
        return event_shape(draw(st.sampled_from(list(schema.events.values()))))
    makers = {"contact": contact_shape, "company": company_shape, "boot": boot_shape}
    return makers[kind](schema)


def _right_record(draw: st.DrawFn, shape: RecordShape) -> Record:
    record = _right_object(draw, shape.fields)
    if shape.identifiers and not record.keys() & set(shape.identifiers):
        record[draw(st.sampled_from(shape.identifiers))] = "u1"
    if shape.event is not None:
        record["event_name"] = shape.event.name
    if shape.nested_key is not None:
        nested = _right_object(draw, shape.nested)
        if nested or draw(st.booleans()):
            record[shape.nested_key] = nested
    for name, inner in shape.objects.items():
        if draw(st.sampled_from((False, False, True))):
            record[name] = _right_record(draw, inner)
    for name, inner in shape.lists.items():
        if draw(st.sampled_from((False, False, True))):
            record[name] = [_right_record(draw, inner) for _ in range(draw(st.integers(0, 2)))]
    if shape.settings and draw(st.booleans()):
        record[draw(st.sampled_from(sorted(shape.settings - {"type"}) or ["type"]))] = draw(VALUES)
    return record


def _right_object(draw: st.DrawFn, fields: Any) -> Record:
    sendable = [field for field in fields.values() if field.refusal is None]
    chosen = draw(st.lists(st.sampled_from(sendable), max_size=4, unique_by=_name)) if sendable else []
    chosen += [field for field in sendable if field.required and field not in chosen]
    return {field.name: _right_value(draw, field) for field in chosen}


def _name(field: PayloadField) -> str:
    return field.name


def _right_value(draw: st.DrawFn, field: PayloadField) -> Any:
    if field.nullable and draw(st.sampled_from((False, False, False, True))):
        return None
    if field.options:
        return draw(st.sampled_from((*field.options, *(("another",) if field.open_options else ()))))
    return draw(st.sampled_from(_RIGHT[field.type]))


_RIGHT: dict[DataType, tuple[Any, ...]] = {
    DataType.STRING: ("", "text", "x" * 255, "🎈" * 255, "two\nlines"),
    DataType.OPTIONS: ("free",),
    DataType.INTEGER: (0, -3, 3.0, 2**53),
    DataType.FLOAT: (0, 1.5, -3, 1e300),
    DataType.BOOLEAN: (True, False),
    DataType.DATE: (0, 1_800_000_000, 1_800_000_000.0, LATEST_SECOND),
}


def _another_value(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    target, fields = _part(draw, shape, record)
    if fields:
        target[draw(st.sampled_from(sorted(fields)))] = draw(VALUES)


def _another_key(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    target, _ = _part(draw, shape, record)
    target[draw(st.sampled_from(STRANGE_KEYS))] = draw(VALUES)


def _key_less(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    target, _ = _part(draw, shape, record)
    if target:
        del target[draw(st.sampled_from(sorted(target)))]


def _key_elsewhere(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    """What belongs at the top stands in the nested object, or the other way round."""
    if shape.nested_key is None:
        return
    nested = record.setdefault(shape.nested_key, {})
    if not isinstance(nested, dict):
        return
    here, there = draw(st.sampled_from(((record, nested), (nested, record))))
    names = sorted(here.keys() - {shape.nested_key})
    if names:
        name = draw(st.sampled_from(names))
        there[name] = here.pop(name)


def _other_part(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    """Another value where an object or a list of objects stands."""
    names = [name for name in (shape.nested_key, *shape.objects, *shape.lists) if name is not None]
    if names:
        record[draw(st.sampled_from(names))] = draw(VALUES)


def _many_keys(draw: st.DrawFn, shape: RecordShape, record: Record) -> None:
    """As many as there are, which may be more than an event keeps."""
    if shape.nested_key is not None:
        record[shape.nested_key] = {name: _right_value(draw, field) for name, field in shape.nested.items()}


def _part(draw: st.DrawFn, shape: RecordShape, record: Record) -> tuple[Record, Any]:
    """The record with its keys, or an object in it with those it may have."""
    if shape.nested_key is not None and draw(st.booleans()):
        nested = record.setdefault(shape.nested_key, {})
        if isinstance(nested, dict):
            return nested, shape.nested
    for name, inner in shape.objects.items():
        if isinstance(record.get(name), dict) and draw(st.booleans()):
            return record[name], inner.fields
    return record, shape.fields


_MISTAKES: tuple[Callable[[st.DrawFn, RecordShape, Record], None], ...] = (
    _another_value,
    _another_value,
    _another_key,
    _key_less,
    _key_elsewhere,
    _other_part,
    _many_keys,
)
