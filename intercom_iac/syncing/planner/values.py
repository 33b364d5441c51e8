"""A row's values beside those of its record: what differs, and the body that makes it the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import PayloadField
from intercom_iac.tables import NullMeaning, TableColumn
from intercom_iac.writes.record_values import (
    custom_value,
    is_same_value,
    none_if_empty,
    sent_form,
    standard_value,
)

# Sent with others and never returned (API 2.16 description): their own difference is not known.
NEVER_RETURNED = frozenset({("contact", "email_verified"), ("company", "update_last_request_at")})


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of a record: what it is, and what it is to be; null where it is cleared."""

    field: PayloadField
    before: Any
    after: Any


def is_returned(field: PayloadField) -> bool:
    """Whether Intercom returns the value, so that it can be compared."""
    return field.custom or (field.owner, field.name) not in NEVER_RETURNED


def live_value(field: PayloadField, record: Mapping[str, Any]) -> Any:
    """The value of a record, in the form in which it is sent; null where there is none."""
    if field.custom:
        return custom_value(record, field.name)
    return standard_value(record, field.owner, field.name)


def differences(
    columns: Sequence[TableColumn], values: Sequence[Any], live: Mapping[str, Any], null: NullMeaning
) -> list[Difference]:
    """What differs between a row of the table and the values of the record, by name of the field, in `live`.

    An empty cell says nothing, or with `clear` that the value is to go where Intercom lets it.
    """
    found: list[Difference] = []
    for column, value in zip(columns, values, strict=True):
        field = column.field
        before = live.get(field.name)
        if type(before) is type(value) and before == value:
            continue  # by far the most
        after = none_if_empty(value)
        if not is_returned(field) or (after is None and (null == "keep" or not field.nullable)):
            continue
        if not is_same_value(before, sent_form(field.owner, field.name, after)):
            found.append(Difference(field, before, after))
    return found


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
