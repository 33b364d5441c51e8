"""Typed tree -> untyped tree, each test in its canonical form. `checking` what this gives is the typed tree again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intercom_iac.model import Field, Predicate
from intercom_iac.model.days import NAMED_DAYS
from intercom_iac.model.predicate import (
    FIELD_TESTS,
    ActiveDays,
    AgainstField,
    Aggregate,
    And,
    Away,
    Between,
    Calendar,
    Compares,
    ComparesFields,
    DayPoint,
    DaysBetween,
    DaysFromField,
    DayTest,
    Equals,
    EventSequence,
    FieldTest,
    InIntercomSegment,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    NamedDay,
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
from ..syntax.operators import SIDES
from .text import number_text, stands_bare, text_of

_NAMES = {days: name for name, days in NAMED_DAYS.items()}


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
        case InSegment(segment=key) | InIntercomSegment(segment=key):
            return s.SegmentReference(s.Name(key))
        case Tagged(tag=tag):
            return s.HasTag(s.Name(tag))
        case Occurrences():
            return _occurrences(node)
        case OccurrenceDay(event=event, which=which, test=test, where=where):
            return s.EventRule(s.Name(event), _where(where), which=which, clause=_day(test))
        case Aggregate():
            key, number = s.Name(node.key.name), number_text(node.value)
            total = s.Total(node.function, key, node.comparison, number)
            return s.EventRule(s.Name(node.event), _where(node.where), total, clause=_window(node.window))
        case ActiveDays():
            days = s.DayCount(node.comparison, str(node.days))
            return s.EventRule(s.Name(node.event), _where(node.where), days, clause=_window(node.window))
        case EventSequence(event=event, then=then, days=days, where=where, then_where=then_where):
            first, later = (
                s.EventStep(s.Name(event), _where(where)),
                s.EventStep(s.Name(then), _where(then_where)),
            )
            return s.EventSequence(first, later, None if days is None else str(days))
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
        case s.EventSequence(then=then):
            return replace(node, then=replace(then, enclosed=then.where is not None))
        case s.Negation(part=s.EventRule() | s.EventSequence() as part):
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
        case Between(first=first, last=last):
            clause, outside = s.Range(negated, _constant(first), _constant(last)), False
        case ComparesFields(comparison=comparison, other=other):
            outside = negated and comparison != "="
            clause = s.Comparison("!=" if negated and not outside else comparison, _name(other, company))
        case Matches(operator=operator, text=text):
            clause, outside = s.Matching(operator, negated, _constant(text)), False
        case IsKnown():
            clause, outside = s.Presence(not negated), False
        case Compares(comparison=comparison, value=value):
            clause = s.Comparison(comparison, _constant(value))
        case IsTrue():
            clause = None
        case OnDay(test=Calendar("=") | Away("exactly") | NamedDay("=") | AgainstField("=") as test) if (
            negated
        ):
            clause, outside = s.Comparison("!=", _point(test, company)), False
        case OnDay(test=DaysBetween() as test):
            clause, outside = replace(_days_between(test), negated=negated), False
        case OnDay(test=test):
            clause = _day(test, company)
    test = s.Test(name, clause)
    return s.Negation(test) if outside else test


def _occurrences(node: Occurrences) -> s.Node:
    count = None if (node.comparison, node.count) == (">=", 1) else s.Count(node.comparison, str(node.count))
    return s.EventRule(s.Name(node.event), _where(node.where), count, clause=_window(node.window))


def _where(where: Predicate | None) -> s.Node | None:
    return None if where is None else unparse(where)


def _window(window: DayTest | None) -> s.Clause | None:
    return None if window is None else _day(window)


def _day(test: DayTest, company: bool = False) -> s.Clause:
    """The clause of a test of days; `company` where the other date stands behind `company.`"""
    match test:
        case Within(direction=direction, days=days):
            return s.Window(direction, str(days), "day")
        case Away(amount=amount):
            return s.Comparison(amount, _point(test))
        case Calendar(comparison=comparison):
            return s.Comparison(comparison, _point(test))
        case NamedDay(comparison=comparison) | AgainstField(comparison=comparison):
            return s.Comparison(SIDES.get(comparison, comparison), _point(test, company))
        case DaysBetween():
            return _days_between(test)
        case DaysFromField(amount=amount, days=days, side=side, other=other):
            return s.Apart(amount, str(days), "day", side, s.Name(other.name, company))


def _point(test: Away | Calendar | NamedDay | AgainstField, company: bool = False) -> s.Operand:
    match test:
        case Away(days=days, direction=direction):
            return s.Moment(str(days), "day", direction)
        case Calendar(day=day):
            return s.Constant("day", day.isoformat())
        case NamedDay(day=name):
            return s.Constant("word", name)
        case AgainstField(other=other):
            return _name(other, company)


def _days_between(test: DaysBetween) -> s.Range:
    first, last = test.first, test.last
    if isinstance(first, int) and isinstance(last, int) and first * last > 0:
        # Both on one side of today: two numbers, whatever name the one next to it has.
        return s.Range(False, _moment(first), _moment(last))
    return s.Range(False, _bound(first), _bound(last))


def _bound(point: DayPoint) -> s.Operand:
    if not isinstance(point, int):
        return s.Constant("day", point.isoformat())
    named = _NAMES.get(point)
    return _moment(point) if named is None else s.Constant("word", named)


def _moment(days: int) -> s.Moment:
    return s.Moment(str(abs(days)), "day", "ago" if days < 0 else "from now")


def _name(other: Field, company: bool) -> s.Constant:
    """A field as the operand of a test; bare, unless that is read as something else."""
    if not stands_bare(other.name) or (other.name.casefold().startswith("company.") and not company):
        return s.Constant("name", other.name, company=company)
    return s.Constant("word", f"company.{other.name}" if company else other.name)


def _constant(value: Value) -> s.Constant:
    if isinstance(value, str):
        return s.Constant("word" if stands_bare(value) else "text", value)
    if isinstance(value, bool):
        return s.Constant("word", "true" if value else "false")
    return s.Constant("number", number_text(value))
