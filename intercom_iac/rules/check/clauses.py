"""Clauses against the type of their field: clause -> typed test, or the mistakes, which tell what would work.

Tests of days are made in `days`. The other field that a clause may name is looked up in `pairs` before.
"""

from __future__ import annotations

import re
from typing import cast

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import (
    Between,
    Compares,
    ComparesFields,
    Comparison,
    Equals,
    FieldTest,
    IsKnown,
    IsTrue,
    Matches,
    OnDay,
    OneOf,
    OrderComparison,
    Value,
)
from intercom_iac.text import Span

from ..corrections import replacement_fix
from ..syntax import tree as s
from ..syntax.operators import SIGNS
from ..syntax.parse import MAX_MISTAKES
from .days import DayClause, day_test, without_negation
from .values import Mistakes, options_of, text_of, value_of

_WORKS = {
    DataType.STRING: "`=`, `!=`, `in`, `contains`, `contains word`, `starts with`, `ends with`, `is unknown` or "
    "`has any value`",
    DataType.INTEGER: "`=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `is unknown` or `has any value`",
    DataType.BOOLEAN: "`is true`, `is false`, `is unknown` or `has any value`",
    DataType.DATE: "`before`, `on`, `after`, `between`, `within next 3 days`, `more than 3 days ago`, `is unknown` "
    "or `has any value`",
}
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


def field_test(
    clause: s.Clause | None, field: Field, other: Field | None, span: Span | None
) -> tuple[FieldTest, bool] | Mistakes:
    """The test, and whether its complement is meant.

    `other` is the field that the clause names, where it names one.
    """
    match clause:
        case None:
            if field.type is DataType.BOOLEAN:
                return IsTrue(field, span), False
            message = f"`{field.name}` alone is no test: it is {kind_of(field)}"
            hint = f"on {operators_text(field)}"
            return [codes.OPERATOR.at(span, message, hint=hint)]
        case s.Presence(known=known):
            return IsKnown(field, span), not known
        case s.Membership(negated=negated, values=values):
            members = _members(values, field, clause)
            return members if isinstance(members, list) else (OneOf(field, members, span), negated)
        case s.Matching(negated=negated):
            matching = _matching(clause, field, span)
            return matching if isinstance(matching, list) else (matching, negated)
        case s.Comparison() | s.Window() | s.Apart() | s.Range() if field.type is DataType.DATE:
            return _day_comparison(clause, field, other, span)
        case s.Window():
            return unfit("within", field, clause)
        case s.Apart(amount=amount, side=side):
            return unfit(f"{amount} ... {side}", field, clause)
        case s.Range(negated=negated) if not field.type.is_number:
            return unfit(f"{'not ' * negated}between", field, clause)
        case s.Range():
            between = _between(clause, field, span)
            return between if isinstance(between, list) else (between, clause.negated)
        case s.Comparison():
            return _check_comparison(clause, field, other, span)


def _members(
    values: tuple[s.Constant, ...], field: Field, clause: s.Membership
) -> tuple[Value, ...] | Mistakes:
    if field.type in (DataType.DATE, DataType.BOOLEAN):
        return unfit("in", field, clause)
    members: list[Value] = []
    mistakes: Mistakes = []
    options = options_of(field)
    for before, value in zip((None, *values), values, strict=False):
        if len(mistakes) >= MAX_MISTAKES:
            break
        if before is not None and (torn := _thousands_mistake(before, value)) is not None:
            mistakes.append(torn)
            continue
        is_option = value.text in options and value.kind != "name"
        member = value.text if is_option else value_of(value, field)
        if isinstance(member, list):
            mistakes += member
        else:
            members.append(member)
    return mistakes or tuple(members)


def _thousands_mistake(before: s.Constant, value: s.Constant) -> Diagnostic | None:
    """What is said of `1,000` in a list, where the comma makes two values of it; None for any other two."""
    digits = re.fullmatch(r"-?[1-9]\d*", before.text) and re.fullmatch(r"0\d\d", value.text)
    if not digits or "number" not in (before.kind, value.kind) or before.span is None or value.span is None:
        return None
    if before.span.end + 1 != value.span.start:
        return None
    whole = Span(value.span.file, before.span.start, value.span.end)
    message = f"`{whole.text}` is two values, `{before.text}` and `{value.text}`"
    right = f"{before.text}{value.text}"
    fix = replacement_fix(whole, right, safe=False)
    return codes.VALUE.at(whole, message, hint=f"a number has no separators: write `{right}`", fix=fix)


def _matching(clause: s.Matching, field: Field, span: Span | None) -> Matches | Mistakes:
    if not field.type.is_text:
        return unfit(f"{'not ' if clause.negated else ''}{clause.operator}", field, clause)
    text = text_of(clause.operand, field)
    if text == "":
        return [codes.VALUE.at(clause.operand.span, f"`{clause.operator}` needs a text that is not empty")]
    return text if isinstance(text, list) else Matches(field, clause.operator, text, span)


def _check_comparison(
    clause: s.Comparison, field: Field, other: Field | None, span: Span | None
) -> tuple[FieldTest, bool] | Mistakes:
    operator, negated = s.without_not(clause.operator)
    sign = SIGNS.get(operator, operator)
    if sign in ("before", "on", "after") or (sign != "=" and not field.type.is_number):
        return unfit(clause.operator, field, clause)
    if other is not None:
        return ComparesFields(field, cast("OrderComparison", sign), other, span), negated
    value = value_of(clause.operand, field)
    if isinstance(value, list):
        return value
    if sign != "=":
        assert isinstance(value, (int, float))
        return Compares(field, cast("Comparison", sign), value, span), negated
    # One form for one meaning: `f is true` is the test `f`.
    return (IsTrue(field, span) if value is True else Equals(field, value, span)), negated


def _between(clause: s.Range, field: Field, span: Span | None) -> Between | Mistakes:
    ends = [value_of(operand, field) for operand in (clause.first, clause.last)]
    mistakes = [mistake for end in ends if isinstance(end, list) for mistake in end]
    if mistakes:
        return mistakes
    first, last = ends
    assert isinstance(first, (int, float))
    assert isinstance(last, (int, float))
    return Between(field, first, last, span)


def _day_comparison(
    clause: DayClause, field: Field, other: Field | None, span: Span | None
) -> tuple[FieldTest, bool] | Mistakes:
    day = day_test(clause, f"`{field.name}`", other)
    return day if isinstance(day, list) else (OnDay(field, day, span), without_negation(clause)[1])


def unfit(operator: str, field: Field, clause: s.Clause) -> Mistakes:
    """An operator that the field's type does not have."""
    kind = kind_of(field)
    message = f"`{operator}` does not work on `{field.name}`, {kind}"
    return [codes.OPERATOR.at(clause.span, message, hint=f"on {kind} use {_WORKS[field.type]}")]


def kind_of(field: Field) -> str:
    """The type of a field with its article, as messages say it."""
    return _KINDS[field.type]


def operators_text(field: Field) -> str:
    """What works on a field, such as `an integer use ...`."""
    return f"{kind_of(field)} use {_WORKS[field.type]}"
