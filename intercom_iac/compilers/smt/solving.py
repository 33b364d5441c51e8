"""Questions about one rule, asked of z3."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Or
from intercom_iac.model.world import World
from intercom_iac.rules.normal import chain, normal_form

from ..limitations import unsupported
from .assignment import Assignment
from .formula import BOUNDED, UNSUPPORTED, RuleFormula
from .logic import Formula, Logic, Outcome, Solver

# Steps of z3 for one question: about a second of a small machine.
STEPS = 3_000_000
# Of so few tests that clash it is tried which can be left out, whatever that takes; of more, in the proof's steps.
FEW_TESTS = 10
# It may take so many steps to prove it again with each test told apart, or as many as the proof took.
FEW_STEPS = 20_000
# A proof of more steps is not looked into for the tests that clash.
EXPLAINED_STEPS = 300_000
# How often a model may take for granted what no text can be.
TEXT_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Refuted:
    """Nobody satisfies the rule. `conflict`: tests that already clash, where these were asked for."""

    conflict: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """It was not decided. `reason` completes a message; `clause` is the test that is the reason, where one is."""

    reason: str
    clause: Predicate | None = None


_TOO_LONG = Undecided("z3 gave up")
_LONG_TEXTS = Undecided("whether there is a text with all these parts takes too long to find out")


def find_assignment(
    rule: Predicate, world: World, steps: int = STEPS, *, explain: bool = False
) -> Assignment | Refuted | Undecided:
    """Somebody who satisfies the rule on a day of the world: on the first, where anybody does on that.

    `explain`: where nobody does, the tests that clash, in the order they were written; none can be left out, as far
    as the steps suffice to find that out.
    """
    formula = RuleFormula(rule, world, days=(world.first, world.last))
    solver = _solver(formula)
    solver.add(formula.holds())
    decided = formula.logic.no(formula.undecided_hold)
    on_first = formula.today == formula.days[0]
    assumed: list[Formula] = [decided] if formula.undecided else []
    outcome = _check(solver, formula, [*assumed, on_first], steps)
    if outcome == "unsat":
        outcome = _check(solver, formula, assumed, steps)
    if outcome == "sat":
        model = solver.model()
        return _LONG_TEXTS if formula.has_open_text(model) else formula.assignment(model)
    if outcome == "unsat" and formula.undecided:
        outcome = _check(solver, formula, [], steps)
        if outcome != "unsat":
            return _undecided_clause(formula)
    if outcome != "unsat":
        return _TOO_LONG
    if not explain or solver.steps > EXPLAINED_STEPS:
        return Refuted()
    return Refuted(_conflict(formula, solver.steps, steps))


def _conflict(formula: RuleFormula, proof_steps: int, steps: int) -> tuple[Predicate, ...]:
    """Tests of a formula that cannot hold which clash already; none where that takes too many steps to find out."""
    names = {leaf: f"guard{number}" for number, leaf in enumerate(formula.leaves)}
    guards = {leaf: formula.logic.boolean(name) for leaf, name in names.items()}
    solver = _solver(formula)
    solver.add(formula.holds(guards))
    if _check(solver, formula, list(guards.values()), max(FEW_STEPS, proof_steps)) != "unsat":
        return ()
    core = solver.core()
    kept = [leaf for leaf in formula.leaves if names[leaf] in core]
    left = steps if len(kept) <= FEW_TESTS else proof_steps
    for leaf in tuple(kept):
        if left <= 0:
            break
        if leaf not in kept:
            continue
        before = solver.steps
        if _check(solver, formula, [guards[other] for other in kept if other != leaf], left) == "unsat":
            core = solver.core()
            kept = [other for other in kept if names[other] in core]
        left -= solver.steps - before
    return tuple(kept)


def satisfiable_rules(
    rules: Sequence[Predicate], world: World, logic: Logic, steps: int = STEPS
) -> list[bool | None]:
    """Of rules that are about the same, whether anybody satisfies each; None where it was not decided.

    They have their variables in common, so that they cost together little more than one.
    """
    parts = [normal_form(rule) for rule in rules]
    formula = RuleFormula(chain(Or, parts), world, days=(world.first, world.last), logic=logic)
    solver = _solver(formula)
    decided = formula.logic.no(formula.undecided_hold)
    answers: list[bool | None] = []
    for part in parts:
        with solver.supposing(formula.part_holds(part)):
            outcome = _check(solver, formula, [decided] if formula.undecided else [], steps)
            if outcome == "sat":
                answers.append(None if formula.has_open_text(solver.model()) else True)
                continue
            if outcome == "unsat" and formula.undecided:
                outcome = _check(solver, formula, [], steps)
            answers.append(False if outcome == "unsat" else None)
    return answers


def find_last_day(rule: Predicate, world: World, steps: int = STEPS) -> date | None:
    """The last day before the world's on which somebody satisfied the rule; None where there was none, or where it
    was not found."""
    if world.first == date.min:
        return None
    formula = RuleFormula(rule, world, days=(date.min, date.fromordinal(world.first.toordinal() - 1)))
    solver = _solver(formula)
    solver.add(formula.holds())
    found: int | None = None
    low, high = formula.days
    while low <= high:
        middle = low if found is None else (low + high + 1) // 2
        outcome = _check(
            solver, formula, [formula.logic.no(formula.undecided_hold), formula.today >= middle], steps
        )
        if outcome == "unknown":
            return None
        if outcome == "sat":
            found = int(solver.model().number(formula.today))
            low = found + 1
        elif found is None:
            return None
        else:
            high = middle - 1
    return None if found is None else date.fromordinal(found)


def _undecided_clause(formula: RuleFormula) -> Undecided:
    clause = formula.undecided[0]
    lacking = unsupported(clause, UNSUPPORTED) or unsupported(clause, BOUNDED)
    return Undecided("" if lacking is None else lacking.reason, clause)


def _solver(formula: RuleFormula) -> Solver:
    solver = formula.logic.solver()
    for axiom in formula.axioms():
        solver.add(axiom)
    return solver


def _check(solver: Solver, formula: RuleFormula, assumptions: list[Formula], steps: int) -> Outcome:
    """As `Solver.check`, over models whose texts can be."""
    for _ in range(TEXT_ROUNDS):
        outcome = solver.check(*assumptions, limit=steps)
        if outcome != "sat":
            return outcome
        conflicts = formula.text_conflicts(solver.model())
        if not conflicts:
            return "sat"
        for conflict in conflicts:
            solver.add(conflict)
    return "unknown"
