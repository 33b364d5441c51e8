"""Numbers of things of several kinds so that sums over some of the kinds lie in ranges: a bounded search.

Exact: where it says that there are none, every number of every kind was tried, or could not have helped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercom_iac.lazy_dataclass import dataclass

# How often each constraint counts one thing of a kind.
Weights = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Range:
    """A sum is at least and at most so much; None for no bound."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What one thing of a kind adds to the constraints, by their places.

    Some are only there beside others: where `beside` is not empty, at least one of these kinds, by their places, has
    to have something.
    """

    weights: Weights
    beside: tuple[int, ...] = ()


class OutOfSteps(Exception):
    """The search took more steps than it may."""


class Steps:
    """How many steps a search may still take; a step is some ten microseconds."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, number: int = 1) -> None:
        """Raises `OutOfSteps` where so many are not left."""
        self.left -= number
        if self.left < 0:
            raise OutOfSteps


def find_numbers(kinds: Sequence[Kind], ranges: Sequence[Range], steps: Steps) -> dict[int, int] | None:
    """How many of each kind, of those that have some; None where no numbers do.

    A kind that is first is preferred. Raises `OutOfSteps`.
    """
    useful = _without_dominated(kinds, ranges)
    return _Search(kinds, ranges, steps).find(useful, {})


def _without_dominated(kinds: Sequence[Kind], ranges: Sequence[Range]) -> list[int]:
    """The kinds that are of use: they help somewhere, and no other helps as much and hinders no more."""
    if any(kind.beside for kind in kinds):
        return list(range(len(kinds)))
    needed = {place for place, range_ in enumerate(ranges) if range_.low > 0}
    bounded = {place for place, range_ in enumerate(ranges) if range_.high is not None}
    profiles: dict[tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]], int] = {}
    for number, kind in enumerate(kinds):
        helps, hinders = (
            frozenset((place, weight) for place, weight in kind.weights.items() if weight and place in places)
            for places in (needed, bounded)
        )
        if helps:
            profiles.setdefault((helps, hinders), number)
    weights = [(dict(helps), dict(hinders), number) for (helps, hinders), number in profiles.items()]
    return [
        number
        for helps, hinders, number in weights
        if not any(
            other != number
            and all(other_helps.get(place, 0) >= weight for place, weight in helps.items())
            and all(hinders.get(place, 0) >= weight for place, weight in other_hinders.items())
            for other_helps, other_hinders, other in weights
        )
    ]


class _Search:
    """Tries numbers, the kinds that a constraint lacks first."""

    def __init__(self, kinds: Sequence[Kind], ranges: Sequence[Range], steps: Steps) -> None:
        self.kinds = kinds
        self.ranges = ranges
        self.steps = steps

    def find(self, open_kinds: list[int], numbers: dict[int, int]) -> dict[int, int] | None:
        """Numbers for the kinds that have none yet."""
        self.steps.take()
        sums = [0] * len(self.ranges)
        for kind, number in numbers.items():
            for place, weight in self.kinds[kind].weights.items():
                sums[place] += weight * number
        lacking = [place for place, range_ in enumerate(self.ranges) if sums[place] < range_.low]
        if not lacking:
            return {kind: number for kind, number in numbers.items() if number}
        ready = [
            kind
            for kind in open_kinds
            if not self.kinds[kind].beside or any(numbers.get(other) for other in self.kinds[kind].beside)
        ]
        helpers = [[kind for kind in ready if self.kinds[kind].weights.get(place)] for place in lacking]
        if any(not self._reachable(place, sums, open_kinds) for place in lacking):
            return None
        fewest = min(helpers, key=len)
        if not fewest:
            return None
        kind = fewest[0]
        others = [other for other in open_kinds if other != kind]
        most, bounded = self._useful_count(kind, sums, lacking)
        for number in range(most, -1, -1):
            found = self.find(others, numbers | {kind: number})
            if found is not None:
                return found
            if not bounded:
                # More of it hinders nothing, so fewer would not help.
                return None
        return None

    def _useful_count(self, kind: int, sums: list[int], lacking: list[int]) -> tuple[int, bool]:
        """How many of a kind can be of use, and whether any constraint hinders more of them."""
        weights = self.kinds[kind].weights
        most = max(
            (
                -((sums[place] - self.ranges[place].low) // weights[place])
                for place in lacking
                if weights.get(place)
            ),
            default=0,
        )
        bounded = False
        for place, weight in weights.items():
            high = self.ranges[place].high
            if high is not None and weight:
                bounded = True
                most = min(most, (high - sums[place]) // weight)
        return max(most, 0), bounded

    def _reachable(self, place: int, sums: list[int], open_kinds: list[int]) -> bool:
        """Whether all that is left could fill what the constraint lacks."""
        lack = self.ranges[place].low - sums[place]
        for kind in open_kinds:
            weight = self.kinds[kind].weights.get(place, 0)
            if weight:
                most, _ = self._useful_count(kind, sums, [place])
                lack -= most * weight
                if lack <= 0:
                    return True
        return False
