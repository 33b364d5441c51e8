"""What is answered of many rules together is what is decided of them one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover import Satisfiable, Unsatisfiable, decide
from intercom_iac.prover.conjunctions import Conjunctions
from intercom_iac.rules.normal import chain
from support.generators.effort import TIMES
from support.proofs.language import ALL, TODAY, RuleDraw, Subjects

WORLDS = [
    World(first=TODAY, zone="Europe/Dublin"),
    World(first=TODAY, last=TODAY + timedelta(days=5)),
    World(first=TODAY, last=TODAY, without=frozenset(Assumption)),
]
PAIRS = 20 * TIMES


@dataclass(frozen=True, slots=True)
class Asked:
    """Two rules of a set, and whether somebody satisfies both; None where that was not decided."""

    rules: tuple[Predicate, Predicate]
    exists: bool | None


@pytest.fixture(scope="module", params=range(len(WORLDS)), name="asked")
def fixture_asked(request: pytest.FixtureRequest) -> tuple[Conjunctions, list[Asked]]:
    number: int = request.param
    kinds = (ALL, Subjects(events=False), Subjects(fields=2, segments=True))
    first = number * PAIRS
    pairs = [RuleDraw(seed, kinds[seed % len(kinds)]).pair() for seed in range(first, first + PAIRS)]
    asked: list[Asked] = []
    for one, other in pairs:
        for rules in ((one, other), (one, Not(other))):
            verdict = decide(chain(And, rules), WORLDS[number], explain=False)
            exists = isinstance(verdict, Satisfiable)
            asked.append(Asked(rules, exists if exists or isinstance(verdict, Unsatisfiable) else None))
    return Conjunctions([rule for pair in pairs for rule in pair], WORLDS[number]), asked


def test_two_rules_hold_together_where_somebody_satisfies_both(
    asked: tuple[Conjunctions, list[Asked]],
) -> None:
    conjunctions, pairs = asked
    certain = 0
    for pair in pairs:
        for answer in (conjunctions.can_hold_by_parts(pair.rules), conjunctions.can_hold(pair.rules)):
            certain += answer is not None
            assert None in (answer, pair.exists) or answer is pair.exists, pair.rules
    assert certain > len(pairs)


def test_a_rule_implies_a_clause_where_nobody_is_outside(asked: tuple[Conjunctions, list[Asked]]) -> None:
    conjunctions, pairs = asked
    possible = [pair for pair in pairs if conjunctions.can_hold([pair.rules[0]])]
    comparison = conjunctions.compare([pair.rules[0] for pair in possible])
    certain = 0
    for at, pair in enumerate(possible):
        implying, others = conjunctions.implying(comparison, Not(pair.rules[1]))
        assert not implying & others
        certain += (implying | others) >> at & 1
        if pair.exists is not None:
            assert not (implying if pair.exists else others) >> at & 1, pair.rules
    assert certain > 0


def test_a_rule_that_reads_all_once_holds_of_some_people_only(
    asked: tuple[Conjunctions, list[Asked]],
) -> None:
    conjunctions, pairs = asked
    once = [rule for pair in pairs for rule in pair.rules if conjunctions.reads_once(rule)]
    assert once
    for rule in once:
        assert conjunctions.can_hold([rule]) is not False, rule
        assert conjunctions.can_hold([Not(rule)]) is not False, rule
