"""Reading a request's body: the JSON object, and its texts, timestamps and booleans."""

import json
import math
import unicodedata

from ..wire.errors import ApiError, invalid_parameter
from ..wire.json_values import JsonObject, as_moment, as_object, in_calendar


def read_body(body: bytes) -> JsonObject:
    """The JSON object of a body; an empty body, `null` and `[]` are an object without keys.

    PHP, and so Intercom's client for it, encodes an object without keys as an empty array.

    Raises `ApiError` 400 `bad_request` for anything else (code and text: assumption).
    """
    if not body.strip():
        return {}
    try:
        value = json.loads(body, parse_float=_parse_finite, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ApiError(400, "bad_request", "The request body is not valid JSON") from None
    if value is None or value == []:
        return {}
    content = as_object(value)
    if content is None:
        raise ApiError(400, "bad_request", "The request body is not a JSON object")
    return content


def _parse_finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def is_printable(name: str) -> bool:
    """Whether a name has no control characters, line ends or lone surrogates."""
    return not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)


def read_timestamp(body: JsonObject, key: str) -> int | None:
    """A timestamp of a body, unix seconds; None where it is null. Raises `ApiError`."""
    value = body[key]
    if value is None:
        return None
    number = as_moment(value)
    if number is None or not in_calendar(number):
        raise invalid_parameter(f"{key} must be a Unix timestamp")
    return number


def read_text(body: JsonObject, key: str) -> str | None:
    """A text of a body; None where it is null. Raises `ApiError`."""
    value = body[key]
    if value is not None and not isinstance(value, str):
        raise invalid_parameter(f"{key} must be a string")
    return value


def read_boolean(body: JsonObject, key: str) -> bool | None:
    """A boolean of a body; None where it is null. Raises `ApiError`."""
    value = body[key]
    if value is not None and not isinstance(value, bool):
        raise invalid_parameter(f"{key} must be a boolean")
    return value
