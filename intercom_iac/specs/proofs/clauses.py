"""Clauses that change nothing: without one the rule selects the same people.

A part of a chain matters only for people of whom the chain decides the rule: those who pass the other parts of each
`and` around it, and none of the other parts of each `or`. Where all of these pass the part, it can be left out of its
`and`; where none of them does, out of its `or`. That holds under `not` too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Not, Occurrences, Or, SomeCompany, negation
from intercom_iac.prover import Unsatisfiable, clause_span
from intercom_iac.rules.normal import chain
from intercom_iac.text import Span

from .clause_fixes import dropping_fix
from .questions import Questions
from .segment_rules import SegmentRule
from .subjects import SubjectReader, Subjects

# Of rules with more clauses nothing is asked: each would be held against all the others.
MOST_CLAUSES = 200
_LONGEST_NAME = 60
_HOLDING_CLAUSES = (And, Or, Not, SomeCompany, Occurrences)

Wrap = Callable[[Predicate], Predicate]


def _of_contact(rule: Predicate) -> Predicate:
    return rule


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What holds of everybody for whom a clause matters, and what that reads; `wrap` makes a rule about a contact of
    a rule about these, who may be companies or occurrences."""

    clauses: tuple[Predicate, ...] = ()
    subjects: Subjects = frozenset()
    wrap: Wrap = _of_contact


class ClauseProofs:
    """Finds clauses that change nothing."""

    def __init__(self, questions: Questions, reader: SubjectReader) -> None:
        self._questions = questions
        self._reader = reader

    def findings(self, segment: SegmentRule) -> Iterator[Diagnostic]:
        """One for each clause of the rule that can be left out, all of them together."""
        count = _count(segment.rule)
        if count <= MOST_CLAUSES:
            if not self._questions.conjunctions.reads_once(segment.rule):
                yield from self._check(segment.rule, _Surroundings())
        else:
            yield codes.UNDECIDED.at(
                segment.span,
                f"which clauses of {segment.name} change nothing was not decided: it has {count}, and up to "
                f"{MOST_CLAUSES} are looked at",
            )

    def _check(self, node: Predicate, around: _Surroundings) -> Generator[Diagnostic, None, Predicate]:
        """The findings of a rule's clauses; returns the rule without these."""
        match node:
            case And() | Or():
                return (yield from self._check_chain(node, around))
            case Not(part=part):
                return replace(node, part=(yield from self._check(part, around)))
            case SomeCompany(rule=inner):
                of_company = _Surroundings(wrap=lambda rule: around.wrap(replace(node, rule=rule)))
                return replace(node, rule=(yield from self._check(inner, of_company)))
            case Occurrences(where=where) if where is not None:
                some = Occurrences(node.event, span=node.span)
                of_occurrence = _Surroundings(wrap=lambda rule: around.wrap(replace(some, where=rule)))
                return replace(node, where=(yield from self._check(where, of_occurrence)))
            case _:
                return node

    def _check_chain(self, node: And | Or, around: _Surroundings) -> Generator[Diagnostic, None, Predicate]:
        """The same of a chain. Each clause is held against what is left of the others: two clauses may change nothing
        because of each other, and both cannot go."""
        readers = Counter(subject for part in node.parts for subject in self._reader.read(part))
        readers.update(around.subjects)
        kept = list(node.parts)
        # From the last on: of two that say the same, the one that was written later goes.
        for part in reversed(node.parts):
            apart = all(readers[subject] == 1 for subject in self._reader.read(part))
            others = [other for other in kept if other is not part]
            if others and (finding := self._finding(node, part, others, around, apart=apart)) is not None:
                kept = others
                yield finding
        left = list(kept)
        for at, part in enumerate(kept):
            if isinstance(part, _HOLDING_CLAUSES):
                others = left[:at] + left[at + 1 :]
                holding = others if isinstance(node, And) else [negation(other) for other in others]
                # What was left out of the others is read by them as they are written.
                subjects = around.subjects | self._reader.read_all(kept[:at] + kept[at + 1 :])
                inside = _Surroundings((*around.clauses, *holding), subjects, around.wrap)
                left[at] = yield from self._check(part, inside)
        return chain(type(node), left, node.span)

    def _finding(
        self, node: And | Or, part: Predicate, others: list[Predicate], around: _Surroundings, *, apart: bool
    ) -> Diagnostic | None:
        """The finding of a part of a chain beside the others; `apart`: nothing else reads what it reads."""
        everywhere = isinstance(node, And)
        # Whoever passes the rest and not the clause; under `or`, the clause and not the rest.
        decisive = negation(part) if everywhere else part
        span = clause_span(part)
        if span is None or (apart and not self._is_constant(decisive, around)):
            return None
        rest = others if everywhere else [negation(other) for other in others]
        if self._can_hold((*around.clauses, *rest, decisive), around.wrap) is not False:
            return None
        reasons = self._reasons((*around.clauses, *rest), decisive, around.wrap)
        places = dict.fromkeys(place for clause in reasons if (place := clause_span(clause)) is not None)
        beside = [place for place in places if not _overlap(place, span)]
        return codes.NO_EFFECT.at(
            span,
            f"{_name(span)} changes nothing: {_reason(everywhere=everywhere, alone=bool(reasons) and not beside)}",
            hint="take it out, or ask for something else",
            related=tuple(Related(place, "because of this") for place in beside),
            fix=dropping_fix(node, part),
        )

    def _reasons(
        self, clauses: tuple[Predicate, ...], decisive: Predicate, wrap: Wrap
    ) -> tuple[Predicate, ...]:
        """As few tests as possible beside which a clause changes nothing."""
        if wrap is _of_contact:
            verdict = self._questions.decide(chain(And, (*clauses, decisive)), tells_last_day=False)
            return verdict.clauses if isinstance(verdict, Unsatisfiable) else ()
        # What clashes inside of a company or an occurrence is one test to the prover.
        needed = list(clauses)
        for clause in clauses:
            fewer = [other for other in needed if other is not clause]
            if self._questions.can_hold(wrap(chain(And, (*fewer, decisive)))) is False:
                needed = fewer
        return (*needed, decisive)

    def _is_constant(self, decisive: Predicate, around: _Surroundings) -> bool:
        """Whether a clause by itself can never decide: where nothing around it reads what it reads, it changes
        nothing in no other way."""
        return self._can_hold((decisive,), around.wrap) is False

    def _can_hold(self, rules: Sequence[Predicate], wrap: Wrap) -> bool | None:
        """Whether somebody whom a clause matters for satisfies all the rules."""
        if wrap is _of_contact:
            return self._questions.can_hold_together(rules)
        return self._questions.can_hold_together([wrap(chain(And, rules))])


def _reason(*, everywhere: bool, alone: bool) -> str:
    if everywhere:
        return "everybody passes it" if alone else "whoever passes the rest of the rule passes it too"
    return "nobody passes it" if alone else "whoever passes it passes the rule without it"


def _name(span: Span) -> str:
    text = " ".join(span.text.split())
    return (
        f"`{text}`" if len(text) <= _LONGEST_NAME and "`" not in text and "#" not in text else "this clause"
    )


def _overlap(first: Span, second: Span) -> bool:
    return first.file.path == second.file.path and first.start < second.end and second.start < first.end


def _count(rule: Predicate) -> int:
    """How many clauses a rule has, those of referenced segments left out."""
    match rule:
        case And(parts=parts) | Or(parts=parts):
            return sum(map(_count, parts))
        case Not(part=part):
            return _count(part)
        case SomeCompany(rule=inner):
            return _count(inner)
        case Occurrences(where=where) if where is not None:
            return _count(where)
        case _:
            return 1
