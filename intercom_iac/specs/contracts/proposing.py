"""Tests that the tests of a segment leave out: people at the edges of its clauses, and who would notice a small
mistake in its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, walk
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.model.world import World
from intercom_iac.prover.mutation.covering import Cover, Goal, boundary_goals, cover_boundaries, spread
from intercom_iac.prover.mutation.differences import differing_rules, first_meeting, is_member
from intercom_iac.prover.mutation.judging import JudgedMutant, judge_mutants
from intercom_iac.prover.witness import Witness
from intercom_iac.rules.mutants import mutations

from .goal_names import goal_name
from .running import run_segment_test
from .short_people import short_test

_MOST, _FEWEST = 300, 30
# Clauses of a rule times changes of it: what both the tests and the proofs take grows with it.
_MOST_WORK = 4_000


def most_changes(rule: Predicate) -> int:
    """How many changes of a rule are tried: fewer of a large one, since each is asked about with the whole of it."""
    return max(_FEWEST, min(_MOST, _MOST_WORK // sum(1 for _ in walk(rule))))


@dataclass(frozen=True, slots=True)
class ProposedTest:
    """A test to add, the person it tells of, and what it shows of the rule, in words."""

    test: SegmentTest
    witness: Witness
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedTests:
    """Tests of a rule to add, and what no test shows: with the reason why it was not decided, or because it cannot be
    told in short form. `left_out` counts what was not tried."""

    tests: tuple[ProposedTest, ...]
    covered: int
    undecided: tuple[tuple[str, str], ...]
    untold: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Survivor:
    """A small mistake in a rule that no test notices, and who would; `test` is None where that person cannot be told
    in short form."""

    judged: JudgedMutant
    witness: Witness
    member: bool
    test: SegmentTest | None


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """What the tests of a rule notice: every small mistake with what became of it; `left_out` counts those that were
    not tried."""

    rule: Predicate
    judged: tuple[JudgedMutant, ...]
    survivors: tuple[Survivor, ...]
    left_out: int

    def count(self, outcome: str) -> int:
        return sum(judged.outcome == outcome for judged in self.judged)

    @property
    def counted(self) -> int:
        """The mistakes of which it is known that a test can notice them."""
        return self.count("killed") + self.count("survived")


def propose_tests(
    rule: Predicate,
    tests: Iterable[SegmentTest],
    world: World,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
) -> ProposedTests:
    """As few people as show each clause of the rule on both sides of its edges, beside those of the tests."""

    def as_told(witness: Witness) -> Witness:
        return _person_of(short_test(witness, [rule], member=True), world)

    goals, left_out = boundary_goals(rule, most_changes(rule))
    people = [_person_of(test, world) for test in sound_tests(rule, tests, world)]
    cover = cover_boundaries(rule, goals, people, world, as_told=as_told, may_go_on=may_go_on)
    return ProposedTests(
        tests=tuple(_proposals(rule, cover)),
        covered=cover.met,
        undecided=tuple({goal_name(goal): reason for goal, reason in cover.undecided}.items()),
        untold=tuple(dict.fromkeys(map(goal_name, cover.untold))),
        left_out=left_out + cover.not_tried,
    )


def _proposals(rule: Predicate, cover: Cover) -> Iterable[ProposedTest]:
    for person in cover.people:
        test = short_test(person.witness, [rule], member=person.member)
        shows = tuple(dict.fromkeys(map(goal_name, _most_telling(person.goals))))
        yield ProposedTest(replace(test, name=shows[0]), person.witness, shows)


def _most_telling(goals: Sequence[Goal]) -> list[Goal]:
    """The edges of clauses before what shows merely that a clause counts, and mistakes last."""
    return sorted(goals, key=lambda goal: (goal.member is None, goal.mutant.kind == "dropped"))


def judge_rule(
    rule: Predicate,
    tests: Iterable[SegmentTest],
    world: World,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
) -> JudgedRule:
    """What the tests of a rule notice of the small mistakes in it. Tests that fail notice nothing."""
    mutants = mutations(rule)
    people = [_person_of(test, world) for test in sound_tests(rule, tests, world)]
    judged = judge_mutants(rule, spread(mutants, most_changes(rule)), people, world, may_go_on=may_go_on)
    tried = tuple(mutant for mutant in judged if mutant.outcome != "not tried")
    survivors = (
        _survivor(rule, mutant, mutant.witness, world) for mutant in tried if mutant.witness is not None
    )
    return JudgedRule(rule=rule, judged=tried, survivors=tuple(survivors), left_out=len(mutants) - len(tried))


def _survivor(rule: Predicate, judged: JudgedMutant, witness: Witness, world: World) -> Survivor:
    member = is_member(witness, rule) is True
    test = short_test(witness, [rule, judged.mutant.rule], member=member)
    questions = differing_rules(rule, judged.mutant.rule, member)
    noticed = first_meeting([_person_of(test, world)], questions) is not None
    return Survivor(judged, witness, member, test if noticed else None)


def sound_tests(rule: Predicate, tests: Iterable[SegmentTest], world: World) -> list[SegmentTest]:
    """The tests that pass."""
    return [test for test in tests if _passes(rule, test, world.first, ZoneInfo(world.zone))]


def _passes(rule: Predicate, test: SegmentTest, today: date, zone: ZoneInfo) -> bool:
    try:
        return run_segment_test(test, rule, today=today, zone=zone).passed
    except UndecidedRule:
        return False


def _person_of(test: SegmentTest, world: World) -> Witness:
    """The person of a test on its day."""
    day = test.today or world.first
    return Witness(day, world.zone, test.person.on(day, ZoneInfo(world.zone)))
