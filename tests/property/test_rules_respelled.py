"""Which rules `breaking` calls the same: all that a law makes of a rule, and none that anybody can tell apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.breaking.meaning import semantic_key
from intercom_iac.model import Predicate, Schema
from intercom_iac.rules import canonical_text, compile_rule, format_rule, parse, satisfies, settle_words
from intercom_iac.text import Excerpt
from support.generators import DAYS, WORDS, World, examples, rules, schemas, worlds
from support.generators.neighbours import neighbours
from support.generators.respellings import respelled
from support.generators.synonyms import reworded


@st.composite
def respellings(draw: st.DrawFn) -> tuple[World, Predicate]:
    world = draw(worlds(6, 1))
    return world, respelled(draw, world.rules[0])


def members(world: World, rule: Predicate) -> list[bool]:
    return [satisfies(person, rule, today=world.at.today, zone=world.at.zone) for person in world.people]


@examples(120)
@given(respellings())
def test_a_rule_and_its_respelling_are_called_the_same(case: tuple[World, Predicate]) -> None:
    world, written = case
    assert semantic_key(written) == semantic_key(world.rules[0])
    assert members(world, written) == members(world, world.rules[0])


@st.composite
def rewordings(draw: st.DrawFn) -> tuple[Schema, Predicate, str]:
    schema = draw(schemas())
    rule = draw(rules(schema, draw(st.sampled_from(DAYS))))
    return schema, rule, reworded(draw, format_rule(rule))


@examples(80)
@given(rewordings())
def test_a_rule_in_other_words_is_the_same_rule(case: tuple[Schema, Predicate, str]) -> None:
    schema, rule, written = case
    found, diagnostics = compile_rule(Excerpt.from_text(written, "<rule>"), schema)
    assert (found, [each for each in diagnostics if each.is_error]) == (rule, [])
    syntax, _ = parse(Excerpt.from_text(written, "<rule>"))
    assert syntax is not None
    text = canonical_text(settle_words(syntax, frozenset))
    assert compile_rule(Excerpt.from_text(text, "<rule>"), schema)[0] == rule


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
