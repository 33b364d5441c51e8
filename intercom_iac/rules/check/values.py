"""Constants against types: the values of a rule, or the mistakes where they do not fit their field.

Each function gives what it is asked for, or `Mistakes`: the diagnostics that say why there is none.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Literal

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import Value
from intercom_iac.text import NearNames, Span, cached_by_identity, nearest_name, suggestion

from ..corrections import as_text, near_option, replacement_fix
from ..syntax import tree as s

LARGEST_INTEGER = 2**63 - 1
# A hundred years either way; the calendar's ends are out of reach of any day close to today.
MOST_DAYS = 36_500
MOST_TIMES = 10**18 - 1
_MOST_DIGITS = 400
_MOST_LISTED = 50

_TYPE_NAMES = {
    DataType.STRING: "text",
    DataType.OPTIONS: "one of its options",
    DataType.INTEGER: "an integer",
    DataType.FLOAT: "a number",
    DataType.BOOLEAN: "true or false",
    DataType.DATE: "a date",
}
# What would have worked; the message of a wrong option lists the options.
_FITTING = {
    DataType.STRING: "write a text: `'such as this'`",
    DataType.OPTIONS: "write one of its options",
    DataType.INTEGER: "write a whole number such as `50`",
    DataType.FLOAT: "write a number such as `0.5`",
    DataType.BOOLEAN: "write `true` or `false`",
    DataType.DATE: "write a day such as `2026-01-31`",
}
Mistakes = list[Diagnostic]

_NUMBER = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?")
# What stands for true and false in files and in SQL, and how a rule has it.
_TRUTHS = {
    **dict.fromkeys(("1", "t", "y", "true", "yes", "on"), "true"),
    **dict.fromkeys(("0", "f", "n", "false", "no", "off"), "false"),
}

_KINDS = {
    "word": "text",
    "text": "text",
    "number": "a number",
    "day": "a day",
    "name": "the name of an attribute",
}


def value_of(operand: s.Operand, field: Field) -> Value | Mistakes:
    """The operand as a value of the field's type. Dates are not values but days."""
    if isinstance(operand, s.Moment):
        return _mismatch(operand, field, "a time")
    if operand.kind == "name":
        return _mismatch(operand, field, _KINDS[operand.kind])
    match field.type:
        case DataType.INTEGER:
            return _integer(operand, field)
        case DataType.FLOAT:
            return _number(operand, field)
        case DataType.BOOLEAN:
            return _flag(operand, field)
        case DataType.OPTIONS:
            return _option(operand, field)
        case _:
            return text_of(operand, field)


def text_of(operand: s.Operand, field: Field) -> str | Mistakes:
    """The operand as a text, for a text field."""
    if isinstance(operand, s.Constant) and operand.kind in ("word", "text"):
        return operand.text
    what = "a time" if isinstance(operand, s.Moment) else _KINDS[operand.kind]
    written = shorten(operand_text(operand))
    hint = f"as a text it stands in quotes: `'{written}'`"
    return _mismatch(operand, field, what, hint, fix=as_text(operand))


def day_of(constant: s.Constant) -> date | Mistakes:
    """A day of the calendar."""
    try:
        return date.fromisoformat(constant.text)
    except ValueError:
        message = f"`{constant.text}` is not a day of the calendar"
        return [codes.DAY.at(constant.span, message, hint="write year-month-day: `2026-01-31`")]


def days_of(digits: str, unit: Literal["day", "week"], span: Span | None) -> int | Mistakes:
    """A number of days; a week has seven."""
    number = _whole_number(digits, "a number of days", span)
    if isinstance(number, list):
        return number
    days = number * (7 if unit == "week" else 1)
    if days > MOST_DAYS:
        message = f"`{shorten(digits)} {unit}s` is too far away"
        return [codes.RANGE.at(span, message, hint=f"at most {MOST_DAYS} days, a hundred years")]
    return days


def _whole_number(digits: str, what: str, span: Span | None) -> int | Mistakes:
    """A number that is whole and not negative; `MOST_TIMES + 1` for any that is larger than `MOST_TIMES`."""
    if not digits.isdecimal():
        message = f"{what} is whole and not negative, unlike `{shorten(digits)}`"
        return [codes.RANGE.at(span, message, hint="write digits alone, such as `3`")]
    return int(digits) if len(digits.lstrip("0")) <= len(str(MOST_TIMES)) else MOST_TIMES + 1


def times_of(digits: str, what: str, span: Span | None) -> int | Mistakes:
    """How often something happened, or on how many days; `what` it counts, for messages."""
    times = _whole_number(digits, what, span)
    if isinstance(times, int) and times > MOST_TIMES:
        message = f"`{shorten(digits)}` is too large for {what}"
        return [codes.RANGE.at(span, message, hint=f"{what} goes up to {MOST_TIMES}")]
    return times


def shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _number(operand: s.Constant, field: Field) -> float | Mistakes:
    if operand.kind != "number":
        return _unquoted(operand, field, _NUMBER)
    number = float(operand.text) if len(operand.text) <= _MOST_DIGITS else math.inf
    return _too_large(operand, field) if math.isinf(number) else number


def _integer(operand: s.Constant, field: Field) -> int | Mistakes:
    if operand.kind == "number" and "." in operand.text:
        return _mismatch(operand, field, "a number with a fraction")
    number = _number(operand, field)
    if isinstance(number, list):
        return number
    integer = int(operand.text)
    return _too_large(operand, field) if abs(integer) > LARGEST_INTEGER else integer


def _too_large(operand: s.Constant, field: Field) -> Mistakes:
    message = f"`{shorten(operand.text)}` is larger than `{field.name}` can be"
    largest = f"integers go up to {LARGEST_INTEGER}"
    if field.type is DataType.FLOAT:
        largest = f"floats have at most {sys.float_info.max_10_exp} digits before the point"
    hint = f"{largest}; an id of digits is better kept as text"
    return [codes.RANGE.at(operand.span, message, hint=hint)]


def _flag(operand: s.Constant, field: Field) -> bool | Mistakes:
    if operand.kind == "word" and operand.text.casefold() in ("true", "false"):
        return operand.text.casefold() == "true"
    hint = f"write `{field.name}`, `not {field.name}`, `{field.name} is true` or `{field.name} is false`"
    if (truth := _TRUTHS.get(operand.text.casefold())) is None:
        return _mismatch(operand, field, _KINDS[operand.kind], hint)
    fix = replacement_fix(operand.span, truth, safe=True)
    return _mismatch(operand, field, _KINDS[operand.kind], f"write `{truth}`", fix)


def _unquoted(operand: s.Constant, field: Field, pattern: re.Pattern[str]) -> Mistakes:
    """The mistake for what is no number; where it is one in quotes, with the number as the fix."""
    if operand.kind != "text" or not pattern.fullmatch(operand.text):
        return _mismatch(operand, field, _KINDS[operand.kind])
    fix = replacement_fix(operand.span, operand.text, safe=True)
    return _mismatch(operand, field, _KINDS[operand.kind], f"write `{operand.text}` without quotes", fix)


def options_of(field: Field) -> frozenset[str]:
    """The options of a field, to be asked for by many rules."""
    return _as_set(field.options)


@cached_by_identity
def _as_set(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(options)


@cached_by_identity
def _near_options(options: tuple[str, ...]) -> NearNames:
    return NearNames(options)


def _option(operand: s.Constant, field: Field) -> str | Mistakes:
    text = operand.text
    if text in options_of(field):
        return text
    listed = options_text(field)
    message = f"`{field.name}` has no option `{shorten(text)}`"
    found = nearest_name(text, _near_options(field.options))
    close = suggestion(text, found)
    hint = f"{close} its options are {listed}" if close else f"its options are {listed}"
    fix = near_option(operand, field.options, found)
    return [codes.OPTION.at(operand.span, message, hint=hint, fix=fix)]


def options_text(field: Field) -> str:
    """The options of a field in a sentence, as many of them as anybody reads."""
    return names_text(field.options)


def names_text(names: Sequence[str]) -> str:
    """Names in a sentence, as many of them as anybody reads."""
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_LISTED])
    more = len(names) - _MOST_LISTED
    return f"{listed} and {more:,} more" if more > 0 else listed


def _mismatch(
    operand: s.Operand, field: Field, what: str, hint: str | None = None, fix: Fix | None = None
) -> Mistakes:
    written = shorten(operand_text(operand))
    message = f"`{field.name}` is {type_name(field)}, and `{written}` is {what}"
    return [codes.VALUE.at(operand.span, message, hint=hint or _FITTING[field.type], fix=fix)]


def type_name(field: Field) -> str:
    return _TYPE_NAMES[field.type]


def operand_text(operand: s.Operand) -> str:
    """The operand as it stands in the rule."""
    if isinstance(operand, s.Moment):
        return f"{operand.number} {operand.unit}{'' if operand.number == '1' else 's'} {operand.hence}"
    return operand.text
