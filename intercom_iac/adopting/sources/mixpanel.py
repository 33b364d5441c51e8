"""Mixpanel's Lexicon: a schema for each event, and for the properties of profiles."""

from __future__ import annotations

from typing import Any

from .contents import Content, Steps
from .object_schemas import read_attributes, read_members
from .plain_data import items, mapping
from .readings import Reading, SourceEvent, event_reading, join_readings, unmapped
from .value_schemas import text_of


def is_mixpanel(data: Any) -> bool:
    """Whether this is a list of entries with an entity type, as the schemas API takes and gives it."""
    return _entries(data) is not None


def read_mixpanel(content: Content) -> Reading:
    """The entries of a Lexicon."""
    steps, entries = _entries(content.data) or ((), [])
    return join_readings(
        _read_entry(content, (*steps, index), mapping(entry)) for index, entry in enumerate(entries)
    )


def _entries(data: Any) -> tuple[Steps, list[Any]] | None:
    for name in ("entries", "results", ""):
        entries = mapping(data).get(name) if name else data
        if (
            isinstance(entries, list)
            and all("entityType" in mapping(entry) for entry in items(entries))
            and (name or entries)
        ):
            return ((name,) if name else ()), items(entries)
    return None


def _read_entry(content: Content, steps: Steps, entry: dict[str, Any]) -> Reading:
    type_, name = str(entry.get("entityType")), text_of(entry.get("name"))
    place, schema, at = content.place(steps), entry.get("schemaJson"), (*steps, "schemaJson")
    if type_ == "profile":
        return read_attributes(content, at, schema, "contact", "profiles")
    if type_ == "group":
        return read_attributes(content, at, schema, "company", f"group `{name}`")
    if type_ != "event" or name is None:
        return unmapped(
            f"{type_} `{name}`", "only events and properties of profiles have a place in specs", place
        )
    of = f"event `{name}`"
    members = read_members(content, at, schema, of)
    about = mapping(mapping(mapping(schema).get("metadata")).get("com.mixpanel"))
    event = SourceEvent(
        name=name,
        place=place,
        description=text_of(mapping(schema).get("description")),
        remarks=("Mixpanel drops it",) if about.get("dropped") is True else (),
    )
    said = [f"`{key}`" for key, value in about.items() if value]
    what = f"{', '.join(said)} of {of}"
    unused = [unmapped(what, "specs have no key for it", place, whose=of)] if said else []
    return event_reading(event.with_fields(members.fields), [members.rest, *unused])
