"""Questions about the tests of many rules: what is looked up instead of looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import Equals, Not, Predicate
from intercom_iac.model.world import World
from intercom_iac.prover.conjunctions import Conjunctions, choices_within
from intercom_iac.prover.solver.clauses import Variable


class CountedChoices(dict[frozenset[object], int]):
    """Choices that count how many of them are looked at."""

    looked_at = 0

    def get(self, key: frozenset[object], default: Any = None, /) -> Any:
        self.looked_at += 1
        return super().get(key, default)


def test_choices_that_read_nothing_else_are_found_however_many_there_are() -> None:
    pairs = list(combinations(range(12), 2))
    choices: dict[frozenset[object], int] = {frozenset(pair): 1 << at for at, pair in enumerate(pairs)}
    for size in range(7):
        for read in combinations(range(0, 12, 2), size):
            expected = sum(rules for choice, rules in choices.items() if choice <= set(read))
            assert sum(choices_within(choices, set(read))) == expected
    counted = CountedChoices(choices)
    assert sum(choices_within(counted, {0, 1, 2})) == choices[frozenset({0, 1})] + sum(
        choices[frozenset(pair)] for pair in ((0, 2), (1, 2))
    )
    assert counted.looked_at == 7


class NeverWalked(dict[int, int]):
    """What may be looked up and not gone through."""

    def __iter__(self) -> Iterator[int]:
        raise AssertionError("all were looked at")


def test_rules_of_one_value_each_are_looked_up_by_it() -> None:
    seats = Field("contact", "seats", DataType.INTEGER, wire="custom_attributes.seats", search=None)
    rules: list[Predicate] = [Equals(seats, number) for number in range(40)]
    conjunctions = Conjunctions(rules, World(date(2026, 3, 14)))
    comparison = conjunctions.compare(rules)
    masks: dict[Variable, dict[int, int]] = {
        variable: NeverWalked(masks) for variable, masks in comparison.left.items()
    }
    comparison.left = masks
    for at, rule in enumerate(rules):
        inside, _ = conjunctions.implying(comparison, rule)
        outside, _ = conjunctions.implying(comparison, Not(rule))
        assert (inside, outside) == (1 << at, comparison.all & ~(1 << at))
