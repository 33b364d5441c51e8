"""Two rules, of the old and of the new specs, over one set of fields.

A proof about both is over every value that either revision lets a field have: the options of both, any text where a
list of options takes the place of a text or the other way round. A field of other types in the two has nothing in
common, and what one rule says of it says nothing to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate, Schema, children, event_key
from intercom_iac.model.predicate import EVENT_TESTS, EventSequence, own_fields

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FieldsApart:
    """Why there is no such set."""

    reason: str


def on_common_fields(
    old: Predicate, new: Predicate, schemas: tuple[Schema, Schema]
) -> tuple[Predicate, Predicate] | FieldsApart:
    """Both rules, each field as both revisions let it be; why not, where one has another type now.

    `schemas` are the old and the new one, for attributes that one of the rules reads alone.
    """
    old_fields, new_fields = dict(_fields(old, "")), dict(_fields(new, ""))
    common: dict[_Key, Field] = {}
    for key in dict.fromkeys((*old_fields, *new_fields)):
        before = old_fields.get(key) or _likewise(schemas[0], new_fields[key])
        after = new_fields.get(key) or _likewise(schemas[1], old_fields[key])
        if before == after:
            continue
        union = _union(before, after)
        if union is None:
            return FieldsApart(
                f"`{before.name}` was of type {before.type.value} and is of type {after.type.value} now"
            )
        common[key] = union
    if not common:
        return old, new
    return _with_fields(old, common, ""), _with_fields(new, common, "")


def _likewise(schema: Schema, field: Field) -> Field:
    """The attribute as a schema has it; as it is where that has none, or another type, of which no rule speaks."""
    found = None if field.owner == "event" else schema.field(field.owner, field.name)
    return field if found is None or _union(field, found) is None else found


def _union(old: Field, new: Field) -> Field | None:
    if old.type is new.type:
        return replace(new, options=tuple(dict.fromkeys((*old.options, *new.options))))
    if old.type.is_text and new.type.is_text:
        return replace(new, type=DataType.STRING, options=())
    return None


def _fields(node: Predicate, event: str) -> Iterator[tuple[_Key, Field]]:
    """Every field that a rule reads, metadata keys among them, whose event is the one that the test is about."""
    own_event = node.event if isinstance(node, EVENT_TESTS) else event
    for field in own_fields(node):
        yield _key(field, own_event), field
    if isinstance(node, EventSequence):
        for name, where in ((node.event, node.where), (node.then, node.then_where)):
            if where is not None:
                yield from _fields(where, name)
        return
    for child in children(node):
        yield from _fields(child, own_event)


def _key(field: Field, event: str) -> _Key:
    return field.owner, event_key(event) if field.owner == "event" else "", field.name


def _with_fields(value: Any, common: Mapping[_Key, Field], event: str) -> Any:
    """A rule, or a part of one, with these fields in the place of its own."""
    if isinstance(value, Field):
        return common.get(_key(value, event), value)
    if isinstance(value, tuple):
        return tuple(_with_fields(part, common, event) for part in cast("tuple[Any, ...]", value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own_event = value.event if isinstance(value, EVENT_TESTS) else event
    changes = {
        field.name: _with_fields(
            getattr(value, field.name),
            common,
            value.then if isinstance(value, EventSequence) and field.name == "then_where" else own_event,
        )
        for field in fields(value)
        if field.name != "span"
    }
    return replace(value, **changes)
