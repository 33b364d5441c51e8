"""The names on the wire behind those that SDKs and wrappers have: `customAttributes` is `custom_attributes`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.payload import standard

from ..values import Choice, Constant, Entry, Record, Value, entry_name

_CAPITAL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")
_OWN: Final = frozenset(
    {
        *standard.CONTACT_WRITABLE,
        *standard.CONTACT_RETURNED,
        *standard.COMPANY_WRITABLE,
        *standard.COMPANY_RETURNED,
        *standard.EVENT_KEYS,
        *standard.BOOT_WRITABLE,
        *standard.BOOT_RETURNED,
        *standard.MESSENGER_SETTINGS,
        *standard.MESSENGER_COMPANY_WRITABLE,
        *standard.MESSENGER_COMPANY_RETURNED,
        "custom_attributes",
        "metadata",
        "company",
        "companies",
        "contact_id",
        "data_type",
        "messenger_writable",
    }
)
# What the wrappers of the Messenger call otherwise than by its name in camel case.
_OTHER_NAMES: Final = {
    "languageCode": "language_override",
    "language": "language_override",
    "signedUpAt": "created_at",
    "signed_up_at": "created_at",
    "monthlySpend": "monthly_spend",
}


def _snake_case(name: str) -> str:
    """`customAttributes` -> `custom_attributes`."""
    return _CAPITAL.sub("_", name).lower()


def _wire_name(name: str) -> str:
    """Intercom's own key behind a name in camel case; any other name as it is."""
    snake = _snake_case(name)
    return snake if snake in _OWN else name


def wire_record(value: Value, *, without: Iterable[str] = ()) -> Value:
    """The same with Intercom's own keys as the wire has them, and without some that are not sent."""
    if isinstance(value, Choice):
        return replace(
            value, alternatives=tuple(wire_record(part, without=without) for part in value.alternatives)
        )
    if not isinstance(value, Record):
        return value
    dropped = frozenset(without)
    entries = (
        replace(entry, key=_rename(entry.key, _wire_name(entry_name(entry)))) for entry in value.entries
    )
    return replace(value, entries=tuple(entry for entry in entries if entry_name(entry) not in dropped))


def messenger_record(value: Value) -> Value:
    """A record that a wrapper of the Messenger takes, as the Messenger does: flat, by its own names."""
    if isinstance(value, Choice):
        return replace(value, alternatives=tuple(map(messenger_record, value.alternatives)))
    if not isinstance(value, Record):
        return value
    entries: list[Entry] = []
    rest = list(value.rest)
    for entry in value.entries:
        name = entry_name(entry)
        name = _OTHER_NAMES.get(name, _wire_name(name))
        if name == "custom_attributes":
            if isinstance(entry.value, Record):
                entries += entry.value.entries
                rest += entry.value.rest
            else:
                rest.append(entry.value.span)
        elif name == "company":
            entries.append(Entry(_rename(entry.key, name), messenger_record(entry.value)))
        else:
            entries.append(replace(entry, key=_rename(entry.key, name)))
    return replace(value, entries=tuple(entries), rest=tuple(rest))


def _rename(key: Value, name: str) -> Value:
    return replace(key, value=name) if isinstance(key, Constant) and name else key
