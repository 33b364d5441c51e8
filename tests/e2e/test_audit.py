"""`audit`: with a project and without one, in every format, with its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from conftest import Scratch
from intercom_iac.application.surveying import BUDGET, LISTS, sample_request

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], description: Billing plan}
    planType: {type: string}
    legacy: {type: string, description: Of the old site}
segments:
  legacy_people: {name: Legacy, rule: legacy = x, publish: [tag]}
"""
SANDBOX = ".intercom-iac/sandbox.db"


@pytest.fixture
def filled(scratch: Scratch) -> Scratch:
    """A project whose specs are applied, with 12 people."""
    scratch.spec(SPECS).apply()
    assert scratch.run("sandbox seed --people 12").code == 0
    return scratch


def test_the_report_of_a_project(filled: Scratch) -> None:
    result = filled.run("audit --format json")
    assert result.code == 0, result
    found = result.json
    assert found["format_version"] == "1.0"
    assert found["workspace"]["app_id"].startswith("sandbox_")
    assert found["sampled"]["contacts"] == 12
    assert 8 <= found["calls"] <= BUDGET
    jsonschema.validate(found, filled.run("schema audit").json)
    for finding in found["findings"]:
        assert {"code", "severity", "address", "message", "evidence", "suggestion"} <= finding.keys()
    alike = next(finding for finding in found["findings"] if finding["code"] == "AUDIT121")
    assert {alike["address"], *alike["related"]} == {
        "attribute.contact.plan_type",
        "attribute.contact.planType",
    }
    assert f"reading `sandbox`: {BUDGET} calls" not in result.out
    assert "reading `sandbox`:" in result.err


def test_what_the_specs_read_is_what_would_break(scratch: Scratch) -> None:
    assert scratch.run("sandbox seed --people 5").code == 0
    scratch.spec(SPECS.replace("[tag]", "[tag, attribute]")).apply()
    candidates = [
        finding
        for finding in scratch.run("audit --format json").json["findings"]
        if finding["code"] == "AUDIT181"
    ]
    read_by = {finding["address"]: finding["related"] for finding in candidates}
    assert read_by["attribute.contact.legacy"] == ["segment.legacy_people"]
    assert read_by["attribute.contact.legacy_people"] == ["segment.legacy_people"], "what it is published as"
    assert read_by["attribute.contact.planType"] == []
    assert "it would break `segment.legacy_people`" in candidates[-1]["message"]


def test_specs_that_are_wrong_are_said_and_stop_nothing(filled: Scratch) -> None:
    result = filled.spec("segments: {bad: {rule: nothing = 1}}\n").run("audit")
    assert result.code == 0
    assert "the specs have 1 error" in result.err


@pytest.mark.parametrize("output", ["text", "json", "markdown", "html"])
def test_every_format_says_the_same(filled: Scratch, output: str) -> None:
    result = filled.run(f"audit --format {output}")
    assert result.code == 0
    for said in ("AUDIT121", "planType", "Sandbox"):
        assert said in result.out.replace("\\_", "_")
    assert "planType" not in result.err


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_fail_on(filled: Scratch, level: str, code: int) -> None:
    assert filled.run(f"audit --fail-on {level}").code == code


def test_a_sandbox_file_needs_no_project(
    filled: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = filled.root / SANDBOX
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (filled.root / "intercom-iac.yaml").unlink()
    monkeypatch.chdir(elsewhere)
    result = filled.run("audit --format json --sandbox", str(file))
    assert result.code == 0, result
    assert result.json["workspace"]["name"] == "sandbox.db"
    assert [*elsewhere.iterdir()] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--region eu --sandbox x.db", "several are named"),
        ("--sandbox missing.db", "no embedded workspace at `missing.db`"),
        ("--base-url http://example.com", "is not an address a token may be sent to"),
        ("--region us -w sandbox", "name a workspace of a project"),
        ("-w nowhere", "no workspace `nowhere`"),
        ("--sample -1", "no whole number"),
        ("--region mars", "mars"),
    ],
)
def test_arguments_that_are_wrong(scratch: Scratch, options: str, said: str) -> None:
    result = scratch.run(f"audit {options}")
    assert result.code == 3, result
    assert said in result.err
    assert result.out == ""


def test_without_a_token_nothing_is_sent(scratch: Scratch) -> None:
    result = scratch.run("audit --region au --format json")
    assert result.code == 4
    assert "INTERCOM_TOKEN" in result.err
    assert result.out == ""


def test_without_a_project_the_region_is_us(scratch: Scratch) -> None:
    (scratch.root / "intercom-iac.yaml").unlink()
    result = scratch.run("audit")
    assert result.code == 4
    assert "no token for `us`" in result.err


def test_an_empty_workspace_has_a_report(scratch: Scratch) -> None:
    result = scratch.run("audit --sample 0 --format json")
    assert result.code == 0
    assert result.json["findings"] == []
    assert result.json["caps"]["attributes"]["used"] == 0
    assert "warning" not in result.err  # that there are no specs is no mistake of theirs
    assert "nothing to tell" in scratch.run("audit").out


@pytest.mark.parametrize("people", [0, 1, 149, 1_000])
def test_the_calls_of_a_thousand_people_are_within_the_budget(people: int) -> None:
    assert LISTS + sample_request(people).calls <= BUDGET == 30


def test_the_schema_is_in_the_package(scratch: Scratch) -> None:
    schema = json.loads(scratch.run("schema audit").out)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_what_code_uses_is_part_of_the_audit(scratch: Scratch) -> None:
    events = "events: {signed_up: {description: Made an account}, paid: {description: Paid}}\n"
    scratch.spec(SPECS + events).apply()
    found = {
        "format_version": "1.0",
        "files": 7,
        "uses": [
            {
                "address": "attribute.contact.legacy",
                "file": "src/a.ts",
                "line": 3,
                "column": 1,
                "kind": "send",
            },
            {
                "address": "attribute.contact.legacy",
                "file": "src/b.ts",
                "line": 4,
                "column": 1,
                "kind": "read",
            },
        ],
        "findings": [],
        "unused": ["attribute.contact.planType", "event.signed_up", "event.never_registered"],
    }
    scratch.write({"usages.json": json.dumps(found)})
    assert scratch.run("sandbox seed --people 12").code == 0
    scratch.write({"specs/example.yaml": "version: 1\n"})
    audited = scratch.run("audit --usages usages.json --format json").json
    jsonschema.validate(audited, scratch.run("schema audit").json)
    messages = {
        (finding["code"], finding["address"]): finding["message"]
        for finding in audited["findings"]
        if finding["code"] in ("AUDIT181", "AUDIT182")
    }
    assert "no code in 7 files names it" in messages["AUDIT181", "attribute.contact.planType"]
    assert "no code in 7 files sends `signed_up`" in messages["AUDIT182", "event.signed_up"]
    assert ("AUDIT182", "event.paid") not in messages
    assert ("AUDIT182", "event.never_registered") not in messages


@pytest.mark.parametrize("content", [None, "{}"])
def test_a_file_of_usages_that_is_none_is_refused_before_anything_is_read(
    scratch: Scratch, content: str | None
) -> None:
    if content is not None:
        scratch.write({"usages.json": content})
    refused = scratch.run("audit --usages usages.json")
    assert (refused.code, refused.out) == (3, "")
    assert "usages.json" in refused.err
    assert "reading" not in refused.err
