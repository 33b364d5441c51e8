"""Differences of days and of numbers that are bounded: whether values keep all bounds, and which do not.

A bound says `left - right <= most`. Bounds around a circle whose sum is below zero cannot be kept together, and where
there is no such circle, all can (Bellman and Ford).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import NamedTuple

from .clauses import Budget, Literal

Node = Hashable


class Most(NamedTuple):
    """At most so much; less than that by so many times as little as one likes."""

    number: int | Fraction
    less: int = 0

    def plus(self, other: Most) -> Most:
        return Most(self.number + other.number, self.less + other.less)


class Bound(NamedTuple):
    """`left - right <= most`, unless one of the literals holds."""

    left: Node
    right: Node
    most: Most
    unless: tuple[Literal, ...] = ()


class Differences:
    """Bounds that are to be kept together."""

    def __init__(self, bounds: Iterable[Bound], budget: Budget) -> None:
        self._budget = budget
        self._bounds: dict[tuple[Node, Node], Bound] = {}
        self._nodes: dict[Node, None] = {}
        for bound in bounds:
            self.add(bound)

    def add(self, bound: Bound) -> None:
        """Adds a bound; of several for one difference the least counts."""
        pair = bound.left, bound.right
        known = self._bounds.get(pair)
        if known is None or _is_less(bound.most, known.most):
            self._bounds[pair] = bound
        self._nodes[bound.left] = self._nodes[bound.right] = None

    def circle(self) -> list[Bound] | None:
        """Bounds that cannot be kept together; None where all can."""
        least: dict[Node, Most] = dict.fromkeys(self._nodes, Most(0))
        by: dict[Node, Bound] = {}
        last: Node | None = None
        for _ in range(len(self._nodes) + 1):
            last = None
            self._budget.spend(len(self._bounds))
            for bound in self._bounds.values():
                reached = least[bound.right].plus(bound.most)
                if _is_less(reached, least[bound.left]):
                    least[bound.left], by[bound.left], last = reached, bound, bound.left
            if last is None:
                return None
        for _ in self._nodes:  # now it is on the circle
            assert last is not None
            last = by[last].right
        circle: list[Bound] = []
        node = last
        while True:
            assert node is not None
            bound = by[node]
            circle.append(bound)
            node = bound.right
            if node == last:
                return circle

    def most(self, left: Node, right: Node) -> tuple[Most, list[Bound]] | None:
        """The least bound of a difference that follows, and what it follows from; None where there is none.

        Only asked where there is no circle.
        """
        least: dict[Node, Most] = {right: Most(0)}
        by: dict[Node, Bound] = {}
        for _ in range(len(self._nodes) + 1):
            changed = False
            self._budget.spend(len(self._bounds))
            for bound in self._bounds.values():
                known = least.get(bound.right)
                if known is None:
                    continue
                reached = known.plus(bound.most)
                before = least.get(bound.left)
                if before is None or _is_less(reached, before):
                    least[bound.left], by[bound.left], changed = reached, bound, True
            if not changed:
                break
        if left not in least:
            return None
        path: list[Bound] = []
        node = left
        while node != right:
            path.append(by[node])
            node = by[node].right
        return least[left], path


def _is_less(most: Most, other: Most) -> bool:
    return most.number < other.number or (most.number == other.number and most.less > other.less)
