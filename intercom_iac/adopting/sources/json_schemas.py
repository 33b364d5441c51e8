"""A JSON Schema for each event, of any draft: its title, or the name of its file, is the event's name."""

from __future__ import annotations

from typing import Any

from .contents import Content, Steps
from .object_schemas import read_members
from .payloads import read_payload
from .plain_data import items, mapping
from .readings import Reading, SourceEvent, event_reading, join_readings, unmapped
from .value_schemas import text_of


def is_json_schema(data: Any) -> bool:
    """Whether this is the schema of an object, or a list of some."""
    return _is_schema(data) or (bool(items(data)) and all(map(_is_schema, items(data))))


def _is_schema(data: Any) -> bool:
    shape = mapping(data)
    if "$schema" in shape:
        return any(keyword in shape for keyword in ("properties", "type", "allOf", "$ref"))
    members = mapping(shape.get("properties"))
    is_object = shape.get("type", "object") == "object"
    return (
        is_object and bool(members) and all(isinstance(member, (dict, bool)) for member in members.values())
    )


def read_json_schema(content: Content) -> Reading:
    """The event that each schema describes."""
    listed = items(content.data)
    if listed:
        return join_readings(
            _read_schema(content, (at,), mapping(schema)) for at, schema in enumerate(listed)
        )
    return _read_schema(content, (), mapping(content.data))


def _read_schema(content: Content, steps: Steps, shape: dict[str, Any]) -> Reading:
    payload = read_payload(shape, steps)
    place = content.place(steps)
    name = _named_event(shape) or text_of(shape.get("title")) or (content.stem if not steps else None)
    if name is None:
        return unmapped("a schema without a title", "an event has a name", place)
    if not isinstance(shape.get("properties"), dict) and not shape.get("allOf") and "$ref" not in shape:
        return unmapped(f"the schema `{name}`", "it describes no properties", place)
    part = payload.part("properties")
    of = f"event `{name}`"
    members = read_members(content, part.steps, part.schema, of)
    event = SourceEvent(
        name=name,
        place=place,
        description=text_of(shape.get("description")),
        status="deprecated" if shape.get("deprecated") is True else "active",
    )
    left_out = payload.left_out(of, ("properties",), content)
    return event_reading(event.with_fields(members.fields), [members.rest, Reading(not_mapped=left_out)])


def _named_event(shape: dict[str, Any]) -> str | None:
    """The name that the schema of a whole call says: the only value of its `event`."""
    if "properties" not in mapping(shape.get("properties")):
        return None
    event = mapping(mapping(shape["properties"]).get("event"))
    values = items(event.get("enum")) or [event.get("const")]
    return text_of(values[0]) if len(values) == 1 else None
