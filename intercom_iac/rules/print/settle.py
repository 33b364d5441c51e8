"""Bare words for what the language has a form for, as that form: `is empty` is `is unknown`, `TRUE` is `true`.

An attribute may have an option of such a word, which is meant then, and another may have that name. So a word that
the specs declare, in whatever case, stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace

from intercom_iac.model.days import NAMED_DAYS

from ..syntax import tree as s

Declared = Callable[[], Container[str] | None]
"""Gives the words that the specs declare, in folded case; None where these are not known."""


def settle_words(syntax: s.Syntax, declared: Declared) -> s.Syntax:
    """The rule with forms in the place of words that cannot be anything else. It is for printing.

    `declared` is asked only where there is such a word.
    """
    return replace(syntax, root=_Settling(declared).node(syntax.root))


class _Settling:
    def __init__(self, declared: Declared) -> None:
        self.declared = declared

    def node(self, node: s.Node) -> s.Node:
        match node:
            case s.Conjunction(parts=parts) | s.Disjunction(parts=parts):
                return replace(node, parts=tuple(map(self.node, parts)))
            case s.Negation(part=part):
                return replace(node, part=self.node(part))
            case s.CompanyRule(rule=rule):
                return replace(node, rule=self.node(rule))
            case s.Test(clause=clause):
                return node if clause is None else replace(node, clause=self.clause(clause))
            case s.EventRule(where=where, clause=clause):
                inner = None if where is None else self.node(where)
                return replace(node, where=inner, clause=None if clause is None else self.clause(clause))
            case s.EventSequence(first=first, then=then):
                return replace(node, first=self.step(first), then=self.step(then))
            case _:
                return node

    def step(self, step: s.EventStep) -> s.EventStep:
        return step if step.where is None else replace(step, where=self.node(step.where))

    def clause(self, clause: s.Clause) -> s.Clause:
        match clause:
            case s.Presence(word=str(word)) if self.is_free(word):
                return replace(clause, word=None, negated=False)
            case s.Comparison(operand=operand):
                return replace(clause, operand=self.operand(operand))
            case s.Range(first=first, last=last):
                return replace(clause, first=self.operand(first), last=self.operand(last))
            case _:
                return clause

    def operand(self, operand: s.Operand) -> s.Operand:
        """A day's name is printed as a day of the calendar is."""
        if not isinstance(operand, s.Constant) or operand.kind != "word":
            return operand
        word = operand.text.casefold()
        if word in NAMED_DAYS and self.is_free(word):
            return replace(operand, kind="day", text=word)
        if word in ("true", "false") and word != operand.text and self.is_free(word):
            return replace(operand, text=word)
        return operand

    def is_free(self, word: str) -> bool:
        declared = self.declared()
        return declared is not None and word.casefold() not in declared
