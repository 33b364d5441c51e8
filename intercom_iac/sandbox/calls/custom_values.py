"""Values of custom attributes: what is accepted and what is stored."""

from datetime import date, datetime

from ..storage.columns import CUSTOM_PREFIX, load_json
from ..storage.timezone import workspace_timezone
from ..wire.errors import invalid_parameter
from ..wire.json_values import JsonObject, as_integer, as_object, in_calendar
from .call import Call


def read_custom_values(call: Call, model: str, content: object) -> JsonObject:
    """The `custom_attributes` of a body, by full name; None for values that are cleared, by `null` or an empty text.

    Clearing by `null` is recorded (API 2.3), by `""` an observation on 1.x. An unknown name raises
    `400 Custom attribute 'x' does not exist` (observed by integrations), and so does that of an archived attribute,
    unless the switch `archived_attributes_writable` is on.
    """
    if content is None:
        return {}
    values = as_object(content)
    if values is None:
        raise invalid_parameter("custom_attributes must be an object")
    attributes = {
        row["name"]: row
        for row in call.store.all("select * from attributes where model = ?", model)
        if not row["archived"] or call.switches.archived_attributes_writable
    }
    accepted: JsonObject = {}
    for name, value in values.items():
        attribute = attributes.get(name)
        if attribute is None:
            raise invalid_parameter(f"Custom attribute '{name}' does not exist")
        if value is not None and value != "":
            value = _check_value(call, name, attribute["data_type"], value)
            options = load_json(attribute["options"]) if attribute["options"] else None
            if options and value not in options and not call.switches.unknown_options_accepted:
                raise invalid_parameter(f"Custom attribute '{name}' has no option '{value}'")
        accepted[f"{CUSTOM_PREFIX}{name}"] = None if value == "" else value
    return accepted


def merge_fields(fields: JsonObject, changes: JsonObject) -> JsonObject:
    """`fields` with `changes`, of which None clears a value.

    A custom attribute that had a value and is cleared stays as null; one that never had any is absent (recorded,
    API 2.3), also after it is cleared (assumption).
    """
    return {
        name: value
        for name, value in (fields | changes).items()
        if value is not None or (name.startswith(CUSTOM_PREFIX) and name in fields)
    }


def _check_value(call: Call, name: str, data_type: str, value: object) -> object:
    """The value as it is stored; `ApiError` where it is not of the attribute's type or too long.

    The texts are assumptions, the limit of length is from the help centre.
    """
    if isinstance(value, str) and data_type != "string" and call.switches.strings_coerced:
        value = _coerce_text(call, data_type, value)
    limit = call.switches.string_value_length
    if isinstance(value, str) and len(value) > limit:
        raise invalid_parameter(f"Custom attribute '{name}' must be at most {limit} characters")
    if not _matches_type(data_type, value):
        raise invalid_parameter(f"Custom attribute '{name}' must be of type {data_type}")
    return value


def _matches_type(data_type: str, value: object) -> bool:
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
    """A text read as a value of the type, or the text itself where it is none."""
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
