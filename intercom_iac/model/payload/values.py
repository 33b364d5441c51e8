"""What is wrong with one value that is sent for an attribute or a metadata key: one judge for every reader."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, cast

from intercom_iac.lazy_pattern import lazy_pattern

from ..attribute import DataType
from ..limits import MAX_TEXT_LENGTH
from .shape import PayloadField

# Unix seconds of 1970 and of 2100: what lies outside is no day that somebody meant. Values in milliseconds have
# corrupted dates in Intercom (its OpenAPI repository, pull request 525).
EARLIEST_SECOND = 0
LATEST_SECOND = 4_102_444_800
_MILLISECONDS = 1000

_ISO_DATE = lazy_pattern(r"\s*\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d.*)?\s*", re.DOTALL)
_NUMBER_TEXT = lazy_pattern(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*")
_BOOLEAN_TEXTS = frozenset({"true", "false", "yes", "no", "0", "1", "t", "f"})
# What a rich link's address and an amount's currency are, in the words that the regular expressions of Python, of
# JavaScript and of Rust share: the JSON Schemas of records have them too.
NOT_IN_LINKS = r"[\x00-\x20\x7f]"
LINK = r"https?://[^\x00-\x20\x7f]+"
CURRENCY = "[A-Za-z]{3}"
_LINK = lazy_pattern(LINK)
_CURRENCY = lazy_pattern(CURRENCY)


class Fault(StrEnum):
    """The ways in which a value is wrong."""

    WRONG_TYPE = "wrong type"
    NOT_AN_OPTION = "not an option"
    MILLISECONDS = "milliseconds"
    OUT_OF_CALENDAR = "out of calendar"
    NUMBER_AS_TEXT = "number as text"
    BOOLEAN_AS_TEXT = "boolean as text"
    DATE_AS_TEXT = "date as text"
    TOO_LONG = "too long"
    NESTED = "nested"
    LIST = "list"
    NULL = "null"
    RICH_LINK = "rich link"
    MONEY = "money"
    NOT_FINITE = "not finite"


def value_fault(field: PayloadField, value: Any) -> Fault | None:
    """What is wrong with a JSON value of a field; None where nothing is.

    Lengths are in characters (code points), dates in whole Unix seconds. A number with a fraction of nothing (`3.0`)
    is a whole one, as in JSON Schema. Null clears an attribute; metadata takes none.
    """
    return _JUDGES[field.type](field, value)


def _other_fault(field: PayloadField, value: Any) -> Fault | None:
    """What is wrong with a value that is not of the field's JSON type."""
    if value is None:
        return None if field.nullable else Fault.NULL
    if isinstance(value, dict):
        return _object_fault(field, cast("dict[Any, Any]", value))
    if isinstance(value, list | tuple):
        return Fault.LIST
    is_finite = not isinstance(value, float) or math.isfinite(value)
    return Fault.WRONG_TYPE if is_finite else Fault.NOT_FINITE


def _object_fault(field: PayloadField, value: dict[Any, Any]) -> Fault | None:
    """Event metadata takes two objects: a rich link, and an amount of money (API 2.16 description, POST /events)."""
    if field.owner != "event" or not field.custom:
        return Fault.NESTED
    keys = set(value)
    if field.type is DataType.STRING and keys & {"url", "value"}:
        url, text = value.get("url"), value.get("value")
        well_formed = (
            keys == {"url", "value"}
            and isinstance(url, str)
            and isinstance(text, str)
            and _LINK.fullmatch(url) is not None
            and max(len(url), len(text)) <= MAX_TEXT_LENGTH
        )
        return None if well_formed else Fault.RICH_LINK
    if field.type.is_number and keys & {"amount", "currency"}:
        amount, currency = value.get("amount"), value.get("currency")
        well_formed = (
            keys == {"amount", "currency"}
            and _is_whole(amount)
            and isinstance(currency, str)
            and _CURRENCY.fullmatch(currency) is not None
        )
        return None if well_formed else Fault.MONEY
    return Fault.NESTED


def _boolean_fault(field: PayloadField, value: Any) -> Fault | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().lower() in _BOOLEAN_TEXTS:
        return Fault.BOOLEAN_AS_TEXT
    return _other_fault(field, value)


def _date_fault(field: PayloadField, value: Any) -> Fault | None:
    if isinstance(value, str):
        if _ISO_DATE.fullmatch(value):
            return Fault.DATE_AS_TEXT
        return Fault.NUMBER_AS_TEXT if _NUMBER_TEXT.fullmatch(value) else Fault.WRONG_TYPE
    if not _is_finite_number(value):
        return _other_fault(field, value)
    if EARLIEST_SECOND <= value <= LATEST_SECOND:
        return None if _is_whole(value) else Fault.WRONG_TYPE
    in_milliseconds = LATEST_SECOND < value <= LATEST_SECOND * _MILLISECONDS
    return Fault.MILLISECONDS if in_milliseconds else Fault.OUT_OF_CALENDAR


def _number_fault(field: PayloadField, value: Any) -> Fault | None:
    if isinstance(value, str):
        return Fault.NUMBER_AS_TEXT if _NUMBER_TEXT.fullmatch(value) else Fault.WRONG_TYPE
    if not _is_finite_number(value):
        return _other_fault(field, value)
    return Fault.WRONG_TYPE if field.type is DataType.INTEGER and not _is_whole(value) else None


def _text_fault(field: PayloadField, value: Any) -> Fault | None:
    if not isinstance(value, str):
        return _other_fault(field, value)
    if field.max_length is not None and len(value) > field.max_length:
        return Fault.TOO_LONG
    if field.type is DataType.OPTIONS and value not in field.options and not field.open_options:
        return Fault.NOT_AN_OPTION
    return None


_JUDGES: Mapping[DataType, Callable[[PayloadField, Any], Fault | None]] = MappingProxyType(
    {
        DataType.STRING: _text_fault,
        DataType.OPTIONS: _text_fault,
        DataType.INTEGER: _number_fault,
        DataType.FLOAT: _number_fault,
        DataType.BOOLEAN: _boolean_fault,
        DataType.DATE: _date_fault,
    }
)


def _is_finite_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
