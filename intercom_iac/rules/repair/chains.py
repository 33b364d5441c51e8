"""Clauses that lean on the one before: `plan = free or trial`, `score >= 7 and <= 8`, `seats 5 or more`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType, Event
from intercom_iac.text import Excerpt

from ..check.names import fields_spelled
from ..print.text import field_text
from ..syntax import tree as s
from .answers import LONGEST_CLAUSE, Answer, answer_clause, answer_of
from .clauses import Clause
from .surroundings import surroundings_of
from .trial import Budget, Known, compile_candidate
from .wordings.rewording import Draft

_JOINT = lazy_pattern(r"\s*(?:\b(?P<word>and|or)\b|(?P<sign>&&|\|\|))\s*(?P<not>not\s+)?", re.IGNORECASE)
_OPERATOR = lazy_pattern(
    r"(?:!=|[<>]=?|=|(?:is|in|not\s+in|contains|starts|ends|begins|like|within|before|after|between|more\s+than"
    r"|less\s+than|greater\s+than|at\s+least|at\s+most|exactly|on|has|below|above|over|under|equals?)(?![\w.-]))",
    re.IGNORECASE,
)
_LITERAL = lazy_pattern(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|-?\d[\w.-]*|[^\W\d](?:\w|[.-](?=\w))*")
_MOST_PARTS = 12
# `or more`, `and 2026-01-31)`: what the word tears off a test is short.
_LONGEST_REST = 30


def answer_chain(
    rule: Excerpt,
    clauses: Sequence[Clause],
    index: int,
    mistakes: Mapping[int, object],
    known: Known,
    budget: Budget,
) -> Answer | None:
    """The answer to a clause that is only a part of a test, together with the clauses that it belongs to."""
    return (
        _answer_more_values(rule, clauses, index, mistakes, known, budget)
        or _answer_without_field(rule, clauses, index, known, budget)
        or (answer_torn_clause(rule, clauses, index, known, budget) if index + 1 in mistakes else None)
    )


def joint_of(
    rule: Excerpt, before: Clause, behind: Clause, *, behind_where: bool = False
) -> re.Match[str] | None:
    """The `and` or `or` alone between two clauses; also where only the first is behind a `where`, if that may be."""
    apart = before.place != behind.place and not (behind_where and isinstance(before.place, Event))
    if apart or behind.start < before.end:
        return None
    return _JOINT.fullmatch(rule.text, before.end, behind.start)


def word_of(joint: re.Match[str]) -> str:
    return {"&&": "and", "||": "or"}[joint["sign"]] if joint["sign"] else joint["word"].casefold()


def answer_torn_clause(
    rule: Excerpt, clauses: Sequence[Clause], first: int, known: Known, budget: Budget
) -> Answer | None:
    """A clause and the next as the single one that the `and` or `or` inside it has torn apart."""
    if not 0 <= first < len(clauses) - 1:
        return None
    before, behind = clauses[first], clauses[first + 1]
    if joint_of(rule, before, behind) is None or behind.end - before.start > LONGEST_CLAUSE:
        return None
    if behind.end - behind.start > _LONGEST_REST:
        return None
    whole = Clause(s.Broken(), before.start, behind.end, before.place)
    found = answer_clause(rule.text[whole.start : whole.end], whole, known, budget, as_text=False)
    # Two tests that have been told apart are no single one.
    if found is None or any(
        isinstance(reading.root, s.Conjunction | s.Disjunction) for reading in found.readings
    ):
        return None
    return found


def _answer_without_field(
    rule: Excerpt, clauses: Sequence[Clause], index: int, known: Known, budget: Budget
) -> Answer | None:
    """An operator and a value without the field, which is that of the clause before."""
    clause, before = clauses[index], clauses[index - 1] if index else None
    text = rule.text[clause.start : clause.end]
    joint = None if before is None else joint_of(rule, before, clause, behind_where=True)
    if before is None or joint is None or _OPERATOR.match(text) is None:
        return None
    if isinstance(before.node, s.EventRule) and before.place == clause.place:
        if word_of(joint) == "or" or joint["not"]:
            return None
        whole = Clause(s.Broken(), before.start, clause.end, before.place)
        return answer_clause(f"{rule.text[before.start : before.end]} {text}", whole, known, budget)
    if not isinstance(before.node, s.Test):
        return None
    name = field_text(before.node.field)
    around = surroundings_of(rule.text, before.start, clause.end)
    divided = around.divide(word_of(joint))
    if before.place != clause.place or (around.before == "not" and not before.node.field.company):
        # Both are behind the `where` of an event, or behind a `not`.
        whole = Clause(s.Broken(), before.start, clause.end, before.place)
        first = rule.text[before.start : before.end]
        candidate = f"{first} {word_of(joint)} {joint['not'] or ''}{name} {text}"
        return _guess_if(divided, _answer_text(candidate, whole, known, budget))
    if not before.node.field.company:
        return _guess_if(divided, _answer_text(f"{name} {text}", clause, known, budget))
    # One company passes both.
    inner = s.Name(before.node.field.text)
    first = rule.text[before.start : before.end].partition(".")[2]
    whole = Clause(s.Broken(), before.start, clause.end, before.place)
    negated = "not " if joint["not"] else ""
    candidate = f"company({first} {word_of(joint)} {negated}{field_text(inner)} {text})"
    return _guess_if(True, _answer_text(candidate, whole, known, budget))


def _guess_if(condition: bool, answer: Answer | None) -> Answer | None:
    """The answer, as no more than a guess where that is so."""
    return replace(answer, certain=False) if answer is not None and condition else answer


def _answer_text(text: str, clause: Clause, known: Known, budget: Budget) -> Answer | None:
    """The answer that a text is as it stands, or else that of the tables to it."""
    compiled = compile_candidate(text, clause.place, known, budget)
    if compiled is not None:
        return answer_of(clause.start, clause.end, [(Draft(text), compiled)])
    return answer_clause(text, clause, known, budget)


def _answer_more_values(
    rule: Excerpt,
    clauses: Sequence[Clause],
    index: int,
    mistakes: Mapping[int, object],
    known: Known,
    budget: Budget,
) -> Answer | None:
    """Values without a field and an operator, which are those of the clause before."""
    joint = joint_of(rule, clauses[index - 1], clauses[index], behind_where=True) if index else None
    if joint is None or joint["not"]:
        return None
    before, word = clauses[index - 1], word_of(joint)
    last = index
    while (
        last + 1 < len(clauses)
        and last + 1 in mistakes
        and last - index < _MOST_PARTS
        and (following := joint_of(rule, clauses[last], clauses[last + 1])) is not None
        and word_of(following) == word
        and not following["not"]
        and _literal(rule, clauses[last + 1]) is not None
    ):
        last += 1
    values = [_literal(rule, clause) for clause in clauses[index : last + 1]]
    written = [value for value in values if value is not None]
    if len(written) != len(values):
        return None
    meant = _clause_with_values(rule, before, written, word, known)
    if meant is None or clauses[last].end - before.start > LONGEST_CLAUSE:
        return None
    if surroundings_of(rule.text, before.start, clauses[last].end).divide(word):
        meant = replace(meant, certain=False)
    compiled = compile_candidate(meant.text, before.place, known, budget)
    return None if compiled is None else answer_of(before.start, clauses[last].end, [(meant, compiled)])


def _literal(rule: Excerpt, clause: Clause) -> str | None:
    """The text of a clause that is nothing but a value, or a name that there is not."""
    text = rule.text[clause.start : clause.end].strip()
    bare = isinstance(clause.node, s.Broken) or (
        isinstance(clause.node, s.Test) and clause.node.clause is None and not clause.node.field.company
    )
    return text if bare and _LITERAL.fullmatch(text) else None


def _clause_with_values(
    rule: Excerpt, before: Clause, values: Sequence[str], word: str, known: Known
) -> Draft | None:
    """The clause with more values than its one. Where it takes any word, a value may be a misspelt name."""
    text = rule.text[before.start : before.end]
    node = before.node
    name = ""
    if isinstance(node, s.Test):
        found = fields_spelled(
            node.field.text, "company" if node.field.company else before.place, known.schema
        )
        only = found[0].name if len(found) == 1 and not node.field.company else node.field
        name = field_text(only)
    match node:
        case s.Test(
            field=field, clause=s.Comparison(operator="=" | "!=" as operator, operand=s.Constant(span=span))
        ):
            negated = operator == "!="
            first = None if span is None else span.text
        case s.Test(field=field, clause=s.Membership(negated=negated, values=(*_, s.Constant(span=span)))):
            inner = text[text.index("(") + 1 : text.rindex(")")] if "(" in text and ")" in text else None
            first = inner
        case s.Test(
            field=field, clause=s.Matching(operator=matching, negated=negated, operand=s.Constant(span=span))
        ):
            if span is None:
                return None
            tests = [f"{name} {matching} {value}" for value in (span.text, *values)]
            chain = f" {word} ".join(tests)
            return Draft(f"not ({chain})" if negated else chain, certain=False)
        case s.Test(clause=s.Presence()) if word == "or":
            tests = [text, *(f"{name} = {value}" for value in values)]
            return Draft(" or ".join(tests), certain=False)
        case s.HasTag() | s.SegmentReference() | s.EventRule():
            keyword = text.split(maxsplit=1)[0].casefold()
            # What is said of the first event may be meant for the others, too.
            if isinstance(node, s.EventRule) and (node.where or node.count or node.clause):
                return None
            chain = f" {word} ".join([text, *(f"{keyword} {value}" for value in values)])
            return Draft(chain, certain=not isinstance(node, s.HasTag))
        case _:
            return None
    if first is None:
        return None
    listed = f"{name} {'not ' if negated else ''}in ({', '.join([first, *values])})"
    # `is a and b` selects nobody, and `is not a or b` everybody: what is meant is another thing.
    declared = fields_spelled(field.text, "company" if field.company else before.place, known.schema)
    takes_any = any(found.field.type is DataType.STRING for found in declared)
    return Draft(listed, certain=not negated and word == "or" and not takes_any)
