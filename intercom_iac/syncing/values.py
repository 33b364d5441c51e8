"""A record's values beside those of the table: the one place that says whether two are the same, and what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from intercom_iac.model import DataType
from intercom_iac.model.payload import PayloadField
from intercom_iac.tables import NullMeaning, TableColumn

# Sent with others and never returned (API 2.16 description): their own difference is not known.
_NEVER_RETURNED = frozenset({("contact", "email_verified"), ("company", "update_last_request_at")})


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of a record: what it is, and what it is to be; null where it is cleared."""

    field: PayloadField
    before: Any
    after: Any


def is_returned(field: PayloadField) -> bool:
    """Whether Intercom returns the value, so that it can be compared."""
    return field.custom or (field.owner, field.name) not in _NEVER_RETURNED


def live_value(field: PayloadField, record: Mapping[str, Any]) -> Any:
    """The value of a record as Intercom returns it, in the form in which it is sent; null where there is none.

    An address that was taken away is an empty text (recorded, API 2.3), a custom attribute that was cleared is null,
    and one that never was set is absent: all three are null here.
    """
    if field.custom:
        held: Mapping[str, Any] = record.get("custom_attributes") or {}
        return _none_if_empty(held.get(field.name))
    value = record.get(field.name)
    convert = _RETURNED_FORMS.get((field.owner, field.name))
    return _none_if_empty(value if convert is None or value is None else convert(value))


def differences(
    columns: Sequence[TableColumn], values: Sequence[Any], live: Mapping[str, Any], null: NullMeaning
) -> list[Difference]:
    """What differs between a row of the table and the values of the record, by name of the field, in `live`.

    An empty cell says nothing, or with `clear` that the value is to go where Intercom lets it.
    """
    found: list[Difference] = []
    for column, value in zip(columns, values, strict=True):
        field = column.field
        after = _none_if_empty(value)
        if not is_returned(field) or (after is None and (null == "keep" or not field.nullable)):
            continue
        before = live.get(field.name)
        if not is_same(field, before, after):
            found.append(Difference(field, before, after))
    return found


def is_same(field: PayloadField, before: Any, after: Any) -> bool:
    """Whether Intercom would return the same value after the write."""
    if before is None or after is None or isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if field.type.is_number or field.type is DataType.DATE:
        if not isinstance(before, int | float):
            return False
        # Whole units, its fraction is cut off (help centre, company attributes).
        return before == (int(after) if (field.owner, field.name) == ("company", "monthly_spend") else after)
    return before == after


def wire_body(changes: Sequence[Difference], unreturned: Mapping[str, Any]) -> dict[str, Any]:
    """The body that makes these changes; `unreturned` are values of the row that are sent with others."""
    body: dict[str, Any] = {change.field.name: change.after for change in changes if not change.field.custom}
    custom = {change.field.name: change.after for change in changes if change.field.custom}
    if custom:
        body["custom_attributes"] = custom
    # `email_verified` without an address is refused (API 2.16 changelog).
    return body | {
        name: value for name, value in unreturned.items() if name != "email_verified" or "email" in body
    }


def unreturned_values(columns: Sequence[TableColumn], values: Sequence[Any]) -> dict[str, Any]:
    """The values of a row that Intercom does not return."""
    return {
        column.field.name: value
        for column, value in zip(columns, values, strict=True)
        if value is not None and not is_returned(column.field)
    }


def _none_if_empty(value: Any) -> Any:
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
