"""A witness as JSON, and back: the person in the shapes of Intercom's API, its day and its time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.model import Person

from ..witness import Witness


def encode_witness(witness: Witness) -> dict[str, Any]:
    """The witness as JSON. `tags` are the contact's, in its shape there, for who looks for them beside it."""
    person = witness.person
    return {
        "today": witness.today.isoformat(),
        "timezone": witness.zone,
        "contact": dict(person.contact),
        "companies": [dict(company) for company in person.companies],
        "events": [dict(event) for event in person.events],
        "tags": person.contact.get("tags", {"type": "list", "data": []}),
    }


def is_witness(value: Any) -> bool:
    """Whether JSON means to be a witness: an object with a contact."""
    return isinstance(value, Mapping) and isinstance(cast("Mapping[str, Any]", value).get("contact"), Mapping)


def decode_witness(value: Any) -> Witness:
    """The witness that JSON says. Raises `ValueError` with what is wrong, as a part of a sentence."""
    if not is_witness(value):
        raise ValueError("it has no `contact`, which is an object")
    data = cast("Mapping[str, Any]", value)
    contact = dict(cast("Mapping[str, Any]", data["contact"]))
    tags = data.get("tags")
    if isinstance(tags, Mapping) and "tags" not in contact:
        contact["tags"] = tags
    person = Person(contact, _objects(data, "companies"), _objects(data, "events"))
    return Witness(today=_day(data), zone=_zone(data), person=person)


def _objects(data: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    value = data.get(key, [])
    found = cast("list[Any]", value) if isinstance(value, list) else [None]
    if not all(isinstance(item, Mapping) for item in found):
        raise ValueError(f"`{key}` is not a list of objects")
    return tuple(cast("list[Mapping[str, Any]]", found))


def _day(data: Mapping[str, Any]) -> date:
    value: Any = data.get("today")
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("`today` is not a day, such as `2026-03-14`") from None


def _zone(data: Mapping[str, Any]) -> str:
    value: Any = data.get("timezone", "UTC")
    try:
        return ZoneInfo(value).key
    except (KeyError, OSError, TypeError, ValueError):
        raise ValueError("`timezone` is not the name of a time zone, such as `Europe/Dublin`") from None
