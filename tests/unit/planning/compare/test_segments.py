"""What a plan says of segments: audiences, tags, and segments that a person builds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.model import LiveAudience, LiveSegment, Segment
from intercom_iac.model.predicate import InSegment
from support.tier_workspace import DOES_NOT_FIT, IS_GOLD, done, planned, segment, with_tier


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
    assert [field.path for field in made.changes[0].fields] == ["predicates"]


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
    assert [(remark.code, remark.severity) for remark in made.remarks] == [("PLAN611", "warning")]


def test_an_archived_segment_takes_the_audience_that_is_of_its_rule_and_leaves_its_tag_to_a_person() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),), tags={"gold": "4"})
    gone = segment(status="archived", publish=("audience", "tag"))
    made = planned(gone, live=live)
    assert done(made) == [("audience", "delete", "Gold", "9"), ("tag", "manual", "gold", "4")]
    assert [change.risk for change in made.changes] == ["destructive", "destructive"]
    assert "does not tell who made it" in made.changes[1].reason
    assert any("Settings > Tags and find `gold`" in step for step in made.changes[1].steps)
    assert planned(gone, live=with_tier()).changes == ()


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        pytest.param(segment(), (), id="other filters"),
        pytest.param(segment(DOES_NOT_FIT), (IS_GOLD,), id="a rule that no audience expresses"),
        pytest.param(replace(segment(), predicate=None), (IS_GOLD,), id="a rule past reading"),
    ],
)
def test_an_audience_that_may_be_somebody_elses_is_not_deleted(rule: Segment, held: Any) -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold", held),))
    made = planned(replace(rule, status="archived"), live=live)
    assert done(made) == [("audience", "manual", "Gold", "9")]
    assert "may be somebody else's" in made.changes[0].reason
    assert made.remarks == ()


def test_no_plan_deletes_a_tag() -> None:
    """Whatever the specs and the workspace say, by name or by the name before."""
    for status in ("active", "deprecated", "archived"):
        for publish in ((), ("tag",), ("audience",), ("audience", "tag")):
            for tags in ({}, {"Gold": "1"}, {"gold": "1"}, {"Old": "2"}, {"Gold": "1", "Old": "2"}):
                for old in (None, "Old"):
                    specs = segment(status=status, publish=publish, renamed_from=old)
                    made = planned(specs, live=with_tier(tags=tags))
                    assert not any(
                        change.object == "tag" and change.action == "delete" for change in made.changes
                    )
                    named = " ".join(
                        (*made.unmanaged, *(remark.message for remark in made.remarks), *map(repr, made.changes),
                         *map(repr, made.verifications))
                    )  # fmt: skip
                    assert all(name in named for name in tags), (specs, tags)


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
        pytest.param((), {}, "Gold", "Add filter", id="to build"),
        pytest.param((), {"renamed_from": "Golden"}, "Gold", "Add filter", id="to build, none of its names"),
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


def test_a_segment_to_build_under_a_new_name_is_not_looked_for_under_its_old_one() -> None:
    (change,) = planned(segment(publish=(), renamed_from="Golden"), live=with_tier()).changes
    assert [field.path for field in change.fields] == ["name", "rule", "meaning"]
    assert change.live_id is None
    assert not any("Golden" in step for step in change.steps)


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
        pytest.param((), None, ("tag.GOLD", "tag.Golden", "tag.somebody's"), id="dropped"),
        pytest.param(
            ("tag",), "Golden", ("tag.Golden", "tag.somebody's"), id="published, and renamed before"
        ),
        pytest.param(("tag",), None, ("tag.Golden", "tag.somebody's"), id="published"),
    ],
)
def test_a_tag_that_is_no_longer_published_is_reported(
    publish: Any, renamed_from: str | None, expected: tuple[str, ...]
) -> None:
    live = with_tier(
        tags={"GOLD": "4", "Golden": "5", "somebody's": "6"}, segments=(LiveSegment("1", "Gold"),)
    )
    found = planned(segment(publish=publish, renamed_from=renamed_from), live=live).unmanaged
    assert tuple(address for address in found if address.startswith("tag.")) == expected


def test_what_publishes_an_audience_and_a_tag_has_neither_reported() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),), tags={"Gold": "4"})
    made = planned(segment(publish=("audience", "tag")), live=live)
    assert (made.changes, made.unmanaged) == ((), ())


def test_a_tag_that_another_segment_publishes_is_not_reported() -> None:
    other = segment(key="golden", name="gold", publish=("tag",))
    live = with_tier(tags={"Gold": "4"}, segments=(LiveSegment("1", "Gold"),))
    assert planned(segment(publish=()), other, live=live).unmanaged == ()


def test_a_segment_takes_the_old_name_of_its_own_from_one_that_goes() -> None:
    live = with_tier(
        audiences=(LiveAudience("9", "Old", (IS_GOLD,)),),
        tags={"Old": "7"},
        segments=(LiveSegment("a", "Old"),),
    )
    for publish in (("audience", "tag"), ()):
        gone = segment(key="gone", name="Old", status="archived", publish=publish)
        kept = segment(name="New", renamed_from="Old", publish=publish)
        made = planned(gone, kept, live=live)
        assert {change.action for change in made.changes} <= {"update", "manual"}
        assert [change.name for change in made.changes] == ["Old"] * (len(publish) or 1)


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
        change.action for change in planned(by_hand, segment(name="Old", publish=()), live=live).changes
    ] == []


def test_an_archived_segment_that_is_not_there_asks_for_nothing() -> None:
    for publish in (("audience",), ("tag",), ()):
        assert planned(segment(status="archived", publish=publish), live=with_tier()).changes == ()


@pytest.mark.parametrize(
    ("publish", "step"),
    [
        # A filter can name what a person builds; no filter names an audience, and a tag lags behind its rule.
        pytest.param((), "add filter: Segment · is · Gold", id="built by a person"),
        pytest.param(("audience",), "add filter: tier · is · gold", id="an audience"),
        pytest.param(("tag",), "add filter: tier · is · gold", id="a tag"),
    ],
)
def test_another_segment_is_a_filter_where_a_person_builds_it(publish: Any, step: str) -> None:
    gold = segment(publish=publish)
    assert gold.predicate is not None
    referring = replace(
        gold, key="both", name="Both", publish=(), predicate=InSegment("gold", gold.predicate)
    )
    made = planned(gold, referring, live=with_tier())
    (change,) = (change for change in made.changes if change.name == "Both")
    assert step in change.steps
    # What a filter names has to stand there first.
    assert ("segment.gold" in change.waits_for) is (publish == ())


def test_an_audience_that_was_there_before_stays_when_its_segment_goes() -> None:
    live = with_tier(audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),))
    made = planned(segment(adopt=True, status="archived"), live=live)
    assert made.changes == ()
    assert [(remark.code, remark.severity) for remark in made.remarks] == [("PLAN642", "info")]


def test_a_segment_whose_rule_only_intercom_has_is_restored_by_a_person() -> None:
    built = segment(key="mine", name="Mine", publish=(), built_in_intercom=True)
    [change] = planned(built, live=with_tier()).changes
    assert (change.action, change.risk) == ("manual", "caution")
    assert "knows the rule that it had" in change.reason
    made = planned(built, live=with_tier(segments=(LiveSegment("1", "Mine"),)))
    assert made.changes == ()
    assert [verification.unverified for verification in made.verifications] == ["its filters"]
