"""Untyped tree -> canonical text: lowercase keywords, single spaces, the fewest parentheses.

A value that was written in quotes keeps them: they say that it is a text, whatever else the word may mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intercom_iac.lazy_pattern import lazy_pattern

from ..syntax import tree as s
from ..syntax.operators import AMOUNTS, SIDES, SIGNS
from ..syntax.special_words import begins_other, needs_quotes, presence

if TYPE_CHECKING:
    from decimal import Decimal

# The grammar's NAME: what may stand without quotes or backticks.
_NAME = lazy_pattern(
    r"[^\W\d](?:[^\s!-/:-@\[-^`{-~\x7f“”‘’«»≠≤≥]|[.-]+(?=[^\s!-/:-@\[-^`{-~\x7f“”‘’«»≠≤≥]))*"
)
# Names that begin like these would be read as keywords where they stand.
_NEVER_NAMES = lazy_pattern(r"(?:and|or|not)(?![\w.-])", re.IGNORECASE)
_NEVER_FIRST = lazy_pattern(r"(?:and|or|not|company|event|tag|segment)(?![\w.-])|company\.", re.IGNORECASE)
# As the other field of a test: `company.` would be taken for what stands before a name.
_NEVER_OTHERS = lazy_pattern(r"(?:and|or|not)(?![\w.-])|company\.", re.IGNORECASE)
# A tag, an event and a segment: behind them `is` is taken for what people write before the name.
_NEVER_LABELS = lazy_pattern(r"(?:and|or|not|is)(?![\w.-])", re.IGNORECASE)

# The window of an event that the test of days in its `where` would take for the date it counts from.
_COUNTS_ON = ("before", "after")


def text_of(node: s.Node) -> str:
    """The canonical text of a tree."""
    match node:
        case s.Conjunction(parts=parts):
            return " and ".join(enclose(part, s.Disjunction) for part in parts)
        case s.Disjunction(parts=parts):
            return " or ".join(text_of(part) for part in parts)
        case s.Negation(part=part):
            return f"not {enclose(part, s.Conjunction, s.Disjunction)}"
        case s.Test():
            return _test(node)
        case s.CompanyRule(rule=s.HasTag(tag=tag)):
            return f"company tag {_tag(tag.text)}"
        case s.CompanyRule(rule=rule):
            return f"company({text_of(rule)})"
        case s.HasTag(tag=tag):
            return f"tag {_tag(tag.text)}"
        case s.SegmentReference(key=key):
            return f"segment {label_text(key.text)}"
        case s.EventRule():
            return _event(node)
        case s.EventSequence(first=first, then=then, number=number, unit=unit):
            later = "" if number is None else f" within {_duration(number, unit)}"
            return f"{_step(first)} then {_step(then)}{later}"
        case s.Broken():
            raise ValueError("a rule that did not read has no canonical text")


def enclose(node: s.Node, *kinds: type[s.Conjunction | s.Disjunction]) -> str:
    """The canonical text, in parentheses where it is a chain of such a kind."""
    return f"({text_of(node)})" if isinstance(node, kinds) else text_of(node)


def _test(node: s.Test) -> str:
    if node.clause is None:
        return field_text(node.field)
    negated = s.clause_behind_not(node.clause)
    if negated is not None:
        return f"not {field_text(node.field)} {clause_text(negated)}"
    return f"{field_text(node.field)} {clause_text(node.clause)}"


def _event(node: s.EventRule) -> str:
    clause = None if node.clause is None else clause_text(node.clause)
    words = [_step(node, clause)]
    if node.count is not None:
        words.append(_number_of(node.count))
    if node.which is not None:
        words.append(node.which)
    if clause is not None:
        words.append(clause)
    return " ".join(words)


def _step(node: s.EventRule | s.EventStep, behind: str | None = None) -> str:
    """The event and what is said of its metadata, with parentheses where that would take what stands `behind`."""
    event = f"event {label_text(node.event.text)}"
    if node.where is None:
        return event
    where = text_of(node.where)
    return f"{event} where {where}" if _ends_itself(node, behind) else f"{event} where ({where})"


def _ends_itself(node: s.EventRule | s.EventStep, behind: str | None) -> bool:
    if node.enclosed or not isinstance(node.where, s.Test) or node.where.clause is None:
        # A plain boolean test would take any clause for itself.
        return False
    counts_on = behind is not None and behind.startswith(_COUNTS_ON)
    return not (counts_on and isinstance(node.where.clause, s.Window))


def _number_of(count: s.Count | s.Total | s.DayCount) -> str:
    match count:
        case s.DayCount(operator="!=", number=number):
            return f"on not exactly {_duration(number, 'day')}"
        case s.DayCount(operator=operator, number=number):
            return f"on {AMOUNTS.get(operator, operator)} {_duration(number, 'day')}"
        case s.Total(function=function, key=key):
            asked = f"{function} of {_name(key.text)}"
        case s.Count():
            asked = "count"
    number = _number(count.number)
    if count.last is not None:
        return f"{asked} between {number} and {_number(count.last)}"
    return f"{asked} {SIGNS.get(count.operator, count.operator)} {number}"


def clause_text(clause: s.Clause) -> str:
    """The canonical text of what is said of a field."""
    match clause:
        case s.Comparison(operator=operator, operand=operand):
            return f"{_operator(operator, operand)} {_operand(operand)}"
        case s.Matching(operator=operator, negated=negated, operand=operand):
            return f"{'not ' if negated else ''}{operator} {_operand(operand, operator)}"
        case s.Membership(negated=negated, values=values):
            return f"{'not ' if negated else ''}in ({', '.join(map(_operand, values))})"
        case s.Window(direction=direction, number=number, unit=unit):
            return f"within {direction or 'next'} {_duration(number, unit)}"
        case s.Range(negated=negated, first=first, last=last):
            return f"{'not ' if negated else ''}between {_bounds(first, last)}"
        case s.Apart(amount=amount, number=number, unit=unit, side=side, other=other):
            return f"{AMOUNTS.get(amount, amount)} {_duration(number, unit)} {side} {other_text(other)}"
        case s.Presence(word=str(word), negated=negated):
            # Whether it asks for that, or for the option of that name, is not known here.
            return f"is {'not ' if negated else ''}{word}"
        case s.Presence(known=known):
            return "has any value" if known else "is unknown"


def _operator(operator: str, operand: s.Operand) -> str:
    """The spelling that goes with the operand: `more than 3 days ago`, `after 2026-01-31`, `> 3`."""
    if isinstance(operand, s.Moment):
        return AMOUNTS.get(operator, operator)
    if operand.kind == "day":
        return SIDES.get(operator, SIGNS.get(operator, operator))
    return SIGNS.get(operator, operator)


def _operand(operand: s.Operand, operator: str = "") -> str:
    match operand:
        case s.Moment(number=number, unit=unit, hence=hence):
            return f"{_duration(number, unit)} {hence}"
        case s.Constant(kind="number", text=text):
            return _number(text)
        case s.Constant(kind="text", text=text):
            return quote(text)
        case s.Constant(kind="name", text=text, company=company):
            return f"{'company.' if company else ''}{_in_backticks(text)}"
        case s.Constant(kind="word", text=text) if operator == "contains word" and begins_other(text):
            return quote(text)
        case s.Constant(text=text):
            return text


def _bounds(first: s.Operand, last: s.Operand) -> str:
    """Two days on one side of today as two numbers, the smaller first; else the one and the other."""
    if isinstance(last, s.Moment):
        if isinstance(first, s.Constant) and first.kind == "number":
            first = s.Moment(first.text, last.unit, last.hence)
        if isinstance(first, s.Moment) and (first.unit, first.hence) == (last.unit, last.hence):
            nearer, further = sorted((first, last), key=lambda moment: _decimal(moment.number))
            return f"{_number(nearer.number)} and {_operand(further)}"
    return f"{_operand(first)} and {_operand(last)}"


def other_text(name: s.Name) -> str:
    """The name of the other field of a test, as `within 7 days after signed_up_at` ends with it."""
    return f"company.{_name(name.text)}" if name.company else _name(name.text, _NEVER_OTHERS)


def _duration(number: str, unit: str) -> str:
    digits = _number(number)
    return f"{digits} {unit}" if digits == "1" else f"{digits} {unit}s"


def _number(digits: str) -> str:
    """Without leading and trailing zeros that say nothing."""
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    digits = digits.lstrip("0")
    if not digits or digits.startswith("."):
        digits = f"0{digits}"
    return digits if digits == "0" else f"{sign}{digits}"


def number_text(value: float) -> str:
    """A number as the rule language writes it: digits, never an exponent."""
    return _number(format(_decimal(repr(value)), "f"))


def _decimal(digits: str) -> Decimal:
    from decimal import Decimal

    return Decimal(digits)


def field_text(name: s.Name) -> str:
    """The name of a field as a test begins with it."""
    return f"company.{_name(name.text)}" if name.company else _name(name.text, _NEVER_FIRST)


def label_text(name: str) -> str:
    """The name of an event or a segment behind that word."""
    return _name(name, _NEVER_LABELS)


def operand_text(operand: s.Constant) -> str:
    """The name of another field where a value may stand as well: bare only where it is written so and reads so."""
    bare = operand.kind == "word" and stands_bare(operand.text)
    return f"{'company.' * operand.company}{operand.text if bare else _in_backticks(operand.text)}"


def _name(name: str, never: re.Pattern[str] = _NEVER_NAMES) -> str:
    if _NAME.fullmatch(name) and not never.match(name):
        return name
    return _in_backticks(name)


def _in_backticks(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def stands_bare(text: str) -> bool:
    """Whether a text is read as itself, by the grammar and by people, without quotes."""
    return _NAME.fullmatch(text) is not None and _NEVER_NAMES.match(text) is None and not needs_quotes(text)


def _tag(text: str) -> str:
    if _NAME.fullmatch(text) and not _NEVER_LABELS.match(text) and presence(text) is None:
        return text
    return quote(text)


def quote(text: str) -> str:
    """A text in quotes, as a rule writes it."""
    mark = '"' if "'" in text and '"' not in text else "'"
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
