"""What is wrong with a value, in words: the same for records that are checked and for code that is read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, cast

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import did_you_mean, printable
from intercom_iac.text.lists import brief_list
from intercom_iac.text.personal import (
    mask_email,
    mask_if_doubtful,
    mask_phone,
    mask_text,
    names_phone,
)

from ..attribute import DataType
from ..limits import MAX_TEXT_LENGTH
from .shape import PayloadField
from .values import EARLIEST_SECOND, LATEST_SECOND, Fault

LONGEST_SHOWN = 40
"""The characters of a value that a message repeats."""

_EXPECTED: Mapping[DataType, str] = MappingProxyType(
    {
        DataType.STRING: "text",
        DataType.INTEGER: "a whole number",
        DataType.FLOAT: "a number",
        DataType.BOOLEAN: "`true` or `false`",
        DataType.DATE: "a date in Unix seconds",
        DataType.OPTIONS: "one of its options, as text",
    }
)
_UNITS = ((1_000, "milliseconds"), (1_000_000, "microseconds"), (1_000_000_000, "nanoseconds"))
_SECRETS = frozenset({"user_hash", "intercom_user_jwt", "auth_tokens"})
_PERSONS_NAME = lazy_pattern(
    r"^name$|(?:first|last|full|middle|given|family|sur|nick|maiden|display|user)[ _-]?name", re.IGNORECASE
)
_TRUE_TEXTS = frozenset({"true", "yes", "1", "t"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultText:
    """The code of a fault, what is wrong, and what to do about it."""

    code: Code
    message: str
    hint: str | None


def describe_fault(field: PayloadField, fault: Fault, value: Any) -> FaultText:
    """A fault that `value_fault` found. The message repeats no more of a value than `shown_value` gives."""
    code, describe = _DESCRIPTIONS[fault]
    message, hint = describe(field, value)
    return FaultText(code=code, message=message, hint=hint)


def expected_value(field: PayloadField) -> str:
    """What a field takes, in words."""
    return _EXPECTED[field.type]


def shown_value(field: PayloadField, value: Any) -> str:
    """A value as a message may repeat it: on one line, at most 40 characters, and nothing by which a person or a
    secret is known."""
    if isinstance(value, bool) or value is None:
        return f"`{json.dumps(value)}`"
    if isinstance(value, dict):
        return f"an object of {_count(len(cast('dict[Any, Any]', value)), 'key')}"
    if isinstance(value, list | tuple):
        return f"a list of {_count(len(cast('list[Any]', value)), 'value')}"
    if isinstance(value, int | float):
        return "`•••`" if _is_hidden_number(field, value) else f"`{_shorten(_number_text(value))}`"
    return f'"{shown_text(field, str(value))}"'


def shown_text(field: PayloadField, text: str) -> str:
    """The text of a value as a message may repeat it."""
    if field.name in _SECRETS and not field.custom:
        return "•••"
    if field.name == "email" and not field.custom:
        return mask_email(text)
    if (field.name == "phone" and not field.custom) or names_phone(field.name):
        return mask_phone(text)
    if field.owner != "company" and _PERSONS_NAME.search(field.name):
        return mask_text(text)
    return mask_if_doubtful(text) or _shorten(printable(text[: LONGEST_SHOWN + 1]))


def _is_hidden_number(field: PayloadField, number: float) -> bool:
    """Whether a number tells who a person is, or a secret."""
    is_secret = field.name in _SECRETS and not field.custom
    return is_secret or names_phone(field.name) or mask_if_doubtful(_number_text(number)) is not None


def utc_text(second: float) -> str:
    """`2026-01-31T10:00:00Z` of Unix seconds within the calendar of values."""
    return f"{datetime.fromtimestamp(int(second), UTC).replace(tzinfo=None).isoformat()}Z"


def _wrong_type(field: PayloadField, value: Any) -> tuple[str, str | None]:
    message = f"{_name(field)} takes {expected_value(field)}, not {_with_kind(field, value)}"
    if field.type is DataType.DATE and isinstance(value, float):
        return message, f"send whole seconds: `{math.floor(value)}`"
    if field.type is DataType.INTEGER and isinstance(value, float):
        return message, "round it before it is sent" + (
            ", or declare the type as `float`" if field.custom else ""
        )
    if field.type.is_text and isinstance(value, int | float):
        if isinstance(value, bool):
            return message, None
        shown = "" if _is_hidden_number(field, value) else f": `{_shorten(json.dumps(_number_text(value)))}`"
        return message, f"send it in quotes{shown}"
    return message, None


def _not_an_option(field: PayloadField, value: Any) -> tuple[str, str | None]:
    message = f"{_name(field)} has no option `{shown_text(field, value)}`"
    options = f"its options are {brief_list(field.options)}"
    nearest = did_you_mean(value, field.options)
    return message, options if nearest is None else f"{nearest} {options}"


def _milliseconds(field: PayloadField, value: Any) -> tuple[str, str | None]:
    seconds = int(value // 1000)
    return (
        f"{_name(field)} takes a date in Unix seconds, and {shown_value(field, value)} counts milliseconds",
        f"divide it by 1000: `{seconds}` is {utc_text(seconds)}",
    )


def _out_of_calendar(field: PayloadField, value: Any) -> tuple[str, str | None]:
    message = f"{_name(field)} takes a date of 1970 to 2100 in Unix seconds, not {shown_value(field, value)}"
    for factor, unit in _UNITS:
        if EARLIEST_SECOND * factor <= value <= LATEST_SECOND * factor:
            seconds = int(value // factor)
            return message, f"it looks like {unit}: `{seconds}` is {utc_text(seconds)}"
    return message, None


def _number_as_text(field: PayloadField, value: Any) -> tuple[str, str | None]:
    number = value.strip()
    hint = "send it without quotes"
    if field.type is DataType.INTEGER and not re.fullmatch(r"[+-]?\d+", number):
        hint = "send a whole number without quotes"
    elif number[0] not in "+." and shown_text(field, number) == number:
        hint = f"send it without quotes: `{number}`"
    return f"{_name(field)} takes {expected_value(field)}, not the text {shown_value(field, value)}", hint


def _boolean_as_text(field: PayloadField, value: Any) -> tuple[str, str | None]:
    meant = json.dumps(value.strip().lower() in _TRUE_TEXTS)
    return (
        f"{_name(field)} takes {expected_value(field)}, not the text {shown_value(field, value)}",
        f"send `{meant}` without quotes",
    )


def _date_as_text(field: PayloadField, value: Any) -> tuple[str, str | None]:
    message = f"{_name(field)} takes a date in Unix seconds, not the text {shown_value(field, value)}"
    seconds = _seconds_of(value)
    if seconds is None:
        return message, "send whole Unix seconds"
    return message, f"send `{seconds}`, which is {utc_text(seconds)}"


def _too_long(field: PayloadField, value: Any) -> tuple[str, str | None]:
    return (
        f"{_name(field)} holds {len(value)} characters, more than the {MAX_TEXT_LENGTH} that Intercom keeps",
        f"shorten it to {MAX_TEXT_LENGTH} characters before it is sent",
    )


def _nested_object(field: PayloadField, value: Any) -> tuple[str, str | None]:
    message = f"{_name(field)} takes {expected_value(field)}, not {shown_value(field, value)}"
    if not field.custom:
        return message, None
    kind = "metadata key" if field.owner == "event" else "attribute"
    return message, f"send its values one by one, each under a declared {kind} of its own"


def _list(field: PayloadField, value: Any) -> tuple[str, str | None]:
    return (
        f"{_name(field)} takes {expected_value(field)}, not {shown_value(field, value)}",
        "Intercom has no lists of values: send one value, a text that joins them, or their number",
    )


def _null(field: PayloadField, value: Any) -> tuple[str, str | None]:
    hint = "leave the key out" if not field.required else None
    return f"{_name(field)} takes {expected_value(field)}, not {shown_value(field, value)}", hint


def _rich_link(field: PayloadField, value: Any) -> tuple[str, str | None]:
    del value
    return (
        f"{_name(field)} holds an object that is no rich link",
        'a rich link is `{"url": "https://...", "value": "..."}` and nothing more: two texts of at most '
        f"{MAX_TEXT_LENGTH} characters",
    )


def _money(field: PayloadField, value: Any) -> tuple[str, str | None]:
    hint = 'send `{"amount": 1299, "currency": "eur"}`: whole cents, and a currency of three letters'
    amount = cast("dict[Any, Any]", value).get("amount")
    if isinstance(amount, float) and math.isfinite(amount) and not amount.is_integer():
        hint = f"amounts are whole cents: `{round(amount * 100)}` where it is {amount} of the currency"
    return f"{_name(field)} holds an object that is no amount of money", hint


def _not_finite(field: PayloadField, value: Any) -> tuple[str, str | None]:
    return (
        f"{_name(field)} takes {expected_value(field)}, and JSON has no {shown_value(field, value)}",
        "send null to clear it, or leave the key out" if field.nullable else "leave the key out",
    )


_Describe = Callable[[PayloadField, Any], tuple[str, str | None]]
_DESCRIPTIONS: Mapping[Fault, tuple[Code, _Describe]] = MappingProxyType(
    {
        Fault.WRONG_TYPE: (codes.WRONG_TYPE, _wrong_type),
        Fault.NOT_AN_OPTION: (codes.NOT_AN_OPTION, _not_an_option),
        Fault.MILLISECONDS: (codes.MILLISECONDS, _milliseconds),
        Fault.OUT_OF_CALENDAR: (codes.OUT_OF_CALENDAR, _out_of_calendar),
        Fault.NUMBER_AS_TEXT: (codes.NUMBER_AS_TEXT, _number_as_text),
        Fault.BOOLEAN_AS_TEXT: (codes.BOOLEAN_AS_TEXT, _boolean_as_text),
        Fault.DATE_AS_TEXT: (codes.DATE_AS_TEXT, _date_as_text),
        Fault.TOO_LONG: (codes.TOO_LONG, _too_long),
        Fault.NESTED: (codes.NESTED, _nested_object),
        Fault.LIST: (codes.LIST, _list),
        Fault.NULL: (codes.NULL, _null),
        Fault.RICH_LINK: (codes.RICH_LINK, _rich_link),
        Fault.MONEY: (codes.MONEY, _money),
        Fault.NOT_FINITE: (codes.NOT_FINITE, _not_finite),
    }
)


def _name(field: PayloadField) -> str:
    return f"`{printable(field.name)}`"


def _with_kind(field: PayloadField, value: Any) -> str:
    shown = shown_value(field, value)
    return f"the text {shown}" if isinstance(value, str) else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _number_text(number: float) -> str:
    """A number as JSON has it. One of thousands of digits is not written out, which would take its time."""
    if isinstance(number, int) and number.bit_length() > 8 * LONGEST_SHOWN:
        return "a number of more digits than Intercom keeps"
    return str(number) if isinstance(number, int) else json.dumps(number)


def _seconds_of(text: str) -> int | None:
    """The Unix seconds of an ISO date, in UTC where it names no zone; None where it is no day within the calendar."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = int(moment.timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds if EARLIEST_SECOND <= seconds <= LATEST_SECOND else None
