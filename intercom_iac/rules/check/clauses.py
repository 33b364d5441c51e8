"""What is said of a field, against its type: clause -> typed test. `Wrong` tells what would have worked."""

from __future__ import annotations

from typing import Any, cast

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import (
    Amount,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    FieldTest,
    IsKnown,
    IsTrue,
    Matches,
    OnDay,
    OneOf,
    Value,
    Within,
)
from intercom_iac.text import Span

from ..corrections import instead
from ..syntax import tree as s
from ..syntax.parse import MAX_MISTAKES
from .values import Wrong, as_written, day_of, days_of, options_of, shortened, text_of, value_of

_WORKS = {
    DataType.STRING: "`=`, `!=`, `in`, `contains`, `starts with`, `ends with`, `is unknown` or `has any value`",
    DataType.INTEGER: "`=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `is unknown` or `has any value`",
    DataType.BOOLEAN: "`is true`, `is false`, `is unknown` or `has any value`",
    DataType.DATE: "`before`, `on`, `after`, `within next 3 days`, `more than 3 days ago`, `is unknown` or "
    "`has any value`",
}
# The day of an occurrence: there is always one.
_WORKS_ON_A_DAY = "`before`, `on`, `after`, `within last 3 days` or `more than 3 days ago`"
_WORKS[DataType.OPTIONS] = _WORKS[DataType.STRING]
_WORKS[DataType.FLOAT] = _WORKS[DataType.INTEGER]
_KINDS = {
    DataType.STRING: "a text",
    DataType.OPTIONS: "a text with options",
    DataType.INTEGER: "an integer",
    DataType.FLOAT: "a float",
    DataType.BOOLEAN: "a boolean",
    DataType.DATE: "a date",
}

_SIGNS: dict[str, str] = {
    "exactly": "=",
    "less than": "<",
    "at most": "<=",
    "more than": ">",
    "greater than": ">",
    "at least": ">=",
}
_AMOUNTS: dict[str, Amount] = {
    "=": "exactly",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
    "greater than": "more than",
    "exactly": "exactly",
    "less than": "less than",
    "at most": "at most",
    "more than": "more than",
    "at least": "at least",
}
_SIDES: dict[str, Any] = {
    "<": "<",
    "<=": "<=",
    "=": "=",
    ">=": ">=",
    ">": ">",
    "before": "<",
    "on": "=",
    "after": ">",
}


# What to write instead where an operator goes with the other kind of operand.
_WITH_A_DAY = {
    "exactly": "on",
    "less than": "before",
    "at most": "<=",
    "more than": "after",
    "greater than": "after",
    "at least": ">=",
}
_WITH_DAYS = {
    ("before", "ago"): "more than",
    ("after", "ago"): "less than",
    ("on", "ago"): "exactly",
    ("before", "from now"): "less than",
    ("after", "from now"): "more than",
    ("on", "from now"): "exactly",
}


def field_test(node: s.Test, field: Field) -> tuple[FieldTest, bool]:
    """The test, and whether its complement is meant. Raises `Wrong`."""
    span = node.span
    match node.clause:
        case None:
            if field.type is not DataType.BOOLEAN:
                message = f"`{field.name}` alone is no test: it is {_KINDS[field.type]}"
                raise Wrong(
                    codes.OPERATOR.at(span, message, hint=f"on {_KINDS[field.type]} use {_WORKS[field.type]}")
                )
            return IsTrue(field, span), False
        case s.Presence(known=known):
            return IsKnown(field, span), not known
        case s.Membership(negated=negated, values=values):
            return OneOf(field, _members(values, field, node.clause), span), negated
        case s.Matching(operator=operator, negated=negated, operand=operand):
            if not field.type.is_text:
                raise _unfit(f"{'not ' if negated else ''}{operator}", field, node.clause)
            text = text_of(operand, field)
            if not text:
                raise Wrong(codes.VALUE.at(operand.span, f"`{operator}` needs a text that is not empty"))
            return Matches(field, operator, text, span), negated
        case s.Window():
            if field.type is not DataType.DATE:
                raise _unfit("within", field, node.clause)
            return OnDay(field, _window(node.clause), span), False
        case s.Comparison():
            return _compared(node.clause, field, span)


def day_test(clause: s.Clause, event: str) -> DayTest:
    """The test of the day of an event's occurrence. Raises `Wrong`."""
    match clause:
        case s.Window():
            return _window(clause)
        case s.Comparison(operand=s.Constant(kind="number", text=number)):
            message = f"`{clause.operator} {shortened(number)}` does not test the day of `{event}`"
            hint = f"to count its occurrences write `count {clause.operator} {shortened(number)}`"
            raise Wrong(codes.OPERATOR.at(clause.span, message, hint=hint))
        case s.Comparison(operator=operator) if operator != "!=":
            return _day(clause, f"the day of `{event}`")
        case _:
            message = f"this does not test the day of `{event}`"
            raise Wrong(codes.OPERATOR.at(clause.span, message, hint=f"use {_WORKS_ON_A_DAY}"))


def _members(values: tuple[s.Constant, ...], field: Field, clause: s.Membership) -> tuple[Value, ...]:
    if field.type in (DataType.DATE, DataType.BOOLEAN):
        raise _unfit("in", field, clause)
    found: list[Value] = []
    wrong: list[Diagnostic] = []
    options = options_of(field)
    for value in values:
        if len(wrong) >= MAX_MISTAKES:
            break
        try:
            if value.text in options:
                found.append(value.text)
                continue
            found.append(value_of(value, field))
        except Wrong as error:
            wrong += error.diagnostics
    if wrong:
        raise Wrong(*wrong)
    return tuple(found)


def _compared(clause: s.Comparison, field: Field, span: Span | None) -> tuple[FieldTest, bool]:
    negated = clause.operator == "!="
    if field.type is DataType.DATE:
        positive = s.Comparison("=", clause.operand, clause.span) if negated else clause
        return OnDay(field, _day(positive, f"`{field.name}`"), span), negated
    sign = "=" if negated else _SIGNS.get(clause.operator, clause.operator)
    if sign in ("before", "on", "after") or (sign != "=" and not field.type.is_number):
        raise _unfit(clause.operator, field, clause)
    value = value_of(clause.operand, field)
    if sign != "=":
        assert isinstance(value, (int, float))
        return Compares(field, cast("Any", sign), value, span), False
    # One form for one meaning: `f is true` is the test `f`.
    return (IsTrue(field, span) if value is True else Equals(field, value, span)), negated


def _window(clause: s.Window) -> DayTest:
    return Within(clause.direction or "next", days_of(clause))


def _day(clause: s.Comparison, subject: str) -> DayTest:
    operator, operand = clause.operator, clause.operand
    if isinstance(operand, s.Moment):
        if operator not in _AMOUNTS:
            written = as_written(operand)
            message = f"`{operator}` takes a day of the calendar, not `{written}`"
            right = f"{_WITH_DAYS[operator, operand.hence]} {written}"
            fix = instead(clause.span, right, safe=True)
            raise Wrong(codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix))
        return Away(_AMOUNTS[operator], days_of(operand), operand.hence)
    if operand.kind != "day":
        what = "a number" if operand.kind == "number" else "text"
        hint = "write a day such as `2026-01-31`"
        if operand.kind == "number" and operator in _AMOUNTS:
            hint += f", or `{_AMOUNTS[operator]} {shortened(operand.text)} days ago`"
        message = f"{subject} is a date, and `{shortened(operand.text)}` is {what}"
        raise Wrong(codes.VALUE.at(operand.span, message, hint=hint))
    day = day_of(operand)
    if operator not in _SIDES:
        message = f"`{operator}` takes a number of days, not a day of the calendar"
        right = f"{_WITH_A_DAY[operator]} {operand.text}"
        fix = instead(clause.span, right, safe=True)
        raise Wrong(codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix))
    return Calendar(_SIDES[operator], day)


def _unfit(operator: str, field: Field, clause: s.Clause) -> Wrong:
    kind = _KINDS[field.type]
    message = f"`{operator}` does not work on `{field.name}`, {kind}"
    return Wrong(codes.OPERATOR.at(clause.span, message, hint=f"on {kind} use {_WORKS[field.type]}"))
