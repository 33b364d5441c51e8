"""A mistake planted in each part of the procedure: the judges of proofs notice it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.model.predicate import Compares, Matches, OneOf
from intercom_iac.model.world import World
from intercom_iac.prover import Unknown, Unsatisfiable, smt
from intercom_iac.prover.domains import numbers, texts
from intercom_iac.prover.domains.choices import Choices
from intercom_iac.prover.domains.days import Distances
from intercom_iac.prover.domains.numbers import Numbers
from intercom_iac.prover.domains.texts import Texts
from intercom_iac.prover.solver import differences, fields, formulas, occurrences, space
from intercom_iac.prover.solver.clauses import Search
from intercom_iac.prover.solver.space import Space
from support.proofs.judging import Judge, questions
from support.proofs.language import TODAY, RuleDraw, Subjects

WORLD = World(first=TODAY, zone="Europe/Dublin")
PAIRS = 60
Mistake = Callable[..., Any]


def strict_comparison(right: Mistake) -> Mistake:
    """`<=` as `<`."""

    def passing(self: Numbers, test: Any) -> int:
        if isinstance(test, Compares) and test.comparison == "<=":
            test = Compares(test.field, "<", test.value)
        return right(self, test)

    return passing


def first_of_a_list(right: Mistake) -> Mistake:
    def passing(self: Choices, test: Any) -> int:
        return right(self, OneOf(test.field, test.values[:1]) if isinstance(test, OneOf) else test)

    return passing


def starts_as_contains(right: Mistake) -> Mistake:
    def passing(self: Choices, test: Any) -> int:
        if isinstance(test, Matches) and test.operator == "contains":
            test = Matches(test.field, "starts with", test.text)
        return right(self, test)

    return passing


def a_day_less(right: Mistake) -> Mistake:
    return lambda self, low, high: right(self, low, None if high is None else high - 1)


def half_a_clause(right: Mistake) -> Mistake:
    return lambda self, clash: right(self, clash[: max(1, len(clash) // 2)])


def without_those_excluded(right: Mistake) -> Mistake:
    """A company need not violate what no company satisfies."""
    return lambda self, chosen, excluded: right(self, chosen, None)


def any_forbidden_part(right: Mistake) -> Mistake:
    """A forbidden part is taken to stand in each that is asked for."""

    def within(self: Any, operator: str, piece: str) -> int | None:
        return next((forbidden.place for forbidden in self.forbidden["contains"]), None)

    return within


PLANTED: dict[str, tuple[Any, str, Callable[[Mistake], Mistake]]] = {
    "numbers": (Numbers, "passing", strict_comparison),
    "numbers between": (numbers, "_has_between", lambda right: lambda *bounds, whole: False),
    "options": (Choices, "passing", first_of_a_list),
    "parts of options": (Choices, "passing", starts_as_contains),
    "parts in texts": (texts._Required, "_forbidden_within", any_forbidden_part),
    "emptiness of texts": (Texts, "sample", lambda right: lambda self: None),
    "days": (Distances, "within", a_day_less),
    "timestamps in the past": (fields, "is_never_future", lambda right: lambda field: True),
    "companies": (Space, "company_clauses", without_those_excluded),
    "circles of bounds": (
        differences,
        "_is_less",
        lambda right: lambda most, other: most.number <= other.number,
    ),
    "learning": (Search, "learn", half_a_clause),
    "disjunctions": (space, "any_of", lambda right: lambda parts, full: formulas.all_of(parts)),
    "negations": (space, "negated", lambda right: lambda formula, full: formula),
    "events": (occurrences, "decide_events", lambda right: lambda *_, **__: Unsatisfiable()),
}


@pytest.mark.parametrize("part", PLANTED)
def test_a_mistake_is_noticed(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, mistake = PLANTED[part]
    monkeypatch.setattr(smt, "decide_with_smt", lambda rule, world, **_: Unknown("z3 is not asked"))
    monkeypatch.setattr(where, name, mistake(getattr(where, name)))
    about_texts = ("job",) if "texts" in part else ("plan",) if "options" in part else ()
    assert is_noticed(Subjects(events=part == "events", fields=3, names=about_texts))


def is_noticed(subjects: Subjects, pairs: int = PAIRS) -> bool:
    """Whether the judges disagree with a verdict, or the procedure fails or gives up where it never does."""
    judge = Judge(WORLD, people=500)
    for seed in range(pairs):
        for rule in questions(*RuleDraw(seed, subjects).pair()):
            try:
                verdict = judge.ask(rule)
            except (AssertionError, LookupError, TypeError, ValueError):
                return True
            if judge.disagreements or (isinstance(verdict, Unknown) and not subjects.events):
                return True
    return False


def test_nothing_is_noticed_where_no_mistake_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smt, "decide_with_smt", lambda rule, world, **_: Unknown("z3 is not asked"))
    assert not is_noticed(Subjects(events=False, fields=3), pairs=8)
