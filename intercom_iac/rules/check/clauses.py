"""Clauses against the type of their field: clause -> typed test, or the mistakes, which tell what would work."""

from __future__ import annotations

from typing import Any, cast

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

from ..corrections import replacement_fix
from ..syntax import tree as s
from ..syntax.parse import MAX_MISTAKES
from .values import Mistakes, day_of, days_of, operand_text, options_of, shorten, text_of, value_of

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


def field_test(node: s.Test, field: Field) -> tuple[FieldTest, bool] | Mistakes:
    """The test, and whether its complement is meant."""
    span = node.span
    match node.clause:
        case None:
            if field.type is DataType.BOOLEAN:
                return IsTrue(field, span), False
            message = f"`{field.name}` alone is no test: it is {_KINDS[field.type]}"
            return [
                codes.OPERATOR.at(span, message, hint=f"on {_KINDS[field.type]} use {_WORKS[field.type]}")
            ]
        case s.Presence(known=known):
            return IsKnown(field, span), not known
        case s.Membership(negated=negated, values=values):
            members = _members(values, field, node.clause)
            return members if isinstance(members, list) else (OneOf(field, members, span), negated)
        case s.Matching(negated=negated):
            matching = _matching(node.clause, field, span)
            return matching if isinstance(matching, list) else (matching, negated)
        case s.Window():
            is_date = field.type is DataType.DATE
            window = _window(node.clause) if is_date else _unfit("within", field, node.clause)
            return window if isinstance(window, list) else (OnDay(field, window, span), False)
        case s.Comparison():
            return _check_comparison(node.clause, field, span)


def day_test(clause: s.Clause, event: str) -> DayTest | Mistakes:
    """The test of the day of an event's occurrence."""
    match clause:
        case s.Window():
            return _window(clause)
        case s.Comparison(operand=s.Constant(kind="number", text=number)):
            message = f"`{clause.operator} {shorten(number)}` does not test the day of `{event}`"
            hint = f"to count its occurrences write `count {clause.operator} {shorten(number)}`"
            return [codes.OPERATOR.at(clause.span, message, hint=hint)]
        case s.Comparison(operator=operator) if operator != "!=":
            return _day(clause, f"the day of `{event}`")
        case _:
            message = f"this does not test the day of `{event}`"
            return [codes.OPERATOR.at(clause.span, message, hint=f"use {_WORKS_ON_A_DAY}")]


def _members(
    values: tuple[s.Constant, ...], field: Field, clause: s.Membership
) -> tuple[Value, ...] | Mistakes:
    if field.type in (DataType.DATE, DataType.BOOLEAN):
        return _unfit("in", field, clause)
    members: list[Value] = []
    mistakes: Mistakes = []
    options = options_of(field)
    for value in values:
        if len(mistakes) >= MAX_MISTAKES:
            break
        member = value.text if value.text in options else value_of(value, field)
        if isinstance(member, list):
            mistakes += member
        else:
            members.append(member)
    return mistakes or tuple(members)


def _matching(clause: s.Matching, field: Field, span: Span | None) -> Matches | Mistakes:
    if not field.type.is_text:
        return _unfit(f"{'not ' if clause.negated else ''}{clause.operator}", field, clause)
    text = text_of(clause.operand, field)
    if text == "":
        return [codes.VALUE.at(clause.operand.span, f"`{clause.operator}` needs a text that is not empty")]
    return text if isinstance(text, list) else Matches(field, clause.operator, text, span)


def _check_comparison(
    clause: s.Comparison, field: Field, span: Span | None
) -> tuple[FieldTest, bool] | Mistakes:
    negated = clause.operator == "!="
    if field.type is DataType.DATE:
        positive = s.Comparison("=", clause.operand, clause.span) if negated else clause
        day = _day(positive, f"`{field.name}`")
        return day if isinstance(day, list) else (OnDay(field, day, span), negated)
    sign = "=" if negated else _SIGNS.get(clause.operator, clause.operator)
    if sign in ("before", "on", "after") or (sign != "=" and not field.type.is_number):
        return _unfit(clause.operator, field, clause)
    value = value_of(clause.operand, field)
    if isinstance(value, list):
        return value
    if sign != "=":
        assert isinstance(value, (int, float))
        return Compares(field, cast("Any", sign), value, span), False
    # One form for one meaning: `f is true` is the test `f`.
    return (IsTrue(field, span) if value is True else Equals(field, value, span)), negated


def _window(clause: s.Window) -> DayTest | Mistakes:
    days = days_of(clause)
    return days if isinstance(days, list) else Within(clause.direction or "next", days)


def _day(clause: s.Comparison, subject: str) -> DayTest | Mistakes:
    if isinstance(clause.operand, s.Moment):
        return _away_test(clause, clause.operand)
    return _on_calendar(clause, clause.operand, subject)


def _away_test(clause: s.Comparison, moment: s.Moment) -> DayTest | Mistakes:
    operator = clause.operator
    if operator not in _AMOUNTS:
        written = operand_text(moment)
        message = f"`{operator}` takes a day of the calendar, not `{written}`"
        right = f"{_WITH_DAYS[operator, moment.hence]} {written}"
        fix = replacement_fix(clause.span, right, safe=True)
        return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
    days = days_of(moment)
    return days if isinstance(days, list) else Away(_AMOUNTS[operator], days, moment.hence)


def _on_calendar(clause: s.Comparison, constant: s.Constant, subject: str) -> DayTest | Mistakes:
    operator = clause.operator
    if constant.kind != "day":
        what = "a number" if constant.kind == "number" else "text"
        hint = "write a day such as `2026-01-31`"
        if constant.kind == "number" and operator in _AMOUNTS:
            hint += f", or `{_AMOUNTS[operator]} {shorten(constant.text)} days ago`"
        message = f"{subject} is a date, and `{shorten(constant.text)}` is {what}"
        return [codes.VALUE.at(constant.span, message, hint=hint)]
    day = day_of(constant)
    if isinstance(day, list):
        return day
    if operator not in _SIDES:
        message = f"`{operator}` takes a number of days, not a day of the calendar"
        right = f"{_WITH_A_DAY[operator]} {constant.text}"
        fix = replacement_fix(clause.span, right, safe=True)
        return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
    return Calendar(_SIDES[operator], day)


def _unfit(operator: str, field: Field, clause: s.Clause) -> Mistakes:
    kind = _KINDS[field.type]
    message = f"`{operator}` does not work on `{field.name}`, {kind}"
    return [codes.OPERATOR.at(clause.span, message, hint=f"on {kind} use {_WORKS[field.type]}")]
