"""A long chain of references between segments answers as its rules do that are worked out one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.breaking.meaning import semantic_key
from intercom_iac.compilers import sql, to_audience, to_search
from intercom_iac.compilers.python.evaluator import evaluator
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.predicate import And, InSegment, IsTrue, Not, Or, SameRules, may_open
from intercom_iac.prover.impact.clearing import Clearing, LostValues
from intercom_iac.rules import encode_rule, satisfies
from intercom_iac.rules.moved import rule_on_successors
from intercom_iac.rules.normal import normal_form

AT: Mapping[str, Any] = {"today": date(2026, 1, 1), "zone": UTC}
FIELDS = [
    Field("contact", f"b{n}", DataType.BOOLEAN, f"custom_attributes.b{n}", f"custom_attributes.b{n}")
    for n in range(3)
]
# A link: what it makes of the segment before it and a test, and of their answers.
LINKS: list[tuple[Callable[[Predicate, Predicate], Predicate], Callable[[bool, bool], bool]]] = [
    (lambda segment, _: segment, lambda segment, _: segment),
    (lambda segment, _: Not(segment), lambda segment, _: not segment),
    (lambda segment, test: And((segment, test)), lambda segment, test: segment and test),
    (lambda segment, test: Or((test, segment)), lambda segment, test: segment or test),
    (lambda segment, test: And((Not(segment), Not(test))), lambda segment, test: not segment and not test),
    (lambda segment, test: Not(Or((segment, Not(test)))), lambda segment, test: not segment and test),
]
pattern = st.lists(st.tuples(st.integers(0, len(LINKS) - 1), st.integers(0, 2)), min_size=1, max_size=12)


def chain_of(links: list[tuple[int, int]], first: Field = FIELDS[0]) -> list[Predicate]:
    rules: list[Predicate] = [IsTrue(first)]
    for link, field in links:
        rules.append(LINKS[link][0](InSegment(f"s{len(rules)}", rules[-1]), IsTrue(FIELDS[field])))
    return rules


def answer_of(links: list[tuple[int, int]], values: tuple[bool, ...]) -> bool:
    answer = values[0]
    for link, field in links:
        answer = LINKS[link][1](answer, values[field])
    return answer


@given(pattern, st.sampled_from([1, 5, 60, 1_500]), st.tuples(*[st.booleans()] * 3))
@settings(max_examples=25, deadline=None)
def test_a_chain_answers_as_its_links_do(
    once: list[tuple[int, int]], length: int, values: tuple[bool, ...]
) -> None:
    links = (once * length)[:length]
    rule = chain_of(links)[-1]
    person = Person(
        {"custom_attributes": {field.name: value for field, value in zip(FIELDS, values, strict=True)}}
    )
    expected = answer_of(links, values)
    assert satisfies(person, rule, **AT) is expected
    assert evaluator(rule, **AT)(person) is expected
    if may_open(rule):
        assert satisfies(person, normal_form(rule), **AT) is expected
        assert satisfies(person, normal_form(rule, holds=False), **AT) is not expected


@pytest.mark.parametrize("link", range(len(LINKS)))
def test_nothing_calls_itself_down_a_chain(link: int) -> None:
    links = [(link, n % 3) for n in range(1_500)]
    rules, copies, others = chain_of(links), chain_of(links), chain_of(links, FIELDS[1])
    rule = rules[-1]
    assert rule == copies[-1]
    assert rule != others[-1]
    same = SameRules()
    assert all(map(same.are_same, rules, copies))
    assert not any(map(same.are_same, rules, others))
    nobody = Field("contact", "b9", DataType.BOOLEAN, "custom_attributes.b9", None)
    assert Clearing(LostValues(nobody)).without_values(rule) is rule
    assert Clearing(LostValues(FIELDS[0])).without_values(rule) != rule
    assert rule_on_successors(rule, {}) == rule
    search = to_search(rule, **AT)
    assert search.exact is (search.residual is None)
    audience = to_audience(rule)
    assert audience.filters is not None or audience.diagnostics
    assert sql.members(rule, sql.DIALECTS["duckdb"], **AT)
    # Written out, the document would be too deep for whoever reads it.
    assert '"rule"' not in str(encode_rule(rule)).replace("'", '"')
    assert semantic_key(rule, open_segments=False) == semantic_key(copies[-1], open_segments=False)
