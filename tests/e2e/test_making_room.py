"""A plan over the cap on attributes: it proposes which to archive, and pasting the proposal makes it fit."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from intercom_iac.planning import decode, encode, plan_schema
from intercom_iac.sandbox import Request, Sandbox

FIELDS = "".join(f"    field_{number:03}: {{type: string}}\n" for number in range(250))
DECLARED = """\
attributes:
  contact:
    field_000: {type: string}
    field_001: {type: string}
    new_1: {type: string}
    new_2: {type: string}
    new_3: {type: string}
segments:
  readers: {rule: field_000 = x, publish: [tag]}
"""


@pytest.fixture
def full(scratch):
    """A workspace at the cap, where two people have most of the attributes; specs that declare three more."""
    scratch.spec(f"attributes:\n  contact:\n{FIELDS}").apply()
    filled = {f"field_{number:03}": "x" for number in range(4, 250)}
    with Sandbox(scratch.root / ".intercom-iac" / "sandbox.db") as sandbox:
        for person in range(2):
            body: dict[str, Any] = {"external_id": str(person), "custom_attributes": filled}
            headers = {"authorization": "Bearer x", "content-type": "application/json"}
            answer = sandbox.handle(Request("POST", "/contacts", {}, headers, json.dumps(body).encode()))
            assert answer.status == 200
    return scratch.spec(DECLARED)


def test_it_proposes_as_many_as_it_takes_of_those_that_nothing_reads(full) -> None:
    """Declared ones by their place, others as entries to paste; a pasted proposal makes the plan fit."""
    result = full.run("plan --format json --out plan.json")
    assert result.code == 6
    assert "calls of the API" in result.err
    jsonschema.Draft202012Validator(plan_schema()).validate(result.json)
    assert encode(decode(result.out, "plan")) == result.json
    room = result.json["archive_proposals"]
    assert (room["needed"], room["sampled"]) == (3, "of 2 contacts and 0 companies, last seen first")
    proposed = {each["address"]: each for each in room["proposals"]}
    assert list(proposed) == [f"attribute.contact.field_00{number}" for number in (1, 2, 3)]
    assert all(each["reason"] == "none of 2 has a value" for each in proposed.values())
    source = proposed["attribute.contact.field_001"]["source"]
    assert source == {"file": "specs/example.yaml", "line": 5, "column": 5}
    for told in (full.run("plan").out, full.run("plan --format markdown").out):
        assert "To make room, archive 3 that no rule reads" in told
        assert "`status: archived` at specs/example.yaml" in " ".join(told.split())
        assert "field_002:\n" in told
    full.spec(DECLARED.replace("field_001: {type: string}", "field_001: {type: string, status: archived}"))
    full.write({"specs/archived.yaml": room["entries"]})
    assert full.run("check").code == 0
    fitting = full.plan()
    assert fitting["limits"]["attributes"]["after"] == 250
    assert "archive_proposals" not in fitting


def test_a_sample_that_cannot_be_read_is_said_and_the_plan_is_made(full, monkeypatch) -> None:
    from intercom_iac.diagnostics import Unauthorized
    from intercom_iac.workspace import HttpWorkspace

    def refuse(*_: object) -> None:
        raise Unauthorized("the token may not read contacts")

    monkeypatch.setattr(HttpWorkspace, "sample", refuse)
    room = full.run("plan --format json").json["archive_proposals"]
    assert room["sampled"] == (
        "without a sample of people, which could not be read: the token may not read contacts"
    )
    assert len(room["proposals"]) == 3


def test_no_sample_is_read_for_a_plan_that_fits(full, monkeypatch) -> None:
    from intercom_iac.workspace import HttpWorkspace

    monkeypatch.delattr(HttpWorkspace, "sample")
    full.spec(f"attributes:\n  contact:\n{FIELDS}")
    assert full.run("plan").code == 0


def test_specs_that_declare_more_than_a_workspace_holds_are_planned_for_the_proposals(full) -> None:
    """As after an import of a full workspace: whatever else is asked of such specs, they are invalid."""
    full.spec(f"attributes:\n  contact:\n{FIELDS}    new: {{type: string}}\n")
    result = full.run("plan --format json")
    assert result.code == 6
    [proposal] = result.json["archive_proposals"]["proposals"]
    assert proposal["source"] == {"file": "specs/example.yaml", "line": 4, "column": 5}
    assert full.run("check").code == full.run("apply --auto-approve").code == 3
    fits = full.run("plan --target attribute.contact.field_001")
    assert (fits.code, "SPEC137" in fits.err) == (3, True)
