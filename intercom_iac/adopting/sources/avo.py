"""Avo's export of a tracking plan: events with the properties that they, their people and their groups have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.model import ModelName

from .contents import Content, Steps
from .object_schemas import read_attributes, read_members
from .payloads import Part, Payload, read_payload
from .plain_data import items, mapping
from .readings import Reading, SourceEvent, event_reading, join_readings, unmapped
from .value_schemas import text_of

_UNUSED = (
    "tags",
    "category",
    "categories",
    "stakeholders",
    "owner",
    "triggers",
    "actions",
    "sources",
    "variants",
)


def is_avo(data: Any) -> bool:
    """Whether this is a list of events, each with `rules`."""
    return _events(data) is not None


def read_avo(content: Content) -> Reading:
    """The events, and the properties of people and groups that they set."""
    steps, events = _events(content.data) or ((), [])
    readings = [_read_event(content, (*steps, index), mapping(event)) for index, event in enumerate(events)]
    return join_readings([*readings, *_unused_mappings(content, steps, events)])


def _events(data: Any) -> tuple[Steps, list[Any]] | None:
    for steps, holder in (
        ((), data),
        (("data",), mapping(data).get("data")),
        (("trackingPlan",), mapping(data).get("trackingPlan")),
    ):
        events = mapping(holder).get("events")
        if isinstance(events, list) and all(
            isinstance(mapping(event).get("rules"), dict) for event in items(events)
        ):
            return (*steps, "events"), items(events)
    return None


def _read_event(content: Content, steps: Steps, event: dict[str, Any]) -> Reading:
    place, name = content.place(steps), text_of(event.get("name"))
    if name is None:
        return unmapped("an event without a name", "an event has a name", place)
    payload = read_payload(event["rules"], (*steps, "rules"))
    of = f"event `{name}`"
    own = payload.part("properties")
    members = read_members(content, own.steps, own.schema, of)
    read = SourceEvent(
        name=name,
        place=place,
        description=text_of(event.get("description")),
        intercom_name=_intercom_name(event.get("nameMapping")),
        status="deprecated" if event.get("deprecated") is True else "active",
        remarks=("Avo does not log it as an event",) if "skipLogEvent" in items(event.get("actions")) else (),
    )
    left_out = payload.left_out(
        of, ("properties", "userProperties", "groupProperties", "systemProperties"), content
    )
    system = payload.parts.get("systemProperties", Part({}, ()))
    added = read_members(content, system.steps, system.schema, of)
    event_parts = [members.rest, added.rest, Reading(not_mapped=left_out)]
    described = event_reading(read.with_fields((*members.fields, *added.fields)), event_parts)
    return join_readings([described, *_read_people(content, payload, of)])


def _read_people(content: Content, payload: Payload, of: str) -> Iterator[Reading]:
    """The attributes of contacts and companies. Group properties stand below their group type, or by themselves."""
    people = payload.parts.get("userProperties")
    if people is not None:
        yield read_attributes(content, people.steps, people.schema, "contact", f"user properties of {of}")
    groups = payload.parts.get("groupProperties")
    if groups is None:
        return
    model: ModelName = "company"
    members = mapping(groups.schema.get("properties"))
    if members and all(_is_group_type(member) for member in members.values()):
        for group, member in members.items():
            at = (*groups.steps, "properties", group)
            yield read_attributes(content, at, member, model, f"group `{group}` of {of}")
    else:
        yield read_attributes(content, groups.steps, groups.schema, model, f"group properties of {of}")


def _is_group_type(schema: Any) -> bool:
    return mapping(schema).get("type") in ("object", None) and isinstance(
        mapping(schema).get("properties"), dict
    )


def _intercom_name(names: Any) -> str | None:
    """What Intercom is sent, where the plan has another name for it as a destination."""
    for entry in items(names):
        destination = str(mapping(entry).get("destination") or mapping(entry).get("destinations") or "")
        if "intercom" in destination.casefold():
            return text_of(mapping(entry).get("name") or mapping(entry).get("mappedName"))
    for destination, name in mapping(names).items():
        if "intercom" in destination.casefold():
            return text_of(name)
    return None


def _unused_mappings(content: Content, steps: Steps, listed: list[Any]) -> Iterator[Reading]:
    """What events say and specs do not, once for the file."""
    mapped = sum(
        1
        for event in listed
        if mapping(event).get("nameMapping") and _intercom_name(mapping(event)["nameMapping"]) is None
    )
    counts = {"nameMapping": mapped} | {
        key: sum(1 for event in listed if mapping(event).get(key)) for key in _UNUSED
    }
    for key, having in counts.items():
        if having:
            of = f"{having} events" if having > 1 else "an event"
            yield unmapped(f"`{key}` of {of}", "specs have no key for it", content.place(steps))
    renamed = sum(1 for event in listed for member in _properties(event) if member.get("nameMapping"))
    if renamed:
        of = f"{renamed} properties" if renamed > 1 else "a property"
        yield unmapped(f"`nameMapping` of {of}", "specs have no key for it", content.place(steps))


def _properties(event: Any) -> Iterator[dict[str, Any]]:
    """The schemas of an event's properties, of all its parts."""
    parts = read_payload(mapping(event).get("rules"), ()).parts
    for part in parts.values():
        yield from map(mapping, mapping(part.schema.get("properties")).values())
