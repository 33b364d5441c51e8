"""Which rules `breaking` calls the same: all that a law makes of a rule, and none that anybody can tell apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.breaking.meaning import semantic_key
from intercom_iac.model import Predicate
from intercom_iac.rules import satisfies
from support.generators import WORDS, World, examples, worlds
from support.generators.neighbours import neighbours
from support.generators.respellings import respelled


@st.composite
def respellings(draw: st.DrawFn) -> tuple[World, Predicate]:
    world = draw(worlds(6, 1))
    return world, respelled(draw, world.rules[0])


def members(world: World, rule: Predicate) -> list[bool]:
    return [satisfies(person, rule, today=world.at.today, zone=world.at.zone) for person in world.people]


@examples(200)
@given(respellings())
def test_a_rule_and_its_respelling_are_called_the_same(case: tuple[World, Predicate]) -> None:
    world, written = case
    assert semantic_key(written) == semantic_key(world.rules[0])
    assert members(world, written) == members(world, world.rules[0])


@examples(60)
@given(worlds(6, 1))
def test_rules_that_somebody_can_tell_apart_are_not(world: World) -> None:
    """Over the rules that differ in one place from a rule, which laws come near to."""
    (rule,) = world.rules
    by_meaning: dict[object, Predicate] = {}
    for each in (rule, *neighbours(rule, WORDS[:6])):
        same = by_meaning.setdefault(semantic_key(each), each)
        if same is not each:
            assert members(world, each) == members(world, same)
