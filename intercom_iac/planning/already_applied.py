"""Which changes of a plan the workspace has already, by an apply of the plan or by somebody's hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.changes import FieldRow, attributes, audiences, live_values
from intercom_iac.model import Kind, LiveAttribute, LiveAudience, Snapshot, event_key
from intercom_iac.model.address import event_address, tag_address

from .digest import audience_key
from .operations import (
    AttributeOperation,
    AudienceOperation,
    CreateAttribute,
    CreateAudience,
    CreateTag,
    DeleteAudience,
    RegisterEvent,
)
from .plan import Change, Plan


def already_applied_changes(plan: Plan, snapshot: Snapshot) -> list[tuple[Change, str]]:
    """The calls of a plan that would change nothing, each with the key of its definition in `definition_digests`.

    An attribute that exists with other values than it was to be created with is not applied.
    """
    return [(call, key) for call in plan.calls if (key := _applied_key(call, snapshot)) is not None]


def _applied_key(change: Change, snapshot: Snapshot) -> str | None:
    operation = change.operation
    match operation:
        case AttributeOperation():
            return _applied_attribute(operation, snapshot)
        case RegisterEvent():
            wanted = event_key(operation.name)
            return next(
                (event_address(event) for event in snapshot.events if event_key(event) == wanted), None
            )
        case DeleteAudience():
            gone = all(audience.id != operation.live_id for audience in snapshot.audiences)
            return audience_key(operation.name, operation.live_id) if gone else None
        case AudienceOperation():
            return _applied_audience(operation, snapshot)
        case CreateTag():
            is_applied = operation.name.casefold() in {name.casefold() for name in snapshot.tags}
        case _:
            is_applied = snapshot.tags.get(operation.after.get("name", "")) == operation.live_id
    # A plan rests on no tag, so the key is that of nothing.
    return tag_address(operation.name) if is_applied else None


def _applied_attribute(operation: AttributeOperation, snapshot: Snapshot) -> str | None:
    for live in snapshot.attributes:
        same = (live.model, live.name) == (operation.owner, operation.name)
        if same and _has_values(operation.kind, attribute_fields(live), operation.after):
            return None if isinstance(operation, CreateAttribute) and live.archived else live.address
    return None


def _applied_audience(operation: AudienceOperation, snapshot: Snapshot) -> str | None:
    created = isinstance(operation, CreateAudience)
    # A create leaves out the filters that there are none of.
    none: dict[str, Any] = {"predicates": [], "role_predicates": []} if created else {}
    wanted = {**none, **operation.after}
    for live in snapshot.audiences:
        same = live.name == operation.name if created else live.id == operation.live_id
        if same and _has_values(operation.kind, audience_fields(live), wanted):
            return audience_key(live.name, live.id)
    return None


def _has_values(kind: Kind, live: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return bool(wanted) and all(same_value(kind, path, live[path], after) for path, after in wanted.items())


def attribute_fields(live: LiveAttribute) -> dict[str, Any]:
    """A live attribute by the paths of a change's fields."""
    return live_values((*attributes.FIELDS, attributes.ARCHIVED), live=live)


def audience_fields(live: LiveAudience) -> dict[str, Any]:
    """A live audience by the paths of a change's fields."""
    return live_values(audiences.FIELDS, live=live)


def same_value(kind: Kind, path: str, one: Any, other: Any) -> bool:
    """Whether two values of a field are the same: neither the order of options nor that of filters says anything."""
    # Of other kinds a plan changes the name alone.
    fields: tuple[FieldRow[Any, Any], ...] = (
        attributes.FIELDS if kind == "data_attribute" else audiences.FIELDS
    )
    field = next((field for field in fields if field.key == path), None)
    return one == other if field is None else not field.differ(one, other)
