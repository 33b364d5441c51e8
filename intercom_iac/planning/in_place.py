"""Which changes of a plan the workspace has already, as they say: made by an apply of it, or by somebody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from intercom_iac.model import DataType, LiveAttribute, LiveAudience, Snapshot, event_key
from intercom_iac.model.address import event_address, tag_address

from .digest import audience_key
from .plan import Change, Plan


def changes_in_place(plan: Plan, snapshot: Snapshot) -> list[tuple[Change, str]]:
    """The calls of a plan that would change nothing, each with the key of the definition it is of (`resting_points`).

    An attribute that is to be created and is there otherwise than it was to be, is not in place.
    """
    return [(call, key) for call in plan.calls if (key := _key_in_place(call, snapshot)) is not None]


def _key_in_place(change: Change, snapshot: Snapshot) -> str | None:
    match change.object:
        case "data_attribute":
            return _attribute(change, snapshot)
        case "event":
            wanted = event_key(change.name)
            return next(
                (event_address(event) for event in snapshot.events if event_key(event) == wanted), None
            )
        case "audience":
            return _audience(change, snapshot)
        case _:
            return _tag(change, snapshot)


def _attribute(change: Change, snapshot: Snapshot) -> str | None:
    for live in snapshot.attributes:
        if live.address == change.address and _as_wanted(change, attribute_fields(live)):
            return None if change.action == "create" and live.archived else change.address
    return None


def _audience(change: Change, snapshot: Snapshot) -> str | None:
    if change.action == "delete":
        gone = all(audience.id != change.live_id for audience in snapshot.audiences)
        return audience_key(change.name, change.live_id) if gone else None
    for live in snapshot.audiences:
        this = live.id == change.live_id if change.live_id is not None else live.name == change.name
        if this and _as_wanted(change, audience_fields(live)):
            return audience_key(live.name, live.id)
    return None


def _tag(change: Change, snapshot: Snapshot) -> str | None:
    """A plan rests on no tag, so the key is that of nothing."""
    if change.action == "create":
        in_place = change.name.casefold() in {name.casefold() for name in snapshot.tags}
    else:
        in_place = snapshot.tags.get(change.after("name")) == change.live_id
    return tag_address(change.name) if in_place else None


def _as_wanted(change: Change, live: Mapping[str, Any]) -> bool:
    wanted: dict[str, Any] = {field.path: field.after for field in change.fields}
    if change.object == "audience" and change.action == "create":
        wanted = {"predicates": [], "role_predicates": [], **wanted}
    return bool(wanted) and all(alike(live[path], after) for path, after in wanted.items())


def attribute_fields(live: LiveAttribute) -> dict[str, Any]:
    """A live attribute by the paths of a change's fields."""
    listed = live.type is DataType.OPTIONS
    return {
        "type": live.type.value,
        "options": list(live.options) if listed else None,
        "description": live.description,
        "messenger_writable": live.messenger_writable,
        "archived": live.archived,
    }


def audience_fields(live: LiveAudience) -> dict[str, Any]:
    """A live audience by the paths of a change's fields."""
    return {
        "name": live.name,
        "predicates": [predicate.as_json() for predicate in live.predicates],
        "role_predicates": [role_predicate.as_json() for role_predicate in live.role_predicates],
    }


def alike(one: Any, other: Any) -> bool:
    """Whether two values of a field are the same: neither the order of options nor that of filters says anything."""
    return _unordered(one) == _unordered(other)


def _unordered(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return sorted(json.dumps(each, sort_keys=True) for each in cast("list[Any]", value))
