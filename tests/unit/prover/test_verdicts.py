"""The name of a relation follows from which of its witnesses there are."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from intercom_iac.model import Person
from intercom_iac.prover import (
    PairRelation,
    RuleRelation,
    Satisfiable,
    Unknown,
    Unsatisfiable,
    Verdict,
    Witness,
)

SOMEBODY = Satisfiable(Witness(today=date(2026, 3, 14), zone="UTC", person=Person({"id": "1"})))
NOBODY = Unsatisfiable()
OPEN = Unknown("it was not decided")
POSSIBLE: dict[str, tuple[Verdict, ...]] = {"y": (SOMEBODY,), "n": (NOBODY,), "?": (SOMEBODY, NOBODY)}


@pytest.mark.parametrize(
    ("both", "first_only", "second_only", "name"),
    [
        (SOMEBODY, NOBODY, NOBODY, "equivalent"),
        (NOBODY, NOBODY, NOBODY, "equivalent"),
        (SOMEBODY, NOBODY, SOMEBODY, "narrower"),
        (NOBODY, NOBODY, SOMEBODY, "narrower"),
        (SOMEBODY, SOMEBODY, NOBODY, "wider"),
        (SOMEBODY, SOMEBODY, SOMEBODY, "overlapping"),
        (NOBODY, SOMEBODY, SOMEBODY, "disjoint"),
        (OPEN, NOBODY, SOMEBODY, "narrower"),
        (OPEN, SOMEBODY, SOMEBODY, "unknown"),
        (SOMEBODY, OPEN, NOBODY, "unknown"),
    ],
)
def test_two_rules(both: Verdict, first_only: Verdict, second_only: Verdict, name: str) -> None:
    assert PairRelation(both=both, first_only=first_only, second_only=second_only).name == name


@pytest.mark.parametrize("marks", list(product("yn?", repeat=3)))
def test_a_relation_of_two_is_named_where_all_that_is_possible_has_that_name(marks: tuple[str, ...]) -> None:
    verdicts = [OPEN if mark == "?" else POSSIBLE[mark][0] for mark in marks]
    names = {PairRelation(*possible).name for possible in product(*(POSSIBLE[mark] for mark in marks))}
    name = PairRelation(*verdicts).name
    assert name == (names.pop() if len(names) == 1 else "unknown")


@pytest.mark.parametrize(
    ("inside", "outside", "name"),
    [
        (SOMEBODY, SOMEBODY, "sometimes"),
        (NOBODY, SOMEBODY, "never"),
        (SOMEBODY, NOBODY, "always"),
        (NOBODY, OPEN, "never"),
        (OPEN, NOBODY, "always"),
        (SOMEBODY, OPEN, "unknown"),
        (OPEN, SOMEBODY, "unknown"),
    ],
)
def test_one_rule(inside: Verdict, outside: Verdict, name: str) -> None:
    assert RuleRelation(inside=inside, outside=outside).name == name
