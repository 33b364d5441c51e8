"""An attribute that takes the place of another: the stage that is due, its steps, and what is counted for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.model import (
    Attribute,
    DataType,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    ModelName,
    Replaced,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import Base, ComparedWith, Plan, open_replacements, plan, uncopied_query
from intercom_iac.planning.measuring import measurement_flaws
from intercom_iac.planning.plan import Copies
from intercom_iac.planning.replacements import MOST_COUNTED, count_copies
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.tier_workspace import EMPTY, IS_GOLD, TIER, segment

LEVEL = replace(TIER, name="level", replaces=Replaced("tier"))
OLD = LiveAttribute(1, "contact", "tier", DataType.STRING)
NEW = LiveAttribute(2, "contact", "level", DataType.STRING)
GONE = replace(TIER, status="archived")
READER = segment(publish=())
THEIRS = LiveAudience("a1", "Theirs", (IS_GOLD,))
ALL, SOME = Copies(copied=4, of=4), Copies(copied=1, of=4)


def schema(*attributes: Attribute, segments: tuple[Segment, ...] = ()) -> Schema:
    return Schema(
        attributes={(attribute.model, attribute.name): attribute for attribute in attributes},
        segments={one.key: one for one in segments},
    )


def planned(specs: Schema, live: Snapshot, copies: Copies | None = None, base: Base | None = None) -> Plan:
    counted = {} if copies is None else {"attribute.contact.level": copies}
    return plan(specs, live, workspace="sandbox", specs_digest="", copies=counted, base=base)


def with_live(*attributes: LiveAttribute, audiences: tuple[LiveAudience, ...] = ()) -> Snapshot:
    return replace(EMPTY, attributes=attributes, audiences=audiences)


@pytest.mark.parametrize(
    ("specs", "live", "copies", "stage", "due", "waits_for"),
    [
        (schema(TIER, LEVEL), with_live(OLD), None, 1, "create `level`", ()),
        (schema(TIER, LEVEL), with_live(OLD, NEW), None, 2, "copy the values of `tier` to `level`", ()),
        (schema(TIER, LEVEL), with_live(OLD, NEW), SOME, 2, "copy the values of `tier` to `level`", ()),
        (
            schema(TIER, LEVEL, segments=(READER,)),
            with_live(OLD, NEW),
            ALL,
            3,
            "point what reads `tier` at `level`: its rules are listed",
            ("segment.gold",),
        ),
        (
            schema(TIER, LEVEL),
            with_live(OLD, NEW, audiences=(THEIRS,)),
            ALL,
            3,
            "point what reads `tier` at `level`: its audiences are listed",
            ("audience.Theirs",),
        ),
        (
            schema(LEVEL),
            with_live(OLD, NEW),
            ALL,
            4,
            "declare `tier` with `status: archived`, which archives it",
            (),
        ),
        (schema(GONE, LEVEL), with_live(OLD, NEW), None, 4, "archive `tier`", ()),
    ],
)
def test_the_stage_that_is_due(
    specs: Schema, live: Snapshot, copies: Copies | None, stage: int, due: str, waits_for: tuple[str, ...]
) -> None:
    made = planned(specs, live, copies)
    [told] = made.stages
    assert (told.stage, told.due, told.waits_for) == (stage, due, waits_for)
    steps = [
        change for change in made.changes if "copy" in change.reason or change.fields[0].path == "values"
    ]
    assert len(steps) == int(stage == 2)
    measured = [(measurement.count, measurement.of) for measurement in made.measurements]
    assert measured == ([] if copies is None else [(copies.copied, copies.of)])


def test_a_replacement_is_over_when_the_old_one_is_archived() -> None:
    assert planned(schema(LEVEL), with_live(replace(OLD, archived=True), NEW)).stages == ()


def test_what_nobody_knows_cannot_be_replaced() -> None:
    made = planned(schema(LEVEL), EMPTY)
    assert made.stages == ()
    [remark] = made.remarks
    assert "takes the place of `tier`, which the workspace does not have" in remark.message


@pytest.mark.parametrize("model", ["contact", "company"])
def test_how_each_value_is_copied(model: ModelName) -> None:
    new = replace(
        LEVEL,
        model=model,
        type=DataType.OPTIONS,
        options=("a", "b"),
        replaces=Replaced("tier", (("x", "a"), ("yes", True))),
    )
    live = with_live(replace(OLD, model=model), replace(NEW, model=model, type=DataType.OPTIONS))
    [copy] = [change for change in planned(schema(new), live).changes if change.fields[0].path == "values"]
    text = "\n".join(copy.steps)
    assert "`x` becomes `a`" in text
    assert "`yes` becomes `true`" in text
    assert "any other value: " in text
    assert "the new options are `a`, `b`" in text
    same = planned(schema(LEVEL), with_live(OLD, NEW)).changes
    assert [field.path for change in same for field in change.fields] == ["values"]


def test_contacts_are_counted_where_values_can_be_copied_and_companies_cannot() -> None:
    asked: list[Mapping[str, Any]] = []

    def count(query: Mapping[str, Any]) -> int:
        asked.append(query)
        return 3

    of_company = replace(LEVEL, model="company", name="size", replaces=Replaced("was"))
    specs = schema(LEVEL, replace(LEVEL, name="later"), of_company)
    companies = [
        replace(OLD, id=3, model="company", name="was"),
        replace(NEW, id=4, model="company", name="size"),
    ]
    live = with_live(OLD, NEW, *companies)
    assert count_copies(specs, live, count) == {"attribute.contact.level": Copies(3, 3)}
    assert len(asked) == 2
    assert count_copies(specs, live, lambda _: 0) == {"attribute.contact.level": Copies(0, 0)}


def test_who_has_the_old_value_and_not_the_new_one_is_searched() -> None:
    [replacement] = open_replacements(schema(LEVEL), with_live(OLD, NEW), {})
    assert uncopied_query(replacement, NEW, "UTC") == {
        "operator": "AND",
        "value": [
            {"field": "custom_attributes.tier", "operator": "!=", "value": None},
            {"field": "custom_attributes.level", "operator": "=", "value": None},
        ],
    }


def test_only_so_many_are_counted() -> None:
    numbers = range(MOST_COUNTED + 1)
    news = [replace(LEVEL, name=f"new_{number}", replaces=Replaced(f"old_{number}")) for number in numbers]
    olds = [replace(OLD, id=number + 1, name=f"old_{number}") for number in numbers]
    live = with_live(*olds, *(replace(NEW, id=number + 50, name=f"new_{number}") for number in numbers))
    assert len(count_copies(schema(*news), live, lambda _: 1)) == MOST_COUNTED


@pytest.mark.parametrize("by_hand", [True, False])
def test_rules_wait_for_the_values_that_they_are_to_read(*, by_hand: bool) -> None:
    """Of an audience that reads the old one still, and of a segment that a person built by it."""
    specs = schema(LEVEL, TIER)
    predicate, found = compile_rule(Excerpt.from_text("level = gold", "<rule>"), specs)
    assert predicate is not None, found
    publish = () if by_hand else ("audience",)
    moved = replace(READER, publish=publish, rule="level = gold", predicate=predicate)
    live = with_live(OLD, NEW, audiences=() if by_hand else (replace(THEIRS, name="Gold"),))
    live = replace(live, segments=(LiveSegment("s1", "Gold"),) if by_hand else ())
    before = Base(ComparedWith("main", "c0ffee"), schema(TIER, segments=(READER,)), {"segment.gold": READER})
    for copies, awaited in ((None, ("attribute.contact.level",)), (ALL, ())):
        made = planned(schema(LEVEL, TIER, segments=(moved,)), live, copies, before if by_hand else None)
        waits = {change.address: change.waits_for for change in made.changes}
        assert waits["segment.gold"] == awaited


def test_an_audience_that_reads_nothing_old_waits_for_no_values() -> None:
    predicate, found = compile_rule(Excerpt.from_text("level = gold", "<rule>"), schema(LEVEL))
    assert predicate is not None, found
    moved = segment(rule="tier = gold")
    moved = replace(moved, rule="level = gold", predicate=predicate)
    other = LiveAudience("a1", "Gold", (replace(IS_GOLD, attribute="custom_attributes.other"),))
    made = planned(schema(LEVEL, segments=(moved,)), with_live(OLD, NEW, audiences=(other,)))
    assert [change.waits_for for change in made.changes if change.object == "audience"] == [()]


def test_what_a_saved_plan_counted_of_copies_is_what_it_was_made_with() -> None:
    live, specs = with_live(OLD, NEW), schema(LEVEL)
    some, none = planned(specs, live, SOME), planned(specs, live, replace(SOME, copied=0))
    assert list(measurement_flaws(some, some)) == []
    assert any("which was not to be counted" in flaw for flaw in measurement_flaws(some, none))
