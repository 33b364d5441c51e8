"""Rules that read an attribute in the place of the one that it replaces, and select whom they selected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.model import Attribute, DataType, Field, ModelName, Predicate, Schema
from intercom_iac.model.predicate import Equals, IsKnown, IsTrue, OneOf
from intercom_iac.model.successions import Succession

from .meaning import semantic_key

Successors = Mapping[tuple[ModelName, str], Attribute]


def is_moved(old: Predicate, new: Predicate, schema: Schema) -> bool:
    """Whether the new rule is the old one on the attributes that the new specs put in the place of others.

    The people are the same once the values are copied; where two old values become one, the rule is another.
    """
    successors = schema.successors()
    if not successors:
        return False
    moved = _moved(old, successors)
    return moved is not None and any(
        semantic_key(moved, open_segments=opened) == semantic_key(new, open_segments=opened)
        for opened in (True, False)
    )


def _moved(node: Any, successors: Successors) -> Any:
    """A part of a rule with the new fields and values; None where what it says is not to be said of them."""
    if isinstance(node, (Equals, OneOf, IsTrue, IsKnown)):
        return _moved_test(node, successors)
    if isinstance(node, Field):
        succession = _succession(node, successors)
        if succession is None:
            return node
        return succession.successor.field() if succession.keeps_every_value else None
    if isinstance(node, tuple):
        parts = [_moved(part, successors) for part in cast("tuple[Any, ...]", node)]
        return None if any(part is None for part in parts) else tuple(parts)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changes = {
        field.name: _moved(value, successors)
        for field in fields(node)
        if field.name != "span" and (value := getattr(node, field.name)) is not None
    }
    return None if any(value is None for value in changes.values()) else replace(node, **changes)


def _moved_test(test: Equals | OneOf | IsTrue | IsKnown, successors: Successors) -> Predicate | None:
    succession = _succession(test.field, successors)
    if succession is None:
        return test
    field = succession.successor.field()
    if isinstance(test, IsKnown):
        return IsKnown(field) if succession.keeps_presence else None
    match test:
        case Equals(value=value):
            old_values = (value,)
        case OneOf(values=values):
            old_values = values
        case IsTrue():
            old_values = (True,)
    values = [succession.new_value(value) for value in old_values]
    if None in values or not (succession.keeps_every_value or all(map(succession.is_alone, old_values))):
        return None
    new_values = tuple(value for value in values if value is not None)
    if isinstance(test, OneOf) and field.type is not DataType.BOOLEAN:
        return OneOf(field, new_values)
    return IsTrue(field) if new_values == (True,) else Equals(field, new_values[0])


def _succession(field: Field, successors: Successors) -> Succession | None:
    if field.owner == "event" or not field.custom:
        return None
    successor = successors.get((field.owner, field.name))
    return None if successor is None else Succession(field, successor)
