"""`schema contact|company|boot|event NAME|openapi`: the schemas that the specs of a project make."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from support.generators.hostile_specs import hostile_schema, spec_text

SPECS = """\
attributes:
  contact:
    plan: {type: options, options: [free, pro], description: What they pay for, owner: growth}
    later: {type: string, description: Only there, only: [other]}
events:
  signed_up: {description: Made an account, metadata: {source: {type: string, required: true}}}
  gone: {description: No more, status: archived}
  elsewhere: {description: Only there, only: [other]}
"""
PROJECT = (
    "version: 1\ndefault_workspace: sandbox\nworkspaces: {sandbox: {sandbox: a.db}, other: {sandbox: b.db}}\n"
)


@pytest.fixture
def project(scratch: Any) -> Any:
    return scratch.write({"intercom-iac.yaml": PROJECT}).spec(SPECS)


@pytest.mark.parametrize("command", ["contact", "company", "boot", "event", "event signed_up"])
def test_a_schema_of_records_is_printed(project: Any, command: str) -> None:
    printed = project.run(f"schema {command}")
    assert (printed.code, printed.err) == (0, "")
    Draft202012Validator.check_schema(printed.json)
    jsonschema_rs.validator_for(printed.json)


def test_it_is_of_the_workspace_that_is_named(project: Any) -> None:
    def attributes(options: str) -> list[str]:
        document = project.run(f"schema contact {options}").json
        return list(document["properties"]["custom_attributes"]["properties"])

    assert attributes("") == ["plan"]
    assert attributes("-w other") == ["plan", "later"]


def test_the_openapi_document_says_of_which_specs_it_is(project: Any) -> None:
    first = project.run("schema openapi").json
    assert first["openapi"] == "3.1.0"
    assert first["info"]["version"].startswith("sha256:")
    assert {"Contact", "Company", "MessengerSettings", "Event", "Event_signed_up"} <= set(
        first["components"]["schemas"]
    )
    again = project.run("schema openapi -w other").json
    assert again["info"]["version"] != first["info"]["version"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            "event signed_upp",
            "error: the specs have no event `signed_upp`\n  help: did you mean `signed_up`?\n",
        ),
        ("event gone", "error: the event `gone` is archived, and no record of it is valid\n"),
        ("event elsewhere", "error: `event.elsewhere` is only for `other`\n"),
        ("contact plan", "error: `schema contact` takes no name\n"),
        ("plan x", "error: `schema plan` takes no name\n"),
    ],
)
def test_what_has_no_schema_is_refused(project: Any, command: str, message: str) -> None:
    refused = project.run(f"schema {command}")
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.startswith(message)


def test_specs_with_errors_make_none(scratch: Any) -> None:
    refused = scratch.spec("attributes: {contact: {plan: {type: strin}}}").run("schema contact")
    assert (refused.code, refused.out) == (3, "")
    assert "specs/example.yaml:2" in refused.err


def test_a_format_needs_no_project(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, scratch: Any) -> None:
    (tmp_path / "intercom-iac.yaml").unlink()
    assert scratch.run("schema plan").code == 0
    assert scratch.run("schema contact").code == 3


def test_hostile_names_go_all_the_way(scratch: Any) -> None:
    schema = hostile_schema()
    scratch.spec(spec_text(schema).removeprefix("version: 1\n"))
    document = scratch.run("schema event").json
    assert document["properties"]["event_name"]["enum"] == list(schema.events)
    for name in ("constructor", '"""', "*/", "🎈"):
        assert scratch.run("schema event", "--", name).json["properties"]["event_name"]["const"] == name
    contact = json.dumps(scratch.run("schema contact").json)
    assert "__proto__" in contact
