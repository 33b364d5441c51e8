"""How many people segments have and share, from the masks in which engines hand over the answers of rules."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations, compress
from math import comb
from typing import Any

from intercom_iac.compilers.sql import mask_names
from intercom_iac.lazy_dataclass import dataclass

from .bitmaps import Column, bitmaps, select


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


def sum_groups(keys: Sequence[str], groups: Iterable[tuple[Any, ...]]) -> Preview:
    """The sizes and overlaps of segments: a group is how many contacts there are of the masks behind their number."""
    flat = array("q")
    for group in groups:
        flat.extend(group)
    counts, *masks = _columns(flat, 1 + len(mask_names(len(keys))))
    sizes, shared = [0] * len(keys), [0] * comb(len(keys), 2)
    # A number is a sum of powers of two: the groups whose numbers have the same one are counted together.
    for bit in range(max(counts, default=0).bit_length()):
        having = [count >> bit & 1 for count in counts]
        held = bitmaps([array("q", compress(column, having)) for column in masks], len(keys))
        sizes = [size + (count << bit) for size, count in zip(sizes, _sizes(held), strict=True)]
        shared = [number + (count << bit) for number, count in zip(shared, _shared(held), strict=True)]
    return _preview(keys, sum(counts), sizes, shared, [None] * len(keys))


def list_members(keys: Sequence[str], contacts: Iterable[tuple[Any, ...]]) -> Preview:
    """The same, with the ids of each segment's contacts: a contact is its id, and its masks behind it."""
    ids: list[str] = []
    flat = array("q")
    for contact_id, *masks in contacts:
        ids.append(contact_id)
        flat.extend(masks)
    columns = _columns(flat, len(mask_names(len(keys))))
    held = bitmaps(columns, len(keys))
    return _preview(keys, len(ids), _sizes(held), _shared(held), select(ids, columns, len(keys)))


def _columns(flat: Column, width: int) -> list[Column]:
    return [flat[at::width] for at in range(width)]


def _sizes(held: Sequence[int]) -> Iterable[int]:
    return (members.bit_count() for members in held)


def _shared(held: Sequence[int]) -> Iterable[int]:
    return ((one & other).bit_count() for one, other in combinations(held, 2))


def _preview(
    keys: Sequence[str],
    contacts: int,
    sizes: Iterable[int],
    shared: Iterable[int],
    members: Iterable[tuple[str, ...] | None],
) -> Preview:
    pairs = combinations(keys, 2)
    return Preview(
        contacts,
        tuple(map(Size, keys, sizes, members)),
        tuple(Overlap(one, other, count) for (one, other), count in zip(pairs, shared, strict=True)),
    )
