"""A change of a plan file as an operation, and what it must look like to be one that apply can make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from intercom_iac.model import DataType
from intercom_iac.model.address import MODELS, Address, attribute_address, event_address

from .attributes import AttributeOperation
from .operation import FieldChange, Operation
from .registry import operation_classes

_ARCHIVED = {"archive": True, "restore": False}
_TYPES = tuple(data_type.value for data_type in DataType)


def read_operation(
    kind: str,
    action: str,
    *,
    address: str,
    name: str,
    fields: tuple[FieldChange, ...] = (),
    live_id: str | None = None,
) -> Operation:
    """The operation that a change of a plan stands for, which has no flaw (`operation_flaw`)."""
    parsed = Address.parse(address)
    owner = (parsed and parsed.owner) or "contact"
    operations = (
        operation(owner=owner, name=name, fields=fields, live_id=live_id)
        if issubclass(operation, AttributeOperation)
        else operation(name=name, fields=fields, live_id=live_id)
        for operation in operation_classes(kind, action)
    )
    return next(operation for operation in operations if operation.fits_class)


def operation_flaw(change: Mapping[str, Any]) -> str | None:
    """Why a change, read as JSON and valid by the schema, is no operation; None where it is one.

    A change that could carry another's field could also do what the other is held back for.
    """
    kind, action = change["object"], change["action"]
    # Those of one kind and action take the same fields.
    operation = next(iter(operation_classes(kind, action)), None)
    if operation is None:
        return f"is to {action} a {kind}, which no plan does"
    if not _named_by_its_address(kind, change["name"], change["address"]):
        return f"is of `{change['name']}`, which that address does not name"
    paths = [field["path"] for field in change["fields"]]
    after = {field["path"]: field["after"] for field in change["fields"]}
    missing = [path for path in sorted(operation.requires) if after.get(path) is None]
    if missing:
        return f"has no `{missing[0]}`"
    foreign = [path for path in paths if path not in operation.takes or paths.count(path) > 1]
    if foreign:
        return f"has a `{foreign[0]}`, which no such change has"
    if action == "create" and after.get("name", change["name"]) != change["name"]:
        return "has two names"
    if after.get("archived") is not _ARCHIVED.get(action):
        return f"is to {action} and says the opposite of it"
    if operation.of_live and change["live_id"] is None:
        return "does not name the object that is there"
    if kind == "data_attribute" and not (change["live_id"] or "0").isdecimal():
        return "names an attribute by no number"
    wrong = [path for path, value in after.items() if value is not None and not _fits(path, value)]
    return f"has a `{wrong[0]}` of the wrong kind" if wrong else None


def risk_flaw(change: Mapping[str, Any]) -> str | None:
    """Why a change without flaw cannot have the risk that it says, by which people choose what to read."""
    destructive = any(
        operation.destructive for operation in operation_classes(change["object"], change["action"])
    )
    return (
        None
        if destructive == (change["risk"] == "destructive")
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
                data_type in _TYPES for data_type in cast("dict[str, Any]", value).values()
            )
        case "predicates" | "role_predicates":
            return isinstance(value, list) and all(
                isinstance(predicate, dict) and _all_text(cast("dict[str, Any]", predicate).values())
                for predicate in cast("list[Any]", value)
            )
        case _:
            return isinstance(value, str)


def _all_text(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
