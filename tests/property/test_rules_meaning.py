"""Generated rules over generated schemas: text and tree say the same, and logic is two-valued."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.compilers import english_text, evaluate, filter_steps
from intercom_iac.model import Person, Predicate, Schema, Segment
from intercom_iac.model.predicate import And, Not, Or
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse, tree
from intercom_iac.text import Excerpt
from support.generators import DAYS, Moment, cases, examples, rules, schemas


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
    again, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), schema)
    assert (again, [each for each in diagnostics if each.is_error]) == (rule, [])
    syntax, _ = parse(Excerpt.whole(text, "<rule>"))
    assert syntax is not None
    assert format_syntax(syntax) == text


@examples(30)
@given(rules_with_segments())
def test_every_rule_has_a_sentence_steps_and_plain_data(case: tuple[Schema, Predicate]) -> None:
    _, rule = case
    assert english_text(rule).startswith("contacts ")
    assert filter_steps(rule)
    assert json.loads(json.dumps(tree(rule))) == tree(rule)


@examples(80)
@given(cases())
def test_logic_is_two_valued(case: tuple[Predicate, Person, Moment]) -> None:
    rule, person, at = case

    def holds(each: Predicate) -> bool:
        return evaluate(each, person, today=at.today, zone=at.zone)

    assert holds(Not(rule)) is not holds(rule)
    assert holds(Not(Not(rule))) is holds(rule)
    if isinstance(rule, (And, Or)):
        other = Or if isinstance(rule, And) else And
        assert holds(Not(rule)) is holds(other(tuple(Not(each) for each in rule.parts)))
