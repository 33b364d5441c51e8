"""Days as distances: of a date from the calendar's beginning, from today, or from another date, cut into cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from .cells import NO_VALUE, Mask

# Days from the calendar's first to its last, as ordinals; every day that `model.days` knows is one of these.
FIRST_DAY, LAST_DAY = 1, 3_652_059
_FAR = 10**9  # no distance is as large
Range = tuple[int | None, int | None]


class Distances:
    """The cells of a distance in days: no value, then the ranges between the cuts, in their order."""

    def __init__(self, ranges: Iterable[Range], first: int | None = None, last: int | None = None) -> None:
        """`ranges` are those that tests let pass; `first` and `last` bound what the world allows."""
        begin, end = -_FAR if first is None else first, _FAR if last is None else last
        starts = {begin}
        for low, high in ranges:
            if low is not None and begin < low <= end:
                starts.add(low)
            if high is not None and begin <= high < end:
                starts.add(high + 1)
        self.starts = sorted(starts) if begin <= end else []
        self.ends = [start - 1 for start in self.starts[1:]] + ([end] if self.starts else [])
        self.known: Mask = (2 << len(self.starts)) - 2
        self.full: Mask = self.known | NO_VALUE

    def within(self, low: int | None, high: int | None) -> Mask:
        """The cells of the distances from `low` to `high`; they are cuts, or all lie beyond the bounds."""
        first = 0 if low is None else bisect_left(self.starts, low)
        behind = len(self.ends) if high is None else bisect_left(self.ends, high + 1)
        if first >= behind:
            return 0
        return ((1 << behind) - (1 << first)) << 1

    def hull(self, mask: Mask) -> tuple[int, int]:
        """The least and the greatest distance of a set that is not empty and has no bit of no value."""
        low = (mask & -mask).bit_length() - 2
        high = mask.bit_length() - 2
        return self.starts[low], self.ends[high]

    def below(self, distance: int) -> Mask:
        """The cells that lie below a cell which begins with this distance."""
        return ((1 << bisect_left(self.starts, distance)) - 1) << 1

    def above(self, distance: int) -> Mask:
        """The cells that lie above a cell which ends with this distance."""
        return self.known & ~(((1 << bisect_right(self.ends, distance)) - 1) << 1)
