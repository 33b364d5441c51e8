"""What a change in a plan file must look like for apply to be able to make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

# Object, action -> the fields it cannot be made without. What is not here is no change a plan has.
_NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("data_attribute", "create"): ("type",),
    ("data_attribute", "update"): (),
    ("data_attribute", "restore"): ("archived",),
    ("data_attribute", "archive"): ("archived",),
    ("data_attribute", "manual"): (),
    ("event", "register"): (),
    ("event", "manual"): (),
    ("audience", "create"): ("name",),
    ("audience", "update"): (),
    ("audience", "delete"): (),
    ("audience", "manual"): (),
    ("tag", "create"): ("name",),
    ("tag", "update"): ("name",),
    ("tag", "delete"): (),
    ("segment", "manual"): (),
}
_TYPES = ("string", "integer", "float", "boolean", "date", "options")


def impossible(change: Mapping[str, Any]) -> str | None:
    """Why a change, read as JSON and valid by the schema, cannot be made; None where it can."""
    action = change["action"]
    needed = _NEEDED.get((change["object"], action))
    if needed is None:
        return f"is to {action} a {change['object']}, which no plan does"
    after = {each["path"]: each["after"] for each in change["fields"]}
    missing = [each for each in needed if after.get(each) is None]
    if missing:
        return f"has no `{missing[0]}`"
    if action in ("update", "restore", "archive", "delete") and change["live_id"] is None:
        return "does not name the object that is there"
    if change["object"] == "data_attribute" and not (change["live_id"] or "0").isdecimal():
        return "names an attribute by no number"
    wrong = [path for path, value in after.items() if value is not None and not _fits(path, value)]
    return f"has a `{wrong[0]}` of the wrong kind" if wrong else None


def _fits(path: str, value: Any) -> bool:
    match path:
        case "type":
            return value in _TYPES
        case "archived" | "messenger_writable":
            return isinstance(value, bool)
        case "options":
            return isinstance(value, list) and _all_text(cast("list[Any]", value))
        case "metadata":
            return isinstance(value, dict) and all(
                each in _TYPES for each in cast("dict[str, Any]", value).values()
            )
        case "predicates" | "role_predicates":
            return isinstance(value, list) and all(
                isinstance(each, dict) and _all_text(cast("dict[str, Any]", each).values())
                for each in cast("list[Any]", value)
            )
        case _:
            return isinstance(value, str)


def _all_text(values: Any) -> bool:
    return all(isinstance(each, str) for each in values)
