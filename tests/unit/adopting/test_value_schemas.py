"""A property's JSON Schema as a type of the specs."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.adopting.sources.value_schemas import Subject, read_field, text_of

SUBJECT = Subject("total", "event `Paid`", "plan.json")
ROOT = {"$defs": {"Plan": {"type": "string", "enum": ["free", "pro"]}, "Loop": {"$ref": "#/$defs/Loop"}}}

# A schema; its type with a `?` where it is a guess and a `!` where it may be required; what is not mapped of it.
KNOWN: list[tuple[Any, str, list[str]]] = [
    ({"type": "string"}, "string!", []),
    ({"type": "integer"}, "integer!", []),
    ({"type": "number"}, "float!", []),
    ({"type": "boolean"}, "boolean!", []),
    ({"type": "int"}, "integer!", []),
    ({"type": "double"}, "float!", []),
    ({"type": "string", "format": "date-time"}, "date!", []),
    ({"type": ["string", "null"], "format": "date"}, "date", []),
    ({"type": "datetime"}, "date!", []),
    ({"type": ["string", "null"]}, "string", []),
    ({"type": "string, null"}, "string", []),
    ({"type": ["integer", "number"]}, "float!", []),
    ({"type": "string", "enum": ["a", "b", "a"]}, "options!", []),
    ({"enum": ["a", "b", None]}, "options", []),
    ({"enum": ["a"]}, "string!", ["the values `a`"]),
    ({"const": "a"}, "string!", ["the values `a`"]),
    ({"type": "integer", "enum": [1, 2]}, "integer!", ["the values `1` and `2`"]),
    ({"enum": ["a", 1]}, "string!?", ["the type", "the values `a` and `1`"]),
    ({"enum": ["a", "b\nc"]}, "string!", ["the values `a` and `b\nc`"]),
    ({"enum": ["a", "x" * 256]}, "string!", [f"the values `a` and `{'x' * 256}`"]),
    ({"type": "string", "pattern": "^a"}, "string!", ["the pattern `^a`"]),
    ({"type": "string", "format": "email"}, "string!", ["the format `email`"]),
    ({"type": "string", "minLength": 1, "maxLength": 2}, "string!", ["`minLength`, `maxLength`"]),
    ({"minimum": 1}, "float!", ["`minimum`"]),
    ({"$ref": "#/$defs/Plan"}, "options!", []),
    ({"$ref": "#/$defs/Loop"}, "string!?", ["the reference `#/$defs/Loop`", "the type"]),
    ({"$ref": "other.json"}, "string!?", ["the reference `other.json`", "the type"]),
    ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer", []),
    ({"oneOf": [{"const": "a"}, {"const": "b"}]}, "options!", []),
    ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "string!?", ["`anyOf`", "the type"]),
    ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, "float!", ["`oneOf`"]),
    ({"allOf": [{"type": "integer"}, {"minimum": 1}]}, "integer!", ["`minimum`"]),
    ({"type": ["string", "integer"]}, "string!?", ["the type"]),
    ({"type": ["number", "object"]}, "float!?", ["the type"]),
    ({}, "string!?", ["the type"]),
    (True, "string!?", ["the type"]),
    ({"type": "any"}, "string!?", ["the type"]),
    ({"type": "colour"}, "string!?", ["the type", "the type"]),
]
NESTED = [
    {"type": "object"},
    {"type": ["array", "null"]},
    {"properties": {"a": {}}},
    {"items": {"type": "string"}},
    {"anyOf": [{"type": "object"}, {"type": "array"}]},
]


@pytest.mark.parametrize(("schema", "type_", "notes"), KNOWN, ids=str)
def test_a_schema_has_a_type(schema: Any, type_: str, notes: list[str]) -> None:
    reading = read_field(SUBJECT, schema, required=True, root=ROOT)
    field = reading.field
    assert field is not None
    required, guess = "!" if field.required else "", "?" if field.guess else ""
    assert f"{field.type}{required}{guess}" == type_
    assert [note.what for note in reading.not_mapped] == [
        f"{note} of `total` of event `Paid`" for note in notes
    ]
    assert all(note.why and note.place == "plan.json" for note in reading.not_mapped)
    assert (field.type == "options") == bool(field.options)


@pytest.mark.parametrize("schema", NESTED, ids=str)
def test_what_nests_is_left_out(schema: Any) -> None:
    reading = read_field(SUBJECT, schema)
    assert reading.field is None
    assert reading.nested
    assert reading.not_mapped[-1].what.replace(" (holds `a`)", "") == "`total` of event `Paid`"


@pytest.mark.parametrize("schema", [False, "string", 3, {"type": "null"}], ids=str)
def test_what_has_no_value_is_left_out_and_does_not_nest(schema: Any) -> None:
    reading = read_field(SUBJECT, schema)
    assert (reading.field, reading.nested, len(reading.not_mapped)) == (None, False, 1)


def test_a_text_has_no_white_space_around_it_and_no_control_characters() -> None:
    assert text_of(" a\r\nb\x00\x1b[1m ") == "a\nb  [1m"
    assert [text_of(value) for value in ("", "  ", None, 3)] == [None] * 4
