"""A cell of a table as the JSON that it stands for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast


class NotText(Exception):
    """Bytes that are no text in UTF-8."""


def json_value(value: Any) -> Any:
    """A value of a row. Raises `NotText`."""
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, bytes | bytearray):
        try:
            return bytes(value).decode()
        except UnicodeDecodeError as error:
            raise NotText from error
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        members = cast("dict[Any, Any]", value)
        return {str(key): json_value(member) for key, member in members.items() if member is not None}
    if isinstance(value, list | tuple):
        return [None if member is None else json_value(member) for member in cast("list[Any]", value)]
    return str(value)
