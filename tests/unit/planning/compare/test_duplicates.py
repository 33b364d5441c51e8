"""Audiences of one name: told where they are duplicates, or where a segment stands for one of them."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.model import LiveAudience
from intercom_iac.planning import Plan
from support.tier_workspace import DOES_NOT_FIT, IS_GOLD, planned, segment, with_tier

SILVER = replace(IS_GOLD, value="silver")
HERS = LiveAudience("3", "Gold", (IS_GOLD,))


def told(made: Plan) -> list[tuple[str, str | None]]:
    return [(remark.message, remark.hint) for remark in made.remarks if remark.code == "PLAN617"]


def test_an_exact_duplicate_of_what_a_segment_publishes_is_told() -> None:
    made = planned(segment(), live=with_tier(audiences=(HERS, replace(HERS, id="7"))))
    assert made.changes == ()
    assert told(made) == [
        (
            "the workspace has 2 audiences called `Gold`, with the same filters (ids `3`, `7`)",
            "the plan is for one of them, as `segment.gold`, and leaves the others: delete in Intercom those that "
            "nothing uses",
        )
    ]
    assert [remark.severity for remark in made.remarks] == ["warning"]


def test_filters_are_the_same_in_any_order() -> None:
    one = replace(HERS, predicates=(IS_GOLD, SILVER))
    other = replace(HERS, predicates=(SILVER, IS_GOLD), id="7")
    ((message, _),) = told(planned(segment(DOES_NOT_FIT), live=with_tier(audiences=(one, other))))
    assert "with the same filters" in message


def test_another_of_the_name_is_told_where_a_segment_stands_for_one() -> None:
    live = with_tier(audiences=(replace(HERS, predicates=(SILVER,)), replace(HERS, id="7")))
    ((message, hint),) = told(planned(segment(), live=live))
    assert (
        message == "the workspace has 2 audiences called `Gold`, with not all the same filters (ids `3`, `7`)"
    )
    assert hint is not None
    assert "`segment.gold`" in hint


def test_of_strangers_only_exact_duplicates_are_told() -> None:
    theirs = replace(HERS, name="Theirs")
    differs = with_tier(audiences=(theirs, replace(theirs, id="7", role_predicates=(SILVER,))))
    assert told(planned(segment(), live=differs)) == []
    made = planned(segment(), live=with_tier(audiences=(theirs, replace(theirs, id="7"))))
    assert told(made) == [
        (
            "the workspace has 2 audiences called `Theirs`, with the same filters (ids `3`, `7`)",
            "delete in Intercom those that nothing uses",
        )
    ]


def test_one_of_a_name_is_none_too_many() -> None:
    assert (
        told(planned(segment(), live=with_tier(audiences=(HERS, replace(HERS, name="Golden", id="7"))))) == []
    )


def test_the_names_of_segments_that_publish_no_audience_say_nothing() -> None:
    live = with_tier(audiences=(HERS, replace(HERS, id="7", predicates=(SILVER,))))
    assert told(planned(segment(publish=("tag",)), live=live)) == []
