"""Which rules have nobody in common, where single fields say so: no proof is needed of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Not
from intercom_iac.model.world import World
from intercom_iac.prover import depth_reason
from intercom_iac.prover.conjunctions import Conjunctions


class Overlaps:
    """Which of some rules may have somebody in common."""

    def __init__(self, rules: Sequence[Predicate], world: World) -> None:
        # Nothing is proved of a rule of too many levels.
        self._rules = [None if depth_reason(rule) else rule for rule in rules]
        self._conjunctions = Conjunctions([rule for rule in self._rules if rule is not None], world)
        self._comparison = self._conjunctions.compare(self._rules)

    def places_beside(self, place: int) -> Iterator[int]:
        """The places of the others that may have somebody in common with a rule, in order."""
        rule = self._rules[place]
        left = (1 << len(self._rules)) - 1 & ~(1 << place)
        if rule is not None:
            apart, _ = self._conjunctions.implying(self._comparison, Not(rule))
            left &= ~apart
        while left:
            lowest = left & -left
            left ^= lowest
            yield lowest.bit_length() - 1
