"""Which of many sets of cells have no cell in common with one, without looking at each of them.

Ranges of numbers and days leave cells that follow each other: a run. Of two runs it is enough to compare the ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from .domains.cells import Mask, first_run

# A set of rules, by their places in a list, as the bits of a number.
Places = int


class MaskRuns:
    """Masks with the rules that leave these cells of a variable; no rule has two."""

    def __init__(self, masks: Mapping[Mask, Places]) -> None:
        ends: list[tuple[int, int, Places]] = []
        self._others: list[tuple[Mask, Places]] = []
        for mask, rules in masks.items():
            runs = [*_runs(mask)]
            if len(runs) == 1:
                ends.append((*runs[0], rules))
            else:
                self._others.append((mask, rules))
        by_last = sorted((last, rules) for _, last, rules in ends)
        by_first = sorted((first, rules) for first, _, rules in ends)
        self._lasts = [last for last, _ in by_last]
        self._firsts = [first for first, _ in by_first]
        # The rules of the runs that end at one of so many ends, and of those that begin behind so many beginnings.
        self._ended = _unions([rules for _, rules in by_last])
        self._begun = _unions([rules for _, rules in reversed(by_first)])

    def apart_from(self, mask: Mask) -> Places:
        """The rules that leave none of these cells."""
        apart = self._ended[-1]
        for first, last in _runs(mask):
            ended = self._ended[bisect_left(self._lasts, first)]
            begun = self._begun[len(self._firsts) - bisect_right(self._firsts, last)]
            apart &= ended | begun
        for other, rules in self._others:
            if not other & mask:
                apart |= rules
        return apart


def _runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """The first and last cells of each run, lowest first."""
    while mask:
        run = first_run(mask)
        yield (run & -run).bit_length() - 1, run.bit_length() - 1
        mask ^= run


def _unions(sets: list[Places]) -> list[Places]:
    """The union of none of the sets, of the first, of the first two ..."""
    found = [0]
    for places in sets:
        found.append(found[-1] | places)
    return found
