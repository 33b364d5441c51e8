"""How a value of one type becomes a value of another, where an attribute takes the place of an old one.

Intercom converts nothing: values are copied to the new attribute, by whoever copies them. A rule for each pair of the
six types says what converts and what does not. A value is what Intercom's objects hold: a text, a number, a boolean,
or for a date Unix seconds. `convert` of an attribute's `replaces` comes before the rule, value by value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import product
from types import MappingProxyType

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from .attribute import DataType

Value = str | bool | int | float
# Before and behind these no date of a person lies; what does is in milliseconds, or no date (1970 to 2100).
FIRST_SECOND, LAST_SECOND = 0, 4_102_444_800
# The whole numbers that a decimal number holds exactly.
_EXACT = 2**53
_WHOLE = lazy_pattern(r"0|-?[1-9]\d*", re.ASCII)
_DECIMAL = lazy_pattern(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Converted:
    """The new value."""

    value: Value


@dataclass(frozen=True, slots=True)
class NotConvertible:
    """Why there is no new value, as the end of a sentence about the old one."""

    reason: str


Result = Converted | NotConvertible


@dataclass(frozen=True, slots=True)
class ConversionRule:
    """How the values of a type become values of another, without a `convert`.

    `how` says what converts, and `lost` what does not; None where every value converts. `distinct`: different values
    stay different.
    """

    was: DataType
    now: DataType
    how: str
    lost: str | None
    distinct: bool = True


def convert(
    value: Value,
    was: DataType,
    now: DataType,
    mapping: Mapping[str, Value] = MappingProxyType({}),
    options: Sequence[str] = (),
) -> Result:
    """The value of an attribute of type `was`, for one of type `now` that has these `options`.

    `mapping` is `convert` of the specs: by the value as text, what it becomes.
    """
    if not _is_of_type(value, was):
        return NotConvertible(f"is no value of type {was}")
    written = value_text(value, was)
    if written in mapping:
        return written_value(mapping[written], now, options)
    if was is now is not DataType.OPTIONS:
        return Converted(value)
    if now.is_text:
        return _as_option(written, options) if now is DataType.OPTIONS else Converted(written)
    return _CONVERTERS[was, now](value)


def written_value(value: Value, now: DataType, options: Sequence[str] = ()) -> Result:
    """A value that specs write for an attribute of this type: days as `2026-01-31`, the rest as it is."""
    match now:
        case DataType.OPTIONS:
            return _as_option(value_text(value, DataType.STRING), options)
        case DataType.DATE if isinstance(value, str):
            return _text_to_date(value)
        case DataType.FLOAT if isinstance(value, int) and not isinstance(value, bool):
            return _whole_to_decimal(value)
        case _:
            return Converted(value) if _is_of_type(value, now) else NotConvertible(f"is no {_NOUNS[now]}")


def read_value(written: str, was: DataType, options: Sequence[str] = ()) -> Value | None:
    """The value of this type that a key of `convert` stands for; None where it stands for none."""
    if was is DataType.OPTIONS:
        return written if written in options or not options else None
    if was is DataType.STRING:
        return written
    result = _FROM_TEXT[was](written)
    is_same = isinstance(result, Converted) and value_text(result.value, was) == written
    return result.value if isinstance(result, Converted) and is_same else None


def value_text(value: Value, was: DataType) -> str:
    """A value as the text that `convert` names it by: `true`, `3`, `2.5`, `2026-01-31`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if was is DataType.DATE:
        return _date_to_text(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    return str(value)


def lost_values(
    values: Iterable[Value],
    was: DataType,
    now: DataType,
    mapping: Mapping[str, Value] = MappingProxyType({}),
    options: Sequence[str] = (),
) -> dict[Value, str]:
    """The values that do not convert, each once, with the reason."""
    lost: dict[Value, str] = {}
    for value in values:
        result = convert(value, was, now, mapping, options)
        if isinstance(result, NotConvertible):
            lost.setdefault(value, result.reason)
    return lost


def possible_values(was: DataType, options: Sequence[str]) -> list[Value] | None:
    """All values that an attribute can have, in their order; None where there is no end of them."""
    if was is DataType.OPTIONS:
        return [*options]
    return [True, False] if was is DataType.BOOLEAN else None


def conversion_rule(was: DataType, now: DataType) -> ConversionRule:
    """The rule of a pair of types."""
    return CONVERSIONS[was, now]


# --- one value ----------------------------------------------------------------------------------------------


def _is_of_type(value: Value, data_type: DataType) -> bool:
    match data_type:
        case DataType.STRING | DataType.OPTIONS:
            return isinstance(value, str)
        case DataType.BOOLEAN:
            return isinstance(value, bool)
        case DataType.FLOAT:
            return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        case DataType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case DataType.DATE:
            return (
                isinstance(value, int)
                and not isinstance(value, bool)
                and FIRST_SECOND <= value <= LAST_SECOND
            )


def _as_option(written: str, options: Sequence[str]) -> Result:
    return Converted(written) if written in options else NotConvertible("is none of the new options")


def _date_to_text(value: float) -> str:
    """The day, or where it is not midnight in UTC the moment."""
    moment = datetime.fromtimestamp(value, UTC)
    day = moment.date().isoformat()
    return day if moment.time() == moment.time().min else f"{day}T{moment:%H:%M:%S}Z"


def _text_to_whole(value: Value) -> Result:
    return (
        Converted(int(str(value)))
        if _WHOLE.fullmatch(str(value)) and len(str(value)) <= 20
        else NotConvertible("is no whole number")
    )


def _text_to_decimal(value: Value) -> Result:
    number = float(str(value)) if _DECIMAL.fullmatch(str(value)) and len(str(value)) <= 40 else math.inf
    return Converted(number) if math.isfinite(number) else NotConvertible("is no number")


def _text_to_boolean(value: Value) -> Result:
    known = {"true": True, "false": False}.get(str(value).strip().casefold())
    return NotConvertible("is neither `true` nor `false`") if known is None else Converted(known)


def _text_to_date(value: Value) -> Result:
    written = str(value).strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
            day = date.fromisoformat(written)
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})", written, re.ASCII):
            moment = datetime.fromisoformat(written)
        else:
            return NotConvertible("is no day such as `2026-01-31`")
    except ValueError:
        return NotConvertible("is no day of the calendar")
    return _seconds_to_date(int(moment.timestamp()))


def _seconds_to_date(value: Value) -> Result:
    if isinstance(value, float):
        if not value.is_integer():
            return NotConvertible("is no whole number of seconds")
        value = int(value)
    if isinstance(value, int) and FIRST_SECOND <= value <= LAST_SECOND:
        return Converted(value)
    return NotConvertible("is no moment between 1970 and 2100 in Unix seconds")


def _whole_to_decimal(value: Value) -> Result:
    assert isinstance(value, int)
    return Converted(float(value)) if abs(value) <= _EXACT else NotConvertible("is too large to stay exact")


def _decimal_to_whole(value: Value) -> Result:
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return Converted(int(value)) if is_whole else NotConvertible("has a fraction")


def _number_to_boolean(value: Value) -> Result:
    return Converted(bool(value)) if value in (0, 1) else NotConvertible("is neither 0 nor 1")


def _boolean_to_whole(value: Value) -> Result:
    return Converted(int(value))


def _boolean_to_decimal(value: Value) -> Result:
    return Converted(float(value))


def _never(_: Value) -> Result:
    return NotConvertible("has no counterpart")


# --- the rules ----------------------------------------------------------------------------------------------

_Converter = Callable[[Value], Result]
_NOUNS: Mapping[DataType, str] = {
    DataType.STRING: "text",
    DataType.INTEGER: "whole number",
    DataType.FLOAT: "number",
    DataType.BOOLEAN: "`true` or `false`",
    DataType.DATE: "day",
    DataType.OPTIONS: "option",
}
_FROM_TEXT: Mapping[DataType, _Converter] = {
    DataType.INTEGER: _text_to_whole,
    DataType.FLOAT: _text_to_decimal,
    DataType.BOOLEAN: _text_to_boolean,
    DataType.DATE: _text_to_date,
}
_TEXTS = (DataType.STRING, DataType.OPTIONS)
_CONVERTERS: Mapping[tuple[DataType, DataType], _Converter] = {
    **{(was, now): _FROM_TEXT[now] for was, now in product(_TEXTS, _FROM_TEXT)},
    (DataType.INTEGER, DataType.FLOAT): _whole_to_decimal,
    (DataType.INTEGER, DataType.BOOLEAN): _number_to_boolean,
    (DataType.INTEGER, DataType.DATE): _seconds_to_date,
    (DataType.FLOAT, DataType.INTEGER): _decimal_to_whole,
    (DataType.FLOAT, DataType.BOOLEAN): _number_to_boolean,
    (DataType.FLOAT, DataType.DATE): _seconds_to_date,
    (DataType.BOOLEAN, DataType.INTEGER): _boolean_to_whole,
    (DataType.BOOLEAN, DataType.FLOAT): _boolean_to_decimal,
    (DataType.BOOLEAN, DataType.DATE): _never,
    (DataType.DATE, DataType.INTEGER): lambda value: Converted(value),
    (DataType.DATE, DataType.FLOAT): lambda value: Converted(float(value)),
    (DataType.DATE, DataType.BOOLEAN): _never,
}
_SAME = "every value stays as it is"
_NO_OPTION = "whatever is none of the new options"
_FROM_TEXT_WORDS: Mapping[DataType, tuple[str, str, bool]] = {
    DataType.INTEGER: (
        "a text of digits, such as `42` or `-7`, becomes that number",
        "any other text, such as `7.5`, `1,000` or `042`",
        True,
    ),
    DataType.FLOAT: (
        "a text that is a number, such as `7.5` or `42`, becomes that number",
        "any other text, such as `1,000` or `7.5 kg`",
        False,
    ),
    DataType.BOOLEAN: (
        "`true` and `false`, in any case, become true and false",
        "any other text, such as `yes`",
        False,
    ),
    DataType.DATE: (
        "a day such as `2026-01-31` becomes its beginning in UTC, and a moment such as `2026-01-31T09:00:00Z` that",
        "any other text, such as `31/01/2026`, and days before 1970 or after 2100",
        False,
    ),
}
_AS_OPTION: Mapping[DataType, str] = {
    DataType.STRING: "a text that is one of the new options stays as it is",
    DataType.OPTIONS: "an option that the new attribute has, too, stays as it is",
    DataType.INTEGER: "a number becomes the option that is written like it, such as `3`",
    DataType.FLOAT: "a number becomes the option that is written like it, such as `2.5` or `3`",
    DataType.BOOLEAN: "true and false become the options `true` and `false`",
    DataType.DATE: "a date becomes the option that is written like its day in UTC, such as `2026-01-31`",
}
_AS_TEXT: Mapping[DataType, str] = {
    DataType.STRING: _SAME,
    DataType.OPTIONS: "an option becomes the text of the same letters",
    DataType.INTEGER: "a number becomes its digits, such as `42`",
    DataType.FLOAT: "a number becomes its digits, such as `2.5` or `3`",
    DataType.BOOLEAN: "true and false become `true` and `false`",
    DataType.DATE: "a date becomes `2026-01-31`, and where it is not midnight in UTC `2026-01-31T09:00:00Z`",
}
_BETWEEN_NUMBERS: Mapping[tuple[DataType, DataType], tuple[str, str | None]] = {
    (DataType.INTEGER, DataType.FLOAT): (
        "a whole number becomes the same number",
        "numbers beyond 9,007,199,254,740,992, which would not stay exact",
    ),
    (DataType.INTEGER, DataType.BOOLEAN): ("1 becomes true, 0 becomes false", "any other number"),
    (DataType.INTEGER, DataType.DATE): (
        "a number is read as Unix seconds",
        "numbers that are no moment between 1970 and 2100, such as milliseconds",
    ),
    (DataType.FLOAT, DataType.INTEGER): (
        "a number without a fraction becomes the same number",
        "numbers with a fraction",
    ),
    (DataType.FLOAT, DataType.BOOLEAN): ("1 becomes true, 0 becomes false", "any other number"),
    (DataType.FLOAT, DataType.DATE): (
        "a number without a fraction is read as Unix seconds",
        "numbers with a fraction, and those that are no moment between 1970 and 2100",
    ),
    (DataType.BOOLEAN, DataType.INTEGER): ("true becomes 1, false becomes 0", None),
    (DataType.BOOLEAN, DataType.FLOAT): ("true becomes 1, false becomes 0", None),
    (DataType.BOOLEAN, DataType.DATE): ("nothing converts by itself", "true and false: neither is a date"),
    (DataType.DATE, DataType.INTEGER): ("a date becomes its Unix seconds", None),
    (DataType.DATE, DataType.FLOAT): ("a date becomes its Unix seconds", None),
    (DataType.DATE, DataType.BOOLEAN): (
        "nothing converts by itself",
        "any date: none is true or false",
    ),
}


def _rule(was: DataType, now: DataType) -> ConversionRule:
    if now is DataType.OPTIONS:
        return ConversionRule(was, now, _AS_OPTION[was], _NO_OPTION)
    if now is DataType.STRING:
        return ConversionRule(was, now, _AS_TEXT[was], None)
    if was is now:
        return ConversionRule(was, now, _SAME, None)
    if was in _TEXTS:
        return ConversionRule(was, now, *_FROM_TEXT_WORDS[now])
    return ConversionRule(was, now, *_BETWEEN_NUMBERS[was, now])


CONVERSIONS: Mapping[tuple[DataType, DataType], ConversionRule] = MappingProxyType(
    {(was, now): _rule(was, now) for was, now in product(DataType, DataType)}
)
"""The rule of every pair of types."""
