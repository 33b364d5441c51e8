"""Whom the segments of a plan lose and gain by the options and types that it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intercom_iac.model import Attribute, DataType, LiveAttribute, Schema, Segment
from intercom_iac.model.world import World
from intercom_iac.planning import Plan, plan, with_reached_segments
from intercom_iac.rules import compile_rules
from intercom_iac.text import Excerpt
from support.tier_workspace import EMPTY

WORLD = World(first=date(2026, 3, 14))
TIER = Attribute("contact", "tier", DataType.OPTIONS, ("gold", "silver"))
LIVE = LiveAttribute(1, "contact", "tier", DataType.OPTIONS, ("gold", "silver"))


def remarks(declared: Attribute, live: LiveAttribute, told: tuple[str, ...] = (), **rules: str) -> list[str]:
    """What a plan says of segments with these rules, where the workspace has the attribute so."""
    base = Schema(attributes={("contact", "tier"): declared})
    trees, mistakes = compile_rules({key: Excerpt.from_text(rule, key) for key, rule in rules.items()}, base)
    assert not mistakes
    segments = {key: Segment(key, key, rule, trees[key]) for key, rule in rules.items()}
    schema = replace(base, segments=segments)
    made: Plan = plan(schema, replace(EMPTY, attributes=(live,)), workspace="sandbox", specs_digest="")
    reached = with_reached_segments(made, schema, WORLD, told)
    return [remark.message for remark in reached.remarks[len(made.remarks) :]]


def test_who_has_an_option_that_goes_is_lost_or_gained() -> None:
    live = replace(LIVE, options=("gold", "silver", "bronze"))
    found = remarks(
        TIER,
        live,
        other="tier has any value and tier not in (gold, silver)",
        unranked="not segment other and tier not in (gold, silver)",
        rich="tier = gold",
    )
    assert [message.partition(": it ")[0] for message in found] == [
        "`attribute.contact.tier` changes; `segment.other`: once nobody has `bronze`, it is left with nobody",
        "`attribute.contact.tier` changes; `segment.unranked`: once nobody has `bronze`, it has more people",
    ]


def test_who_has_a_value_of_the_old_type_is_lost_or_gained() -> None:
    number = Attribute("contact", "tier", DataType.INTEGER)
    text = LiveAttribute(1, "contact", "tier", DataType.STRING)
    found = remarks(number, text, ranked="tier has any value", high="tier > 3")
    assert [message.partition(": it ")[0] for message in found] == [
        f"`attribute.contact.tier` changes; `segment.{key}`: while values have the old type, it is left with nobody"
        for key in ("ranked", "high")
    ]


def test_nothing_is_said_of_what_reaches_nobody_or_is_told_elsewhere() -> None:
    live = replace(LIVE, options=("gold", "silver", "bronze"))
    other = "tier has any value and tier not in (gold, silver)"
    assert remarks(TIER, live, told=("attribute.contact.tier",), other=other) == []
    assert remarks(TIER, replace(LIVE, description="how much they pay"), rich="tier = gold") == []
    assert remarks(replace(TIER, description="what they pay"), LIVE, rich="tier = gold") == []
    assert remarks(replace(TIER, options=("gold", "silver", "new")), LIVE, rich="tier = gold") == []
