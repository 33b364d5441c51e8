"""Sizes and overlaps that are counted as bits are those that one counts person by person."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.compilers.sql import MASK_BITS, mask_names
from intercom_iac.preview.sizes import list_members, sum_groups
from support.generators import examples

Person = frozenset[int]
"""The numbers of the segments that somebody is in."""


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[str], list[Person]]:
    """Segments, often as many as fill a mask or begin another, and people, some of whom are in the same."""
    count = draw(st.sampled_from([0, 1, 2, 7, 8, 9, 17, MASK_BITS - 1, MASK_BITS, MASK_BITS + 1, 130]))
    kinds = draw(st.lists(st.frozensets(st.integers(0, max(count - 1, 0))), min_size=1, max_size=6))
    people = draw(st.lists(st.sampled_from(kinds), max_size=40))
    return [f"s{at}" for at in range(count)], people if count else [frozenset() for _ in people]


def masks(person: Person, segments: int) -> tuple[int, ...]:
    whole = sum(1 << at for at in person)
    return tuple(whole >> MASK_BITS * at & (1 << MASK_BITS) - 1 for at in range(len(mask_names(segments))))


@examples(60)
@given(crowds())
def test_bits_count_what_people_count(crowd: tuple[list[str], list[Person]]) -> None:
    keys, people = crowd
    held = {key: [person for person in people if at in person] for at, key in enumerate(keys)}
    ids = {key: tuple(f"c{at}" for at, person in enumerate(people) if person in held[key]) for key in keys}
    shared = {
        (keys[one], keys[other]): sum(one in person and other in person for person in people)
        for one, other in combinations(range(len(keys)), 2)
    }
    groups = Counter(masks(person, len(keys)) for person in people)
    grouped = sum_groups(keys, [(count, *mask) for mask, count in groups.items()])
    listed = list_members(keys, [(f"c{at}", *masks(person, len(keys))) for at, person in enumerate(people)])
    for found in (grouped, listed):
        assert found.contacts == len(people)
        assert {size.key: size.count for size in found.sizes} == {key: len(held[key]) for key in keys}
        assert {(pair.first, pair.second): pair.count for pair in found.overlaps} == shared
        assert [(pair.first, pair.second) for pair in found.overlaps] == list(combinations(keys, 2))
    assert {size.key: size.ids for size in listed.sizes} == ids
    assert all(size.ids is None for size in grouped.sizes)
