"""Whether a record already has what a write would send: looked at before it is sent again.

A difference that is none (a number that comes back as another form of itself) costs one call and changes nothing;
so whatever is not certainly equal is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from .record_values import custom_value, is_same_value, sent_form, standard_value
from .write import Write

Json = Mapping[str, Any]

_NO_CHANGE = ("custom_attributes", "company_id")


def remaining_body(write: Write, live: Json) -> dict[str, Any]:
    """What of a write's body the record has not: empty where it has all."""
    owner, custom = write.record, _object(write.body.get("custom_attributes"))
    rest = {
        name: value
        for name, value in write.body.items()
        if name not in _NO_CHANGE
        and not is_same_value(standard_value(live, owner, name), sent_form(owner, name, value))
    }
    differing = {
        name: value for name, value in custom.items() if not is_same_value(custom_value(live, name), value)
    }
    return rest | ({"custom_attributes": differing} if differing else {})


def changed_names(body: Json, write: Write, live: Json) -> list[str]:
    """The names in what is left of a write's body of which the record has another value than before it was planned,
    as far as the write tells: somebody else wrote them."""
    custom, custom_before = (
        _object(body.get("custom_attributes")),
        _object(write.before.get("custom_attributes")),
    )
    standard = [
        name
        for name in body
        if name not in _NO_CHANGE
        and name in write.before
        and not is_same_value(standard_value(live, write.record, name), write.before[name])
    ]
    return standard + [
        name
        for name in custom
        if name in custom_before and not is_same_value(custom_value(live, name), custom_before[name])
    ]


def body_before(write: Write) -> dict[str, Any]:
    """The body that puts back what the workspace had of a write's keys; null for what it had not."""
    custom, custom_before = (_object(body.get("custom_attributes")) for body in (write.body, write.before))
    undone = {name: write.before.get(name) for name in write.body if name not in _NO_CHANGE}
    return undone | (
        {"custom_attributes": {name: custom_before.get(name) for name in custom}} if custom else {}
    )


def is_same_contact(write: Write, live: Json) -> bool:
    """Whether the contact that stands in the way of a create is the one of the row: by its key, or, where it has no
    external id yet, by the address that both have."""
    if write.key_name == "external_id" and not live.get("external_id"):
        return _address(live.get("email")) == _address(write.body.get("email")) != ""
    return has_key(write, live)


def has_key(write: Write, live: Json) -> bool:
    """Whether the record has the key by which it was found; a record that does not show it counts as having it."""
    if write.key_name not in ("external_id", "email") or write.key_name not in live:
        return True
    if write.key_name == "email":
        return _address(live["email"]) == _address(write.key)
    return live["external_id"] == write.key


def _address(value: Any) -> str:
    """Intercom knows addresses in any case."""
    return value.strip().casefold() if isinstance(value, str) else ""


def _object(value: Any) -> Json:
    return cast("Json", value) if isinstance(value, Mapping) else {}
