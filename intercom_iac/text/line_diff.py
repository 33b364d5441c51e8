"""Two texts line by line, as `diff -u` shows them, in time that grows with the texts and not with their product.

`difflib` looks for the longest run of equal lines, then again on either side of it: with many small changes in a long
file it reads the file once for each. So lines that stand once in both texts hold the two together first, and
`difflib` compares what is left between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

# So many lines of both texts are left to `difflib` as they are.
_FEW = 400
# How many times what is between lines that hold the texts together is split by more of these.
_DEEPEST = 8
_CONTEXT = 3


def unified_diff_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The hunks of a unified diff, their lines with the ends that they have; nothing where the texts are equal."""
    for group in _LineMatcher(before, after).get_grouped_opcodes(_CONTEXT):
        _, before_start, _, after_start, _ = group[0]
        _, _, before_end, _, after_end = group[-1]
        yield f"@@ -{_range(before_start, before_end)} +{_range(after_start, after_end)} @@\n"
        for tag, start, end, other_start, other_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[start:end])
            else:
                yield from (f"-{line}" for line in before[start:end])
                yield from (f"+{line}" for line in after[other_start:other_end])


def _range(start: int, end: int) -> str:
    """Lines as a hunk names them, counted from 1; of none, the line before."""
    length = end - start
    return str(start + 1) if length == 1 else f"{start + 1 if length else start},{length}"


class _LineMatcher(SequenceMatcher[str]):
    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(a=before, b=after)
        self._texts = before, after
        self._blocks: list[Match] | None = None

    def get_matching_blocks(self) -> list[Match]:
        if self._blocks is None:
            before, after = self._texts
            self._blocks = _join_runs(sorted(_equal_runs(before, after)), len(before), len(after))
        return self._blocks


_Run = tuple[int, int, int]
"""Where equal lines start in either text, and how many they are."""


def _equal_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    pending = [(0, len(before), 0, len(after), 0)]
    while pending:
        start, end, other_start, other_end, depth = pending.pop()
        if (end - start) + (other_end - other_start) <= _FEW:
            matcher = SequenceMatcher(a=before[start:end], b=after[other_start:other_end])
            for run in matcher.get_matching_blocks():
                yield start + run.a, other_start + run.b, run.size
            continue
        if depth == _DEEPEST:
            continue
        last = (start, other_start)
        for at, other in (*_lines_in_both(before[start:end], after[other_start:other_end]), (None, None)):
            here = (end, other_end) if at is None or other is None else (start + at, other_start + other)
            if here[0] > last[0] and here[1] > last[1]:
                pending.append((last[0], here[0], last[1], here[1], depth + 1))
            if at is not None:
                yield *here, 1
                last = here[0] + 1, here[1] + 1


def _lines_in_both(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of lines that stand once in either text, as many as have one order in both; with equal lines at the
    start and at the end."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next(
        (at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]),
        shorter - head,
    )
    places = _single_lines(after, head, len(after) - tail)
    pairs = [
        (at, places[line])
        for line, at in _single_lines(before, head, len(before) - tail).items()
        if line in places
    ]
    return [
        *((at, at) for at in range(head)),
        *_longest_increasing(pairs),
        *((len(before) - at, len(after) - at) for at in range(tail, 0, -1)),
    ]


def _single_lines(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """The lines that stand once between two places, in their order, each with its place."""
    places: dict[str, int] = {}
    repeated: set[str] = set()
    for at in range(start, end):
        if places.setdefault(lines[at], at) != at:
            repeated.add(lines[at])
    return {line: at for line, at in places.items() if line not in repeated}


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as have increasing second numbers; the first ones are."""
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for at, (_, other) in enumerate(pairs):
        pile = bisect_left(tops, other)
        before.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [other]
        top_pairs[pile : pile + 1] = [at]
    chosen: list[tuple[int, int]] = []
    at = top_pairs[-1] if top_pairs else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _join_runs(runs: Sequence[_Run], before: int, after: int) -> list[Match]:
    """The runs, those that follow each other as one, and the empty one at the end that `difflib` has."""
    joined: list[list[int]] = []
    for start, other, size in runs:
        if joined and joined[-1][0] + joined[-1][2] == start and joined[-1][1] + joined[-1][2] == other:
            joined[-1][2] += size
        elif size:
            joined.append([start, other, size])
    return [*(Match(*run) for run in joined), Match(before, after, 0)]
