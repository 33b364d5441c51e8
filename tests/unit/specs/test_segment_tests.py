"""Tests of segments: how they are read, and the people that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model import Person
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.specs import Loaded
from intercom_iac.specs.load.short_days import read_day, write_day

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    trial_end_date: {type: date}
    seats: {type: integer}
    score: {type: float}
    is_admin: {type: boolean}
    old_plan: {type: string, status: archived}
  company:
    tier: {type: string}
events:
  invite_sent: {metadata: {channel: {type: string}}}
segments:
  soon:
    rule: plan_type = trial and trial_end_date within next 3 days
    tests:
      - TEST
"""
TODAY = date(2026, 3, 14)


def read(test: str, loaded: Load) -> SegmentTest:
    specs = loaded(SPECS.replace("TEST", test))
    assert not specs.errors, specs.errors
    (one,) = specs.schema.tests["soon"]
    return one


def test_a_person_in_short_form_is_one_in_the_shapes_of_the_api(loaded: Load) -> None:
    test = read(
        "{name: ends soon, contact: {plan_type: trial, trial_end_date: today + 2 days, seats: 3, score: 2, "
        "is_admin: true, role: user, location.country: Ireland, email: null}, "
        "companies: [{plan: pro, tier: gold, tags: [partner]}], tags: [vip], "
        "events: [{event: invite_sent, on: 3 days ago, count: 2, metadata: {channel: email}}], "
        "member: true, today: 2026-03-14}",
        loaded,
    )
    assert (test.name, test.member, test.today) == ("ends soon", True, TODAY)
    # Noon in Dublin, whose clocks were in winter time by then.
    assert test.person.on(TODAY, ZoneInfo("Europe/Dublin")) == Person(
        {
            "custom_attributes": {
                "plan_type": "trial",
                "trial_end_date": 1773662400,
                "seats": 3,
                "score": 2,
                "is_admin": True,
            },
            "role": "user",
            "location": {"country": "Ireland"},
            "email": None,
            "tags": {"type": "list", "data": [{"type": "tag", "id": "1", "name": "vip"}]},
        },
        (
            {
                "plan": {"name": "pro"},
                "custom_attributes": {"tier": "gold"},
                "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": "partner"}]},
            },
        ),
        (
            {"event_name": "invite_sent", "created_at": 1773230400, "metadata": {"channel": "email"}},
            {"event_name": "invite_sent", "created_at": 1773230400, "metadata": {"channel": "email"}},
        ),
    )
    assert set(test.person.days) == {2, -3}


def test_what_is_left_out_is_not_known(loaded: Load) -> None:
    test = read("{member: false}", loaded)
    assert test.person.on(TODAY, UTC) == Person({})
    assert (test.today, test.name) == (None, None)


@pytest.mark.parametrize(
    ("test", "code", "message"),
    [
        (f"{{contact: {{seats: {'x' * 500}}}, member: true}}", "SPEC196", f"`seats` is `{'x' * 159}…`, where"),
        ("{contact: {plan_type: trail}, member: true}", "SPEC196", "`plan_type` has no option `trail`"),
        ("{contact: {plan_type: 3}, member: true}", "SPEC196", "`plan_type` is `3`, where one of its options"),
        ("{contact: {seats: '3'}, member: true}", "SPEC196", "`seats` is `3`, where a whole number"),
        ("{contact: {seats: 1.5}, member: true}", "SPEC196", "`seats` is `1.5`, where a whole number"),
        ("{contact: {seats: true}, member: true}", "SPEC196", "`seats` is `true`, where a whole number"),
        ("{contact: {score: high}, member: true}", "SPEC196", "`score` is `high`, where a number"),
        ("{contact: {is_admin: 'true'}, member: true}", "SPEC196", "`is_admin` is `true`, where true or false"),
        ("{contact: {email: 3}, member: true}", "SPEC196", "`email` is `3`, where a text"),
        ("{contact: {trial_end_date: soon}, member: true}", "SPEC196", "`trial_end_date` is `soon`, where a day"),
        ("{contact: {trial_end_date: 3}, member: true}", "SPEC196", "`trial_end_date` is `3`, where a day"),
        ("{contact: {trial_end_date: 2026-02-30}, member: true}", "SPEC196", "where a day is expected"),
        ("{today: 2026-02-30, member: true}", "SPEC196", "`today` is `2026-02-30`, which is no day"),
        ("{today: today, member: true}", "SPEC196", "`today` is `today`, which is no day"),
        ("{contact: {plan_typ: trial}, member: true}", "REF401", "no contact attribute `plan_typ` is declared"),
        ("{contact: {tier: gold}, member: true}", "REF402", "`tier` is a company attribute"),
        ("{companies: [{plan_type: pro}], member: true}", "REF402", "`plan_type` is a contact attribute"),
        ("{companies: [{tiers: gold}], member: true}", "REF401", "no company attribute `tiers` is declared"),
        ("{companies: [{tags: vip}], member: true}", "SPEC196", "`tags` of a company is no list of names"),
        ("{companies: [{tier: [a]}], member: true}", "SPEC196", "`tier` is a list, where one value is expected"),
        ("{contact: {old_plan: x}, member: true}", "REF407", "`old_plan` is archived"),
        ("{events: [{event: invite_sen}], member: true}", "REF403", "no event `invite_sen` is declared"),
        ("{events: [{event: invite_sent, on: then}], member: true}", "SPEC196", "`on` is `then`, which is no day"),
        ("{events: [{event: invite_sent, metadata: {chanel: x}}], member: true}", "REF404", "no metadata key"),
        ("{events: [{event: invite_sent, count: 0}], member: true}", "SPEC125", "`count`: less than 1"),
        ("{contact: {plan_type: [pro]}, member: true}", "SPEC120", "`plan_type` is a list, where one value"),
        ("{companies: [{tier: {a: b}}], member: true}", "SPEC120", "`tier` is a mapping, where one value or a list"),
        ("{contact: {plan_type: pro}}", "SPEC122", "item 1 of `tests` has no `member`"),
        ("{member: true, contacts: {}}", "SPEC121", "the key `contacts` is not known here"),
    ],
)  # fmt: skip
def test_a_wrong_test_is_told_once_and_left_out(test: str, code: str, message: str, loaded: Load) -> None:
    specs = loaded(SPECS.replace("TEST", test))
    (error,) = specs.errors
    assert error.code == code
    assert message in error.message
    assert error.subject is not None
    assert specs.schema.tests == {}
    assert "soon" in specs.schema.segments


def test_a_name_whose_declaration_has_a_mistake_is_not_told_again(loaded: Load) -> None:
    text = SPECS.replace("type: integer", "type: number").replace(
        "TEST", "{contact: {seats: 3}, member: true}"
    )
    assert [error.code for error in loaded(text).errors] == ["SPEC123"]


def test_the_tests_of_an_archived_segment_are_not_read(loaded: Load) -> None:
    text = SPECS.replace("TEST", "{contact: {seat: 3}, member: true}").replace(
        "    tests:", "    status: archived\n    tests:"
    )
    specs = loaded(text)
    assert not specs.errors
    assert specs.schema.tests == {}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", 0),
        ("Yesterday", -1),
        ("tomorrow", 1),
        ("today + 2 days", 2),
        ("today-3 days", -3),
        ("today + 1", 1),
        ("today + 2 weeks", 14),
        ("3 days ago", -3),
        ("1 week ago", -7),
        ("in 5 days", 5),
        ("5 days from now", 5),
        ("2026-03-14", TODAY),
        ("2026-02-30", None),
        ("2026-3-14", None),
        ("3 days", None),
        ("now", None),
    ],
)
def test_days(text: str, day: int | date | None) -> None:
    assert read_day(text) == day
    if day is not None:
        assert read_day(write_day(day)) == day
