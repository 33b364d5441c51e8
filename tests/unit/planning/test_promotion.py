"""What of one workspace may be planned for another, and why the rest may not."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.model import Event, LiveAttribute, LiveAudience, LiveSegment, Schema, Snapshot
from intercom_iac.planning import PromotedSide, plan, promotable
from support.tier_workspace import EMPTY, IS_GOLD, TIER, segment

SEATS, LEGACY = replace(TIER, name="seats"), replace(TIER, name="legacy", status="archived")
GOLD = segment()
LIVE_TIER = LiveAttribute(1, "contact", "tier", TIER.type)
SPECS = Schema(
    attributes={("contact", one.name): one for one in (TIER, SEATS, LEGACY)},
    events={"paid": Event("paid"), "old": Event("old", status="archived")},
    segments={"gold": GOLD},
)


def side(name: str, schema: Schema, snapshot: Snapshot) -> PromotedSide:
    return PromotedSide(
        schema=schema, snapshot=snapshot, plan=plan(schema, snapshot, workspace=name, specs_digest="")
    )


def only_for_itself(schema: Schema) -> Schema:
    trial = replace(TIER, name="trial")
    return replace(schema, attributes={**schema.attributes, ("contact", "trial"): trial})


def test_what_is_there_as_declared_is_promoted_and_the_rest_says_why_not() -> None:
    live = replace(
        EMPTY,
        attributes=(
            replace(LIVE_TIER, messenger_writable=True),
            replace(LIVE_TIER, id=2, name="seats"),
            replace(LIVE_TIER, id=3, name="legacy"),
            replace(LIVE_TIER, id=4, name="odd one"),
        ),
        events=("old",),
        tags={"hot": "t1"},
    )
    mine = replace(SPECS, other_workspaces=frozenset(("attribute.contact.hidden",)))
    hidden = replace(LIVE_TIER, id=5, name="hidden")
    live = replace(live, attributes=(*live.attributes, hidden))
    found = promotable(side("a", only_for_itself(mine), live), side("b", SPECS, EMPTY))
    assert found.addresses == ("attribute.contact.seats",)
    why = {left.address: left.why for left in found.promotion.not_promoted}
    assert why == {
        "attribute.contact.tier": "different",
        "attribute.contact.legacy": "different",
        "attribute.contact.trial": "not_for_target",
        "event.paid": "missing",
        "event.old": "unknown",
        "segment.gold": "missing",
    }
    commands = {left.address: left.command for left in found.promotion.not_in_specs}
    assert commands == {
        "attribute.contact.odd one": "intercom-iac import -w a --only 'attribute.contact.odd one'",
        "tag.hot": None,
    }
    back = promotable(side("b", SPECS, EMPTY), side("a", only_for_itself(SPECS), EMPTY))
    assert {left.address: left.why for left in back.promotion.not_promoted}["attribute.contact.trial"] == (
        "not_for_source"
    )


def test_a_rule_is_never_promoted_without_what_it_reads() -> None:
    by_hand = replace(
        SPECS, segments={"gold": replace(GOLD, publish=())}, events={}, attributes={("contact", "tier"): TIER}
    )
    built = replace(EMPTY, segments=(LiveSegment("s1", "Gold"),))
    source, target = side("a", by_hand, built), side("b", by_hand, EMPTY)
    [tier, gold] = promotable(source, target).promotion.not_promoted
    assert (tier.why, gold.why) == ("missing", "needs")
    assert "needs `attribute.contact.tier`" in gold.reason
    whole = side("a", by_hand, replace(built, attributes=(LIVE_TIER,)))
    found = promotable(whole, target)
    assert found.promotion.not_promoted == ()
    assert found.promotion.unverified == {"segment.gold": "its rule"}
    assert promotable(whole, target, lambda _: False).addresses == ()


def test_what_frees_an_attribute_that_goes_is_promoted_with_it() -> None:
    """The archive of an attribute takes along the change of the audience that reads it."""
    gone = replace(TIER, status="archived")
    specs = Schema(
        attributes={("contact", "tier"): gone}, segments={"gold": replace(GOLD, status="archived")}
    )
    live = replace(EMPTY, attributes=(LIVE_TIER,), audiences=(LiveAudience("a1", "Gold", (IS_GOLD,)),))
    found = promotable(side("a", specs, EMPTY), side("b", specs, live))
    assert found.addresses == ("attribute.contact.tier", "segment.gold")
    found = promotable(side("a", specs, replace(live, attributes=())), side("b", specs, live))
    assert {left.address: left.why for left in found.promotion.not_promoted} == {
        "attribute.contact.tier": "needs",
        "segment.gold": "different",
    }


def test_an_event_that_something_else_sends_is_registered_nowhere() -> None:
    specs = Schema(events={"paid": Event("paid", adopt=True)})
    sent = replace(EMPTY, events=("Paid",))
    (left,) = promotable(side("a", specs, sent), side("b", specs, EMPTY)).promotion.not_promoted
    assert (left.address, left.why) == ("event.paid", "adopted")
    assert promotable(side("a", specs, sent), side("b", specs, sent)).promotion.not_promoted == ()
