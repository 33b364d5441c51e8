"""Values of Parquet as the JSON that an application sends of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from intercom_iac.model import DataType
from intercom_iac.model.payload import PayloadField

PLAIN = (bool, int, float, str)
"""The types that JSON has too."""
_MICROSECONDS = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotText(Exception):
    """Bytes that are no text in UTF-8."""


def json_value(value: Any) -> Any:
    """A value of a row, without the nulls within it. Raises `NotText`."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise NotText from error
    if isinstance(value, dict):
        members = cast("dict[Any, Any]", value)
        return {str(key): json_value(member) for key, member in members.items() if member is not None}
    if isinstance(value, list | tuple):
        return [None if member is None else json_value(member) for member in cast("list[Any]", value)]
    return str(value)


def moment_value(microseconds: int, field: PayloadField | None) -> Any:
    """A day or a time: Unix seconds for a date, as an application makes of it, and its text for anything else."""
    seconds, rest = divmod(microseconds, _MICROSECONDS)
    if field is not None and field.type is DataType.DATE:
        return seconds
    try:
        return (_EPOCH + timedelta(seconds=seconds, microseconds=rest)).isoformat()
    except OverflowError:
        return str(microseconds)
