"""Generated rules over generated schemas: text, tree and the function compiled from it say the same, and logic is
two-valued."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import Phase, given
from hypothesis import strategies as st

from intercom_iac.compilers import evaluator, to_english, to_screen_steps
from intercom_iac.model import Person, Predicate, Schema, Segment, children
from intercom_iac.model.predicate import And, Not, Or
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse, satisfies, tree
from intercom_iac.text import Excerpt
from support.generators import DAYS, Moment, World, cases, examples, rules, schemas, worlds

# To shrink a whole world takes minutes; what differs names the shortest rule and person as it is.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


@st.composite
def rules_with_segments(draw: st.DrawFn) -> tuple[Schema, Predicate]:
    plain, today = draw(schemas()), draw(st.sampled_from(DAYS))
    inner = draw(rules(plain, today))
    segments = {"other one": Segment("other one", "Other", format_rule(inner), inner)}
    schema = Schema(plain.attributes, plain.events, segments)
    return schema, draw(rules(schema, today, {"other one": inner}))


@examples(80)
@given(rules_with_segments())
def test_the_canonical_text_compiles_to_the_same_rule(case: tuple[Schema, Predicate]) -> None:
    schema, rule = case
    text = format_rule(rule)
    again, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert (again, [each for each in diagnostics if each.is_error]) == (rule, [])
    syntax, _ = parse(Excerpt.from_text(text, "<rule>"))
    assert syntax is not None
    assert format_syntax(syntax) == text


@examples(30)
@given(rules_with_segments())
def test_every_rule_has_a_sentence_steps_and_plain_data(case: tuple[Schema, Predicate]) -> None:
    _, rule = case
    assert to_english(rule).startswith("contacts ")
    assert to_screen_steps(rule)
    assert json.loads(json.dumps(tree(rule))) == tree(rule)


def parts_of(rule: Predicate) -> Iterator[Predicate]:
    """The rule and every part of it that asks the contact."""
    yield rule
    if isinstance(rule, And | Or | Not):
        for part in children(rule):
            yield from parts_of(part)


@examples(45, phases=UNSHRUNK)
@given(worlds(8, 25))
def test_the_compiled_function_holds_for_whom_the_rule_means(world: World) -> None:
    at = {"today": world.at.today, "zone": world.at.zone}
    # Each part of a rule is asked by itself, too: in the whole, others may decide.
    asked = {id(part): part for rule in world.rules for part in parts_of(rule)}
    differing = [
        (format_rule(rule), person, world.at)
        for rule in asked.values()
        for person, held in zip(world.people, map(evaluator(rule, **at), world.people), strict=True)
        if held is not satisfies(person, rule, **at)
    ]
    assert not differing, min(differing, key=lambda case: len(repr(case)))


@examples(80)
@given(cases())
def test_logic_is_two_valued(case: tuple[Predicate, Person, Moment]) -> None:
    rule, person, at = case

    def holds(each: Predicate) -> bool:
        return satisfies(person, each, today=at.today, zone=at.zone)

    assert holds(Not(rule)) is not holds(rule)
    assert holds(Not(Not(rule))) is holds(rule)
    if isinstance(rule, (And, Or)):
        other = Or if isinstance(rule, And) else And
        assert holds(Not(rule)) is holds(other(tuple(Not(each) for each in rule.parts)))
