"""Constants against types: what a rule's values are, and what is said when they do not fit their field."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from datetime import date

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import Value
from intercom_iac.text import cached_by_identity, near, suggestion

from ..corrections import as_text, near_option
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
_KINDS = {"word": "text", "text": "text", "number": "a number", "day": "a day"}


class Wrong(Exception):
    """Constants or an operator that do not fit; holds the diagnostics."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


def value_of(operand: s.Operand, field: Field) -> Value:
    """The operand as a value of the field's type. Raises `Wrong`. Dates are not values but days."""
    if isinstance(operand, s.Moment):
        raise _mismatch(operand, field, "a time")
    match field.type:
        case DataType.INTEGER:
            return _integer(operand, field)
        case DataType.FLOAT:
            return float(_number(operand, field))
        case DataType.BOOLEAN:
            return _flag(operand, field)
        case DataType.OPTIONS:
            return _option(operand, field)
        case _:
            return text_of(operand, field)


def text_of(operand: s.Operand, field: Field) -> str:
    """The operand as a text, for a text field. Raises `Wrong`."""
    if isinstance(operand, s.Constant) and operand.kind in ("word", "text"):
        return operand.text
    what = "a time" if isinstance(operand, s.Moment) else _KINDS[operand.kind]
    written = shortened(as_written(operand))
    hint = f"as a text it stands in quotes: `'{written}'`"
    raise _mismatch(operand, field, what, hint, fix=as_text(operand))


def day_of(constant: s.Constant) -> date:
    """A day of the calendar. Raises `Wrong`."""
    try:
        return date.fromisoformat(constant.text)
    except ValueError:
        message = f"`{constant.text}` is not a day of the calendar"
        raise Wrong(codes.DAY.at(constant.span, message, hint="write year-month-day: `2026-01-31`")) from None


def days_of(node: s.Moment | s.Window) -> int:
    """A number of days; a week has seven. Raises `Wrong`."""
    days = whole(node.number, "a number of days", node) * (7 if node.unit == "week" else 1)
    if days > MOST_DAYS:
        unit = f"{node.unit}s"
        message = f"`{shortened(node.number)} {unit}` is too far away"
        raise Wrong(codes.RANGE.at(node.span, message, hint=f"at most {MOST_DAYS} days, a hundred years"))
    return days


def whole(digits: str, what: str, node: s.Moment | s.Window | s.Count) -> int:
    """A number that is whole and not negative; what is too large for anything is one too many. Raises `Wrong`."""
    if not digits.isdecimal():
        message = f"{what} is whole and not negative, unlike `{shortened(digits)}`"
        raise Wrong(codes.RANGE.at(node.span, message, hint="write digits alone, such as `3`"))
    return int(digits) if len(digits.lstrip("0")) <= len(str(MOST_TIMES)) else MOST_TIMES + 1


def times_of(count: s.Count) -> int:
    """How often something happened. Raises `Wrong`."""
    times = whole(count.number, "a count", count)
    if times > MOST_TIMES:
        message = f"`{shortened(count.number)}` is too large for a count"
        raise Wrong(codes.RANGE.at(count.span, message, hint=f"a count goes up to {MOST_TIMES}"))
    return times


def shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _number(operand: s.Constant, field: Field) -> float:
    if operand.kind != "number":
        raise _mismatch(operand, field, _KINDS[operand.kind])
    number = float(operand.text) if len(operand.text) <= _MOST_DIGITS else math.inf
    if math.isinf(number):
        raise _too_large(operand, field)
    return number


def _integer(operand: s.Constant, field: Field) -> int:
    if operand.kind == "number" and "." in operand.text:
        raise _mismatch(operand, field, "a number with a fraction")
    _number(operand, field)
    number = int(operand.text)
    if abs(number) > LARGEST_INTEGER:
        raise _too_large(operand, field)
    return number


def _too_large(operand: s.Constant, field: Field) -> Wrong:
    message = f"`{shortened(operand.text)}` is larger than `{field.name}` can be"
    largest = f"integers go up to {LARGEST_INTEGER}"
    if field.type is DataType.FLOAT:
        largest = f"floats have at most {sys.float_info.max_10_exp} digits before the point"
    hint = f"{largest}; an id of digits is better kept as text"
    return Wrong(codes.RANGE.at(operand.span, message, hint=hint))


def _flag(operand: s.Constant, field: Field) -> bool:
    if operand.kind == "word" and operand.text.casefold() in ("true", "false"):
        return operand.text.casefold() == "true"
    hint = f"write `{field.name}`, `not {field.name}`, `{field.name} is true` or `{field.name} is false`"
    raise _mismatch(operand, field, _KINDS[operand.kind], hint=hint)


def options_of(field: Field) -> frozenset[str]:
    """The options of a field, to be asked for by many rules."""
    return _as_set(field.options)


@cached_by_identity
def _as_set(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(options)


def _option(operand: s.Constant, field: Field) -> str:
    text = operand.text
    if text in options_of(field):
        return text
    listed = listed_options(field)
    message = f"`{field.name}` has no option `{shortened(text)}`"
    found = near(text, field.options) if len(text) <= 255 else None
    close = suggestion(text, found)
    hint = f"{close} its options are {listed}" if close else f"its options are {listed}"
    fix = near_option(operand, field.options, found)
    raise Wrong(codes.OPTION.at(operand.span, message, hint=hint, fix=fix))


def listed_options(field: Field) -> str:
    """The options of a field in a sentence, as many of them as anybody reads."""
    return listed_names(field.options)


def listed_names(names: Sequence[str]) -> str:
    """Names in a sentence, as many of them as anybody reads."""
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_LISTED])
    more = len(names) - _MOST_LISTED
    return f"{listed} and {more:,} more" if more > 0 else listed


def _mismatch(
    operand: s.Operand, field: Field, what: str, hint: str | None = None, fix: Fix | None = None
) -> Wrong:
    written = shortened(as_written(operand))
    message = f"`{field.name}` is {type_name(field)}, and `{written}` is {what}"
    return Wrong(codes.VALUE.at(operand.span, message, hint=hint or _FITTING[field.type], fix=fix))


def type_name(field: Field) -> str:
    return _TYPE_NAMES[field.type]


def as_written(operand: s.Operand) -> str:
    """The operand as it stands in the rule."""
    if isinstance(operand, s.Moment):
        return f"{operand.number} {operand.unit}{'' if operand.number == '1' else 's'} {operand.hence}"
    return operand.text
