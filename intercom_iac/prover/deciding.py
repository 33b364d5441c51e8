"""The questions that a proof answers."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import World
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain

from .conflicts import conflict, last_day
from .procedure import ChosenValues, Model, Undecided, find_model
from .search.clauses import Budget
from .space import Space
from .verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Unknown, Unsatisfiable, Verdict
from .witness import Witness
from .witnesses.building import build_witness
from .witnesses.choice import ChosenPerson, ChosenSubject

# Steps of the search that a question may take; a step is some microseconds.
STEPS = 200_000


def decide(rule: Predicate, world: World, *, explain: bool = True) -> Verdict:
    """Whether anybody satisfies the rule on any day of the world.

    `explain`: where nobody does, the tests that clash and the last day before the world on which somebody could.
    """
    space = Space([rule], world)
    outcome = find_model(space, [space.clauses(space.formula(rule))], Budget(STEPS))
    match outcome:
        case None if explain:
            return Unsatisfiable(conflict=conflict(rule, space, STEPS), last_day=last_day(rule, world, STEPS))
        case None:
            return Unsatisfiable()
        case Undecided(reason=reason, clause=clause):
            return Unknown(reason, clause)
        case Model():
            return _tried(rule, outcome, world)


def _tried(rule: Predicate, model: Model, world: World) -> Verdict:
    """A person with the values of a model, if `meaning` takes it; the procedure is not trusted with that."""
    witness = build_witness(
        ChosenPerson(
            contact=_subject(model.contact), companies=tuple(_subject(company) for company in model.companies)
        ),
        today=model.today,
        zone=world.zone,
    )
    if is_satisfied(rule, witness):
        return Satisfiable(witness)
    clause = model.open_tests[0] if model.open_tests else None
    return Unknown("no person was found who satisfies it, and no proof that there is none", clause)


def is_satisfied(rule: Predicate, witness: Witness) -> bool:
    """Whether `rules.meaning` says that the person satisfies the rule; not where that hangs on Intercom's rules."""
    try:
        return satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    except UndecidedRule:
        return False


def _subject(chosen: ChosenValues) -> ChosenSubject:
    return ChosenSubject(values=chosen.values, tags=tuple(chosen.tags))


def relate_rule(rule: Predicate, world: World) -> RuleRelation:
    """How a rule stands to everybody."""
    return RuleRelation(decide(rule, world), decide(Not(rule), world))


def relate_rules(first: Predicate, second: Predicate, world: World) -> PairRelation:
    """How two rules stand to each other."""
    return PairRelation(
        both=decide(chain(And, (first, second)), world),
        first_only=decide(chain(And, (first, Not(second))), world),
        second_only=decide(chain(And, (second, Not(first))), world),
    )


def relate_all(rules: Mapping[str, Predicate], world: World) -> Matrix:
    """How each of many rules stands to everybody and to each other."""
    keys = list(rules)
    pairs = {
        (first, second): relate_rules(rules[first], rules[second], world)
        for at, first in enumerate(keys)
        for second in keys[at + 1 :]
    }
    return Matrix(rules={key: relate_rule(rules[key], world) for key in keys}, pairs=pairs)
