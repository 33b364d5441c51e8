"""Tests of days: a clause on a date, or on the day of an event -> `DayTest`, or the mistakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field
from intercom_iac.model.days import NAMED_DAYS
from intercom_iac.model.predicate import (
    AgainstField,
    Away,
    Calendar,
    DayName,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    NamedDay,
    OrderComparison,
    Within,
)

from ..corrections import replacement_fix
from ..print.text import clause_text, text_of
from ..syntax import tree as s
from ..syntax.operators import AMOUNTS
from ..syntax.special_words import NOW
from .values import Mistakes, day_of, days_of, operand_text, shorten

# The day of an occurrence: there is always one.
_WORKS_ON_A_DAY = (
    "`before`, `on`, `after`, `between`, `within last 3 days`, `more than 3 days ago` or `within 3 days after` "
    "a date of the contact"
)
_SIDES: dict[str, OrderComparison] = {
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
    "at least": ">=",
}
_OTHER_SIDE = {"more than": "at most", "less than": "at least", "before": ">=", "after": "<="}
_NOT_WITH_A_DAY = {"less than": "not earlier than", "more than": "not later than"}
_WITH_DAYS = {
    ("before", "ago"): "more than",
    ("after", "ago"): "less than",
    ("on", "ago"): "exactly",
    ("before", "from now"): "less than",
    ("after", "from now"): "more than",
    ("on", "from now"): "exactly",
}
# What people write for a date that is not there.
_NEVER = frozenset({"never", "na"})
DayClause = s.Window | s.Range | s.Apart | s.Comparison


def day_test(clause: DayClause, subject: str, other: Field | None) -> DayTest | Mistakes:
    """The test of a day that a clause makes, without its negation, which is the caller's; messages repeat it.

    `subject` is what has the day, for messages; `other` the date that the clause names, where it names one.
    """
    match clause:
        case s.Window():
            days = days_of(clause.number, clause.unit, clause.span)
            return days if isinstance(days, list) else Within(clause.direction or "next", days)
        case s.Range():
            return _between(clause, subject)
        case s.Apart():
            return _days_from(clause, other)
        case s.Comparison(operand=operand):
            if isinstance(operand, s.Moment):
                return _away(clause, operand)
            return _beside(clause, operand, subject, other)


def event_day_test(node: s.EventRule, clause: s.Clause, other: Field | None) -> DayTest | Mistakes:
    """The test of the day of an event's occurrence."""
    event = node.event.text
    match clause:
        case s.Comparison(operand=s.Constant(kind="number", text=number)) if s.without_not(clause.operator)[
            0
        ] not in ("before", "on", "after"):
            message = f"`{clause.operator} {shorten(number)}` does not test the day of `{event}`"
            right = f"count {clause.operator} {shorten(number)}"
            fix = replacement_fix(clause.span, right, safe=False)
            hint = f"to count its occurrences write `{right}`"
            return [codes.OPERATOR.at(clause.span, message, hint=hint, fix=fix)]
        case s.Range(first=s.Constant(kind="number", text=first), last=s.Constant(kind="number", text=last)):
            written = f"between {shorten(first)} and {shorten(last)}"
            message = f"`{written}` does not test the day of `{event}`"
            hint = f"to count its occurrences write `count {written}`, for days `{written} days ago`"
            return [codes.OPERATOR.at(clause.span, message, hint=hint)]
        case s.Comparison() | s.Apart() | s.Range() if without_negation(clause)[1]:
            return _negated(node, clause)
        case s.Comparison() | s.Window() | s.Apart() | s.Range():
            return day_test(clause, f"the day of `{event}`", other)
        case s.Presence(known=known) if node.count is None and s.is_whole(node):
            message = f"this does not test the day of `{event}`"
            happened = replace(node, which=None, clause=None)
            right = text_of(happened if known else s.Negation(happened))
            fix = replacement_fix(node.span, right, safe=False)
            return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
        case _:
            message = f"this does not test the day of `{event}`"
            return [codes.OPERATOR.at(clause.span, message, hint=f"use {_WORKS_ON_A_DAY}")]


def days_in_list(node: s.Test, field: Field) -> Diagnostic | None:
    """What is said of `d in (2026-01-01, 2026-02-01)`: dates have no lists; None where it is not that."""
    clause = node.clause
    if not isinstance(clause, s.Membership) or field.type is not DataType.DATE:
        return None
    if any(value.kind != "day" and day_named(value) is None for value in clause.values):
        return None
    operator = "!=" if clause.negated else "on"
    tests = tuple(s.Test(node.field, s.Comparison(operator, value)) for value in clause.values)
    chain: s.Node = s.Conjunction(tests) if clause.negated else s.Disjunction(tests)
    right = text_of(chain)
    message = f"`{'not ' * clause.negated}in` does not work on `{shorten(field.name)}`, a date"
    fix = replacement_fix(node.span, f"({right})" if len(tests) > 1 else right, safe=True)
    return codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)


def day_named(constant: s.Operand) -> DayName | None:
    """The day whose name a bare word is; None where it is none."""
    if isinstance(constant, s.Constant) and constant.kind == "word":
        folded = constant.text.casefold()
        return cast("DayName", folded) if folded in NAMED_DAYS else None
    return None


# --- so many days from today --------------------------------------------------------------------------------


def _away(clause: s.Comparison, moment: s.Moment) -> DayTest | Mistakes:
    operator, _ = s.without_not(clause.operator)
    if operator not in AMOUNTS:
        written = operand_text(moment)
        message = f"`{operator}` takes a day of the calendar, not `{written}`"
        right = f"{_WITH_DAYS[operator, moment.hence]} {written}"
        fix = replacement_fix(clause.span, right, safe=True)
        return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
    days = days_of(moment.number, moment.unit, moment.span)
    return days if isinstance(days, list) else Away(AMOUNTS[operator], days, moment.hence)


def _days_from(clause: s.Apart, other: Field | None) -> DayTest | Mistakes:
    assert other is not None, "the other date of `Apart` is resolved before"
    days = days_of(clause.number, clause.unit, clause.span)
    if isinstance(days, list):
        return days
    written, _ = s.without_not(clause.amount)
    amount = "within" if written == "within" else AMOUNTS.get(written)
    if clause.side == "of" and amount != "within":
        message = (
            f"`{clause.amount}` leaves open whether the days are before or after `{shorten(other.name)}`"
        )
        written = [clause_text(replace(clause, side=side)) for side in ("before", "after")]
        return [codes.OPERATOR.at(clause.span, message, hint=f"write `{written[0]}` or `{written[1]}`")]
    if amount is None:
        message = f"`{clause.amount}` takes a day, not a number of days from one"
        right = clause_text(replace(clause, amount="more than"))
        return [codes.OPERATOR.at(clause.span, message, hint=f"write an amount, as in `{right}`")]
    return DaysFromField(amount, days, clause.side, other)


# --- against a day ------------------------------------------------------------------------------------------


def _beside(
    clause: s.Comparison, constant: s.Constant, subject: str, other: Field | None
) -> DayTest | Mistakes:
    operator, negated = s.without_not(clause.operator)
    day = _day(operator, constant, subject) if other is None else other
    if isinstance(day, list):
        return day
    if operator not in _SIDES:
        calendar = "a day of the calendar" if constant.kind == "day" else "a day"
        what = calendar if other is None else "another date"
        message = f"`{clause.operator}` takes a number of days, not {what}"
        right = clause_text(replace(clause, operator=(_NOT_WITH_A_DAY if negated else _WITH_A_DAY)[operator]))
        fix = replacement_fix(clause.span, right, safe=True)
        return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
    comparison = _SIDES[operator]
    match day:
        case Field():
            return AgainstField(comparison, day)
        case date():
            return Calendar(comparison, day)
        case _:
            return NamedDay(comparison, day)


def _day(operator: str, constant: s.Constant, subject: str) -> date | DayName | Mistakes:
    if (named := day_named(constant)) is not None:
        return named
    if constant.kind == "day":
        return day_of(constant)
    what = "a number" if constant.kind == "number" else "text"
    hint = "write a day such as `2026-01-31`"
    fix = None
    if constant.kind == "number" and operator in AMOUNTS:
        hint += f", or `{AMOUNTS[operator]} {shorten(constant.text)} days ago`"
    elif (unquoted := _unquoted(constant)) is not None:
        hint, fix = f"write `{unquoted}` without quotes", replacement_fix(constant.span, unquoted, safe=True)
    elif constant.kind == "word":
        hint += ", `today`, or the name of another date"
        if constant.text.casefold() in _NEVER:
            hint = "for no day at all write `is unknown`"
        elif constant.text.casefold() in NOW:
            hint, fix = "write `today`: dates are days", replacement_fix(constant.span, "today", safe=True)
    message = f"{subject} is a date, and `{shorten(constant.text)}` is {what}"
    return [codes.VALUE.at(constant.span, message, hint=hint, fix=fix)]


def _unquoted(constant: s.Constant) -> str | None:
    """The day that a text in quotes is; None where it is none."""
    if constant.kind != "text":
        return None
    if constant.text.casefold() in NAMED_DAYS:
        return constant.text.casefold()
    try:
        return date.fromisoformat(constant.text).isoformat()
    except ValueError:
        return None


# --- from one day to another --------------------------------------------------------------------------------


def _between(clause: s.Range, subject: str) -> DayTest | Mistakes:
    if _is_number(clause.first) and _is_number(clause.last):
        return _without_unit(clause, subject)
    first, last = _point(_with_unit(clause), subject), _point(clause.last, subject)
    if isinstance(first, list) or isinstance(last, list):
        return [*(first if isinstance(first, list) else ()), *(last if isinstance(last, list) else ())]
    if isinstance(first, int) and isinstance(last, int) and first > last:
        if not _counts_one_way(clause):
            return [_turned_around(clause)]
        first, last = last, first
    return DaysBetween(first, last)


def _is_number(operand: s.Operand) -> bool:
    return isinstance(operand, s.Constant) and operand.kind == "number"


def _without_unit(clause: s.Range, subject: str) -> Mistakes:
    number, written = operand_text(clause.first), clause_text(clause)
    message = f"{subject} is a date, and `{shorten(number)}` is a number"
    hint = f"write `{written} days ago` or `{written} days from now`"
    return [codes.VALUE.at(clause.span, message, hint=hint)]


def _with_unit(clause: s.Range) -> s.Operand:
    """The first end of a range; in `between 3 and 7 days ago` its unit stands behind the last."""
    first, last = clause.first, clause.last
    if isinstance(first, s.Constant) and first.kind == "number" and isinstance(last, s.Moment):
        return s.Moment(first.text, last.unit, last.hence, first.span)
    return first


def _counts_one_way(clause: s.Range) -> bool:
    """Whether both ends count days in the same direction: either may stand first then."""
    first, last = _with_unit(clause), clause.last
    return isinstance(first, s.Moment) and isinstance(last, s.Moment) and first.hence == last.hence


def _turned_around(clause: s.Range) -> Diagnostic:
    right = clause_text(replace(clause, first=clause.last, last=clause.first))
    return codes.RANGE.at(
        clause.span,
        "the range ends before it begins",
        hint=f"write `{right}`",
        fix=replacement_fix(clause.span, right, safe=False),
    )


def _point(operand: s.Operand, subject: str) -> DayPoint | Mistakes:
    """An end of a range: a day of the calendar, or so many days from today."""
    if isinstance(operand, s.Moment):
        days = days_of(operand.number, operand.unit, operand.span)
        return days if isinstance(days, list) else -days if operand.hence == "ago" else days
    day = _day("between", operand, subject)
    return NAMED_DAYS[day] if isinstance(day, str) else day


# --- negations ----------------------------------------------------------------------------------------------


def without_negation(clause: DayClause) -> tuple[DayClause, bool]:
    """The clause without its negation, and whether it had one."""
    match clause:
        case s.Comparison(operator=operator):
            positive, negated = s.without_not(operator)
            return replace(clause, operator=positive), negated
        case s.Apart(amount=amount):
            positive, negated = s.without_not(amount)
            return replace(clause, amount=positive), negated
        case s.Range(negated=True):
            return replace(clause, negated=False), True
        case _:
            return clause, False


def _negated(node: s.EventRule, clause: s.Comparison | s.Range | s.Apart) -> DayTest | Mistakes:
    """A negated test of an occurrence's day, which has to be said of the event as a whole."""
    positive, _ = without_negation(clause)
    what = (
        f"the day of the {node.which} `{node.event.text}`"
        if node.which
        else f"a window of `{node.event.text}`"
    )
    message = f"{what} has no negation"
    if not s.is_whole(node):
        return [codes.OPERATOR.at(clause.span, message, hint="write `not` before the event")]
    right = text_of(s.Negation(replace(node, clause=positive)))
    match positive:
        # `not more than 3 days ago` says as often how long ago it happened.
        case s.Comparison(operator=operator) if operator in _OTHER_SIDE:
            other = replace(node, clause=replace(positive, operator=_OTHER_SIDE[operator]))
        case s.Apart(amount=amount) if amount in _OTHER_SIDE:
            other = replace(node, clause=replace(positive, amount=_OTHER_SIDE[amount]))
        case _:
            fix = replacement_fix(node.span, right, safe=False)
            return [codes.OPERATOR.at(clause.span, message, hint=f"write `{right}`", fix=fix)]
    return [codes.OPERATOR.at(clause.span, message, hint=f"write `{text_of(other)}` or `{right}`")]
