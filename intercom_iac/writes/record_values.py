"""A record's values as Intercom returns them, beside values that are sent: one place says what is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

Json = Mapping[str, Any]


def custom_value(record: Json, name: str) -> Any:
    """The value of a custom attribute; null where there is none.

    One that was cleared is null, and one that never was set is absent (recorded, API 2.3).
    """
    held: Json = record.get("custom_attributes") or {}
    return none_if_empty(held.get(name))


def standard_value(record: Json, owner: str, name: str) -> Any:
    """The value of a key of Intercom's own, in the form in which it is sent; null where there is none.

    An address that was taken away is an empty text (recorded, API 2.3). A company's plan, and a contact's avatar, are
    objects in answers (API 2.16 description).
    """
    value = record.get(name)
    convert = _RETURNED_FORMS.get((owner, name))
    return none_if_empty(value if convert is None or value is None else convert(value))


def is_same_value(returned: Any, sent: Any) -> bool:
    """Whether a value that Intercom returns is the one that is sent, or would be after it is: null, an empty text and
    an absent value are one, and so are 3 and 3.0."""
    returned, sent = none_if_empty(returned), none_if_empty(sent)
    if returned is None or sent is None or isinstance(returned, bool) or isinstance(sent, bool):
        return returned is sent
    return bool(returned == sent)


def sent_form(owner: str, name: str, value: Any) -> Any:
    """What Intercom keeps of a value that it is sent: of a company's spend its whole units."""
    return int(value) if (owner, name) == ("company", "monthly_spend") and value is not None else value


def none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _inner(key: str) -> Callable[[Any], Any]:
    def inner(value: Any) -> Any:
        return cast("dict[str, Any]", value).get(key) if isinstance(value, dict) else value

    return inner


_RETURNED_FORMS: Mapping[tuple[str, str], Callable[[Any], Any]] = MappingProxyType(
    {
        ("contact", "owner_id"): str,
        ("contact", "avatar"): _inner("image_url"),
        ("company", "plan"): _inner("name"),
    }
)
