"""Whether JSON is certain to be what a JSON Schema of ours asks for. jsonschema judges what is not: it says what is
wrong, and takes longer to import than a plan to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
# What says nothing of the data.
_NOTES = frozenset({"$schema", "$defs", "$id", "title", "description"})
_KNOWN = _NOTES | {
    "$ref",
    "additionalProperties",
    "const",
    "enum",
    "items",
    "maximum",
    "minLength",
    "minimum",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "required",
    "type",
}


def fits(data: Any, schema: Mapping[str, Any]) -> bool:
    """Whether the data is right by the whole schema; False too where a keyword is not known here."""
    return _fits(data, schema, schema)


def _fits(data: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    if not schema.keys() <= _KNOWN:
        return False
    if "$ref" in schema and not _fits(data, _target(schema["$ref"], root), root):
        return False
    if "const" in schema and not _is_text_of(data, (schema["const"],)):
        return False
    if "enum" in schema and not _is_text_of(data, schema["enum"]):
        return False
    if "type" in schema and not _is_of_type(data, schema["type"]):
        return False
    match data:
        case dict():
            return _object_fits(cast("dict[str, Any]", data), schema, root)
        case list():
            items = cast("list[Any]", data)
            return "items" not in schema or all(_fits(item, schema["items"], root) for item in items)
        case str():
            long_enough = len(data) >= schema.get("minLength", 0)
            return long_enough and ("pattern" not in schema or re.search(schema["pattern"], data) is not None)
        case int() | float():
            return schema.get("minimum", data) <= data <= schema.get("maximum", data)
        case _:
            return True


def _target(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _is_text_of(data: Any, words: Any) -> bool:
    return type(data) is str and data in words


def _is_of_type(data: Any, names: str | list[str]) -> bool:
    return any(type(data) in _TYPES[name] for name in ([names] if isinstance(names, str) else names))


def _object_fits(data: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    if not all(key in data for key in schema.get("required", ())):
        return False
    named: Mapping[str, Any] = schema.get("properties", {})
    patterns: Mapping[str, Any] = schema.get("patternProperties", {})
    others = schema.get("additionalProperties", True)
    for key, value in data.items():
        if "propertyNames" in schema and not _fits(key, schema["propertyNames"], root):
            return False
        asked = [named[key]] if key in named else []
        asked += [below for pattern, below in patterns.items() if re.search(pattern, key)]
        if not asked and others is False:
            return False
        if not asked and others is not True:
            asked = [others]
        if not all(_fits(value, below, root) for below in asked):
            return False
    return True
