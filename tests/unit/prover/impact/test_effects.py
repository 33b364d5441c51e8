"""What becomes of segments where an attribute is archived, has an option less, or another type."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.model import Attribute, DataType, Event, Schema, Segment
from intercom_iac.model.world import World
from intercom_iac.prover import describe_witness, encode_witness
from intercom_iac.prover.impact.effects import BlastRadius, SegmentEffect
from intercom_iac.prover.impact.encoding import encode_effect
from intercom_iac.prover.impact.supposition import Archival, OptionRemoval, Removal, Retyping
from intercom_iac.rules import compile_rules
from intercom_iac.text import Excerpt

WORLD = World(date(2026, 3, 14), zone="Europe/Dublin")
PLAN = Attribute("contact", "plan_type", DataType.OPTIONS, options=("trial", "pro", "free"))
TIER = Attribute("company", "tier", DataType.STRING)
ENDS = Attribute("contact", "ends_on", DataType.DATE)


def schema(**rules: str) -> Schema:
    attributes = {(attribute.model, attribute.name): attribute for attribute in (PLAN, TIER, ENDS)}
    events = {"opened": Event("opened")}
    declared = Schema(attributes, events)
    trees, diagnostics = compile_rules(
        {key: Excerpt.from_text(text, key) for key, text in rules.items()}, declared
    )
    assert not [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    segments = {key: Segment(key, key, text, trees[key]) for key, text in rules.items()}
    return Schema(attributes, events, segments)


def effects(supposition, **rules: str) -> dict[str, SegmentEffect]:
    found = BlastRadius(schema(**rules), WORLD).effects_of(supposition)
    return {effect.segment.removeprefix("segment."): effect for effect in found}


@pytest.mark.parametrize(
    ("rule", "stops", "outcome"),
    [
        ("plan_type = trial", True, "nobody"),
        ("plan_type in (trial, pro)", True, "shrinks"),
        ("plan_type != trial", True, "everybody"),
        ("plan_type has any value", False, "shrinks"),
        ("plan_type is unknown", False, "grows"),
        ("plan_type is unknown or plan_type = trial", True, "same"),
        ("role = user and not plan_type = trial", True, "grows"),
        ("plan_type not in (pro, free) and plan_type has any value", False, "nobody"),
        ("plan_type contains tri or role = lead", False, "shrinks"),
        ("plan_type is unknown and role = user or plan_type has any value and role = lead", False, "changes"),
    ],
)
def test_an_option_that_is_gone(rule, stops, outcome):
    effect = effects(OptionRemoval(PLAN, ("trial",)), it=rule)["it"]
    assert (effect.stops_compiling, effect.outcome) == (stops, outcome)


def test_what_does_not_change_is_left_out():
    assert effects(OptionRemoval(PLAN, ("trial",)), other="plan_type = pro", none="role = user") == {}


def test_an_effect_shows_who_leaves_and_who_comes():
    effect = effects(OptionRemoval(PLAN, ("trial",)), it="plan_type in (trial, pro)")["it"]
    rule = schema(it="plan_type in (trial, pro)").segments["it"].typed_rule
    assert describe_witness(effect.leaves, [rule]) == "ada@example.com with plan_type = trial"
    assert effect.enters is None
    assert effect.words == (
        "stops compiling: `plan_type` has no option `trial`; "
        "once nobody has `trial`, it has fewer people: it loses ada@example.com with plan_type = trial"
    )
    assert encode_effect(effect) == {
        "segment": "segment.it",
        "stops_compiling": True,
        "outcome": "shrinks",
        "message": effect.words,
        "why": "`plan_type` has no option `trial`",
        "through": None,
        "witnesses": {"leaves": encode_witness(effect.leaves), "enters": None},
        "reason": None,
    }


def test_effects_go_through_references():
    found = effects(
        Archival(PLAN),
        trials="plan_type = trial",
        new="segment trials and role = user",
        others="not segment new",
        apart="role = user",
    )
    assert {key: (effect.through, effect.outcome) for key, effect in found.items()} == {
        "trials": (None, "nobody"),
        "new": ("trials", "nobody"),
        "others": ("trials", "everybody"),
    }
    assert found["new"].words == (
        "stops compiling, since `segment.trials` does; "
        "once nobody has a value, it is left with nobody: "
        "it loses ada@example.com with plan_type = trial and role = user"
    )
    assert all(effect.stops_compiling for effect in found.values())
    assert [effect.why for effect in found.values()] == ["attribute `plan_type` is archived", None, None]


@pytest.mark.parametrize(
    ("attribute", "rule", "outcome"),
    [
        (TIER, "company.tier = gold", "nobody"),
        (TIER, "company.tier = gold or role = lead", "shrinks"),
        (ENDS, "event opened count < 2 after ends_on", "everybody"),
        (ENDS, "event opened last before ends_on", "nobody"),
        (ENDS, "ends_on within next 3 days", "nobody"),
        (ENDS, "signed_up_at before ends_on", "nobody"),
    ],
)
def test_an_attribute_that_is_archived(attribute, rule, outcome):
    effect = effects(Archival(attribute), it=rule)["it"]
    assert effect.stops_compiling
    assert effect.outcome in (outcome, "unknown")


@pytest.mark.parametrize(
    ("supposition", "rule", "stops", "outcome"),
    [
        (Retyping(PLAN, DataType.INTEGER), "plan_type = trial", True, "nobody"),
        (Retyping(PLAN, DataType.INTEGER), "plan_type has any value", False, "nobody"),
        (Retyping(TIER, DataType.OPTIONS, ("gold", "iron")), "company.tier = silver", True, "same"),
        (Retyping(ENDS, DataType.INTEGER), "ends_on after today", True, "same"),
    ],
)
def test_an_attribute_of_another_type(supposition, rule, stops, outcome):
    effect = effects(supposition, it=rule)["it"]
    assert (effect.stops_compiling, effect.outcome) == (stops, outcome)


def test_an_attribute_that_is_not_declared_any_more_is_like_one_that_is_archived():
    effect = effects(Removal(PLAN), it="plan_type = trial")["it"]
    assert (effect.stops_compiling, effect.outcome) == (True, "nobody")
    assert effect.why == "`plan_type` is not an attribute of a contact"


def test_a_type_that_takes_every_value_changes_nothing():
    assert effects(Retyping(PLAN, DataType.STRING), it="plan_type = trial") == {}
    assert effects(Retyping(TIER, DataType.OPTIONS, ("gold", "iron")), it="company.tier = gold") == {}
