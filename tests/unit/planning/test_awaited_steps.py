"""What needs a step by hand waits, and says for what; nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

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
from intercom_iac.planning import Base, ComparedWith, Plan, plan
from intercom_iac.rules import compile_rules
from intercom_iac.text import Excerpt

EMPTY = Snapshot(Identity("abc12345", "Acme", "UTC"))
SEATS = Attribute("contact", "seats", DataType.INTEGER)
TIER = Attribute("contact", "tier", DataType.STRING)
MEMBERS = Attribute("company", "members", DataType.INTEGER)
TEXT_SEATS = LiveAttribute(1, "contact", "seats", DataType.STRING)
LIVE_TIER = LiveAttribute(2, "contact", "tier", DataType.STRING)
IS_GOLD = AudiencePredicate("custom_attributes.tier", "string", "eq", "gold")


def schema(*attributes: Attribute, **segments: Mapping[str, Any]) -> Schema:
    """`segments`: by key, `rule` and what else differs from a segment that publishes an audience."""
    declared = {(each.model, each.name): each for each in attributes}
    base = Schema(attributes=declared, events={"paid": Event("paid")})
    archived = {key: None for key, each in segments.items() if each.get("status") == "archived"}
    predicates, _ = compile_rules(
        {key: Excerpt.from_text(each["rule"], "<rule>") for key, each in segments.items()}, base, archived
    )
    made = {
        key: replace(
            Segment(key, key.title(), "", predicates.get(key), publish=("audience",)), **each
        )
        for key, each in segments.items()
    }  # fmt: skip
    return replace(base, segments=made)


def planned(specs: Schema, live: Snapshot, *targets: str, base: Base | None = None) -> Plan:
    digest = f"sha256:{'0' * 64}"
    specs = replace(specs, events={})
    return plan(specs, live, workspace="sandbox", specs_digest=digest, targets=targets, base=base)


def waits(made: Plan) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Of everything that apply would make or that waits: address, kind and action -> what it waits for."""
    return {
        (each.address, each.object, each.action): each.waits_for
        for each in made.changes
        if each.action != "manual"
    }


RETYPED = "attribute.contact.seats"
LARGE = {"rule": "seats > 5"}


@pytest.mark.parametrize(
    ("specs", "live", "expected"),
    [
        pytest.param(
            schema(SEATS, large=LARGE | {"publish": ("audience", "tag")}),
            replace(EMPTY, attributes=(TEXT_SEATS,)),
            {("segment.large", "tag", "create"): (RETYPED,), ("segment.large", "audience", "create"): (RETYPED,)},
            id="an audience and a tag on an attribute of another type",
        ),
        pytest.param(
            schema(SEATS, large=LARGE),
            replace(EMPTY, attributes=(TEXT_SEATS,), audiences=(LiveAudience("9", "Large", (IS_GOLD,)),)),
            {("segment.large", "audience", "update"): (RETYPED,)},
            id="new filters",
        ),
        pytest.param(
            schema(SEATS, TIER, gold={"rule": "tier = gold"}, large=LARGE),
            replace(EMPTY, attributes=(TEXT_SEATS, LIVE_TIER)),
            {("segment.gold", "audience", "create"): (), ("segment.large", "audience", "create"): (RETYPED,)},
            id="what does not read it goes ahead",
        ),
        pytest.param(
            schema(SEATS, large=LARGE, vip={"rule": "segment large and role = user"}),
            replace(EMPTY, attributes=(TEXT_SEATS,)),
            {
                ("segment.large", "audience", "create"): (RETYPED,),
                ("segment.vip", "audience", "create"): (RETYPED,),
            },
            id="through another segment",
        ),
        pytest.param(
            schema(replace(MEMBERS, type=DataType.INTEGER), large={"rule": "company.members > 5"}),
            replace(EMPTY, attributes=(LiveAttribute(1, "company", "members", DataType.DATE),)),
            {("segment.large", "audience", "create"): ("attribute.company.members",)},
            id="an attribute of companies",
        ),
        pytest.param(
            schema(
                TIER,
                built={"rule": "tier = gold", "publish": ()},
                between={"rule": "segment built and role = user", "publish": ("tag",)},
                vip={"rule": "segment between and email has any value", "publish": ("tag",)},
            ),
            replace(EMPTY, attributes=(LIVE_TIER,)),
            {
                ("segment.between", "tag", "create"): ("segment.built",),
                ("segment.vip", "tag", "create"): ("segment.built",),
            },
            id="a segment to build, two steps away",
        ),
        pytest.param(
            schema(
                TIER,
                built={"rule": "tier = gold", "publish": (), "renamed_from": "Old"},
                vip={"rule": "segment built", "publish": ("tag",)},
            ),
            replace(EMPTY, attributes=(LIVE_TIER,), segments=(LiveSegment("1", "Old"),)),
            {("segment.vip", "tag", "create"): ("segment.built",)},
            id="a segment to rename",
        ),
        pytest.param(
            schema(TIER, built={"rule": "tier = gold", "publish": ()}, vip={"rule": "segment built"}),
            replace(EMPTY, attributes=(LIVE_TIER,), segments=(LiveSegment("1", "Built"),)),
            {("segment.vip", "audience", "create"): ()},
            id="a segment that is built",
        ),
        pytest.param(
            schema(SEATS, large=LARGE | {"publish": ("audience", "tag"), "renamed_from": "Old"}),
            replace(
                EMPTY,
                attributes=(TEXT_SEATS,),
                tags={"Old": "4"},
                audiences=(
                    LiveAudience("9", "Old", (AudiencePredicate("custom_attributes.seats", "integer", "gt", "5"),)),
                ),
            ),
            {("segment.large", "tag", "update"): (), ("segment.large", "audience", "update"): ()},
            id="a new name needs no rule",
        ),
        pytest.param(
            schema(
                replace(TIER, status="archived"), SEATS, gold={"rule": "seats > 5"}
            ),
            replace(
                EMPTY, attributes=(TEXT_SEATS, LIVE_TIER), audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),)
            ),
            {
                ("segment.gold", "audience", "update"): (RETYPED,),
                ("attribute.contact.tier", "data_attribute", "archive"): (RETYPED,),
            },
            id="an archive behind an audience that waits",
        ),
        pytest.param(
            schema(
                replace(TIER, status="archived"), gold={"rule": "tier = silver", "status": "archived"}
            ),
            replace(
                EMPTY, attributes=(LIVE_TIER,), audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),)
            ),
            {("attribute.contact.tier", "data_attribute", "archive"): ("segment.gold",)},
            id="an archive behind an audience that a person deletes",
        ),
        pytest.param(
            schema(
                replace(TIER, status="archived"),
                gold={"rule": "tier = gold", "status": "archived", "publish": ()},
            ),
            replace(EMPTY, attributes=(LIVE_TIER,), segments=(LiveSegment("1", "Gold"),)),
            {("attribute.contact.tier", "data_attribute", "archive"): ("segment.gold",)},
            id="an archive behind a segment that a person deletes",
        ),
        pytest.param(
            schema(
                replace(TIER, status="archived"),
                gold={"rule": "tier = gold and gone = 3", "status": "archived", "publish": ()},
                other={"rule": "gone = 3", "status": "archived", "publish": ()},
            ),
            replace(
                EMPTY, attributes=(LIVE_TIER,), segments=(LiveSegment("1", "Gold"), LiveSegment("2", "Other"))
            ),
            {("attribute.contact.tier", "data_attribute", "archive"): ("segment.gold",)},
            id="an archive behind one whose rule is past reading",
        ),
        pytest.param(
            schema(
                replace(TIER, status="archived"),
                gold={"rule": "tier = gold", "status": "archived"},
            ),
            replace(EMPTY, attributes=(LIVE_TIER,), audiences=(LiveAudience("9", "Gold", (IS_GOLD,)),)),
            {
                ("segment.gold", "audience", "delete"): (),
                ("attribute.contact.tier", "data_attribute", "archive"): (),
            },
            id="a dead segment holds nothing back that apply itself frees",
        ),
        pytest.param(
            schema(replace(TIER, status="archived"), replace(TIER, name="level", renamed_from="tier")),
            replace(EMPTY, attributes=(LIVE_TIER,)),
            {
                ("attribute.contact.level", "data_attribute", "create"): (),
                ("attribute.contact.tier", "data_attribute", "archive"): ("attribute.contact.level",),
            },
            id="an archive behind values to copy",
        ),
    ],
)  # fmt: skip
def test_what_waits(
    specs: Schema, live: Snapshot, expected: dict[tuple[str, str, str], tuple[str, ...]]
) -> None:
    made = planned(specs, live)
    assert waits(made) == expected
    # Nothing that waits is counted, made or in the way; where it is aimed at, it waits all the same.
    waiting = [each for each in made.changes if each.action != "manual" and each.waits_for]
    assert list(made.waiting) == waiting
    assert not any(each in waiting for each in made.calls)
    assert made.errors == ()
    assert sum(made.summary.values()) == len(made.changes)
    assert made.summary.get("waiting", 0) == len(waiting)
    assert made.attributes.after - made.attributes.used == sum(
        {"create": 1, "archive": -1}.get(each.action, 0)
        for each in made.calls
        if each.object == "data_attribute"
    )
    for each in made.changes:
        aimed = planned(specs, live, each.address)
        assert each in aimed.changes
        by_hand = {other.address for other in aimed.manual}
        awaited = [address for address in each.waits_for if address in {one.address for one in made.manual}]
        assert by_hand >= set(awaited)


def test_what_a_person_builds_may_wait_for_another_and_is_by_hand_all_the_same() -> None:
    specs = schema(
        SEATS,
        large={"rule": "seats > 5", "publish": ()},
        vip={"rule": "segment large", "publish": ()},
    )
    made = planned(specs, replace(EMPTY, attributes=(TEXT_SEATS,)))
    assert {each.address: each.waits_for for each in made.manual} == {
        RETYPED: (),
        "segment.large": (RETYPED,),
        "segment.vip": (RETYPED, "segment.large"),
    }
    assert made.summary["manual"] == 3
    assert made.waiting == ()


def test_a_destructive_change_that_waits_needs_no_leave_yet() -> None:
    specs = schema(
        replace(TIER, status="archived"), gold={"rule": "tier = gold", "status": "archived", "publish": ()}
    )
    live = replace(EMPTY, attributes=(LIVE_TIER,), segments=(LiveSegment("1", "Gold"),))
    made = planned(specs, live)
    assert made.destructive == ()
    assert [each.action for each in made.waiting] == ["archive"]
    done = planned(specs, replace(live, segments=()))
    assert [(each.action, each.waits_for) for each in done.destructive] == [("archive", ())]


def test_what_a_segment_read_before_holds_it_until_it_is_built_anew() -> None:
    new = schema(replace(TIER, status="archived"), SEATS, gold=LARGE | {"publish": ()})
    old = schema(TIER, gold={"rule": "tier = gold", "publish": ()})
    live = replace(
        EMPTY,
        attributes=(LIVE_TIER, replace(TEXT_SEATS, type=DataType.INTEGER)),
        segments=(LiveSegment("1", "Gold"),),
    )
    key = ("attribute.contact.tier", "data_attribute", "archive")
    assert waits(planned(new, live)) == {key: ()}
    base = Base(ComparedWith("main", "0" * 40), old, {"segment.gold": old.segments["gold"]})
    assert waits(planned(new, live, base=base)) == {key: ("segment.gold",)}


def test_room_that_waits_is_no_room() -> None:
    full = tuple(LiveAttribute(at + 10, "contact", f"a{at}", DataType.STRING) for at in range(249))
    specs = schema(replace(TIER, status="archived"), replace(TIER, name="level", renamed_from="tier"))
    made = planned(specs, replace(EMPTY, attributes=(LIVE_TIER, *full)))
    assert [each.code for each in made.errors] == ["PLAN601"]
    assert made.errors[0].hint is not None
    assert made.errors[0].hint.endswith("or first do what the archive of `tier` waits for")


def test_the_archive_of_what_is_replaced_waits_for_a_reader_that_nobody_declared() -> None:
    specs = schema(replace(TIER, status="archived"), replace(TIER, name="level", renamed_from="tier"))
    live = replace(EMPTY, attributes=(LIVE_TIER,), audiences=(LiveAudience("7", "Theirs", (IS_GOLD,)),))
    assert planned(specs, live).errors == ()
    live = replace(live, attributes=(LIVE_TIER, replace(LIVE_TIER, id=3, name="level")))
    made = planned(specs, live)
    assert made.errors == ()
    assert waits(made) == {("attribute.contact.tier", "data_attribute", "archive"): ("audience.Theirs",)}
