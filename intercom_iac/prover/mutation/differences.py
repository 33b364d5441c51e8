"""Who tells a rule from a changed one: a member of one of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, negation
from intercom_iac.model.world import World
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain

from ..deciding import decide
from ..verdicts import Satisfiable, Unknown, Unsatisfiable, Verdict
from ..witness import Witness


def is_member(witness: Witness, rule: Predicate) -> bool | None:
    """Whether a person satisfies a rule; None where only Intercom knows it."""
    try:
        return satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    except UndecidedRule:
        return None


def inside_only(rule: Predicate, other: Predicate) -> Predicate:
    """The rule whose members are those of `rule` that are none of `other`."""
    return chain(And, (rule, negation(other)))


def differing_rules(rule: Predicate, other: Predicate, member: bool | None) -> tuple[Predicate, ...]:
    """The rules of the people who tell two rules apart: who is a member of the first, or none, or either."""
    sides = ((True, inside_only(rule, other)), (False, inside_only(other, rule)))
    return tuple(question for side, question in sides if member in (None, side))


def decide_any(questions: Sequence[Predicate], world: World) -> Verdict:
    """Somebody who satisfies one of the rules; nobody where nobody satisfies any."""
    unknown: Unknown | None = None
    for question in questions:
        match decide(question, world, explain=False):
            case Satisfiable() as found:
                return found
            case Unknown() as verdict:
                unknown = unknown or verdict
            case Unsatisfiable():
                pass
    return unknown or Unsatisfiable()


def first_meeting(people: Iterable[Witness], questions: Sequence[Predicate]) -> Witness | None:
    """The first of the people who satisfies one of the rules."""
    return next(
        (person for person in people if any(is_member(person, question) for question in questions)), None
    )
