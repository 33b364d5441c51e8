"""JSON values of unknown shape, read as the type that is expected."""

import math
import re
from typing import Any, cast

JsonObject = dict[str, Any]

_MOMENT = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,9})?")


def as_object(value: object) -> JsonObject | None:
    """`value` as a JSON object, or None where it is something else."""
    return cast("JsonObject", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """`value` as a JSON array, or None where it is something else."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_moment(value: object) -> int | None:
    """`value` as Unix seconds, or None where it is something else.

    Clients send integers, floats such as Python's clock gives, and digits in a text. Fractions of a second are cut
    off (assumption).
    """
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        value = float(value) if "." in value else int(value)
    if isinstance(value, float) and math.isfinite(value):
        return math.trunc(value)
    return as_integer(value)


def as_integer(value: object) -> int | None:
    """`value` as a JSON integer, or None; `true` and `1.0` are no integers."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


FIRST_SECOND, LAST_SECOND = -62_135_510_400, 253_402_214_400
"""The years 1 to 9999 less a day on both sides, so that a timestamp has a calendar day in every time zone."""


def in_calendar(timestamp: int) -> bool:
    """Whether a timestamp (unix seconds) has a calendar day in every time zone."""
    return FIRST_SECOND <= timestamp <= LAST_SECOND
