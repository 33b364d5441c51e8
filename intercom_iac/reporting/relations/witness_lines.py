"""The people who show a relation, a line each, and for whom there is nobody, why."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.prover import (
    PairRelation,
    RuleRelation,
    Satisfiable,
    Unsatisfiable,
    Verdict,
    Witness,
    describe_witness,
)


@dataclass(frozen=True, slots=True)
class Side:
    """Where a person stands to rules: what that is called, and whether there can be one.

    `text` is the person in a line, that there is nobody, or why it is not known.
    """

    label: str
    text: str
    verdict: Verdict

    @property
    def conflict(self) -> Sequence[Predicate]:
        """The clauses that nobody passes together."""
        return self.verdict.clauses if isinstance(self.verdict, Unsatisfiable) else ()

    @property
    def witness(self) -> Witness | None:
        return self.verdict.witness if isinstance(self.verdict, Satisfiable) else None


def rule_sides(relation: RuleRelation, rule: Predicate) -> list[Side]:
    """Somebody who satisfies a rule, and somebody who does not."""
    return [
        _side("satisfies it", relation.inside, [rule]),
        _side("does not", relation.outside, [rule]),
    ]


def pair_sides(relation: PairRelation, rules: Sequence[Predicate], first: str, second: str) -> list[Side]:
    """Somebody in both, and somebody in each alone."""
    return [
        _side("in both", relation.both, rules),
        _side(f"only in {first}", relation.first_only, rules),
        _side(f"only in {second}", relation.second_only, rules),
    ]


def _side(label: str, verdict: Verdict, rules: Sequence[Predicate]) -> Side:
    if isinstance(verdict, Satisfiable):
        text = describe_witness(verdict.witness, rules)
    elif isinstance(verdict, Unsatisfiable):
        text = "nobody"
    else:
        text = f"not known: {verdict.reason}"
    return Side(label=label, text=text, verdict=verdict)
