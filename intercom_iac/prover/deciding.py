"""The questions that a proof answers."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import World
from intercom_iac.rules.normal import chain

from .verdicts import Matrix, PairRelation, RuleRelation, Unknown, Verdict


def decide(rule: Predicate, world: World) -> Verdict:
    """Whether anybody satisfies the rule on any day of the world."""
    return Unknown(f"nothing is decided from {world.first} on", rule)


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
