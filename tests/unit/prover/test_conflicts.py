"""What explains that nobody satisfies a rule: few tests, found in steps that the proof bounds."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from intercom_iac.model import DataType, Predicate
from intercom_iac.model.predicate import And, Equals, Matches, Not, OneOf, Or, Tagged, walk
from intercom_iac.model.world import World
from intercom_iac.prover import Unsatisfiable, decide
from intercom_iac.prover.solver.clauses import Budget
from intercom_iac.rules import format_rule
from support.proofs.adversarial import deep_negation, long_disjunctions, new_field, pigeons, ranks, three_cnf
from support.proofs.language import TODAY

WORLD = World(first=TODAY, zone="Europe/Dublin")
JOB = new_field("job_title", DataType.STRING)


def tags(count: int) -> list[Predicate]:
    return [Tagged(f"tag {number}") for number in range(count)]


def among_others(*clash: Predicate) -> Predicate:
    """A clash between the halves of clauses that leave room for somebody."""
    draw = Random(3)
    others = [Or((Tagged("room"), *draw.sample(tags(30), 2))) for _ in range(120)]
    return And((*others[:60], *clash, *others[60:]))


@pytest.mark.parametrize(
    ("clash", "conflict"),
    [
        (
            (Or((Tagged("a"), Tagged("b"))), Not(Tagged("a")), Not(Tagged("b"))),
            ["tag a", "tag b", "not tag a", "not tag b"],
        ),
        (
            (
                Or((And((Tagged("a"), Tagged("c"))), And((Tagged("d"), Tagged("b"))))),
                Not(Or(tuple(map(Tagged, "ab")))),
            ),
            ["tag a", "tag b", "not tag a", "not tag b"],
        ),
        (
            (Or((Equals(JOB, "x"), Tagged("a"))), Not(Tagged("a")), Matches(JOB, "contains", "y")),
            ["job_title = x", "tag a", "not tag a", "job_title contains y"],
        ),
    ],
    ids=["clause", "parts of a clause", "texts"],
)
def test_a_clash_among_many_clauses_is_told_alone(clash: tuple[Predicate, ...], conflict: list[str]) -> None:
    verdict = decide(among_others(*clash), WORLD)
    assert isinstance(verdict, Unsatisfiable)
    assert list(map(format_rule, verdict.conflict)) == conflict


def steps_of(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    """The steps that all budgets together are asked for."""
    taken, spend = 0, Budget.spend

    def count(budget: Budget, steps: int = 1) -> None:
        nonlocal taken
        taken += steps
        spend(budget, steps)

    with monkeypatch.context() as patch:
        patch.setattr(Budget, "spend", count)
        work()
    return taken


TITLES = tuple(f"title {number}" for number in range(2_000))
HARD: dict[str, Predicate] = {
    "3-CNF over few tags": three_cnf(Random(1), 60, tags(8)),
    "3-CNF of many clauses": three_cnf(Random(0), 200, tags(40)),
    "a disjunction of 2,000": And(
        (Or(tuple(Equals(JOB, title) for title in TITLES)), Not(OneOf(JOB, TITLES)))
    ),
    "2,000 that clash in themselves": Or(
        tuple(And((Equals(JOB, title), Tagged(title), Not(Tagged(title)))) for title in TITLES)
    ),
    "2,000 tags": And((Or(tuple(map(Tagged, TITLES))), *(Not(Tagged(title)) for title in TITLES))),
    "long disjunctions": long_disjunctions(Random(0), 200),
    "pigeons": pigeons(4),
    "ranks": ranks(4),
}


@pytest.mark.parametrize("rule", HARD.values(), ids=HARD)
def test_what_explains_a_refutation_takes_few_steps_beside_the_proof(
    rule: Predicate, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = steps_of(monkeypatch, lambda: decide(rule, WORLD, explain=False))
    both = steps_of(monkeypatch, lambda: decide(rule, WORLD))
    assert both <= 3 * max(proof, 4_000)


def test_a_rule_nested_as_deep_as_the_language_permits_is_decided() -> None:
    rule = deep_negation(Random(0), 150)
    for question in (rule, Not(rule), And((rule, Not(rule)))):
        decide(question, WORLD)


def test_tests_are_walked_however_deep_they_are() -> None:
    rule: Predicate = Tagged("a")
    for _ in range(5_000):
        rule = Not(rule)
    assert sum(1 for _ in walk(rule)) == 5_001
