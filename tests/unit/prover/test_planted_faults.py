"""A wrong operator in any part of the procedure shows in the verdicts about rules that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.prover import Satisfiable, Unsatisfiable, decide, deciding
from intercom_iac.prover.domains.choices import Choices
from intercom_iac.prover.domains.days import Distances
from intercom_iac.prover.domains.numbers import Numbers
from intercom_iac.prover.domains.texts import Texts
from intercom_iac.prover.events.answers import EventsHappen
from intercom_iac.prover.solver import clauses, fields, formulas, numbers, occurrences, space
from intercom_iac.prover.solver.differences import Differences
from intercom_iac.prover.solver.space import Space
from intercom_iac.prover.verdicts import Unknown, Verdict
from support.proofs.decided_rules import NOBODY, SOMEBODY, WORLD, compiled

RULES = [(compiled(case.rule), Unsatisfiable) for case in NOBODY] + [
    (compiled(text), Satisfiable) for text in SOMEBODY
]


def is_found() -> bool:
    """Whether some verdict is wrong, or the procedure falls over."""
    try:
        return any(not isinstance(decide(rule, WORLD, explain=False), verdict) for rule, verdict in RULES)
    except (AssertionError, IndexError, KeyError, RecursionError, ValueError, ZeroDivisionError):
        return True


@pytest.fixture(autouse=True)
def without_z3(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the procedure does not decide stays so: z3 would hide the fault."""

    def stays(_rule: object, _world: object, verdict: Unknown, *, explain: bool) -> Verdict:
        assert not explain
        return verdict

    monkeypatch.setattr(deciding, "_asked_again", stays)


def test_nothing_is_found_without_a_fault() -> None:
    assert not is_found()


def _changed(function: Callable[..., Any], change: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda *arguments, **named: change(function(*arguments, **named))


FAULTS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "a conjunction that is a disjunction": (
        space,
        "all_of",
        lambda f: lambda parts: formulas.any_of(parts, [3] * 999),
    ),
    "a disjunction that is a conjunction": (
        space,
        "any_of",
        lambda f: lambda parts, full: formulas.all_of(parts),
    ),
    "`not` that says nothing": (space, "negated", lambda f: lambda formula, full: formula),
    "a test of options that leaves one out": (
        Choices,
        "passing",
        lambda f: _changed(f, lambda mask: mask & ~2),
    ),
    "`no value` that passes": (Choices, "passing", lambda f: _changed(f, lambda mask: mask | 1)),
    "numbers one cell too few": (Numbers, "passing", lambda f: _changed(f, lambda mask: mask & (mask - 1))),
    "numbers one cell too many": (Numbers, "passing", lambda f: _changed(f, lambda mask: mask | mask << 1)),
    "days one cell too few": (Distances, "within", lambda f: _changed(f, lambda mask: mask & (mask - 1))),
    "days one cell too many": (Distances, "within", lambda f: _changed(f, lambda mask: mask | mask << 1)),
    "a hull that begins a day late": (
        Distances,
        "hull",
        lambda f: _changed(f, lambda ends: (ends[0] + 1, ends[1])),
    ),
    "a hull that ends a day late": (
        Distances,
        "hull",
        lambda f: _changed(f, lambda ends: (ends[0], ends[1] + 1)),
    ),
    "a circle of which a part is said": (
        Differences,
        "circle",
        lambda f: _changed(f, lambda circle: circle and circle[:1]),
    ),
    "less than that is at most": (numbers, "_strict", lambda f: lambda *_: numbers.Most(0)),
    "texts that are never empty": (Texts, "is_empty", lambda f: lambda self: False),
    "texts without a conflict": (Texts, "conflict", lambda f: lambda self: ()),
    "companies that nothing is asked of": (
        Space,
        "company_clauses",
        lambda f: lambda self, chosen, excluded: formulas.Clauses(),
    ),
    "companies that break what none may": (
        Space,
        "company_clauses",
        lambda f: lambda self, chosen, excluded: f(self, chosen, None),
    ),
    "one company for all tests": (
        Space,
        "company_clauses",
        lambda f: lambda self, chosen, excluded: f(self, min(self.companies), excluded),
    ),
    "a date that is in the calendar but not from today": (Space, "_same_presence", lambda f: lambda *_: None),
    "timestamps that may be in the future": (fields, "is_never_future", lambda f: lambda field: False),
    "dates that are all past": (fields, "is_never_future", lambda f: lambda field: True),
    "events that always happen": (
        occurrences,
        "decide_events",
        lambda f: lambda *tests, first, **_: EventsHappen(first, {}, ()),
    ),
    "events that rest on the first test alone": (
        occurrences,
        "decide_events",
        lambda f: _changed(
            f,
            lambda verdict: (
                replace(verdict, conflict=verdict.conflict[:1])
                if isinstance(verdict, Unsatisfiable)
                else verdict
            ),
        ),
    ),
    "a resolution that forgets the reason": (
        clauses,
        "_resolve",
        lambda f: lambda literals, variable, reason: literals.pop(variable),
    ),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    owner, name, wrong = FAULTS[request.param]
    monkeypatch.setattr(owner, name, wrong(getattr(owner, name)))
    yield request.param


def test_a_fault_is_found(fault: str) -> None:
    assert is_found(), fault
