"""What people read of the plans of every workspace, to the letter. UPDATE_GOLDENS=1 writes the files anew."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click import unstyle

from intercom_iac.diagnostics import IntercomIacError, Unauthorized, Unreachable
from intercom_iac.planning import (
    Change,
    Place,
    Plan,
    PlannedWorkspace,
    PlansSideBySide,
    Remark,
    Usage,
    Verification,
    matrix_schema,
)
from intercom_iac.reporting import side_by_side_json, side_by_side_markdown, side_by_side_text
from support import github_markdown
from support.changes import change_with, make_change

GOLDEN = Path(__file__).parent / "matrix"

TIER = make_change(
    "attribute.contact.tier", "data_attribute", "tier", "create", "safe", "the workspace does not have it"
)
SOURCE = change_with(
    TIER, address="attribute.contact.source|x", name="source|x", action="update", risk="caution"
)
OLD = change_with(TIER, address="attribute.company.old", name="old", action="archive", risk="destructive")
PAID = make_change("event.paid", "event", "paid", "register", "safe", "not known")
VIP = make_change("segment.vip", "tag", "VIP", "create", "safe", "there is none")
RENAMED = change_with(VIP, action="update", risk="caution")
BY_HAND = make_change("segment.at_risk", "segment", "At risk", "manual", "safe", "no call makes a segment")
STYLE = Remark("LINT551", "warning", "the attribute `Tier` is not in the project's style", "call it `tier`")
TAKEN = Remark("PLAN604", "error", "the name is <taken>", "another *name*", Place("specs/a.yaml", 3, 5))


def plan(name: str, *changes: Change, remarks: tuple[Remark, ...] = (), used: int = 3) -> Plan:
    where = PlannedWorkspace(name, f"app_{name}", "UTC")
    after = used + sum(each.action == "create" for each in changes)
    digest = f"sha256:{'0' * 64}"
    return Plan(where, digest, digest, changes, Usage(used, after, 250), Usage(1, 1, 120), (), remarks)


NO_TOKEN = Unauthorized("no token for `eu`: the variable `EU|TOKEN` is not set", hint="export EU_TOKEN=...")
SILENT = Unreachable("no answer \x1b[31m from <b>here</b>", hint="try *again*")
BROKEN = IntercomIacError("the embedded workspace `x.db` cannot be opened")

EVERYTHING = PlansSideBySide(
    {
        "staging": plan("staging", TIER, PAID, VIP, RENAMED, BY_HAND, remarks=(STYLE,)),
        "production": plan("production", SOURCE, OLD, BY_HAND, remarks=(STYLE, TAKEN)),
        "eu": NO_TOKEN,
    }
)
UNSEEN = Verification("segment.built|x", "segment", "Built", "its name", "its rule")
WAITS = change_with(VIP, kind="audience", waits_for=("segment.at_risk",))
MANY = PlansSideBySide(
    {
        "staging": plan(
            "staging",
            *(replace(TIER, address=f"attribute.contact.number_{number}") for number in range(60)),
            *(replace(SOURCE, address=f"attribute.contact.other_{number}") for number in range(3)),
            OLD,
        ),
        "production": plan("production"),
    }
)
WIDE = PlansSideBySide(
    {
        f"a-workspace-with-a-name-{number}": plan("x", TIER, OLD, VIP, RENAMED, BY_HAND, WAITS)
        if number % 2
        else plan("y", replace(TIER, address=f"attribute.contact.{'long' * 20}"))
        for number in range(4)
    }
)
CASES = {
    "everything": EVERYTHING,
    "waiting": PlansSideBySide(
        {
            "staging": replace(
                plan("staging", TIER, BY_HAND, WAITS), verifications=(UNSEEN,), makes_registrar=True
            ),
            "production": plan("production"),
        }
    ),
    "unverified": PlansSideBySide(
        {"staging": replace(plan("staging"), verifications=(UNSEEN,)), "production": plan("production")}
    ),
    "target": PlansSideBySide({"staging": replace(plan("staging"), targets=("segment.vip",))}),
    "nothing": PlansSideBySide({"staging": plan("staging"), "production": plan("production")}),
    "nothing_but": PlansSideBySide({"staging": plan("staging"), "production": SILENT}),
    "none": PlansSideBySide({"staging": SILENT, "production": BROKEN}),
    "many": MANY,
    "wide": WIDE,
}


@pytest.mark.parametrize("name", CASES)
def test_people_read_just_this(name: str) -> None:
    for ending, text in (
        ("txt", unstyle(side_by_side_text(CASES[name])) + "\n"),
        ("md", side_by_side_markdown(CASES[name])),
    ):
        path = GOLDEN / f"{name}.{ending}"
        if os.environ.get("UPDATE_GOLDENS"):
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_machines_read_what_the_schema_says(name: str) -> None:
    made = side_by_side_json(CASES[name])
    jsonschema.Draft202012Validator(matrix_schema()).validate(made)
    assert {*made["plans"], *made["errors"]} == set(CASES[name].columns)
    assert all(set(row["actions"]) == set(made["plans"]) for row in made["matrix"])


def test_no_control_character_gets_through() -> None:
    made = CASES["none"]
    assert "\x1b[31m from" not in side_by_side_text(made)
    assert "\x1b" not in side_by_side_markdown(made)


@pytest.mark.parametrize("name", CASES)
def test_a_comment_does_nothing(name: str) -> None:
    github_markdown.inert(github_markdown.rendered(side_by_side_markdown(CASES[name])), tables=True)


def test_colours_are_those_of_a_plan() -> None:
    text = side_by_side_text(EVERYTHING)
    assert "\x1b[32m+ create\x1b[0m" in text
    assert "\x1b[33m~ update\x1b[0m" in text
    assert "\x1b[31m- archive\x1b[0m" in text
    assert "\x1b[36m! by hand\x1b[0m" in text


def test_errors_are_remarked_first_and_the_rest_counted() -> None:
    remarks = (*(replace(STYLE, message=f"style {number}") for number in range(400)), TAKEN)
    made = PlansSideBySide({"a": plan("a", TIER, remarks=remarks), "b": plan("b")})
    for text in (unstyle(side_by_side_text(made)), side_by_side_markdown(made)):
        assert text.index("PLAN604") < text.index("style 0")
        assert "and 391 more to say" in text
        assert len(text) < 5_000


def test_a_comment_of_many_changes_fits_and_keeps_what_is_destructive() -> None:
    long = "x" * 150
    changes = [
        replace(TIER if number % 50 else OLD, address=f"attribute.contact.{long}_{number}")
        for number in range(1, 401)
    ]
    text = side_by_side_markdown(PlansSideBySide({"a": plan("a", *changes), "b": plan("b", *changes)}))
    assert len(text) < 65_536
    assert text.count("**destructive**") == 8
    assert "more, all of them safe" in text


def test_what_waits_does_not_happen() -> None:
    rows = {row["address"]: row for row in side_by_side_json(CASES["waiting"])["matrix"]}
    assert rows["segment.vip"]["actions"] == {"staging": [], "production": []}
    assert rows["segment.vip"]["waiting"] == {"staging": ["create"]}
    assert rows["segment.at_risk"]["actions"]["staging"] == ["manual"]
