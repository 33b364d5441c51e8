"""Two workspaces side by side: what is the same by its name, and what of it differs."""

from __future__ import annotations

from dataclasses import replace

import jsonschema

from intercom_iac.changes.live import live_differences, workspace_diff_schema
from intercom_iac.model import DataType, LiveAttribute, LiveAudience, LiveSegment
from support.tier_workspace import EMPTY, IS_GOLD

TIER = LiveAttribute(1, "contact", "tier", DataType.STRING)
GOLD = LiveAudience("a1", "Gold", (IS_GOLD,))
IS_PRO = replace(IS_GOLD, value="pro")


def test_what_one_alone_has_differs_and_an_archived_attribute_of_one_does_not() -> None:
    first = replace(
        EMPTY,
        attributes=(TIER, replace(TIER, id=2, name="old", archived=True)),
        events=("paid",),
        segments=(LiveSegment("s1", "Hot"),),
        audiences=(GOLD,),
        tags={"Beta": "t1"},
    )
    there = ("attribute.contact.tier", "event.paid", "segment.Hot", "audience.Gold", "tag.Beta")
    found = live_differences(first, EMPTY)
    assert (found.only_first, found.archived_first, found.differ) == (there, ("attribute.contact.old",), True)
    found = live_differences(EMPTY, first)
    assert (found.only_second, found.archived_second) == (there, ("attribute.contact.old",))
    found = live_differences(first, first)
    assert (found.same, found.differ) == (found.addresses, False)
    assert len(found.addresses) == 6
    assert live_differences(first, EMPTY, lambda address: address.startswith("tag.")).addresses == (
        "tag.Beta",
    )


def test_fields_differ_and_so_does_the_spelling_of_a_name_that_case_does_not_tell_apart() -> None:
    first = replace(EMPTY, attributes=(TIER,), tags={"Beta": "t1"})
    second = replace(EMPTY, attributes=(replace(TIER, id=9, archived=True),), tags={"beta": "t7"})
    told = {
        difference.address: [(field.field.key, field.before, field.after) for field in difference.fields]
        for difference in live_differences(first, second).differing
    }
    assert told == {
        "attribute.contact.tier": [("archived", False, True)],
        "tag.Beta": [("name", "Beta", "beta")],
    }


def test_audiences_of_one_name_are_paired_by_their_filters() -> None:
    pro = replace(GOLD, id="a2", predicates=(IS_PRO,))
    free = replace(GOLD, id="a3", predicates=(replace(IS_GOLD, value="free"),))
    other = replace(GOLD, id="a4", name="Other")
    found = live_differences(
        replace(EMPTY, audiences=(GOLD, pro, replace(other, name="Mine"))),
        replace(EMPTY, audiences=(free, replace(GOLD, id="b1"), other)),
    )
    assert found.same == ("audience.Gold",)
    assert [difference.address for difference in found.differing] == ["audience.Gold"]
    assert (found.only_first, found.only_second) == (("audience.Mine",), ("audience.Other",))


def test_its_schema_is_in_the_package() -> None:
    jsonschema.Draft202012Validator.check_schema(workspace_diff_schema())
