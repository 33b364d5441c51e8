"""Segments that refer to each other: compiled in the order of their references, cycles and gaps told once."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.compilers import to_english
from intercom_iac.model import Schema, Segment
from intercom_iac.model.predicate import Extents, InSegment
from intercom_iac.rules import compile_rule, compile_rules, format_rule
from intercom_iac.text import Excerpt


def compiled(schema: Schema, **rules: str) -> tuple[dict[str, Any], list[Any]]:
    return compile_rules({key: Excerpt.from_text(text, f"<{key}>") for key, text in rules.items()}, schema)


def test_a_segment_may_stand_before_the_one_it_refers_to(schema: Schema) -> None:
    found, diagnostics = compiled(schema, first="segment second and vip", second="plan = trial")
    assert diagnostics == []
    reference = found["first"].parts[0]
    assert reference == InSegment("second", found["second"])
    assert (reference.span.file.path, reference.span.text) == ("<first>", "segment second")
    assert format_rule(found["first"]) == "segment second and vip"


def test_a_cycle_is_told_once_and_what_rests_on_it_is_left_out(schema: Schema) -> None:
    found, (mistake,) = compiled(
        schema, a="vip or segment b", b="segment c", c="segment a", behind="segment a", fine="vip"
    )
    assert set(found) == {"fine"}
    assert mistake.code == "REF406"
    assert mistake.message == "segment `a` refers to itself through `b`, `c`"
    assert (mistake.span.text, mistake.span.file.path) == ("b", "<a>")
    assert [(each.span.file.path, each.label) for each in mistake.related] == [
        ("<b>", "`b` refers to `c` here"),
        ("<c>", "`c` refers to `a` here"),
    ]
    assert mistake.hint == "take one of the references out"


def test_of_a_rule_s_references_the_cycle_is_told_at_the_one_that_is_part_of_it(schema: Schema) -> None:
    found, (mistake,) = compiled(
        schema, fine="vip", a="segment fine and company tag x and segment b", b="not (vip or segment a)"
    )
    assert set(found) == {"fine"}
    assert (mistake.span.text, mistake.span.file.path) == ("b", "<a>")
    assert [each.label for each in mistake.related] == ["`b` refers to `a` here"]


def test_each_cycle_is_told(schema: Schema) -> None:
    found, diagnostics = compiled(
        schema, a="segment b", b="segment a", c="segment d", d="segment c", e="segment a and segment c"
    )
    assert found == {}
    assert [(each.code, each.message) for each in diagnostics] == [
        ("REF406", "segment `a` refers to itself through `b`"),
        ("REF406", "segment `c` refers to itself through `d`"),
    ]


def test_a_way_into_a_cycle_is_no_part_of_it(schema: Schema) -> None:
    _, (mistake,) = compiled(schema, before="segment a", a="segment b", b="segment a")
    assert mistake.message == "segment `a` refers to itself through `b`"
    assert mistake.span.file.path == "<a>"


def test_a_segment_that_is_its_own(schema: Schema) -> None:
    _, (mistake,) = compiled(schema, a="not segment a")
    assert mistake.message == "segment `a` refers to itself"


def test_the_other_mistakes_of_a_circular_rule_are_told_too(schema: Schema) -> None:
    _, diagnostics = compiled(schema, a="segment b and plan = x", b="segment a")
    assert sorted(each.code for each in diagnostics) == ["REF406", "TYPE303"]


def test_a_mistake_makes_no_noise_where_it_is_referred_to(schema: Schema) -> None:
    found, diagnostics = compiled(
        schema, a="plan = trail", b="segment a", c="segment d", d="plan =", e="segment b or plam"
    )
    assert found == {}
    assert sorted(each.code for each in diagnostics) == ["PARSE201", "REF401", "TYPE303"]


def test_a_rule_that_was_mended_in_reading_is_as_broken_as_one_that_was_not(schema: Schema) -> None:
    found, diagnostics = compiled(schema, a="vip)", b="(vip", c="segment a or segment b", fine="vip")
    assert set(found) == {"fine"}
    assert [each.code for each in diagnostics] == ["PARSE203", "PARSE203"]


def test_what_there_is_to_say_of_a_rule_that_is_right_is_said(schema: Schema) -> None:
    found, diagnostics = compiled(schema, a="old = x", b="segment a and trial_end_date within 3 days")
    assert set(found) == {"a", "b"}
    assert [(each.code, each.span.file.path) for each in diagnostics] == [
        ("LINT501", "<a>"),
        ("LINT502", "<b>"),
    ]


def test_an_unknown_key_has_a_near_one(schema: Schema) -> None:
    _, (mistake,) = compiled(schema, trials="vip", other="segment trails")
    assert (mistake.code, mistake.message) == ("REF405", "segment `trails` is not declared")
    assert mistake.hint == "did you mean `trials`?"


def test_references_that_double_are_bounded(schema: Schema) -> None:
    rules = {"s0": "vip"} | {f"s{n}": f"segment s{n - 1} or not segment s{n - 1}" for n in range(1, 60)}
    found, diagnostics = compiled(schema, **rules)
    (mistake,) = (diagnostic for diagnostic in diagnostics if diagnostic.is_error)
    assert mistake.message == (
        "with the segments it refers to the rule has 10,236 tests, and a rule may have 10,000"
    )
    assert (mistake.code, mistake.span.text) == ("PARSE208", rules["s11"])
    assert [*found] == [f"s{n}" for n in range(11)]


@pytest.mark.parametrize(("tests", "allowed"), [(4_997, True), (4_998, False)])
def test_what_an_ad_hoc_rule_refers_to_counts_as_its_own(schema: Schema, tests: int, allowed: bool) -> None:
    """Each test counts, each connective, and each reference as one more than what it stands for."""
    text = " or ".join(["vip"] * tests)
    big, _ = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert big is not None
    known = Schema(schema.attributes, schema.events, {"big": Segment("big", "Big", text, big)})
    rule, diagnostics = compile_rule(Excerpt.from_text("segment big or not segment big", "<rule>"), known)
    assert (rule is not None) == allowed
    assert [diagnostic.message for diagnostic in diagnostics if diagnostic.is_error] == (
        []
        if allowed
        else ["with the segments it refers to the rule has 10,002 tests, and a rule may have 10,000"]
    )


def test_a_long_chain_of_references_is_bounded(schema: Schema) -> None:
    rules = {"s0": "vip"} | {f"s{n}": f"segment s{n - 1}" for n in range(1, 2_100)}
    found, diagnostics = compiled(schema, **rules)
    (mistake,) = diagnostics
    assert mistake.message == (
        "with the segments it refers to the rule has 2,001 levels, and a rule may have 2,000"
    )
    assert (mistake.code, mistake.span.text, mistake.span.file.path) == (
        "PARSE208",
        "segment s1999",
        "<s2000>",
    )
    assert mistake.hint == "keep a part of it as a tag or an attribute, and ask for that"
    assert len(found) == 2_000


def test_a_chain_of_references_is_read_that_is_longer_than_what_python_recurses_over(schema: Schema) -> None:
    rules = {"s0": "vip"} | {f"s{n}": f"not segment s{n - 1} and vip" for n in range(1, 600)}
    found, diagnostics = compiled(schema, **rules)
    assert diagnostics == []
    last = found["s599"]
    assert Extents().measure(last) == (1_798, 2_397)
    assert format_rule(last) == "not segment s598 and vip"


def test_an_ad_hoc_rule_refers_to_the_schema_s_segments(schema: Schema) -> None:
    rule, _ = compile_rule(Excerpt.from_text("vip", "<rule>"), schema)
    assert rule is not None
    known = Schema(schema.attributes, schema.events, {"best one": Segment("best one", "Best", "vip", rule)})
    found, diagnostics = compile_rule(Excerpt.from_text("not segment `best one`", "<rule>"), known)
    assert diagnostics == []
    assert found is not None
    assert format_rule(found) == "not segment `best one`"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("segment paying", "who are in the segment paying"),
        ("not segment paying", "who are not in the segment paying"),
        ("vip and not segment paying", "whose vip is true and who are not in the segment paying"),
    ],
)
def test_what_is_said_of_a_reference(schema: Schema, text: str, said: str) -> None:
    found, diagnostics = compiled(schema, paying="plan = free", other=text)
    assert diagnostics == []
    assert to_english(found["other"]) == f"contacts {said}"
