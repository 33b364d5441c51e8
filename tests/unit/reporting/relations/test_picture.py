"""The picture says nothing that is not so: judged by sets of numbers, whose relations are plain."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.prover.verdicts import PairRelationName, RuleRelationName
from intercom_iac.reporting.relations.euler import (
    DrawnShape,
    Frame,
    euler_frames,
    frame_sentence,
    split_lone_shapes,
)
from intercom_iac.reporting.relations.structure import Structure
from support.generators.effort import examples

Members = Mapping[str, frozenset[int]]
UNIVERSE = frozenset(range(6))


def relation(first: frozenset[int], second: frozenset[int]) -> PairRelationName:
    if first == second:
        return "equivalent"
    if first <= second:
        return "narrower"
    if first >= second:
        return "wider"
    return "overlapping" if first & second else "disjoint"


def standing(members: frozenset[int]) -> RuleRelationName:
    return "never" if not members else "always" if members == UNIVERSE else "sometimes"


def structure(members: Members, unknown: frozenset[tuple[str, str]] = frozenset()) -> Structure:
    return Structure(
        {key: standing(held) for key, held in members.items()},
        {
            pair: "unknown" if pair in unknown else relation(members[pair[0]], members[pair[1]])
            for pair in combinations(members, 2)
        },
    )


def geometry(first: DrawnShape, second: DrawnShape) -> str:
    """How two rectangles lie: apart, one inside the other, or across each other."""

    def holds(outer: DrawnShape, inner: DrawnShape) -> bool:
        return (
            outer.x <= inner.x
            and inner.x + inner.width <= outer.x + outer.width
            and outer.y <= inner.y
            and inner.y + inner.height <= outer.y + outer.height
        )

    beside = first.x + first.width <= second.x or second.x + second.width <= first.x
    above = first.y + first.height <= second.y or second.y + second.height <= first.y
    if beside or above:
        return "disjoint"
    if holds(second, first):
        return "narrower"
    return "wider" if holds(first, second) else "overlapping"


def sets() -> st.SearchStrategy[Members]:
    return st.lists(st.frozensets(st.sampled_from(sorted(UNIVERSE))), max_size=9).map(
        lambda found: {f"s{number}": members for number, members in enumerate(found)}
    )


@given(sets(), st.randoms(use_true_random=False))
@examples(60)
def test_what_is_drawn_is_so(members: Members, random) -> None:
    pairs = list(combinations(members, 2))
    unknown = frozenset(random.sample(pairs, k=random.randint(0, len(pairs) // 3)))
    known = structure(members, unknown)
    frames = euler_frames(known)
    drawn = [key for frame in frames for shape in frame.drawn for key in shape.shape.keys]
    assert sorted(drawn) == sorted(key for key in members if standing(members[key]) == "sometimes")
    for frame in frames:
        assert_true(frame, known, members)


def assert_true(frame: Frame, known: Structure, members: Members) -> None:
    outermost = {*frame.columns, *frame.bands}
    for first, second in combinations(frame.drawn, 2):
        lies, truth = geometry(first, second), relation(members[first.shape.key], members[second.shape.key])
        both_outermost = {first.shape.key, second.shape.key} <= outermost
        if lies != "disjoint" or both_outermost:
            assert lies == truth
            assert not both_outermost or known.between(first.shape.key, second.shape.key) != "unknown"
    for shape in frame.drawn:
        assert shape.x >= 0
        assert shape.x + shape.width <= frame.width + 0.001
        assert shape.y + shape.height <= frame.height + 0.001


CROSSED = structure(
    {
        "trial": frozenset({0, 1}),
        "pro": frozenset({2, 3}),
        "ending": frozenset({1}),
        "large": frozenset({0, 2}),
        "great": frozenset({0, 2}),
        "vip": frozenset({3, 4}),
    }
)


def test_a_frame_has_a_family_and_what_crosses_it() -> None:
    frames, lone = split_lone_shapes(euler_frames(CROSSED))
    [first, second] = frames
    assert lone == []
    assert (set(first.columns), first.bands) == ({"trial", "pro"}, ("vip",))
    assert frame_sentence(first) == (
        "nobody is in two of `trial`, `pro`; `vip` has people in common with `pro`; `ending` is inside `trial`"
    )
    assert frame_sentence(second) == "`large`, `great` are the same people"


def test_only_what_reads_the_same_crosses() -> None:
    members = {"trial": frozenset({0, 1}), "paid": frozenset({1, 2})}
    pairs: dict[tuple[str, str], PairRelationName] = {("trial", "paid"): "overlapping"}

    def frames(reads: Mapping[str, set[str]]) -> int:
        return len(euler_frames(Structure(dict.fromkeys(members, "sometimes"), pairs, reads)))

    assert frames({"trial": {"plan"}, "paid": {"plan", "country"}}) == 1
    assert frames({"trial": {"plan"}, "paid": {"country"}}) == 2


@given(sets())
@examples(40)
def test_chains_families_and_equals_are_so(members: Members) -> None:
    known = structure(members)
    for chain in known.chains():
        assert all(members[inner] < members[outer] for inner, outer in pairwise(chain))
    for family in known.exclusive_families():
        assert not any(members[first] & members[second] for first, second in combinations(family, 2))
    for keys in known.equal_keys():
        assert len({members[key] for key in keys}) == 1
    told = {inner for chain in known.chains() for inner in chain[:-1]}
    shapes = {shape.key: members[shape.key] for shape in known.shapes}
    assert told == {key for key in shapes if any(shapes[key] < outer for outer in shapes.values())}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_segments_are_counted(count: int) -> None:
    keys = ["a", "b"][:count]
    told = structure({key: frozenset({0}) for key in keys}).count_sentence()
    assert told == ["0 segments", "1 segment", "2 segments, 1 pair: 1 equivalent"][count]
