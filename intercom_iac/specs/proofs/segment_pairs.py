"""Segments of the same people, and segments inside others.

A segment is inside another where its rule implies each clause of the other's. Clauses that read nothing in common say
nothing about each other, so a clause is held against those alone that read what it reads, directly or through others.
Many rules have the same few of these, and of the same ones it is decided once: what is compared grows with the
different clauses of a project, not with its pairs of segments.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.address import segment_address
from intercom_iac.model.predicate import And, InSegment, Not, Or, negation
from intercom_iac.text.lists import brief_list

from .questions import Questions
from .segment_rules import SegmentRule
from .subjects import SubjectReader, Subjects, conjuncts

# Sets of segments are whole numbers, a bit a segment, by its place in the list.
Segments = int
# So many sets are turned at once, by their bits where fewer than one in so many is set.
_ROWS, _SPARSE = 500, 16


@dataclass(frozen=True, slots=True)
class Inclusions:
    """Which of the segments are inside which.

    `inside[n]` are those inside segment n, itself among them; `undecided[n]` those of which that was not decided.
    """

    inside: tuple[Segments, ...]
    undecided: tuple[Segments, ...]


def pair_findings(
    segments: Sequence[SegmentRule], questions: Questions, reader: SubjectReader
) -> Iterator[Diagnostic]:
    """One for each segment that has the people of an earlier one, one for each that is inside others, and one for
    each of which that was not decided. Each of their rules matches some people and not all."""
    clauses = _ClauseList(reader)
    # Rules that are written alike are one.
    first: dict[tuple[int, ...], SegmentRule] = {}
    for segment in segments:
        numbers = tuple([clauses.find(part).number for part in conjuncts(segment.rule)])
        earlier = first.setdefault(numbers, segment)
        if earlier is not segment:
            yield from _equivalent(segment, earlier)
    distinct = [*first.values()]
    comparison = _Comparison([segment.rule for segment in distinct], [*first], clauses, questions)
    yield from _inclusion_findings(distinct, comparison.inclusions())


def _inclusion_findings(segments: Sequence[SegmentRule], inclusions: Inclusions) -> Iterator[Diagnostic]:
    inside = inclusions.inside
    around = _around(inside)
    # Of segments of the same people the first stands for all.
    first = [next(_places(inside[at] & around[at])) for at in range(len(segments))]
    firsts = sum(1 << at for at in range(len(segments)) if first[at] == at)
    for at, segment in enumerate(segments):
        if first[at] != at:
            yield from _equivalent(segment, segments[first[at]])
            continue
        larger = around[at] & firsts & ~(1 << at)
        nearest = _nearest(larger, inside, around)
        not_said = [segments[other] for other in nearest if segments[other].key not in segment.said_inside]
        if not_said:
            yield _inside(segment, not_said)
    for segment, undecided in zip(segments, _around(inclusions.undecided), strict=True):
        if undecided:
            yield _undecided_finding(segment, [segments[other] for other in _places(undecided)])


def _nearest(larger: Segments, inside: Sequence[Segments], around: Sequence[Segments]) -> list[int]:
    """The places of those segments of a set that no other of it is inside of: what is around these is not said again.

    Each is looked for by halves, so that of a thousand segments one inside the other not all are looked at.
    """
    found: list[int] = []
    left = larger
    while left:
        at, below = -1, left
        while below:
            at = _middle(below)
            below &= inside[at] & ~(1 << at)
        if inside[at] & larger & ~(1 << at):
            left &= ~(1 << at)
        else:
            found.append(at)
            left &= ~around[at]
    return sorted(found)


def _middle(segments: Segments) -> int:
    """The place of a segment of a set, as many places from the first as from the last."""
    first, last = (segments & -segments).bit_length() - 1, segments.bit_length() - 1
    upper = segments >> (first + last + 1) // 2
    return (first + last + 1) // 2 + (upper & -upper).bit_length() - 1


def _around(inside: Sequence[Segments]) -> list[Segments]:
    """By segment those that it is inside of, from those that are inside each."""
    count = len(inside)
    around = [0] * count
    for start in range(0, count, _ROWS):
        rows = inside[start : start + _ROWS]
        if sum(map(int.bit_count, rows)) < count * len(rows) // _SPARSE:
            for other, segments in enumerate(rows, start):
                for at in _places(segments):
                    around[at] |= 1 << other
        else:
            # As text, every `count`th digit is a column.
            digits = "".join([format(segments, f"0{count}b") for segments in rows])
            for at in range(count):
                around[at] |= int(digits[count - 1 - at :: count][::-1], 2) << start
    return around


def _undecided_finding(segment: SegmentRule, others: Sequence[SegmentRule]) -> Diagnostic:
    names = brief_list([other.key for other in others], "or")
    return codes.UNDECIDED.at(
        segment.span,
        f"whether {segment.name} is inside {names} was not decided",
        subject=segment_address(segment.key),
    )


def _equivalent(segment: SegmentRule, first: SegmentRule) -> Iterator[Diagnostic]:
    if first.key in segment.said_inside and segment.key in first.said_inside:
        return
    yield codes.EQUIVALENT_SEGMENTS.at(
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
    negation: Predicate
    subjects: Subjects


class _ClauseList:
    """The clauses of all rules; those that are written alike are one."""

    def __init__(self, reader: SubjectReader) -> None:
        self._reader = reader
        self._known: dict[Predicate, _Clause] = {}
        self.all: list[_Clause] = []

    def find(self, rule: Predicate) -> _Clause:
        clause = self._known.get(rule)
        if clause is None:
            clause = _Clause(len(self.all), rule, negation(rule), self._reader.read(rule))
            self._known[rule] = clause
            self.all.append(clause)
        return clause


class _Comparison:
    """Which segments are inside which. Each of their rules matches some people and not all."""

    def __init__(
        self,
        rules: Sequence[Predicate],
        numbers: Sequence[tuple[int, ...]],
        clauses: _ClauseList,
        questions: Questions,
    ) -> None:
        """`numbers` are those of the clauses of each rule."""
        self._questions = questions
        self._list = clauses
        self._clauses = [tuple([clauses.all[number] for number in own]) for own in numbers]
        # By the number of a clause, the segments that have it; by a subject, those that read it.
        self._owners: list[Segments] = [0] * len(clauses.all)
        for at, own in enumerate(numbers):
            for number in own:
                self._owners[number] |= 1 << at
        self._readers: dict[Hashable, Segments] = {}
        for clause, owners in zip(clauses.all, self._owners, strict=True):
            for subject in clause.subjects:
                self._readers[subject] = self._readers.get(subject, 0) | owners
        self._rules = rules
        self._comparison = questions.conjunctions.compare(self._rules)
        # By the number of a clause, the segments whose rules imply it, and those whose rules do not.
        self._implying: dict[int, tuple[Segments, Segments]] = {}
        self._clauses_in_reach: dict[tuple[int, Subjects], tuple[_Clause, ...]] = {}
        self._implied: dict[tuple[tuple[int, ...], int], bool | None] = {}

    def inclusions(self) -> Inclusions:
        inside: list[Segments] = []
        undecided: list[Segments] = []
        for at, clauses in enumerate(self._clauses):
            certain, unknown = 1 << at | self._certainly_inside(clauses), 0
            # What reads little is mostly known already, of other rules that say the same of it.
            simple_first = sorted(clauses, key=lambda clause: len(clause.subjects))
            for other in _places(self._possible(clauses) & ~certain):
                if certain >> other & 1:
                    continue
                implied = self._implies_all(other, simple_first)
                if implied is None:
                    unknown |= 1 << other
                elif implied:
                    # And with it those inside it, where these are known.
                    certain |= 1 << other | (inside[other] if other < at else 0)
            inside.append(certain)
            undecided.append(unknown & ~certain)
            self._forget_own_clauses(at)
        return Inclusions(tuple(inside), tuple(undecided))

    def _certainly_inside(self, clauses: Iterable[_Clause]) -> Segments:
        """The segments whose rules imply all the clauses, as far as single tests say so."""
        inside = self._comparison.all
        for clause in clauses:
            implying, _ = self._implied_by(clause)
            inside &= implying
        return inside

    def _forget_own_clauses(self, at: int) -> None:
        """What is known of clauses that no other rule has is not asked again, and takes a bit for each rule."""
        for clause in self._clauses[at]:
            if self._owners[clause.number] == 1 << at:
                self._implying.pop(clause.number, None)

    def _possible(self, clauses: Iterable[_Clause]) -> Segments:
        """The segments whose rules may imply all the clauses: they read something that each of them reads."""
        possible = -1
        for clause in clauses:
            reading = 0
            for subject in clause.subjects:
                reading |= self._readers[subject]
            _, implying_not = self._implied_by(clause)
            possible &= reading & ~implying_not
            if not possible:
                break
        return possible

    def _implied_by(self, clause: _Clause) -> tuple[Segments, Segments]:
        """The segments whose rules imply a clause, and those whose rules do not, where single tests say so."""
        known = self._implying.get(clause.number)
        if known is None:
            implying, others = self._questions.conjunctions.implying(self._comparison, clause.rule)
            owners = self._owners[clause.number] if clause.number < len(self._owners) else 0
            known = self._implying[clause.number] = implying | owners, others
        return known

    def _implies_all(self, at: int, clauses: Sequence[_Clause]) -> bool | None:
        """Whether the rule of a segment implies all the clauses; None where that was not decided."""
        unknown = False
        for clause in clauses:
            implied = self._implies(at, clause)
            if implied is False:
                return False
            unknown = unknown or implied is None
        return None if unknown else True

    def _implies(self, at: int, clause: _Clause) -> bool | None:
        implying, implying_not = self._implied_by(clause)
        if (implying | implying_not) >> at & 1:
            return bool(implying >> at & 1)
        related = self._related_clauses(at, clause.subjects)
        key = (tuple([other.number for other in related]), clause.number)
        if key not in self._implied:
            self._implied[key] = self._decide_implication(at, related, clause)
        return self._implied[key]

    def _decide_implication(self, at: int, related: tuple[_Clause, ...], clause: _Clause) -> bool | None:
        if isinstance(clause.rule, Or) and self._reads_apart(at, related, clause):
            # Whoever satisfies the rule may fail each part by itself, and then all of them.
            parts = [self._implies(at, self._list.find(part)) for part in clause.rule.parts]
            if any(parts) or None not in parts:
                return any(parts)
        counter = [*(other.rule for other in related), clause.negation]
        exists = self._questions.conjunctions.can_hold_by_parts(counter)
        if exists is not None:
            return not exists
        examples = self._questions.examples(self._rules[at]) or ()
        if not all(self._questions.is_satisfied(clause.rule, example) for example in examples):
            return False
        if isinstance(clause.rule, Or):
            # Who passes a part passes it; a part reads less, and has been held against the same clauses before.
            parts = (self._list.find(part) for part in clause.rule.parts)
            if any(self._implies(at, part) for part in parts):
                return True
        exists = self._questions.search_together(counter)
        return None if exists is None else not exists

    def _reads_apart(self, at: int, related: Iterable[_Clause], clause: _Clause) -> bool:
        """Whether each part of a clause is held against another clause of a rule, or none."""
        reads_once = self._questions.conjunctions.reads_once
        return (
            all(_is_single_test(other.rule) for other in related)
            and reads_once(self._rules[at])
            and reads_once(clause.rule)
        )

    def _related_clauses(self, at: int, subjects: Subjects) -> tuple[_Clause, ...]:
        """The clauses of a rule that read one of the subjects, or what another of these reads."""
        key = at, subjects
        if key not in self._clauses_in_reach:
            self._clauses_in_reach[key] = _clauses_in_reach(self._clauses[at], subjects)
        return self._clauses_in_reach[key]


def _is_single_test(rule: Predicate) -> bool:
    test = rule.part if isinstance(rule, Not) else rule
    return not isinstance(test, And | Or | Not | InSegment)


def _clauses_in_reach(clauses: Sequence[_Clause], subjects: Subjects) -> tuple[_Clause, ...]:
    reached = subjects
    while True:
        related = tuple(clause for clause in clauses if not reached.isdisjoint(clause.subjects))
        all_read = reached.union(*(clause.subjects for clause in related))
        if len(all_read) == len(reached):
            return tuple(sorted(related, key=lambda clause: clause.number))
        reached = all_read
