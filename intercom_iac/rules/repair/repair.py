"""Diagnostics of a rule that is not read, with the clause as it should be as hint and fix.

Nothing is changed here: an answer is shown, and its fix is safe only where nothing else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Family, Fix, safe_fix, unsafe_fix
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt, Span

from ..check.clauses import operators_text
from ..check.values import shorten
from ..corrections import apart
from ..syntax import tree as s
from ..syntax.parse import stopping_place
from ..syntax.unexpected import SPACED_NAME_HINT
from .answers import LONGEST_CLAUSE, Answer, answer_clause, search_clause
from .chains import answer_chain, answer_torn_clause
from .clauses import Clause, clauses_of, offsets_of
from .comments import answer_comment
from .masking import mask
from .metadata import answer_where
from .names import leading_field, longer_names
from .parts import answer_parts
from .strays import take_out_stray
from .surroundings import surroundings_of
from .trial import Budget, Known, breaks_types

_MOST_CLAUSES = 6
_LONGEST_HINT = 400
_LOOK_BACK = 40
_NOT_BEFORE = lazy_pattern(r"(?<![\w.`-])(?:not\s+|!\s*)$", re.IGNORECASE)
_NAME = lazy_pattern(
    r"((?:company\.)?(?!(?:event|tag|segment|company)\s)[^\W\d](?:\w|[.-](?=\w))*)\s+(?=[^\W\d]|=?~)"
)
_PATTERN = lazy_pattern(
    r"(?:is\s+|(?:does\s+)?not\s+|doesn['’]t\s+|!\s*)*(?:=~|~|match(?:es)?(?![\w-])|reg_?exp?|rlike)",
    re.IGNORECASE,
)


MOST_RULES = 50
"""Rules of a run whose mistakes are looked into."""


def repair_mistakes(
    syntax: s.Syntax, diagnostics: Sequence[Diagnostic], known: Known, budget: Budget
) -> list[Diagnostic]:
    """The diagnostics of a rule in their order; those that a repair answers have it as hint and fix, and what only
    follows from the same mistake is left out."""
    rule = syntax.source
    clauses = clauses_of(syntax.root, rule, known.schema)
    answers: dict[int, Answer | None] = {}
    mistakes = _by_clause(diagnostics, clauses)
    for index in sorted(mistakes)[:_MOST_CLAUSES]:
        if not any(_covers(answer, clauses[index]) for answer in answers.values()):
            answers[index] = _answer(rule, clauses, index, mistakes, known, budget)
    clause_of = {id(found): index for index, mistaken in mistakes.items() for found in mistaken}
    unread = sum(diagnostic.family is Family.PARSE for diagnostic in diagnostics)
    repaired: list[Diagnostic] = []
    for diagnostic in diagnostics:
        index = clause_of.get(id(diagnostic))
        answer = None if index is None else answers.get(index)
        if answer is not None:
            repaired.append(_with_answer(diagnostic, answer, rule))
        elif index is not None and index in answers:
            repaired.append(_without_answer(diagnostic, clauses[index], rule, known, budget))
        elif not any(_explains(other, diagnostic, rule) for other in answers.values()):
            stray = diagnostic.family is Family.PARSE and diagnostic.fix is None
            found = take_out_stray(diagnostic, rule, unread, budget) if stray else None
            repaired.append(diagnostic if found is None else found)
    return repaired


def _by_clause(diagnostics: Sequence[Diagnostic], clauses: Sequence[Clause]) -> dict[int, list[Diagnostic]]:
    """The mistakes that may have an answer, by the innermost clause that they lie in."""
    found: dict[int, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if not diagnostic.is_error or diagnostic.span is None:
            continue
        span = diagnostic.span
        index = next((at for at in reversed(range(len(clauses))) if clauses[at].holds(span)), None)
        if index is None or (diagnostic.family is Family.PARSE) != isinstance(clauses[index].node, s.Broken):
            continue
        if diagnostic.family is Family.PARSE or diagnostic.fix is None or not diagnostic.fix.is_safe:
            found.setdefault(index, []).append(diagnostic)
    return found


def _answer(
    rule: Excerpt,
    clauses: Sequence[Clause],
    index: int,
    mistakes: dict[int, list[Diagnostic]],
    known: Known,
    budget: Budget,
) -> Answer | None:
    clause = clauses[index]
    if clause.end - clause.start > LONGEST_CLAUSE:
        return None
    found = (
        answer_comment(rule, clause, known, budget)
        or answer_chain(rule, clauses, index, mistakes, known, budget)
        or answer_parts(rule.text[clause.start : clause.end], clause, known, budget)
        or answer_clause(rule.text[clause.start : clause.end], clause, known, budget)
        or answer_where(rule, clauses, index, mistakes, known, budget)
        or answer_torn_clause(rule, clauses, index - 1, known, budget)
    )
    if found is None and isinstance(clause.node, s.Broken):
        found = search_clause(rule.text[clause.start : clause.end], clause, known, budget)
    return found


def _without_answer(
    diagnostic: Diagnostic, clause: Clause, rule: Excerpt, known: Known, budget: Budget
) -> Diagnostic:
    """A mistake that no candidate answers. A fix of a part stays where the clause reads with it and asks of its field
    what the type has a test for. Behind the name that a clause begins with, whether there is a field of that name
    decides what helps."""
    place = diagnostic.span
    if not isinstance(clause.node, s.Broken) or place is None:
        return diagnostic
    if diagnostic.fix is not None:
        text = _text_with(diagnostic.fix, clause, rule)
        if text is None or not budget.spend(text) or stopping_place(text) is not None:
            return replace(diagnostic, fix=None)
        if not breaks_types(text, clause.place, known, budget):
            return diagnostic
        diagnostic = replace(diagnostic, hint=None, fix=None)
    masked = mask(rule.text[clause.start : clause.end])
    field = None if masked is None else leading_field(masked[0], clause.place, known, masked[1])
    found = _NAME.match(rule.text, clause.start, clause.end)
    if found is None or rule.offsets[found.end()] != place.start:
        return diagnostic
    if field is None:
        longer = longer_names(found[1], clause.place, known)
        meant = f"; did you mean `{'` or `'.join(longer)}`?" if longer else ""
        return replace(diagnostic, hint=f"{SPACED_NAME_HINT}; `{shorten(found[1])}` is not declared{meant}")
    called = "" if found[1] in (field.field.name, field.path) else f"the attribute is called `{field.path}`; "
    pattern = _PATTERN.match(rule.text, found.end(), clause.end)
    no_pattern = "" if pattern is None else "there are no regular expressions; "
    return replace(diagnostic, hint=f"{called}{no_pattern}on {operators_text(field.field)}")


def _text_with(fix: Fix, clause: Clause, rule: Excerpt) -> str | None:
    """The text of the clause after a fix; None where the fix goes beyond it."""
    text = rule.text[clause.start : clause.end]
    for edit in reversed(fix.edits):
        place = offsets_of(rule, edit.span)
        if place is None or not clause.start <= place[0] <= place[1] <= clause.end:
            return None
        text = f"{text[: place[0] - clause.start]}{edit.text}{text[place[1] - clause.start :]}"
    return text


def _covers(answer: Answer | None, clause: Clause) -> bool:
    return answer is not None and answer.start <= clause.start and clause.end <= answer.end


def _explains(answer: Answer | None, diagnostic: Diagnostic, rule: Excerpt) -> bool:
    """Whether a mistake lies in the text that an answer replaces, so that nothing more is to be said of it."""
    if answer is None or diagnostic.span is None or not diagnostic.is_error:
        return False
    whole = rule.span(answer.start, answer.end)
    return whole.start <= diagnostic.span.start <= diagnostic.span.end <= whole.end


def _with_answer(diagnostic: Diagnostic, answer: Answer, rule: Excerpt) -> Diagnostic:
    texts, start = _at_its_place(answer, rule.text)
    hint = "; ".join([f"write {', or '.join(f'`{text}`' for text in texts)}", *answer.notes])
    if len(hint) > _LONGEST_HINT:
        return diagnostic
    fix = _fix(rule.span(start, answer.end), texts[0], safe=answer.certain and len(texts) == 1)
    return replace(diagnostic, hint=hint, fix=fix)


def _at_its_place(answer: Answer, text: str) -> tuple[list[str], int]:
    """The readings as they stand in the rule's text, chains in parentheses where they need them, with a `not` before
    them; and where that starts."""
    before = text[: answer.start]
    negation = _NOT_BEFORE.search(before, max(0, len(before) - _LOOK_BACK))
    around = surroundings_of(text, answer.start, answer.end)
    readings = [
        f"({reading.text})" if around.bind(reading.root) else reading.text for reading in answer.readings
    ]
    if negation is None or any(reading.startswith("not ") for reading in readings):
        return readings, answer.start
    return [f"not {reading}" for reading in readings], negation.start()


def _fix(span: Span, text: str, *, safe: bool) -> Fix | None:
    """The text in place of a span; None where a comment or a variable would go."""
    if "#" in span.text or "${" in span.text:
        return None
    edit = apart(span, text)
    return safe_fix(edit) if safe else unsafe_fix(edit)
