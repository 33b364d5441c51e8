"""What the prover says of thousands of pairs of rules about fields and companies, and what z3 does."""

from __future__ import annotations

import pytest

from support.proofs.pairs import PEOPLE, WORLDS, assert_agreed, judge_together

PAIRS = 5_000


@pytest.mark.outside
@pytest.mark.usefixtures("prover_alone")
@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_every_verdict_on_a_thousand_pairs_is_that_of_z3(number: int) -> None:
    share = PAIRS // len(WORLDS)
    first = 1_000_000 + number * share
    found = judge_together(range(first, first + share), WORLDS[number], PEOPLE)
    assert_agreed(found)
    assert found.given_up == 0
    assert min(found.verdicts["Satisfiable"], found.verdicts["Unsatisfiable"]) > share // 2
