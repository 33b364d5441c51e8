"""The JSON Schema of the document, made of the table of kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .kinds import (
    DAY_PATTERN,
    FIELD_PROPERTIES,
    FORMAT_VERSION,
    Choice,
    FieldObject,
    Kind,
    ListOf,
    Node,
    Property,
    Scalar,
    Shape,
    kinds,
)

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """The JSON Schema, draft 2020-12, of a rule that is written as its typed tree."""
    version = {"const": FORMAT_VERSION, "description": "The version of this format."}
    return {
        "$schema": _DIALECT,
        "$id": "rule.schema.json",
        "title": "Rule of intercom-iac as its typed tree",
        "description": "What `rule compile --to tree` prints, and `rule compile --from json` reads.",
        **_one_of(kinds("rule"), {"format_version": version}),
        "$defs": {
            "rule": {"description": "A rule: a test, or several joined.", **_one_of(kinds("rule"), {})},
            "day_test": {"description": "Which days pass.", **_one_of(kinds("day_test"), {})},
            "field": {
                "description": "A field that the rule reads.",
                **_object(FIELD_PROPERTIES),
                "additionalProperties": False,
                "anyOf": [_owned_by("company", "company"), _owned_by("contact", "contact", "event")],
            },
            **{name: _node(kind) for name, kind in {**kinds("rule"), **kinds("day_test")}.items()},
        },
    }


def _one_of(group: Mapping[str, Kind], more: Mapping[str, Any]) -> dict[str, Any]:
    """A node of a group, with `more` required properties. Its kind decides which schema is asked, so that what a
    validator says is about that kind, and asking takes time in proportion to the document."""
    return {
        "type": "object",
        "required": ["node", *more],
        "properties": {"node": {"enum": [*group]}, **more},
        "allOf": [
            {
                "if": {"properties": {"node": {"const": name}}},
                "then": {
                    "$ref": f"#/$defs/{name}",
                    "propertyNames": {"enum": ["node", *(one.name for one in kind.properties), *more]},
                },
            }
            for name, kind in group.items()
        ],
    }


def _owned_by(model: str, *owners: str) -> dict[str, Any]:
    return {"properties": {"owner": {"enum": [*owners]}, "model": {"const": model}}}


def _node(kind: Kind) -> dict[str, Any]:
    described = _object(kind.properties)
    return {
        "description": kind.about,
        **described,
        "required": ["node", *described["required"]],
        "properties": {"node": {"const": kind.name}, **described["properties"]},
    }


def _object(properties: Sequence[Property]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [described.name for described in properties if described.required],
        "properties": {described.name: _property(described) for described in properties},
    }


def _property(described: Property) -> dict[str, Any]:
    shape = _shape(described.shape)
    default = (
        {"default": described.default}
        if (not described.required and described.nullable) or described.default
        else {}
    )
    if described.nullable:
        shape = {"anyOf": [shape, {"type": "null"}]}
    return {"description": described.about, **shape, **default}


def _shape(shape: Shape) -> dict[str, Any]:
    match shape:
        case Choice(words=words):
            return {"enum": [*words]}
        case Scalar():
            return _scalar(shape)
        case Node(group=group, never=None):
            return {"$ref": f"#/$defs/{group}"}
        case Node(group=group, never=never):
            return {"$ref": f"#/$defs/{group}", "properties": {"node": {"not": {"const": never}}}}
        case FieldObject():
            return {"$ref": "#/$defs/field"}
        case ListOf(item=item, least=least):
            return {"type": "array", "items": _shape(item), "minItems": least}


def _scalar(scalar: Scalar) -> dict[str, Any]:
    names = sorted({_TYPES[kind] for kind in scalar.types if kind is not date})
    if "number" in names:
        names = [name for name in names if name != "integer"]
    least = {} if scalar.least is None else {"minimum": scalar.least}
    plain: dict[str, Any] = {"type": names[0] if len(names) == 1 else names, **least}
    if date not in scalar.types:
        return plain
    day = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
    return {"anyOf": [day, plain]} if names else day
