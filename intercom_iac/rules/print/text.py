"""Untyped tree -> canonical text: lowercase keywords, single spaces, the fewest parentheses.

A value that was written in quotes keeps them: they say that it is a text, whatever else the word may mean.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..syntax import tree as s
from ..syntax.special_words import needs_quotes, presence

# The grammar's NAME: what may stand without quotes or backticks.
_NAME = re.compile(r"[^\W\d](?:[^\s!-/:-@\[-^`{-~\x7f“”‘’«»≠≤≥]|[.-]+(?=[^\s!-/:-@\[-^`{-~\x7f“”‘’«»≠≤≥]))*")
# Names that begin like these would be read as keywords where they stand.
_NEVER_NAMES = re.compile(r"(?:and|or|not)(?![\w.-])", re.IGNORECASE)
_NEVER_FIRST = re.compile(r"(?:and|or|not|company|event|tag|segment)(?![\w.-])|company\.", re.IGNORECASE)
# A tag, an event and a segment: behind them `is` is taken for what people write before the name.
_NEVER_LABELS = re.compile(r"(?:and|or|not|is)(?![\w.-])", re.IGNORECASE)

_AMOUNTS = {"=": "exactly", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
_SIDES = {
    "=": "on",
    "<": "before",
    ">": "after",
    "exactly": "on",
    "less than": "before",
    "more than": "after",
}
_SIGNS = {
    "exactly": "=",
    "more than": ">",
    "greater than": ">",
    "less than": "<",
    "at least": ">=",
    "at most": "<=",
}


def text_of(node: s.Node) -> str:
    """The canonical text of a tree."""
    match node:
        case s.Conjunction(parts=parts):
            return " and ".join(enclose(part, s.Disjunction) for part in parts)
        case s.Disjunction(parts=parts):
            return " or ".join(text_of(part) for part in parts)
        case s.Negation(part=part):
            return f"not {enclose(part, s.Conjunction, s.Disjunction)}"
        case s.Test(field=field, clause=clause):
            return field_text(field) if clause is None else f"{field_text(field)} {clause_text(clause)}"
        case s.CompanyRule(rule=s.HasTag(tag=tag)):
            return f"company tag {_tag(tag.text)}"
        case s.CompanyRule(rule=rule):
            return f"company({text_of(rule)})"
        case s.HasTag(tag=tag):
            return f"tag {_tag(tag.text)}"
        case s.SegmentReference(key=key):
            return f"segment {_name(key.text, _NEVER_LABELS)}"
        case s.EventRule():
            return _event(node)
        case s.Broken():
            raise ValueError("a rule that did not read has no canonical text")


def enclose(node: s.Node, *kinds: type[s.Conjunction | s.Disjunction]) -> str:
    """The canonical text, in parentheses where it is a chain of such a kind."""
    return f"({text_of(node)})" if isinstance(node, kinds) else text_of(node)


def _event(node: s.EventRule) -> str:
    words = [f"event {_name(node.event.text, _NEVER_LABELS)}"]
    if node.where is not None:
        # A plain boolean test would take what follows for itself.
        bare = isinstance(node.where, s.Test) and node.where.clause is not None and not node.enclosed
        words.append(f"where {text_of(node.where)}" if bare else f"where ({text_of(node.where)})")
    if node.count is not None:
        operator = _SIGNS.get(node.count.operator, node.count.operator)
        words.append(f"count {operator} {_number(node.count.number)}")
    if node.which is not None:
        words.append(node.which)
    if node.clause is not None:
        words.append(clause_text(node.clause))
    return " ".join(words)


def clause_text(clause: s.Clause) -> str:
    """The canonical text of what is said of a field."""
    match clause:
        case s.Comparison(operator=operator, operand=operand):
            return f"{_operator(operator, operand)} {_operand(operand)}"
        case s.Matching(operator=operator, negated=negated, operand=operand):
            return f"{'not ' if negated else ''}{operator} {_operand(operand)}"
        case s.Membership(negated=negated, values=values):
            return f"{'not ' if negated else ''}in ({', '.join(map(_operand, values))})"
        case s.Window(direction=direction, number=number, unit=unit):
            return f"within {direction or 'next'} {_duration(number, unit)}"
        case s.Presence(known=known):
            return "has any value" if known else "is unknown"


def _operator(operator: str, operand: s.Operand) -> str:
    """The spelling that goes with the operand: `more than 3 days ago`, `after 2026-01-31`, `> 3`."""
    if isinstance(operand, s.Moment):
        return _AMOUNTS.get(operator, "more than" if operator == "greater than" else operator)
    if operand.kind == "day":
        operator = "more than" if operator == "greater than" else operator
        return _SIDES.get(operator, _SIGNS.get(operator, operator))
    return _SIGNS.get(operator, operator)


def _operand(operand: s.Operand) -> str:
    match operand:
        case s.Moment(number=number, unit=unit, hence=hence):
            return f"{_duration(number, unit)} {hence}"
        case s.Constant(kind="number", text=text):
            return _number(text)
        case s.Constant(kind="text", text=text):
            return quote(text)
        case s.Constant(text=text):
            return text


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
    return _number(format(Decimal(repr(value)), "f"))


def field_text(name: s.Name) -> str:
    """The name of a field as a test begins with it."""
    return f"company.{_name(name.text)}" if name.company else _name(name.text, _NEVER_FIRST)


def _name(name: str, never: re.Pattern[str] = _NEVER_NAMES) -> str:
    if _NAME.fullmatch(name) and not never.match(name):
        return name
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
