"""What a change in a plan file must look like for apply to be able to make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from intercom_iac.model.address import MODELS, Address, attribute_address, event_address

from .plan import DESTRUCTIVE

# Object, action -> the fields it cannot be made without, and those it may have besides. What is not here is no
# change a plan has: a change that could carry another's field could also do what the other is held back for.
_FIELDS: Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("data_attribute", "create"): (("type",), ("options", "description", "messenger_writable")),
    ("data_attribute", "update"): ((), ("options", "description", "messenger_writable")),
    ("data_attribute", "restore"): (("archived",), ("options", "description", "messenger_writable")),
    ("data_attribute", "archive"): (("archived",), ()),
    ("data_attribute", "manual"): ((), ("type",)),
    ("event", "register"): ((), ("metadata",)),
    ("event", "manual"): ((), ()),
    ("audience", "create"): (("name",), ("predicates", "role_predicates")),
    ("audience", "update"): ((), ("name", "predicates", "role_predicates")),
    ("audience", "delete"): ((), ("name",)),
    ("audience", "manual"): ((), ("rule", "meaning")),
    ("tag", "create"): (("name",), ()),
    ("tag", "update"): (("name",), ()),
    ("tag", "delete"): ((), ("name",)),
    ("tag", "manual"): ((), ()),
    ("segment", "manual"): ((), ("name", "rule", "meaning")),
}
_ARCHIVED = {"archive": True, "restore": False}
_TYPES = ("string", "integer", "float", "boolean", "date", "options")


def impossible(change: Mapping[str, Any]) -> str | None:
    """Why a change, read as JSON and valid by the schema, cannot be made; None where it can."""
    kind, action = change["object"], change["action"]
    fields = _FIELDS.get((kind, action))
    if fields is None:
        return f"is to {action} a {kind}, which no plan does"
    if not _named_by_its_address(kind, change["name"], change["address"]):
        return f"is of `{change['name']}`, which that address does not name"
    paths = [each["path"] for each in change["fields"]]
    after = {each["path"]: each["after"] for each in change["fields"]}
    needed, more = fields
    missing = [each for each in needed if after.get(each) is None]
    if missing:
        return f"has no `{missing[0]}`"
    foreign = [each for each in paths if each not in (*needed, *more) or paths.count(each) > 1]
    if foreign:
        return f"has a `{foreign[0]}`, which no such change has"
    if action == "create" and after.get("name", change["name"]) != change["name"]:
        return "has two names"
    if after.get("archived") is not _ARCHIVED.get(action):
        return f"is to {action} and says the opposite of it"
    if action in ("update", "restore", "archive", "delete") and change["live_id"] is None:
        return "does not name the object that is there"
    if kind == "data_attribute" and not (change["live_id"] or "0").isdecimal():
        return "names an attribute by no number"
    wrong = [path for path, value in after.items() if value is not None and not _fits(path, value)]
    return f"has a `{wrong[0]}` of the wrong kind" if wrong else None


def misjudged(change: Mapping[str, Any]) -> str | None:
    """Why a change cannot have the risk that it says, by which people choose what to read; None where it can."""
    destroys = change["action"] in DESTRUCTIVE
    return (
        None
        if destroys == (change["risk"] == "destructive")
        else f"is called {change['risk']}, which it is not"
    )


def _named_by_its_address(kind: str, name: str, address: str) -> bool:
    """Whether the address, which is what people read, stands for the thing that the call names."""
    match kind:
        case "data_attribute":
            return address in [attribute_address(owner, name) for owner in MODELS]
        case "event":
            return address == event_address(name)
        case _:
            parsed = Address.parse(address)
            return parsed is not None and parsed.kind == "segment"


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
    return all(isinstance(value, str) for value in values)
