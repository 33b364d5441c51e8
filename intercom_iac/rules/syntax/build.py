"""lark's parse tree -> the untyped tree, each node with its place in the file."""

from __future__ import annotations

import re
from typing import Any, Literal, cast

from intercom_iac.text import Excerpt, Span

from . import tree as s

_SPACES = re.compile(r"\s+")


def build(tree: Any, rule: Excerpt) -> s.Node:
    """The untyped tree of a whole rule."""
    return _Builder(rule).node(tree.children[0])


class _Builder:
    def __init__(self, rule: Excerpt) -> None:
        self.rule = rule

    def node(self, tree: Any) -> s.Node:
        span, parts = self._span(tree), tree.children
        match tree.data:
            case "any":
                return s.Disjunction(self._flat(parts, s.Disjunction), span)
            case "all":
                return s.Conjunction(self._flat(parts, s.Conjunction), span)
            case "negation":
                return s.Negation(self.node(parts[1]), span)
            case "test":
                return s.Test(self._field(parts[0]), self._clause(parts[1]) if len(parts) > 1 else None, span)
            case "company":
                return s.CompanyRule(self.node(parts[1]), span)
            case "company_tag":
                return s.CompanyRule(s.HasTag(self._label(parts[2]), span), span)
            case "tag":
                return s.HasTag(self._label(parts[1]), span)
            case "segment":
                return s.SegmentReference(self._label(parts[1]), span)
            case "enclosed":
                return self.node(parts[0])
            case "event" | "occurrence":
                return self._event(tree)
            case _:
                return s.Broken(span)

    def _flat(self, parts: list[Any], kind: type[s.Conjunction | s.Disjunction]) -> tuple[s.Node, ...]:
        """The parts of a chain; parentheses around a part of the same kind say nothing."""
        nodes: list[s.Node] = []
        for part in parts:
            node = self.node(part)
            nodes += node.parts if isinstance(node, kind) else (node,)
        return tuple(nodes)

    def _event(self, tree: Any) -> s.EventRule:
        where: s.Node | None = None
        count: s.Count | None = None
        which: Literal["first", "last"] | None = None
        clause: s.Clause | None = None
        enclosed = False
        for child in tree.children[2:]:
            if _is_token(child):
                which = "first" if child.lower() == "first" else "last"
            elif child.data == "where":
                where = self.node(child.children[1])
                enclosed = child.children[1].data == "enclosed"
            elif child.data == "count":
                *operator, number = child.children[1:]
                count = s.Count(_operator(*operator), str(number), span=self._span(child))
            else:
                clause = self._clause(child)
        event = self._label(tree.children[1])
        return s.EventRule(event, where, count, which, clause, enclosed, self._span(tree))

    def _clause(self, tree: Any) -> s.Clause:
        span = self._span(tree)
        parts = [
            child
            for child in tree.children
            if not (_is_token(child) and child.type in ("IS", "IN", "WITHIN"))
        ]
        match tree.data:
            case "compares":
                # `is more than` is `more than`; `is` alone is `=`
                operator = parts[0] if _is_token(parts[0]) else "is"
                return s.Comparison(_operator(operator), self._operand(parts[-1]), span)
            case "differs":
                return s.Comparison("!=", self._operand(parts[-1]), span)
            case "matches":
                operator = _word(parts[-2])
                negated = len(parts) == 3
                return s.Matching(cast("Any", operator), negated, self._operand(parts[-1]), span)
            case "among":
                negated = _is_token(parts[0])
                return s.Membership(negated, tuple(self._constant(part) for part in parts[negated:]), span)
            case "within":
                direction = _word(parts[0]) if parts[0].type == "DIRECTION" else None
                return s.Window(cast("Any", direction), str(parts[-2]), _unit(parts[-1]), span)
            case _:
                return s.Presence(tree.data == "known", span)

    def _operand(self, tree: Any) -> s.Operand:
        if tree.data == "literal":
            return self._constant(tree)
        number, unit, hence = tree.children
        ago = _word(hence) == "ago"
        return s.Moment(str(number), _unit(unit), "ago" if ago else "from now", self._span(tree))

    def _constant(self, tree: Any) -> s.Constant:
        (token,) = tree.children
        span = self._span(token)
        match token.type:
            case "QUOTED":
                return s.Constant("text", _unquote(token), span)
            case "NUMBER":
                return s.Constant("number", str(token), span)
            case "DATE":
                return s.Constant("day", str(token), span)
            case _:
                return s.Constant("word", str(token), span)

    def _field(self, tree: Any) -> s.Name:
        *company, token = tree.children
        return s.Name(_unquote(token), bool(company), self._span(tree))

    def _label(self, tree: Any) -> s.Name:
        return s.Name(_unquote(tree.children[0]), False, self._span(tree))

    def _span(self, node: Any) -> Span:
        place = node if _is_token(node) else node.meta
        return self.rule.span(place.start_pos, place.end_pos)


def _is_token(node: Any) -> bool:
    return isinstance(node, str)


def _word(token: Any) -> str:
    """A keyword as the canonical text spells it."""
    return _SPACES.sub(" ", token.lower())


def _operator(*tokens: Any) -> str:
    words = " ".join(_word(token) for token in tokens)
    return {"is": "=", "is not": "!="}.get(words, words)


def _unit(token: Any) -> Literal["day", "week"]:
    return "day" if token.lower().startswith("day") else "week"


def _unquote(token: Any) -> str:
    """A text without its quotes, a name without its backticks; a doubled one inside stands for itself."""
    text = str(token)
    mark = text[0]
    return text[1:-1].replace(mark * 2, mark) if mark in "'\"`" else text
