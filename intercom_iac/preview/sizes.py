"""How many people segments have and share, summed from groups of people with the same flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import combinations
from typing import Any

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many contacts a segment has; `ids` where they were asked for, in the file's order."""

    key: str
    count: int
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many contacts two segments share."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How many contacts there are, how many of them each segment has, and how many each two share.

    `in_part`: how many contacts list only the first of the `tags` or `companies` that the rules ask for.
    """

    contacts: int
    sizes: tuple[Size, ...]
    overlaps: tuple[Overlap, ...]
    in_part: Mapping[str, int] = field(default_factory=dict[str, int])


def sum_groups(
    keys: Sequence[str], groups: Sequence[tuple[Any, ...]], members: Mapping[str, tuple[str, ...] | None]
) -> Preview:
    """The sizes and overlaps of segments: each group is how many contacts have these flags, one a segment."""
    sizes = dict.fromkeys(range(len(keys)), 0)
    shared = dict.fromkeys(combinations(range(len(keys)), 2), 0)
    for count, *flags in groups:
        held = [at for at, holds in enumerate(flags) if holds]
        for at in held:
            sizes[at] += count
        for pair in combinations(held, 2):
            shared[pair] += count
    return Preview(
        sum(group[0] for group in groups),
        tuple(Size(keys[at], count, members[keys[at]]) for at, count in sizes.items()),
        tuple(Overlap(keys[one], keys[other], count) for (one, other), count in shared.items()),
    )
