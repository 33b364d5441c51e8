"""Typed tree -> untyped tree, each test in its canonical form. `checking` what this gives is the typed tree again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    FIELD_TESTS,
    And,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    FieldTest,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Tagged,
    Value,
    Within,
)

from ..syntax import tree as s
from .text import number_text, stands_bare, text_of


def format_rule(predicate: Predicate) -> str:
    """The canonical text of a typed rule; compiling it gives the same rule."""
    return text_of(unparse(predicate))


def unparse(node: Predicate) -> s.Node:
    """The untyped tree of a typed rule."""
    match node:
        case And(parts=parts):
            return s.Conjunction(_chain(parts))
        case Or(parts=parts):
            return s.Disjunction(_chain(parts))
        case Not(part=part):
            return _negate(part)
        case SomeCompany(rule=rule):
            return _of_company(rule, lambda test: _test(test, negated=False, company=True))
        case InSegment(segment=key):
            return s.SegmentReference(s.Name(key))
        case Tagged(tag=tag):
            return s.HasTag(s.Name(tag))
        case Occurrences():
            return _occurrences(node)
        case OccurrenceDay(event=event, which=which, test=test, where=where):
            inner = None if where is None else unparse(where)
            return s.EventRule(s.Name(event), inner, which=which, clause=_day(test))
        case _:
            return _test(node, negated=False)


def _chain(parts: tuple[Predicate, ...]) -> tuple[s.Node, ...]:
    """The parts of a chain: what follows the metadata of an event is not to be read as more of them."""
    *followed, last = map(unparse, parts)
    return (*map(enclose_where, followed), last)


def enclose_where(node: s.Node) -> s.Node:
    """The node with parentheses around the metadata of an event that it ends with."""
    match node:
        case s.EventRule():
            return replace(node, enclosed=node.where is not None)
        case s.Negation(part=s.EventRule() as part):
            return s.Negation(enclose_where(part), node.span)
        case s.Conjunction(parts=(*parts, last)):
            return s.Conjunction((*parts, enclose_where(last)), node.span)
        case _:
            return node


def _negate(part: Predicate) -> s.Node:
    match part:
        case SomeCompany(rule=rule):
            return _of_company(
                rule,
                lambda test: _test(test, negated=True, company=True),
                otherwise=lambda: s.Negation(unparse(part)),
            )
        case _ if isinstance(part, FIELD_TESTS):
            return _test(part, negated=True)
        case _:
            return s.Negation(unparse(part))


def _of_company(
    rule: Predicate, short: Callable[[FieldTest], s.Node], otherwise: Callable[[], s.Node] | None = None
) -> s.Node:
    """`company.f ...` where the rule is a single test, else `company( ... )`."""
    if isinstance(rule, FIELD_TESTS):
        return short(rule)
    return s.CompanyRule(unparse(rule)) if otherwise is None else otherwise()


def _test(node: FieldTest, *, negated: bool, company: bool = False) -> s.Node:
    """A test, with its negated form where the language has one, else behind `not`."""
    name = s.Name(node.field.name, company)
    clause: s.Clause | None
    outside = negated
    match node:
        case Equals(value=value):
            clause, outside = s.Comparison("!=" if negated else "=", _constant(value)), False
        case OneOf(values=values):
            clause, outside = s.Membership(negated, tuple(map(_constant, values))), False
        case Matches(operator=operator, text=text):
            clause, outside = s.Matching(operator, negated, _constant(text)), False
        case IsKnown():
            clause, outside = s.Presence(not negated), False
        case Compares(comparison=comparison, value=value):
            clause = s.Comparison(comparison, _constant(value))
        case IsTrue():
            clause = None
        case OnDay(test=Calendar("=") | Away("exactly") as test) if negated:
            clause, outside = s.Comparison("!=", _point(test)), False
        case OnDay(test=test):
            clause = _day(test)
    test = s.Test(name, clause)
    return s.Negation(test) if outside else test


def _occurrences(node: Occurrences) -> s.Node:
    return s.EventRule(
        s.Name(node.event),
        None if node.where is None else unparse(node.where),
        None if (node.comparison, node.count) == (">=", 1) else s.Count(node.comparison, str(node.count)),
        None,
        None if node.window is None else _day(node.window),
    )


def _day(test: DayTest) -> s.Clause:
    match test:
        case Within(direction=direction, days=days):
            return s.Window(direction, str(days), "day")
        case Away(amount=amount):
            return s.Comparison(amount, _point(test))
        case Calendar(comparison=comparison):
            return s.Comparison(comparison, _point(test))


def _point(test: Away | Calendar) -> s.Operand:
    if isinstance(test, Away):
        return s.Moment(str(test.days), "day", test.direction)
    return s.Constant("day", test.day.isoformat())


def _constant(value: Value) -> s.Constant:
    if isinstance(value, str):
        return s.Constant("word" if stands_bare(value) else "text", value)
    if isinstance(value, bool):
        return s.Constant("word", "true" if value else "false")
    return s.Constant("number", number_text(value))
