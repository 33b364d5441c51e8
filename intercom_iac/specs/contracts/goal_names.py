"""What somebody at the edge of a clause shows, in a few words: the name of the test about them."""

from __future__ import annotations

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Equals, Not, Or, SomeCompany
from intercom_iac.prover.mutation.covering import Goal
from intercom_iac.rules.mutants import Mutant, clause_text
from intercom_iac.text import brief_text


def goal_name(goal: Goal) -> str:
    """Such as `just outside of seats > 5`."""
    mutant = goal.mutant
    clause = _brief(mutant.clause)
    if goal.member is None:
        return _mistake_name(mutant)
    inside = goal.member
    match mutant.kind:
        case "option":
            if inside or (option := _added_option(mutant.variation.becomes)) is None:
                return f"{'inside' if inside else 'outside'} of {clause}"
            return f"{option} is outside of {clause}"
        case "value":
            return f"no value for {clause}"
        case "company":
            return f"two companies, and not one, for {clause}"
        case "dropped":
            return f"{clause} is {'false' if _is_always(mutant.variation.becomes) else 'true'}"
        case _:
            return f"just {'inside' if inside else 'outside'} of {clause}"


def _mistake_name(mutant: Mutant) -> str:
    clause = _brief(mutant.clause)
    becomes = mutant.variation.becomes
    return f"{clause} counts" if becomes is None else f"{clause}, and not {_brief(becomes)}"


def _added_option(becomes: Predicate | None) -> str | None:
    """The option that is taken in beside those of the clause."""
    match becomes:
        case Or(parts=(_, Equals(value=value))):
            return str(value)
        case SomeCompany(rule=rule) | Not(part=rule):
            return _added_option(rule)
        case _:
            return None


def _is_always(becomes: Predicate | None) -> bool:
    """Whether everybody passes what stands in the place of a clause; else nobody does."""
    return isinstance(becomes.rule if isinstance(becomes, SomeCompany) else becomes, Or)


def _brief(clause: Predicate) -> str:
    return brief_text(clause_text(clause), 60)
