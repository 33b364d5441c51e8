"""Who needs what: what a target brings along, who reads an attribute, and what frees one that goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import Plan, plan, target_covers
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.tier_workspace import EMPTY, IS_GOLD, TIER, done, planned, segment, with_tier


def test_a_target_brings_what_its_rule_needs() -> None:
    made = planned(segment(), targets=("segment.gold",))
    assert [each.address for each in made.changes] == ["attribute.contact.tier", "segment.gold"]


def referring() -> tuple[Segment, Segment]:
    """A segment whose rule is another's: `vip` reads what `gold` reads."""
    gold = segment(publish=())
    base = Schema(attributes={("contact", "tier"): TIER}, segments={"gold": gold})
    predicate, found = compile_rule(Excerpt.from_text("segment gold", "<rule>"), base)
    assert predicate is not None, found
    return gold, Segment("vip", "VIP", "segment gold", predicate, publish=("tag",))


def test_what_a_rule_reads_through_another_segment_is_needed_too() -> None:
    made = planned(*referring(), live=replace(EMPTY, segments=(LiveSegment("1", "Gold"),)))
    assert made.changes[0].needed_by == ("segment.gold", "segment.vip")


def test_a_segment_that_reads_a_thing_in_two_ways_is_named_once_as_its_reader() -> None:
    gold, vip = referring()
    rule = "segment vip and segment gold and tier = gold"
    base = Schema(attributes={("contact", "tier"): TIER}, segments={"gold": gold, "vip": vip})
    predicate, found = compile_rule(Excerpt.from_text(rule, "<rule>"), base)
    assert predicate is not None, found
    top = Segment("top", "Top", rule, predicate)
    made = planned(top, gold, vip, live=replace(EMPTY, segments=(LiveSegment("1", "Gold"),)))
    assert sorted(made.changes[0].needed_by) == ["segment.gold", "segment.top", "segment.vip"]


def test_a_target_follows_a_segment_that_has_no_change_of_its_own() -> None:
    live = replace(EMPTY, segments=(LiveSegment("1", "Gold"),))
    made = planned(*referring(), live=live, targets=("segment.vip",))
    assert [each.address for each in made.changes] == ["attribute.contact.tier", "segment.vip"]
    made = planned(*referring(), live=live, targets=("segment.gold",))
    assert [each.address for each in made.changes] == ["attribute.contact.tier"]


def test_a_target_brings_an_update_that_its_rule_needs() -> None:
    old = LiveAttribute(1, "contact", "tier", DataType.STRING, messenger_writable=True)
    made = planned(segment(), live=replace(EMPTY, attributes=(old,)), targets=("segment.gold",))
    assert [each.action for each in made.changes] == ["update", "create"]


def letting_go(rule: str, *targets: str, more: tuple[Attribute, ...] = ()) -> Plan:
    """The plan of an archived attribute that the live audience of a segment still reads."""
    declared = {(each.model, each.name): each for each in (replace(TIER, status="archived"), *more)}
    predicate, found = compile_rule(Excerpt.from_text(rule, "<rule>"), Schema(attributes=declared))
    assert predicate is not None, found
    gold = Segment("gold", "Gold", rule, predicate, publish=("audience", "tag"))
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    schema = Schema(attributes=declared, segments={"gold": gold})
    return plan(schema, live, workspace="sandbox", specs_digest="", targets=targets)


def test_an_archive_at_a_target_brings_the_audience_that_frees_it() -> None:
    made = letting_go("role = user", "attribute.contact.tier")
    assert [(each.object, each.action) for each in made.changes] == [
        ("audience", "update"),
        ("data_attribute", "archive"),
    ]
    assert made.errors == ()


def test_and_that_audience_brings_what_it_reads_now() -> None:
    level = Attribute("contact", "level", DataType.STRING)
    made = letting_go("level = top", "attribute.contact.tier", more=(level,))
    assert [(each.name, each.action) for each in made.changes] == [
        ("level", "create"),
        ("Gold", "update"),
        ("tier", "archive"),
    ]


def test_an_audience_that_is_only_renamed_lets_nothing_go() -> None:
    level = Attribute("contact", "level", DataType.STRING)
    declared = {("contact", "tier"): replace(TIER, status="archived"), ("contact", "level"): level}
    rule = "level = top or level = best"
    predicate, _ = compile_rule(Excerpt.from_text(rule, "<rule>"), Schema(attributes=declared))
    assert predicate is not None
    gold = Segment("gold", "Gold", rule, predicate, publish=("audience",), renamed_from="Golden")
    live = with_tier(audiences=(LiveAudience("9", "Golden", (IS_GOLD,)),))
    made = plan(
        Schema(attributes=declared, segments={"gold": gold}), live, workspace="sandbox", specs_digest=""
    )
    assert [each.code for each in made.errors] == ["PLAN612"]


def test_an_archive_that_an_audience_blocks_is_an_error() -> None:
    archived = replace(TIER, status="archived")
    live = with_tier(audiences=(LiveAudience("9", "Somebody's", (IS_GOLD,)),))
    schema = Schema(attributes={("contact", "tier"): archived})
    made = plan(schema, live, workspace="sandbox", specs_digest="")
    assert [each.code for each in made.errors] == ["PLAN612"]
    assert "`Somebody's`" in made.errors[0].message


def test_an_audience_lets_go_of_an_attribute_before_that_is_archived() -> None:
    archived = replace(TIER, status="archived")
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    by_role = segment("role = user")
    schema = Schema(attributes={("contact", "tier"): archived}, segments={"gold": by_role})
    made = plan(schema, live, workspace="sandbox", specs_digest="")
    assert [each.action for each in made.changes] == ["update", "archive"]
    assert made.remarks == ()


def test_an_audience_that_goes_frees_the_attribute_that_goes_with_it() -> None:
    archived = replace(TIER, status="archived")
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    gone = segment(status="archived")
    schema = Schema(attributes={("contact", "tier"): archived}, segments={"gold": gone})
    made = plan(schema, live, workspace="sandbox", specs_digest="")
    assert done(made) == [("audience", "delete", "Gold", "9"), ("data_attribute", "archive", "tier", "1")]
    assert made.remarks == ()
    made = plan(schema, live, workspace="sandbox", specs_digest="", targets=("attribute.contact.tier",))
    assert [each.action for each in made.changes] == ["delete", "archive"]
    assert made.remarks == ()


@pytest.mark.parametrize(
    ("there", "action"),
    [
        (LiveAttribute(1, "contact", "tier", DataType.STRING, messenger_writable=True), "update"),
        (LiveAttribute(1, "contact", "tier", DataType.STRING, archived=True), "restore"),
        (LiveAttribute(1, "contact", "tier", DataType.INTEGER), "manual"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_attribute_that_an_audience_reads_may_change_in_every_way_but_go(
    there: LiveAttribute, action: str
) -> None:
    live = replace(EMPTY, attributes=(there,), audiences=(LiveAudience("9", "Somebody's", (IS_GOLD,)),))
    made = planned(live=live)
    assert [each.action for each in made.changes] == [action]
    assert made.errors == ()


def test_a_target_brings_the_event_its_rule_reads_and_no_audience_that_frees_something_else() -> None:
    buyers = segment("event paid", key="buyers", name="Buyers", publish=("tag",))
    other = segment(key="other", name="Other")
    schema = Schema(
        attributes={("contact", "tier"): TIER},
        events={"paid": Event("paid")},
        segments={"buyers": buyers, "other": other},
    )
    live = with_tier(audiences=(LiveAudience("9", "Other", (replace(IS_GOLD, value="silver"),)),))
    made = plan(schema, live, workspace="sandbox", specs_digest="", targets=("segment.buyers",))
    assert done(made) == [("event", "register", "paid", None), ("tag", "create", "Buyers", None)]


@pytest.mark.parametrize(
    "named", ["company.custom_attributes.size", "custom_attributes.size", "company.size"]
)
def test_an_archive_that_an_audience_blocks_is_found_by_each_way_to_name_the_attribute(named: str) -> None:
    size = Attribute("company", "size", DataType.STRING, status="archived")
    live = replace(
        EMPTY,
        attributes=(LiveAttribute(1, "company", "size", DataType.STRING),),
        audiences=(LiveAudience("9", "Big", (replace(IS_GOLD, attribute=named),)),),
    )
    made = plan(Schema({("company", "size"): size}), live, workspace="sandbox", specs_digest="")
    assert [each.code for each in made.errors] == ["PLAN612"]


IS_SILVER = replace(IS_GOLD, value="silver")
IS_FOREIGN = replace(IS_GOLD, attribute="custom_attributes.mood")
LEVEL = Attribute("contact", "level", DataType.STRING, renamed_from="tier")


def takeovers(
    declared: Segment, held: AudiencePredicate, live: Snapshot, attribute: Attribute = TIER
) -> list[str]:
    schema = Schema(attributes={("contact", attribute.name): attribute}, segments={"gold": declared})
    live = replace(live, audiences=(LiveAudience("9", "Gold", (held,)),))
    return [remark.code for remark in plan(schema, live, workspace="sandbox", specs_digest="").remarks]


def test_an_audience_is_taken_for_the_segments_own_unless_something_tells_otherwise() -> None:
    edited = segment()
    # The rule was edited in a workspace that has what the specs declare.
    assert takeovers(edited, IS_SILVER, with_tier()) == []
    # Nobody's rule, nothing applied, and a tag that would be there if the segment had been.
    assert takeovers(edited, IS_FOREIGN, with_tier()) == ["PLAN641"]
    assert takeovers(edited, IS_SILVER, EMPTY) == ["PLAN641"]
    tagged = replace(edited, publish=("audience", "tag"))
    assert takeovers(tagged, IS_SILVER, with_tier()) == ["PLAN641"]
    tags = {"gold": "3"}
    live = with_tier(tags=tags)
    held = replace(live, audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    for snapshot, asked in ((live, 1), (held, 0)):
        made = plan(Schema(segments={"gold": tagged}), snapshot, workspace="sandbox", specs_digest="")
        assert len(made.questions) == asked
    assert "PLAN641" not in takeovers(tagged, IS_SILVER, with_tier(tags={"gold": "3"}))


def test_an_audience_that_the_specs_say_is_renamed_is_their_own() -> None:
    assert takeovers(segment(name="Golden", renamed_from="Gold"), IS_FOREIGN, with_tier()) == []


def test_an_audience_that_waits_for_a_rename_is_not_taken_over() -> None:
    predicate, _ = compile_rule(
        Excerpt.from_text("level = gold", "<rule>"), Schema(attributes={("contact", "level"): LEVEL})
    )
    moved = segment(predicate=predicate)
    assert takeovers(moved, IS_GOLD, with_tier(), LEVEL) == []
    assert takeovers(moved, IS_SILVER, with_tier(), LEVEL) == ["PLAN641"]


def test_a_target_is_an_address_or_all_of_a_kind_or_an_owner() -> None:
    assert target_covers("segment.a", "segment.a")
    assert target_covers("attribute.contact", "attribute.contact.a")
    assert not target_covers("segment.a", "segment.a.b")
