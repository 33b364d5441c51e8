"""What people read of a plan and of an outcome, to the letter. UPDATE_GOLDENS=1 writes the files anew."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle

from intercom_iac.applying import Failure, Outcome
from intercom_iac.diagnostics import Conflict
from intercom_iac.planning import (
    FieldChange,
    Place,
    Plan,
    PlannedWorkspace,
    Remark,
    Usage,
    Verification,
)
from intercom_iac.reporting import Screen, outcome_json, outcome_text, plan_html, plan_markdown, plan_text
from support.changes import change_with, make_change

GOLDEN = Path(__file__).parent / "plan"
WORKSPACE = PlannedWorkspace("production", "abc12345", "Europe/Dublin")

CREATE = make_change(
    "attribute.contact.plan_type",
    "data_attribute",
    "plan_type",
    "create",
    "safe",
    "the workspace does not have it",
    (
        FieldChange("type", None, "options"),
        FieldChange("options", None, ["free", "trial", "pro", "enterprise"]),
        FieldChange("messenger_writable", None, True),
    ),
    needed_by=("segment.trial_ending_soon",),
    source=Place("specs/billing.yaml", 4, 5),
)
RENAMED = make_change(
    "attribute.contact.job_role",
    "data_attribute",
    "job_role",
    "create",
    "safe",
    "renamed from `job`: Intercom cannot rename, so the values stay on `job` until they are copied; then declare "
    "`job` with `status: archived`",
    (FieldChange("type", None, "string"), FieldChange("messenger_writable", None, False)),
)
REGISTER = make_change(
    "event.upgrade_initiated",
    "event",
    "upgrade_initiated",
    "register",
    "safe",
    "Intercom knows an event only once it has been sent: one sample is sent for the registrar contact",
    (FieldChange("metadata", None, {"from_plan": "options", "seats": "integer"}),),
)
UPDATE = make_change(
    "attribute.contact.source",
    "data_attribute",
    "source",
    "update",
    "caution",
    "option `partner` removed: whoever has the value keeps it, nobody can choose it again; the description differs",
    (
        FieldChange("description", "Where from", "Where the person came from | <b>first</b> visit @growth"),
        FieldChange("options", ["ads", "partner", "organic"], ["ads", "organic"]),
    ),
    needed_by=("segment.paid", "segment.organic"),
    source=Place("specs/growth.yaml", 9, 5),
)
AUDIENCE = make_change(
    "segment.power_users",
    "audience",
    "Power users",
    "update",
    "caution",
    "its filters differ from the rule: who Fin may talk to changes",
    (
        FieldChange(
            "predicates",
            [
                {
                    "attribute": "custom_attributes.uses",
                    "type": "integer",
                    "comparison": "gt",
                    "value": "10",
                }
            ],
            [
                {
                    "attribute": "custom_attributes.uses",
                    "type": "integer",
                    "comparison": "gt",
                    "value": "50",
                }
            ],
        ),
    ),
)
ARCHIVE = make_change(
    "attribute.company.legacy_flag",
    "data_attribute",
    "legacy_flag",
    "archive",
    "destructive",
    "`status: archived` in the specs: it leaves Intercom's screens and lists; restoring brings its values back",
    (FieldChange("archived", False, True),),
    source=Place("specs/billing.yaml", 12, 5),
)
RETYPE = make_change(
    "attribute.contact.seats_used",
    "data_attribute",
    "seats_used",
    "manual",
    "caution",
    "Intercom cannot change the type of an attribute through its API: it is string, the specs want integer",
    (FieldChange("type", "string", "integer"),),
    steps=("in Intercom open Settings > Data > People", "set its format to Number, and save"),
    needed_by=("segment.power_users",),
    source=Place("specs/growth.yaml", 3, 5),
    live_id="7",
)
MOVED = change_with(
    RENAMED,
    address="attribute.contact.region",
    name="region",
    risk="caution",
    reason="renamed from `area`: Intercom cannot rename, so the values stay on `area`, which the specs archive: "
    "that waits for a later apply, after the copy",
)
TAG = make_change(
    "segment.power_users", "tag", "Power users", "create", "safe", "the workspace has no such tag"
)
MANUAL = make_change(
    "segment.at_risk",
    "segment",
    "At-risk \x1b[31menterprise",
    "manual",
    "safe",
    "no API call makes a segment: a person builds it, the plan verifies that it stands there",
    (
        FieldChange("name", None, "At-risk \x1b[31menterprise"),
        FieldChange("rule", None, "seats_used < 3"),
    ),
    steps=("in Intercom open Contacts > People and choose New segment", "choose Save segment"),
)

EVERYTHING = Plan(
    WORKSPACE,
    "sha256:" + "0" * 64,
    "sha256:" + "1" * 64,
    (CREATE, RENAMED, MOVED, UPDATE, REGISTER, AUDIENCE, TAG, ARCHIVE, MANUAL, RETYPE),
    Usage(248, 249, 250),
    Usage(3, 4, 120),
    ("attribute.contact.somebody_elses", "segment.VIP"),
    (
        Remark(
            "PLAN605",
            "warning",
            "the workspace has `Source`, which differs from `source` only in case",
            "declare `Source` if the two are meant to be one",
            Place("specs/growth.yaml", 9, 5),
        ),
        Remark(
            "BACK703",
            "warning",
            "option `partner` is gone, and `segment.paid` names it",
            "take it out of the rule first",
            Place("specs/growth.yaml", 11, 17),
        ),
    ),
)
WAITING = replace(
    EVERYTHING,
    changes=(
        CREATE,
        RETYPE,
        replace(MANUAL, waits_for=("attribute.contact.seats_used",)),
        replace(AUDIENCE, waits_for=("attribute.contact.seats_used", "segment.at_risk")),
        replace(TAG, waits_for=("segment.at_risk",)),
        replace(ARCHIVE, waits_for=tuple(f"segment.number_{at}" for at in range(12))),
    ),
    unmanaged=(),
    remarks=(),
    verifications=(
        *(
            Verification(f"segment.built_{at}", "segment", f"Built {at}", "its name", "its rule")
            for at in range(9)
        ),
        Verification("segment.tagged|x", "tag", "Tagged", "its name", "who made it or who carries it"),
    ),
    makes_registrar=True,
)
NOTHING_TO_SEE = replace(WAITING, changes=(), makes_registrar=False)
NOTHING = Plan(WORKSPACE, "", "", attributes=Usage(12, 12, 250), events=Usage(4, 4, 120))
STOPPED = Outcome(
    (CREATE,),
    Failure(UPDATE, Conflict("Intercom refused the change: no", request_id="req_00\x1b7")),
    (AUDIENCE, TAG, ARCHIVE),
    (MANUAL, RETYPE),
)

CASES = {
    "everything.txt": unstyle(plan_text(EVERYTHING)) + "\n",
    "everything.md": plan_markdown(EVERYTHING),
    "waiting.txt": unstyle(plan_text(WAITING)) + "\n",
    "waiting_short.txt": unstyle(plan_text(WAITING, Screen(80, 16))) + "\n",
    "waiting_full.txt": unstyle(plan_text(WAITING, full=True)) + "\n",
    "waiting.md": plan_markdown(WAITING),
    "unverified.txt": unstyle(plan_text(NOTHING_TO_SEE)) + "\n",
    "unverified.md": plan_markdown(NOTHING_TO_SEE),
    "target.txt": unstyle(plan_text(replace(NOTHING_TO_SEE, targets=("segment", "event.paid")))) + "\n",
    "target.md": plan_markdown(replace(WAITING, targets=("segment",))),
    "waited.txt": unstyle(outcome_text(Outcome((), None, (), WAITING.manual, waiting=WAITING.waiting)))
    + "\n",
    "nothing.txt": unstyle(plan_text(NOTHING)) + "\n",
    "nothing.md": plan_markdown(NOTHING),
    "stopped.txt": unstyle(outcome_text(STOPPED)) + "\n",
    "done.txt": unstyle(outcome_text(Outcome((CREATE, UPDATE), None, (), ()))) + "\n",
}


@pytest.mark.parametrize("name", CASES)
def test_people_read_just_this(name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(CASES[name], "utf-8")
    assert CASES[name] == path.read_text("utf-8")


def test_an_outcome_for_machines_names_what_was_done_and_whom_to_ask() -> None:
    outcome = outcome_json(STOPPED)
    assert outcome["done"] == [
        {"address": "attribute.contact.plan_type", "object": "data_attribute", "action": "create"}
    ]
    assert outcome["failed"]["request_id"] == "req_00\x1b7"
    assert outcome["failed"]["code"] == "API803"
    assert [each["object"] for each in outcome["not_tried"]] == ["audience", "tag", "data_attribute"]


def test_no_control_character_of_a_workspace_reaches_a_terminal() -> None:
    assert "\x1b[31menterprise" not in plan_text(EVERYTHING)
    assert "\x1b" not in plan_markdown(EVERYTHING)


def test_the_report_to_attach_says_what_waits_and_what_is_not_verified() -> None:
    made = plan_html(WAITING)
    assert "Waits for" in made
    assert "intercom-iac-registrar" in made
    assert "built by hand: names verified, filters not" in made
    assert "Nothing differs in what Intercom&#39;s API tells" in plan_html(NOTHING_TO_SEE)
    assert "is what the specs say" in plan_html(NOTHING)
    assert "Only segment, and what that needs" in plan_html(replace(WAITING, targets=("segment",)))


def test_an_outcome_says_what_waits_to_machines() -> None:
    outcome = outcome_json(Outcome((), None, (), WAITING.manual, waiting=WAITING.waiting))
    assert outcome["complete"]
    assert outcome["waiting"][1] == {
        "address": "segment.power_users",
        "object": "tag",
        "action": "create",
        "waits_for": ["segment.at_risk"],
    }
