"""Segments of the same people, and segments inside others.

A segment is inside another where its rule implies each clause of the other's. Clauses that read nothing in common say
nothing about each other, so a clause is held against those alone that read what it reads, directly or through others.
Many rules have the same few of these, and of the same ones it is decided once: what is compared grows with the
different clauses of a project, not with its pairs of segments.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, Related, UndecidedRule
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.model import Predicate
from intercom_iac.model.address import segment_address
from intercom_iac.model.predicate import And, Not, segments_of
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Witness
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain
from intercom_iac.text.lists import brief_list

from .segment_rules import SegmentRule
from .subjects import SubjectReader, Subjects, conjuncts
from .whole_rules import Decide

# Sets of segments are whole numbers, a bit a segment, by its place in the list.
Segments = int


@dataclass(frozen=True, slots=True)
class Inclusions:
    """Which of the segments are inside which.

    `inside[n]` are those inside segment n, itself among them; `undecided[n]` those of which that was not decided.
    `reason` says why, of one of these.
    """

    inside: tuple[Segments, ...]
    undecided: tuple[Segments, ...]
    reason: str | None = None


def pair_findings(segments: Sequence[SegmentRule], inclusions: Inclusions) -> Iterator[Diagnostic]:
    """One for each segment that has the people of an earlier one, one for each that is inside others, and one for
    each of which that was not decided."""
    inside = inclusions.inside
    around = _around(inside)
    # Of segments of the same people the first stands for all.
    first = [next(_places(inside[at] & around[at])) for at in range(len(segments))]
    firsts = sum(1 << at for at in range(len(segments)) if first[at] == at)
    for at, segment in enumerate(segments):
        if first[at] != at:
            yield _equivalent(segment, segments[first[at]])
            continue
        larger = around[at] & firsts & ~(1 << at)
        # Those around the ones around it are not said again.
        nearest = [other for other in _places(larger) if not inside[other] & larger & ~(1 << other)]
        referred = {*segments_of(segment.rule)}
        not_said = [segments[other] for other in nearest if segments[other].key not in referred]
        if not_said:
            yield _inside(segment, not_said)
    for segment, undecided in zip(segments, _around(inclusions.undecided), strict=True):
        if undecided:
            yield _undecided(segment, [segments[other] for other in _places(undecided)], inclusions.reason)


def _around(inside: Sequence[Segments]) -> list[Segments]:
    """By segment those that it is inside of, from those that are inside each."""
    around = [0] * len(inside)
    for other, segments in enumerate(inside):
        for at in _places(segments):
            around[at] |= 1 << other
    return around


def _undecided(segment: SegmentRule, others: Sequence[SegmentRule], reason: str | None) -> Diagnostic:
    names = brief_list([other.key for other in others], "or")
    why = "" if reason is None else f": {reason}"
    return codes.UNDECIDED.at(
        segment.span,
        f"whether {segment.name} is inside {names} was not decided{why}",
        subject=segment_address(segment.key),
    )


def _equivalent(segment: SegmentRule, first: SegmentRule) -> Diagnostic:
    return codes.EQUIVALENT_SEGMENTS.at(
        segment.span,
        f"{segment.name} and {first.name} select the same people",
        hint=f"refer to the other as `segment {first.key}`, or take one of them out",
        related=(Related(first.span, f"the rule of {first.name}"),),
        subject=segment_address(segment.key),
    )


def _inside(segment: SegmentRule, around: Sequence[SegmentRule]) -> Diagnostic:
    names = brief_list([other.key for other in around])
    one = f"`segment {around[0].key}`"
    return codes.INSIDE_SEGMENT.at(
        segment.span,
        f"{segment.name} is inside {names}: each of its members is a member there",
        hint=f"where that is meant, {one} in the rule says so",
        related=tuple(Related(other.span, f"the rule of {other.name}") for other in around[:3]),
        subject=segment_address(segment.key),
    )


def _places(segments: Segments) -> Iterator[int]:
    """The places of the segments of a set, in their order."""
    while segments:
        lowest = segments & -segments
        yield lowest.bit_length() - 1
        segments ^= lowest


# --- who is inside whom -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that stands in one rule or in several, by the number that it is known by."""

    number: int
    rule: Predicate
    subjects: Subjects


def find_inclusions(segments: Sequence[SegmentRule], decide: Decide, reader: SubjectReader) -> Inclusions:
    """Which segments are inside which. Each of their rules matches some people and not all."""
    return _Comparison(segments, decide, reader).inclusions()


class _Comparison:
    def __init__(self, segments: Sequence[SegmentRule], decide: Decide, reader: SubjectReader) -> None:
        self._decide = decide
        self._numbers: dict[Predicate, _Clause] = {}
        self._reader = reader
        self._clauses = [
            tuple(self._clause(part) for part in conjuncts(segment.rule)) for segment in segments
        ]
        self._readers: dict[Hashable, Segments] = {}
        for at, clauses in enumerate(self._clauses):
            for clause in clauses:
                for subject in clause.subjects:
                    self._readers[subject] = self._readers.get(subject, 0) | 1 << at
        self._grouped: dict[Subjects, Sequence[tuple[tuple[_Clause, ...], Segments]]] = {}
        self._examples: dict[tuple[int, ...], Witness | None] = {}
        self._reason: str | None = None

    def _clause(self, rule: Predicate) -> _Clause:
        clause = self._numbers.get(rule)
        if clause is None:
            clause = _Clause(len(self._numbers), rule, self._reader.read(rule))
            self._numbers[rule] = clause
        return clause

    def inclusions(self) -> Inclusions:
        of_clause: dict[int, tuple[Segments, Segments]] = {}
        inside: list[Segments] = []
        undecided: list[Segments] = []
        everybody = (1 << len(self._clauses)) - 1
        for clauses in self._clauses:
            certain = possible = everybody
            for clause in clauses:
                if clause.number not in of_clause:
                    of_clause[clause.number] = self._segments_inside(clause)
                implying, unknown = of_clause[clause.number]
                certain &= implying
                possible &= implying | unknown
            inside.append(certain)
            undecided.append(possible & ~certain)
        return Inclusions(tuple(inside), tuple(undecided), self._reason)

    def _segments_inside(self, clause: _Clause) -> tuple[Segments, Segments]:
        """The segments whose rules imply a clause, and those of which that is not known."""
        implying = unknown = 0
        for related, segments in self._groups(clause.subjects):
            implied = self._implies(related, clause)
            if implied is None:
                unknown |= segments
            elif implied:
                implying |= segments
        return implying, unknown

    def _groups(self, subjects: Subjects) -> Sequence[tuple[tuple[_Clause, ...], Segments]]:
        """The segments that read some of the subjects, by their clauses that say anything about them."""
        if subjects not in self._grouped:
            groups: dict[tuple[int, ...], tuple[tuple[_Clause, ...], Segments]] = {}
            reading = 0
            for subject in subjects:
                reading |= self._readers[subject]
            for at in _places(reading):
                related = _related(self._clauses[at], subjects)
                key = tuple(clause.number for clause in related)
                groups[key] = (related, groups.get(key, (related, 0))[1] | 1 << at)
            self._grouped[subjects] = list(groups.values())
        return self._grouped[subjects]

    def _implies(self, related: tuple[_Clause, ...], clause: _Clause) -> bool | None:
        if any(other.number == clause.number for other in related):
            return True
        example = self._example(related)
        if example is not None and _fails(example, clause.rule):
            return False
        verdict = self._decide(chain(And, (*(other.rule for other in related), Not(clause.rule))))
        match verdict:
            case Unsatisfiable():
                return True
            case Satisfiable():
                return False
            case Unknown(reason=reason):
                self._reason = self._reason or reason
                return None

    def _example(self, clauses: tuple[_Clause, ...]) -> Witness | None:
        """Somebody who passes the clauses: where they fail the other one, nothing is left to prove."""
        key = tuple(clause.number for clause in clauses)
        if key not in self._examples:
            verdict = self._decide(chain(And, (clause.rule for clause in clauses)))
            self._examples[key] = verdict.witness if isinstance(verdict, Satisfiable) else None
        return self._examples[key]


def _fails(witness: Witness, rule: Predicate) -> bool:
    try:
        return not satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    except UndecidedRule:
        return False


def _related(clauses: Iterable[_Clause], subjects: Subjects) -> tuple[_Clause, ...]:
    """The clauses that read one of the subjects, or what another of these reads."""
    left = list(clauses)
    related: list[_Clause] = []
    reached = set(subjects)
    grows = True
    while grows:
        grows = False
        for clause in [*left]:
            if not reached.isdisjoint(clause.subjects):
                left.remove(clause)
                related.append(clause)
                reached |= clause.subjects
                grows = True
    return tuple(sorted(related, key=lambda clause: clause.number))
