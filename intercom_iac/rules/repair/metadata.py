"""Metadata that is not read behind the `where` of an event, or stands outside of one that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Event
from intercom_iac.text import Excerpt

from ..syntax import tree as s
from .answers import LONGEST_CLAUSE, Answer, answer_clause, answer_of, search_clause
from .chains import joint_of, word_of
from .clauses import Clause
from .trial import Budget, Compiled, Known, compile_candidate
from .wordings.rewording import Draft

_EVENT_WHERE = lazy_pattern(
    r"(?P<head>event\s+(?P<event>[\w-]+|`[^`]+`|'[^']+')\s+where\s+)(?P<rest>[^()]+)$", re.IGNORECASE
)
_WHERE = lazy_pattern(r"(?<![\w.-])where\s+", re.IGNORECASE)


def answer_where(
    rule: Excerpt,
    clauses: Sequence[Clause],
    index: int,
    mistakes: Mapping[int, object],
    known: Known,
    budget: Budget,
) -> Answer | None:
    """The answer to a clause that is read as metadata of the event that it names or that stands before it."""
    clause = clauses[index]
    if clause.place != "contact" or not isinstance(clause.node, s.Broken):
        return None
    opened = _opened_here(rule, clauses, index, known, budget) or _opened_before(rule, clauses, index, known)
    if opened is None:
        return None
    event, start, head, written, last = opened
    chain = False
    while last + 1 < len(clauses) and last + 1 in mistakes:
        before, following = clauses[last], clauses[last + 1]
        joint = joint_of(rule, before, following, behind_where=True)
        if joint is None:
            break
        meant = _compile_metadata(rule.text[following.start : following.end], event, known, budget)
        if meant is None:
            break
        written = f"{written} {word_of(joint)} {joint['not'] or ''}{_enclosed(meant)}"
        chain, last = True, last + 1
    end = clauses[last].end
    if last < index or end - start > LONGEST_CLAUSE:
        return None
    compiled = compile_candidate(
        f"{head}({written})" if chain else f"{head}{written}", "contact", known, budget
    )
    return (
        None if compiled is None else answer_of(start, end, [(Draft(compiled.text, certain=False), compiled)])
    )


class _Opened(NamedTuple):
    """A `where`: its event, where the test of that starts, the texts up to the metadata and of the metadata, and
    the number of the last clause that these hold."""

    event: Event
    start: int
    head: str
    written: str
    last: int


def _opened_here(
    rule: Excerpt, clauses: Sequence[Clause], index: int, known: Known, budget: Budget
) -> _Opened | None:
    """The `where` inside the clause."""
    clause = clauses[index]
    found = _EVENT_WHERE.match(rule.text[clause.start : clause.end])
    event = None if found is None else known.schema.events.get(found["event"].strip("`'"))
    if found is None or event is None:
        return None
    meant = _compile_metadata(found["rest"], event, known, budget)
    if meant is None:
        return None
    return _Opened(event=event, start=clause.start, head=found["head"], written=_enclosed(meant), last=index)


def _opened_before(rule: Excerpt, clauses: Sequence[Clause], index: int, known: Known) -> _Opened | None:
    """The `where` without parentheses of the event before the clause."""
    first = index - 1
    while first >= 0 and isinstance(clauses[first].place, Event):
        first -= 1
    node = clauses[first].node if first >= 0 else None
    if not isinstance(node, s.EventRule) or node.count or node.clause or node.which:
        return None
    before = rule.text[clauses[first].start : clauses[first].end]
    where, event = _WHERE.search(before), known.schema.events.get(node.event.text)
    if where is None or event is None or before.endswith(")"):
        return None
    head, written = before[: where.end()], before[where.end() :]
    return _Opened(event=event, start=clauses[first].start, head=head, written=written, last=index - 1)


def _compile_metadata(text: str, event: Event, known: Known, budget: Budget) -> Compiled | None:
    """A clause as it would be behind the `where` of an event."""
    compiled = compile_candidate(text, event, known, budget)
    if compiled is not None:
        return compiled
    clause = Clause(s.Broken(), 0, len(text), event)
    answer = answer_clause(text, clause, known, budget) or search_clause(text, clause, known, budget)
    return None if answer is None else answer.readings[0]


def _enclosed(compiled: Compiled) -> str:
    chain = isinstance(compiled.root, s.Conjunction | s.Disjunction)
    return f"({compiled.text})" if chain else compiled.text
