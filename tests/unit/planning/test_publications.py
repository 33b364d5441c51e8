"""What a plan counts of segments that are published as a tag or an attribute: who has it now, and who is to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intercom_iac.model import DataType, LiveAttribute, LiveSegment, Schema, Segment, Snapshot
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.model.predicate import InIntercomSegment
from intercom_iac.planning import Plan, plan, with_answers
from intercom_iac.planning.measuring import measurement_flaws
from support.tier_workspace import EMPTY, segment, with_tier

HOT = segment("tier = gold", key="hot", name="Hot {x}", publish=("tag",), adopt=True)
AS_ATTRIBUTE = replace(HOT, publish=("attribute",))
LISTED = replace(HOT, source="crm {eu}")
TAGGED = with_tier(tags={"hot {X}": "7"})
IS_HOT = LiveAttribute(2, "contact", "hot", DataType.BOOLEAN)
NOT_REGISTRAR = {"field": "external_id", "operator": "!=", "value": REGISTRAR_EXTERNAL_ID}
HAS_TAG = {"field": "tag_id", "operator": "=", "value": "7"}
IS_TRUE = {"field": "custom_attributes.hot", "operator": "=", "value": True}
IS_GOLD = {"field": "custom_attributes.tier", "operator": "=", "value": "gold"}


def planned(live: Snapshot, *segments: Segment) -> Plan:
    schema = Schema(segments={each.key: each for each in segments})
    return plan(schema, live, workspace="sandbox", specs_digest="", today=date(2026, 3, 28))


def answered(made: Plan) -> Plan:
    """One person by the first search, two by the second, and so on."""
    numbers = iter(range(1, 100))
    return with_answers(made, made.questions, lambda _: next(numbers))


def told(live: Snapshot, *segments: Segment) -> list[tuple[str, int, int | None]]:
    found = answered(planned(live, *segments)).measurements
    return [(measured.text, measured.count, measured.of) for measured in found]


def searched(live: Snapshot, *segments: Segment) -> list[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    return [(question.query, question.of) for question in planned(live, *segments).questions]


def both(*filters: Mapping[str, Any]) -> dict[str, Any]:
    return {"operator": "AND", "value": list(filters)}


def with_attribute(**fields: Any) -> Snapshot:
    return replace(with_tier(), attributes=(*with_tier().attributes, replace(IS_HOT, **fields)))


def test_a_tag_before_and_after() -> None:
    """The workspace spells the tag its own way; the registrar is counted in neither."""
    assert told(TAGGED, HOT) == [("the tag `hot {X}` is on 1 now, on 2 after `segment publish`", 1, 2)]
    assert searched(TAGGED, HOT) == [(both(HAS_TAG, NOT_REGISTRAR), both(IS_GOLD, NOT_REGISTRAR))]


def test_a_tag_that_is_not_there_yet() -> None:
    expected = [("the tag `Hot {x}` is on nobody yet, on 1 after `segment publish`", 1, None)]
    assert told(with_tier(), HOT) == expected


def test_a_workspace_without_the_registrar_is_asked_for_the_rule_alone() -> None:
    assert searched(replace(TAGGED, has_registrar=False), HOT) == [(HAS_TAG, IS_GOLD)]


def test_an_attribute_before_and_after() -> None:
    live = with_attribute()
    expected = [("the attribute `hot` is true for 1 now, for 2 after `segment publish`", 1, 2)]
    assert told(live, AS_ATTRIBUTE) == expected
    assert searched(live, AS_ATTRIBUTE) == [(IS_TRUE, both(IS_GOLD, NOT_REGISTRAR))]


@pytest.mark.parametrize(
    "live",
    [
        with_tier(),
        with_attribute(model="company"),
        with_attribute(archived=True),
        with_attribute(type=DataType.STRING),
    ],
    ids=["nothing", "of companies", "archived", "a text"],
)
def test_an_attribute_that_cannot_be_true_for_anybody_yet(live: Snapshot) -> None:
    expected = [("the attribute `hot` is true for nobody yet, for 1 after `segment publish`", 1, None)]
    assert told(live, AS_ATTRIBUTE) == expected


def test_what_a_search_does_not_decide_is_an_upper_bound() -> None:
    seats = segment("tier = gold and company.size > 10", key="hot", name="Hot", publish=("tag",))
    expected = [("the tag `Hot` is on nobody yet, on at most 1 after `segment publish`", 1, None)]
    assert told(with_tier(), seats) == expected


@pytest.mark.parametrize(
    "live",
    [EMPTY, replace(with_attribute(), attributes=(IS_HOT,))],
    ids=["nothing", "only the published one"],
)
def test_members_by_an_attribute_that_is_not_there_yet_are_not_searched(live: Snapshot) -> None:
    """Who has the published attribute by now is told all the same."""
    expected = [("the attribute `hot` is true for 1 now", 1, None)] if live.attributes else []
    assert told(live, replace(HOT, publish=("tag", "attribute"))) == expected


def test_members_of_a_segment_in_intercom_are_searched_where_it_is() -> None:
    active = replace(HOT, rule="segment active", predicate=InIntercomSegment("active", "Active"))
    assert told(TAGGED, active) == [("the tag `hot {X}` is on 1 now", 1, None)]
    live = replace(TAGGED, segments=(LiveSegment("s1", "Active"),))
    is_active = {"field": "segment_id", "operator": "=", "value": "s1"}
    assert searched(live, active) == [(both(HAS_TAG, NOT_REGISTRAR), both(is_active, NOT_REGISTRAR))]


def test_members_by_the_rows_of_a_source_are_not_searched() -> None:
    expected = [("the tag `hot {X}` is on 1 now; its members are the rows of `crm {eu}`", 1, None)]
    assert told(TAGGED, LISTED) == expected
    assert told(with_tier(), LISTED) == []


@pytest.mark.parametrize(
    "fields",
    [{"publish": ("audience",)}, {"publish": ("company tag",)}, {"status": "archived"}],
)
def test_of_what_has_no_contacts_for_members_nothing_of_members_is_counted(fields: dict[str, Any]) -> None:
    """The segment beside it is counted."""
    other = segment("tier = gold", key="cold", name="Cold", publish=("tag",))
    asked = planned(TAGGED, replace(HOT, **fields), other).questions
    assert [question.address for question in asked if question.of_members] == ["segment.cold"]


def test_numbers_of_members_in_another_order_are_an_edited_plan() -> None:
    remade = planned(TAGGED, replace(HOT, publish=("tag", "attribute")))
    held = answered(remade)
    assert len(held.measurements) == 2
    assert list(measurement_flaws(held, remade)) == []
    swapped = replace(held, measurements=held.measurements[::-1])
    [flaw] = measurement_flaws(swapped, remade)
    assert flaw.startswith("it says `the tag `hot {X}` is on 1 now")
    assert flaw.endswith("of `segment.hot` in another place")
