"""Values of custom attributes: what is accepted and what is stored."""

from datetime import date, datetime

from ..storage.columns import CUSTOM_PREFIX, load_json
from ..storage.timezone import workspace_timezone
from ..wire.errors import invalid_parameter
from ..wire.json_values import JsonObject, as_integer, as_object, in_calendar
from .call import Call


def read_custom_values(call: Call, model: str, sent: object) -> JsonObject:
    """The `custom_attributes` of a request, by full name; None clears, and so does an empty text.

    Clearing by `null` is recorded (API 2.3), by `""` an observation on 1.x. An unknown name is
    `400 Custom attribute 'x' does not exist` (observed by integrations). Archived ones: see the switch.
    """
    if sent is None:
        return {}
    values = as_object(sent)
    if values is None:
        raise invalid_parameter("custom_attributes must be an object")
    known = {
        row["name"]: row
        for row in call.store.all("select * from attributes where model = ?", model)
        if not row["archived"] or call.switches.archived_attributes_writable
    }
    accepted: JsonObject = {}
    for name, value in values.items():
        attribute = known.get(name)
        if attribute is None:
            raise invalid_parameter(f"Custom attribute '{name}' does not exist")
        if value is not None and value != "":
            value = _check_value(call, name, attribute["data_type"], value)
            options = load_json(attribute["options"]) if attribute["options"] else None
            if options and value not in options and not call.switches.unknown_options_accepted:
                raise invalid_parameter(f"Custom attribute '{name}' has no option '{value}'")
        accepted[f"custom_attributes.{name}"] = None if value == "" else value
    return accepted


def merge_fields(fields: JsonObject, sent: JsonObject) -> JsonObject:
    """`fields` with the values sent, without those cleared.

    A custom attribute that had a value and is cleared stays as null; one that never had any is absent (recorded,
    API 2.3). That null for one that never had any does not change that is an assumption.
    """
    return {
        key: value
        for key, value in (fields | sent).items()
        if value is not None or (key.startswith(CUSTOM_PREFIX) and key in fields)
    }


def _check_value(call: Call, name: str, data_type: str, value: object) -> object:
    """A value of the attribute's type; the text of the rejection is an assumption, the limit the help centre's."""
    if isinstance(value, str) and data_type != "string" and call.switches.strings_coerced:
        value = _coerce_text(call, data_type, value)
    limit = call.switches.string_value_length
    if isinstance(value, str) and len(value) > limit:
        raise invalid_parameter(f"Custom attribute '{name}' must be at most {limit} characters")
    if not matches_type(data_type, value):
        raise invalid_parameter(f"Custom attribute '{name}' must be of type {data_type}")
    return value


def matches_type(data_type: str, value: object) -> bool:
    """Whether a JSON value is of an attribute's type; a date is an integer, unix seconds."""
    if data_type == "string":
        return isinstance(value, str)
    if data_type == "boolean":
        return isinstance(value, bool)
    if data_type == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    number = as_integer(value)
    return number is not None and (data_type == "integer" or in_calendar(number))


def _coerce_text(call: Call, data_type: str, text: str) -> object:
    """A text as the type asked for, or the text itself where it says nothing of that type."""
    try:
        if data_type == "boolean":
            return {"true": True, "false": False}.get(text.lower(), text)
        if data_type == "float":
            return float(text)
        if data_type == "date" and not text.lstrip("-").isdecimal():
            day = date.fromisoformat(text)
            midnight = datetime(day.year, day.month, day.day, tzinfo=workspace_timezone(call.store))
            return int(midnight.timestamp())
        return int(text)
    except ValueError:
        return text
