"""What a plan says of segments: audiences, tags, and segments that a person builds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.diagnostics import Excerpt
from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import Plan, plan
from intercom_iac.rules import compile_rule

TIER = Attribute("contact", "tier", DataType.STRING)
EMPTY = Snapshot(Identity("abc12345", "Acme", "UTC"))
IS_GOLD = AudiencePredicate("custom_attributes.tier", "string", "eq", "gold")
FITS, DOES_NOT_FIT = "tier = gold", "tier = gold or tier = platinum"


def segment(rule: str = FITS, **fields: Any) -> Segment:
    base = Schema(attributes={("contact", "tier"): TIER}, events={"paid": Event("paid")})
    predicate, found = compile_rule(Excerpt.whole(rule, "<rule>"), base)
    assert predicate is not None, found
    return replace(Segment("gold", "Gold", rule, predicate, publish=("audience",)), **fields)


def planned(*segments: Segment, live: Snapshot = EMPTY, targets: tuple[str, ...] = ()) -> Plan:
    schema = Schema(attributes={("contact", "tier"): TIER}, segments={each.key: each for each in segments})
    digest = f"sha256:{'0' * 64}"
    return plan(schema, live, workspace="sandbox", specs_digest=digest, targets=targets)


def with_tier(**fields: Any) -> Snapshot:
    return replace(EMPTY, attributes=(LiveAttribute(1, "contact", "tier", DataType.STRING),), **fields)


def done(made: Plan) -> list[tuple[str, str, str, str | None]]:
    return [(each.object, each.action, each.name, each.live_id) for each in made.changes]


def test_an_audience_is_created_after_the_attribute_it_reads() -> None:
    assert done(planned(segment())) == [
        ("data_attribute", "create", "tier", None),
        ("audience", "create", "Gold", None),
    ]


def test_an_audience_with_the_filters_of_the_rule_is_left_as_it_is() -> None:
    assert done(planned(segment(), live=with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),)))) == []


def test_other_filters_are_an_update_with_caution() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold", (replace(IS_GOLD, value="silver"),)),))
    made = planned(segment(), live=live)
    assert done(made) == [("audience", "update", "Gold", "9")]
    assert made.changes[0].risk == "caution"
    assert [each.path for each in made.changes[0].fields] == ["predicates"]


def test_of_two_audiences_of_a_name_the_right_one_is_kept() -> None:
    other, right = LiveAudience("8", "Gold"), LiveAudience("9", "Gold", (IS_GOLD,))
    assert done(planned(segment(), live=with_tier(audiences=(other, right)))) == []
    assert done(planned(segment(), live=with_tier(audiences=(right, other)))) == []
    assert done(planned(segment(), live=with_tier(audiences=(other, replace(other, id="7"))))) == [
        ("audience", "update", "Gold", "8")
    ]


def test_a_renamed_audience_is_one_update() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Golden", (IS_GOLD,)),))
    made = planned(segment(renamed_from="Golden"), live=live)
    assert done(made) == [("audience", "update", "Golden", "9")]
    assert made.changes[0].after("name") == "Gold"
    assert made.unmanaged == ()


def test_a_name_that_another_segment_has_is_no_old_name() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Golden", (IS_GOLD,)),))
    other = segment(key="golden", name="Golden")
    assert done(planned(segment(renamed_from="Golden"), other, live=live)) == [
        ("audience", "create", "Gold", None)
    ]


def test_a_rule_that_no_audience_expresses_is_built_by_hand_and_then_only_warned_of() -> None:
    made = planned(segment(DOES_NOT_FIT), live=with_tier())
    assert done(made) == [("audience", "manual", "Gold", None)]
    assert made.changes[0].steps
    stands = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    made = planned(segment(DOES_NOT_FIT), live=stands)
    assert made.changes == ()
    assert [(each.code, each.severity) for each in made.remarks] == [("PLAN611", "warning")]


def test_an_archived_segment_takes_its_audience_and_its_tag_with_it() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold"),), tags={"gold": "4"})
    gone = segment(status="archived", publish=("audience", "tag"))
    made = planned(gone, live=live)
    assert done(made) == [("audience", "delete", "Gold", "9"), ("tag", "delete", "gold", "4")]
    assert {each.risk for each in made.changes} == {"destructive"}
    assert planned(gone, live=with_tier()).changes == ()


@pytest.mark.parametrize(
    ("tags", "old", "expected"),
    [
        pytest.param({}, None, [("tag", "create", "Gold", None)], id="missing"),
        pytest.param({"Gold": "4"}, None, [], id="there"),
        pytest.param({"GOLD": "4"}, None, [], id="there in another case"),
        pytest.param({"Golden": "4"}, "Golden", [("tag", "update", "Golden", "4")], id="renamed"),
        pytest.param({"Golden": "4", "Gold": "5"}, "Golden", [], id="renamed already"),
    ],
)
def test_tags(tags: dict[str, str], old: str | None, expected: list[Any]) -> None:
    assert done(planned(segment(publish=("tag",), renamed_from=old), live=with_tier(tags=tags))) == expected


@pytest.mark.parametrize(
    ("built", "fields", "expected", "said"),
    [
        pytest.param((), {}, "Gold", "New segment", id="to build"),
        pytest.param(("Golden",), {"renamed_from": "Golden"}, "Golden", "Rename segment", id="to rename"),
        pytest.param(("Gold",), {"status": "archived"}, "Gold", "Delete segment", id="to delete"),
    ],
)
def test_a_segment_that_publishes_nothing_is_a_persons_job(
    built: tuple[str, ...], fields: dict[str, Any], expected: str, said: str
) -> None:
    live = with_tier(segments=tuple(LiveSegment(name, name) for name in built))
    (change,) = planned(segment(publish=(), **fields), live=live).changes
    assert (change.object, change.action, change.name) == ("segment", "manual", expected)
    assert any(said in step for step in change.steps)


def test_a_segment_that_stands_there_is_left_alone() -> None:
    live = with_tier(segments=(LiveSegment("1", "Gold"),))
    assert planned(segment(publish=()), live=live).changes == ()


def test_what_is_no_longer_published_is_reported() -> None:
    live = with_tier(
        audiences=(LiveAudience("9", "Gold"),), segments=(LiveSegment("1", "Gold"), LiveSegment("2", "New"))
    )
    assert planned(segment(publish=("tag",)), live=live).unmanaged == ("segment.Gold", "audience.Gold")
    assert planned(segment(publish=()), live=live).unmanaged == ("audience.Gold",)


@pytest.mark.parametrize(
    ("publish", "renamed_from", "expected"),
    [
        pytest.param((), None, ("tag.GOLD",), id="dropped"),
        pytest.param((), "Golden", ("tag.GOLD", "tag.Golden"), id="dropped, under both names"),
        pytest.param(("tag",), None, (), id="published"),
    ],
)
def test_a_tag_that_is_no_longer_published_is_reported(
    publish: Any, renamed_from: str | None, expected: tuple[str, ...]
) -> None:
    live = with_tier(
        tags={"GOLD": "4", "Golden": "5", "somebody's": "6"}, segments=(LiveSegment("1", "Gold"),)
    )
    found = planned(segment(publish=publish, renamed_from=renamed_from), live=live).unmanaged
    assert tuple(each for each in found if each.startswith("tag.")) == expected


def test_a_tag_that_another_segment_publishes_is_not_reported() -> None:
    other = segment(key="golden", name="gold", publish=("tag",))
    live = with_tier(tags={"Gold": "4"}, segments=(LiveSegment("1", "Gold"),))
    assert planned(segment(publish=()), other, live=live).unmanaged == ()


def test_a_target_brings_what_its_rule_needs() -> None:
    made = planned(segment(), targets=("segment.gold",))
    assert [each.address for each in made.changes] == ["attribute.contact.tier", "segment.gold"]


def referring() -> tuple[Segment, Segment]:
    """A segment whose rule is another's: `vip` reads what `gold` reads."""
    gold = segment(publish=())
    base = Schema(attributes={("contact", "tier"): TIER}, segments={"gold": gold})
    predicate, found = compile_rule(Excerpt.whole("segment gold", "<rule>"), base)
    assert predicate is not None, found
    return gold, Segment("vip", "VIP", "segment gold", predicate, publish=("tag",))


def test_what_a_rule_reads_through_another_segment_is_needed_too() -> None:
    made = planned(*referring(), live=replace(EMPTY, segments=(LiveSegment("1", "Gold"),)))
    assert made.changes[0].needed_by == ("segment.gold", "segment.vip")


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
    predicate, found = compile_rule(Excerpt.whole(rule, "<rule>"), Schema(attributes=declared))
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
    predicate, _ = compile_rule(Excerpt.whole(rule, "<rule>"), Schema(attributes=declared))
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


def test_what_one_segment_takes_over_another_that_goes_does_not_delete() -> None:
    live = with_tier(
        audiences=(LiveAudience("9", "Old", (IS_GOLD,)),),
        tags={"Old": "7"},
        segments=(LiveSegment("a", "Old"),),
    )
    gone = segment(key="gone", name="OLD", status="archived", renamed_from="Old", publish=("audience", "tag"))
    kept = segment(name="New", renamed_from="Old", publish=("audience", "tag"))
    assert done(planned(gone, kept, live=live)) == [
        ("tag", "update", "Old", "7"),
        ("audience", "update", "Old", "9"),
    ]
    by_hand = segment(key="gone", status="archived", name="Old", publish=())
    assert [
        each.action for each in planned(by_hand, segment(name="Old", publish=()), live=live).changes
    ] == []


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


def test_an_archived_segment_that_is_not_there_asks_for_nothing() -> None:
    for publish in (("audience",), ("tag",), ()):
        assert planned(segment(status="archived", publish=publish), live=with_tier()).changes == ()
