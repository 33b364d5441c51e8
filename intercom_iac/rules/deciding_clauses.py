"""Which clauses of a rule decided whether a person satisfies it."""

from __future__ import annotations

from datetime import date, tzinfo

from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.person import Person
from intercom_iac.model.predicate import And, InSegment, Not, Or, Predicate

from .meaning import satisfies


@dataclass(frozen=True, slots=True)
class DecidingClause:
    """A single test of a rule, and whether the person passes it; one of a segment that the rule refers to too."""

    clause: Predicate
    holds: bool


def deciding_clauses(
    person: Person, rule: Predicate, *, today: date, zone: tzinfo
) -> tuple[DecidingClause, ...]:
    """The tests that decide it, in the order they are written: were the person to pass each of them as it does, no
    other test would matter.

    Of a chain that one part decides, it is the first that does. Raises `UndecidedRule` as `satisfies` does.
    """

    def holds(node: Predicate) -> bool:
        return satisfies(person, node, today=today, zone=zone)

    def truth(node: Predicate) -> bool | None:
        try:
            return holds(node)
        except UndecidedRule:
            return None

    def decide(node: Predicate) -> tuple[DecidingClause, ...]:
        match node:
            case And(parts=parts) | Or(parts=parts):
                truths = [truth(part) for part in parts]
                alone = isinstance(node, Or)
                if alone in truths:
                    return decide(parts[truths.index(alone)])
                return tuple(clause for part in parts for clause in decide(part))
            case Not(part=And() | Or() | InSegment() as part):
                return decide(part)
            case InSegment(rule=rule):
                return decide(rule)
            case _:
                return (DecidingClause(node, holds(node)),)

    return decide(rule)
