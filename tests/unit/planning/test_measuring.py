"""What a plan counts, and what of a saved plan's numbers is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from intercom_iac.diagnostics import PlanError
from intercom_iac.model import Schema, Segment
from intercom_iac.planning import (
    Base,
    ComparedWith,
    Measurement,
    Plan,
    decode,
    encode,
    plan,
    verify_saved_plan,
    with_answers,
)
from intercom_iac.planning.measuring import MOST_QUESTIONS
from intercom_iac.text import json_text
from support.tier_workspace import segment, with_tier

CREATED = datetime(2026, 3, 28, tzinfo=UTC)
ID = f"sha256:{'0' * 64}"
HOT = segment("role = user", key="hot", name="Hot {x}", publish=("tag",))
LIVE = with_tier(tags={"hot {X}": "7", "Old": "8"})


def planned(*segments: Segment, base: Schema | None = None, live: Any = LIVE) -> Plan:
    schema = Schema(segments={each.key: each for each in segments})
    against = None if base is None else Base(ComparedWith("main", "c0ffee"), base, {})
    return plan(schema, live, workspace="sandbox", specs_digest=ID, base=against)


def counted(made: Plan, people: int) -> tuple[Plan, list[Mapping[str, Any]]]:
    asked: list[Mapping[str, Any]] = []

    def count(query: Mapping[str, Any]) -> int:
        asked.append(query)
        return people

    return with_answers(made, made.questions, count), asked


def codes(made: Plan) -> list[tuple[str, str]]:
    return [(remark.code, remark.severity) for remark in made.remarks]


PUBLISHED = Schema(segments={"hot": HOT})
NOT_PUBLISHED = Schema(segments={"hot": replace(HOT, publish=())})


@pytest.mark.parametrize(
    ("changed", "base", "people", "expected"),
    [
        ({}, None, 42, [("PLAN641", "warning")]),
        ({}, None, 0, []),
        ({}, PUBLISHED, 42, []),
        ({}, NOT_PUBLISHED, 42, [("PLAN640", "error")]),
        ({}, NOT_PUBLISHED, 0, []),
        ({"adopt": True}, None, 42, []),
        ({"adopt": True}, NOT_PUBLISHED, 42, []),
        ({"adopt": True, "status": "archived"}, None, 42, [("PLAN642", "info")]),
        ({"status": "archived"}, None, 42, []),
    ],
)
def test_a_tag_that_people_carry_is_taken_over_with_a_word(
    changed: Any, base: Schema | None, people: int, expected: list[tuple[str, str]]
) -> None:
    made, _ = counted(planned(replace(HOT, **changed), base=base), people)
    assert codes(made) == expected
    retired = [change.risk for change in made.changes]
    assert retired == (["destructive"] if changed == {"status": "archived"} else [])
    if expected and expected[0][0] != "PLAN642":
        assert made.remarks[0].message.startswith("`hot` takes over the tag `hot {X}`, on 42 people")
        assert made.remarks[0].counted
        assert made.measurements == (
            Measurement(address="segment.hot", text="takes over the tag `hot {X}`, on 42 people", count=42),
        )


def test_a_plan_that_counted_nobody_is_written_like_one_that_asked_nothing() -> None:
    made, asked = counted(planned(HOT), 0)
    assert (bool(asked), made.measured) == (True, True)
    assert "measurements" not in encode(made)


def test_who_loses_a_tag_is_counted_by_its_id() -> None:
    made, asked = counted(planned(replace(HOT, status="archived")), 1)
    assert asked == [{"field": "tag_id", "operator": "=", "value": "7"}]
    assert [measured.text for measured in made.measurements] == ["the tag `hot {X}` is on 1 person"]
    assert "destructive" in made.changes[0].reason


def test_what_is_left_behind_is_counted_and_says_what_it_is_called_now() -> None:
    old = replace(HOT, name="Old")
    gone = planned(base=Schema(segments={"hot": old}))
    renamed = planned(replace(HOT, adopt=True), base=Schema(segments={"hot": old}))
    adopted = planned(base=Schema(segments={"hot": replace(old, adopt=True)}))
    for made, words in (
        (gone, "and is no segment's now"),
        (renamed, "which is called `Hot {x}` now"),
        (adopted, "was adopted by `hot`"),
    ):
        answered, _ = counted(made, 42)
        assert codes(answered) == [("PLAN620", "info")]
        assert words in answered.remarks[0].message
        assert [measured.text for measured in answered.measurements] == ["the tag `Old` is on 42 people"]


def test_one_search_tells_that_nobody_carries_any_of_many_tags_and_there_is_a_bound() -> None:
    many = [
        segment("role = user", key=f"s{number}", name=f"S{number}", publish=("tag",)) for number in range(40)
    ]
    live = with_tier(tags={each.name: str(number) for number, each in enumerate(many)})
    made = planned(*many, live=live)
    assert len(made.questions) == 40
    quiet, asked = counted(made, 0)
    assert quiet.measurements == quiet.remarks == ()
    assert [len(query["value"]) for query in asked] == [15, 5]
    told, asked = counted(made, 3)
    assert len(told.measurements) == MOST_QUESTIONS
    assert len(asked) == MOST_QUESTIONS + 2


def test_what_decides_whether_a_plan_is_applied_is_asked_beyond_the_bound() -> None:
    many = [
        segment("role = user", key=f"s{number}", name=f"S{number}", publish=("tag",))
        for number in range(MOST_QUESTIONS + 5)
    ]
    live = with_tier(tags={one.name: str(number) for number, one in enumerate(many)})
    told, _ = counted(planned(*many, live=live, base=Schema()), 3)
    assert codes(told) == [("PLAN640", "error")] * len(many)


# --- saved ---------------------------------------------------------------------------------------------------


def saved(made: Plan, people: int = 42) -> Plan:
    answered, _ = counted(made, people)
    return decode(json_text(encode(replace(answered, created_at=CREATED))), "plan.json")


def refusal(held: Plan, again: Plan) -> str:
    try:
        verify_saved_plan(held, again, LIVE, ["segment.hot"])
    except PlanError as error:
        return str(error)
    return ""


def test_a_saved_plan_holds_whoever_comes_and_goes() -> None:
    for changed in ({}, {"status": "archived"}):
        again = planned(replace(HOT, **changed))
        for people in (0, 1, 42):
            assert refusal(saved(again, people), again) == ""
    # Nobody was asked, as for a plan of a snapshot.
    again = planned(replace(HOT, status="archived"))
    assert refusal(replace(again, questions=()), again) == ""


@pytest.mark.parametrize(
    "edits",
    [
        {"count": 41},
        {"text": "the tag `hot {X}` is on 41 people"},
        {"of": 50},
        {"address": "segment.other"},
        None,
    ],
)
def test_numbers_that_answer_nothing_are_an_edited_plan(edits: dict[str, Any] | None) -> None:
    again = planned(replace(HOT, status="archived"))
    held = saved(again)
    measured = () if edits is None else (replace(held.measurements[0], **edits),)
    assert "counted" in refusal(replace(held, measurements=measured), again)


def test_a_counted_remark_that_says_something_else_is_an_edited_plan() -> None:
    again = planned(HOT)
    held = saved(again)
    [remark] = held.remarks
    for remarks in (
        (),
        (replace(remark, message="x"),),
        (remark, remark),
        (replace(remark, severity="info"),),
    ):
        assert "is not what it counted" in refusal(replace(held, remarks=remarks), again)
