"""Values of custom attributes and timestamps: what is accepted and what is stored."""

import unicodedata
from datetime import date, datetime

from .call import Call
from .errors import invalid
from .messages import JsonObject, as_integer, as_moment, as_object
from .store import load, zone
from .switches import Switches

# The years 1 to 9999 less a day on both sides, so that the timestamp has a calendar day in every time zone.
FIRST_SECOND, LAST_SECOND = -62_135_510_400, 253_402_214_400


CUSTOM = "custom_attributes."
"""What the full name of a custom attribute begins with."""


def is_printable(name: str) -> bool:
    """Whether a name is free of control characters, line ends and halves of characters."""
    return not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)


def folded_email(address: str) -> str:
    """An address without its case: ASCII letters only, as SQLite's `lower` has it."""
    return address.encode().lower().decode()


def same_email(switches: Switches) -> str:
    """The SQL test of a contact's address against the one value that stands for `?`."""
    return "lower(email) = lower(?)" if switches.emails_fold_case else "email = ?"


def in_calendar(timestamp: int) -> bool:
    """Whether a timestamp falls on a calendar day everywhere."""
    return FIRST_SECOND <= timestamp <= LAST_SECOND


def custom_values(call: Call, model: str, sent: object) -> JsonObject:
    """The `custom_attributes` of a request, by full name; None clears, and so does an empty text.

    Clearing by `null` is recorded (API 2.3), by `""` an observation on 1.x. An unknown name is
    `400 Custom attribute 'x' does not exist` (observed by integrations). Archived ones: see the switch.
    """
    if sent is None:
        return {}
    values = as_object(sent)
    if values is None:
        raise invalid("custom_attributes must be an object")
    known = {
        row["name"]: row
        for row in call.store.all("select * from attributes where model = ?", model)
        if not row["archived"] or call.switches.archived_attributes_writable
    }
    accepted: JsonObject = {}
    for name, value in values.items():
        attribute = known.get(name)
        if attribute is None:
            raise invalid(f"Custom attribute '{name}' does not exist")
        if value is not None and value != "":
            value = _checked(call, name, attribute["data_type"], value)
            options = load(attribute["options"]) if attribute["options"] else None
            if options and value not in options and not call.switches.unknown_options_accepted:
                raise invalid(f"Custom attribute '{name}' has no option '{value}'")
        accepted[f"custom_attributes.{name}"] = None if value == "" else value
    return accepted


def merged(fields: JsonObject, sent: JsonObject) -> JsonObject:
    """`fields` with the values sent, without those cleared.

    A custom attribute that had a value and is cleared stays as null; one that never had any is absent (recorded,
    API 2.3). That null for one that never had any does not change that is an assumption.
    """
    return {
        key: value
        for key, value in (fields | sent).items()
        if value is not None or (key.startswith(CUSTOM) and key in fields)
    }


def _checked(call: Call, name: str, data_type: str, value: object) -> object:
    """A value of the attribute's type; the text of the rejection is an assumption, the limit the help centre's."""
    if isinstance(value, str) and data_type != "string" and call.switches.strings_coerced:
        value = _coerced(call, data_type, value)
    limit = call.switches.string_value_length
    if isinstance(value, str) and len(value) > limit:
        raise invalid(f"Custom attribute '{name}' must be at most {limit} characters")
    if not fits(data_type, value):
        raise invalid(f"Custom attribute '{name}' must be of type {data_type}")
    return value


def fits(data_type: str, value: object) -> bool:
    """Whether a JSON value is of an attribute's type; a date is an integer, unix seconds."""
    if data_type == "string":
        return isinstance(value, str)
    if data_type == "boolean":
        return isinstance(value, bool)
    if data_type == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    number = as_integer(value)
    return number is not None and (data_type == "integer" or in_calendar(number))


def _coerced(call: Call, data_type: str, text: str) -> object:
    """A text as the type asked for, or the text itself where it says nothing of that type."""
    try:
        if data_type == "boolean":
            return {"true": True, "false": False}.get(text.lower(), text)
        if data_type == "float":
            return float(text)
        if data_type == "date" and not text.lstrip("-").isdecimal():
            day = date.fromisoformat(text)
            midnight = datetime(
                day.year, day.month, day.day, tzinfo=zone(call.store.meta("timezone") or "UTC")
            )
            return int(midnight.timestamp())
        return int(text)
    except ValueError:
        return text


def timestamp(body: JsonObject, key: str) -> int | None:
    """A standard timestamp of a request, unix seconds; None where it is null."""
    value = body[key]
    if value is None:
        return None
    number = as_moment(value)
    if number is None or not in_calendar(number):
        raise invalid(f"{key} must be a Unix timestamp")
    return number


def text(body: JsonObject, key: str) -> str | None:
    """A text of a request; None where it is null."""
    value = body[key]
    if value is not None and not isinstance(value, str):
        raise invalid(f"{key} must be a string")
    return value


def boolean(body: JsonObject, key: str) -> bool | None:
    """A boolean of a request; None where it is null."""
    value = body[key]
    if value is not None and not isinstance(value, bool):
        raise invalid(f"{key} must be a boolean")
    return value
