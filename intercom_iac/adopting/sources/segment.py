"""Segment's tracking plans: of the Public API, and of the older Config API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.model import ModelName, Status

from .contents import Content, Steps
from .object_schemas import read_attributes, read_members
from .payloads import read_payload
from .plain_data import items, mapping
from .readings import Reading, SourceEvent, event_reading, join_readings, unmapped
from .value_schemas import text_of

_NEVER = "0001-01-01"
_MODELS: dict[str, ModelName] = {"IDENTIFY": "contact", "GROUP": "company"}
_NO_PLACE = {
    "PAGE": "Intercom has page views of its own, and no events for them",
    "SCREEN": "Intercom has no screen views; track an event for one that matters",
    "ALIAS": "it joins identities, and describes no data",
}


# --- Public API ---------------------------------------------------------------------------------------------


def is_segment(data: Any) -> bool:
    """Whether this is what the Public API exports: rules with a type and a JSON Schema."""
    return _rules(data) is not None


def read_segment(content: Content) -> Reading:
    """The rules of a plan; of several versions of an event the last."""
    steps, rules = _rules(content.data) or ((), [])
    return join_readings(_read_rules(content, steps, [mapping(rule) for rule in rules]))


def _read_rules(content: Content, steps: Steps, rules: list[dict[str, Any]]) -> Iterator[Reading]:
    last: dict[str, int] = {}
    for index, rule in enumerate(rules):
        key = str(rule.get("key"))
        if _type(rule) == "TRACK" and (key not in last or _version(rule) >= _version(rules[last[key]])):
            last[key] = index
    for index, rule in enumerate(rules):
        key = str(rule.get("key"))
        if _type(rule) == "TRACK" and last[key] != index:
            what = f"version {_version(rule)} of event `{key}`"
            yield unmapped(what, "a later one of it is in the file", content.place((*steps, index)))
        else:
            yield _read_rule(content, (*steps, index), rule)


def _rules(data: Any) -> tuple[Steps, list[Any]] | None:
    """The rules of an answer of the API, or of what people keep of it, and where they stand."""
    for steps, holder in ((), data), (("data",), mapping(data).get("data")):
        for name in ("rules", ""):
            rules = mapping(holder).get(name) if name else holder
            if (
                isinstance(rules, list)
                and all("jsonSchema" in mapping(rule) for rule in items(rules))
                and (name or rules)
            ):
                return (*steps, name) if name else steps, items(rules)
        plan = mapping(mapping(holder).get("trackingPlan")).get("rules")
        if isinstance(plan, list):
            return (*steps, "trackingPlan", "rules"), items(plan)
    return None


def _type(rule: dict[str, Any]) -> str:
    return str(rule.get("type") or "TRACK").upper()


def _version(rule: dict[str, Any]) -> int:
    version = rule.get("version")
    return version if isinstance(version, int) else 0


def _status(rule: dict[str, Any]) -> Status:
    date = rule.get("deprecatedAt")
    return "deprecated" if isinstance(date, str) and date and not date.startswith(_NEVER) else "active"


def _read_rule(content: Content, steps: Steps, rule: dict[str, Any]) -> Reading:
    type_, name, place = _type(rule), text_of(rule.get("key")), content.place(steps)
    schema, at = rule.get("jsonSchema"), (*steps, "jsonSchema")
    if type_ == "TRACK":
        if name is None:
            return unmapped("a TRACK rule without a key", "an event has a name", place)
        description = text_of(mapping(schema).get("description")) or text_of(rule.get("description"))
        return read_track(
            content,
            at,
            schema,
            SourceEvent(name=name, place=place, description=description, status=_status(rule)),
        )
    if type_ in _MODELS:
        return read_traits(content, at, schema, _MODELS[type_], type_)
    if type_ == "COMMON":
        return _read_common(content, at, schema)
    why = _NO_PLACE.get(type_, "only TRACK, IDENTIFY and GROUP rules describe what Intercom stores")
    return unmapped(f"{type_} rule `{name}`" if name else f"{type_} rule", why, place)


def _read_common(content: Content, steps: Steps, schema: Any) -> Reading:
    payload = read_payload(schema, steps)
    parts = [payload.own] if payload.own else list(payload.parts.values())
    names = [f"`{name}`" for part in parts for name in mapping(part.schema.get("properties"))]
    holds = f" ({', '.join(names[:8])})" if names else ""
    return unmapped(
        f"COMMON rule{holds}",
        "it is for every call; metadata in Intercom is each event's own",
        content.place(steps),
    )


# --- what both have in common -------------------------------------------------------------------------------


def read_track(content: Content, steps: Steps, schema: Any, event: SourceEvent) -> Reading:
    """An event with the properties of its payload."""
    payload = read_payload(schema, steps)
    part = payload.part("properties")
    of = f"event `{event.name}`"
    members = read_members(content, part.steps, part.schema, of)
    left_out = Reading(not_mapped=payload.left_out(of, ("properties",), content))
    labels = [f"`{name}`" for name in mapping(mapping(schema).get("labels"))]
    what = f"the labels {', '.join(labels)} of {of}"
    unused = (
        [unmapped(what, "events have no labels in specs", content.place(steps), whose=of)] if labels else []
    )
    return event_reading(event.with_fields(members.fields), [members.rest, left_out, *unused])


def read_traits(content: Content, steps: Steps, schema: Any, model: ModelName, rule: str) -> Reading:
    """The attributes that the traits of an identify or a group call are."""
    payload = read_payload(schema, steps)
    part = payload.part("traits")
    reading = read_attributes(content, part.steps, part.schema, model, f"{rule} traits")
    left_out = payload.left_out(f"the {rule} rule", ("traits",), content)
    return join_readings([reading, Reading(not_mapped=left_out)])


# --- Config API ---------------------------------------------------------------------------------------------


def is_older_segment(data: Any) -> bool:
    """Whether this is what the Config API exported: rules for events, and beside them those of people and groups."""
    return any(True for _ in _plans(data))


def read_older_segment(content: Content) -> Reading:
    """The rules of each plan in the file."""
    return join_readings(
        part for steps, rules in _plans(content.data) for part in _read_plan(content, steps, rules)
    )


def _plans(data: Any) -> Iterator[tuple[Steps, dict[str, Any]]]:
    listed = mapping(data).get("tracking_plans")
    for steps, plan in (
        [(("tracking_plans", index), plan) for index, plan in enumerate(items(listed))]
        if isinstance(listed, list)
        else [((), data)]
    ):
        rules = mapping(mapping(plan).get("rules"))
        if isinstance(rules.get("events"), list):
            yield (*steps, "rules"), rules


def _read_plan(content: Content, steps: Steps, rules: dict[str, Any]) -> Iterator[Reading]:
    for index, rule in enumerate(mapping(rule) for rule in items(rules.get("events"))):
        at = (*steps, "events", index)
        name = text_of(rule.get("name"))
        if name is None:
            yield unmapped("an event without a name", "an event has a name", content.place(at))
            continue
        event = SourceEvent(name=name, place=content.place(at), description=text_of(rule.get("description")))
        yield read_track(content, (*at, "rules"), rule.get("rules"), event)
    for type_, model in _MODELS.items():
        key = type_.lower()
        if mapping(rules.get(key)):
            yield read_traits(content, (*steps, key), rules[key], model, key)
        for index, trait in enumerate(mapping(trait) for trait in items(rules.get(f"{key}_traits"))):
            at = (*steps, f"{key}_traits", index)
            named = {str(trait.get("name")): trait.get("rules", {"description": trait.get("description")})}
            yield read_attributes(
                content, at, {"properties": named}, model, f"{key} traits", at=lambda _, at=at: at
            )
    if mapping(rules.get("global")):
        yield _read_common(content, (*steps, "global"), rules["global"])
