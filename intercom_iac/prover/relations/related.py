"""Rules by name, how they stand to everybody and to each other, and the world in which they do."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.world import World

from ..verdicts import Matrix, PairRelation, RuleRelation


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule, and what it is called in a sentence: "the rule", "`trial`"."""

    name: str
    rule: Predicate


@dataclass(frozen=True, slots=True)
class RelatedRule:
    """How a rule stands to everybody."""

    subject: NamedRule
    relation: RuleRelation
    world: World


@dataclass(frozen=True, slots=True)
class RelatedPair:
    """How two rules stand to each other."""

    first: NamedRule
    second: NamedRule
    relation: PairRelation
    world: World


@dataclass(frozen=True, slots=True)
class RelatedSegments:
    """How segments, by key, stand to everybody and to each other."""

    rules: Mapping[str, Predicate]
    matrix: Matrix
    world: World

    def pair(self, first: str, second: str) -> RelatedPair:
        """Two of them, in the order in which they stand here."""
        return RelatedPair(
            first=NamedRule(f"`{first}`", self.rules[first]),
            second=NamedRule(f"`{second}`", self.rules[second]),
            relation=self.matrix.pairs[first, second],
            world=self.world,
        )
