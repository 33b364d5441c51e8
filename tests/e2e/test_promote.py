"""`promote` and `diff`: two workspaces of a project, both embedded."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intercom_iac.changes import workspace_diff_schema
from intercom_iac.planning import plan_schema
from intercom_iac.sandbox import Request, Sandbox

PROJECT = """\
version: 1
default_workspace: staging
workspaces:
  staging: {sandbox: staging.db}
  production: {sandbox: production.db, protected: true, variables: {TEAM: emea}}
  twin: {sandbox: staging.db}
variables:
  TEAM: {default: support}
"""
SPEC = """\
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: What they pay for}
    team: {type: options, options: ["${TEAM}", nobody]}
    trial_score: {type: float, only: [staging]}
    legacy: {type: string, status: archived}
  company:
    seats: {type: integer}
events:
  signed_up: {metadata: {source: {type: string}}}
segments:
  free_riders: {name: Free riders, rule: tier = free, publish: [audience, tag]}
  big: {name: Big, rule: company.seats > 9 and segment free_riders, publish: [tag]}
  ours: {name: "Of ${TEAM}", rule: "team = ${TEAM}", publish: [tag]}
"""
PROMOTE = "promote --from staging --to production"
DIFF = "diff -w staging -w production"


@pytest.fixture
def project(scratch, monkeypatch: pytest.MonkeyPatch):
    for name in ("TEAM", "STAGING_TOKEN", "PRODUCTION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return scratch.write({"intercom-iac.yaml": PROJECT}).spec(SPEC)


@pytest.fixture
def staged(project):
    """The project, applied to staging alone."""
    project.apply("-w", "staging")
    return project


def edit(project, workspace: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """What somebody does in a workspace by hand."""
    headers = {"authorization": "Bearer x", "intercom-version": "2.16", "content-type": "application/json"}
    with closing(Sandbox(project.root / f"{workspace}.db")) as sandbox:
        sent = b"" if body is None else json.dumps(body).encode()
        answer = sandbox.handle(Request(method, path, {}, headers, sent))
    assert answer.status < 300, answer
    return json.loads(answer.body)


def attribute_id(project, workspace: str, name: str) -> int:
    found = edit(project, workspace, "GET", "/data_attributes")["data"]
    return next(each["id"] for each in found if each["name"] == name)


def promoted(project, *more: str) -> Any:
    result = project.run(f"{PROMOTE} --format json", *more)
    assert result.code == 0, result
    jsonschema.Draft202012Validator(plan_schema()).validate(result.json)
    return result.json


def differences(project, *more: str) -> Any:
    result = project.run(f"{DIFF} --format json", *more)
    assert result.code == 0, result
    jsonschema.Draft202012Validator(workspace_diff_schema()).validate(result.json)
    return result.json


def addresses(changes: list[dict[str, Any]]) -> set[str]:
    return {change["address"] for change in changes}


def why(plan: Any) -> dict[str, str]:
    return {left["address"]: left["why"] for left in plan["promotion"]["not_promoted"]}


def test_what_one_has_as_declared_goes_to_the_other_and_a_second_time_nothing(staged) -> None:
    """In the protected workspace too, with the values of its own variables, through a saved plan."""
    first = staged.run(f"{PROMOTE} --out plan.json --detailed-exitcode --format json")
    assert first.code == 2
    assert addresses(first.json["changes"]) == {
        "attribute.contact.tier",
        "attribute.contact.team",
        "attribute.company.seats",
        "event.signed_up",
        "segment.free_riders",
        "segment.big",
        "segment.ours",
    }
    assert why(first.json) == {"attribute.contact.trial_score": "not_for_target"}
    assert first.json["promotion"]["from"]["name"] == "staging"
    assert first.json["promotion"]["unverified"] == [
        {"address": "event.signed_up", "what": "its metadata keys"}
    ]
    assert staged.run("apply plan.json -w production").code == 0
    again = staged.run(f"{PROMOTE} --detailed-exitcode --format json")
    assert (again.code, again.json["changes"]) == (0, [])
    text = staged.run(PROMOTE).out
    assert "Nothing to promote. Promoted from `staging`" in text
    assert staged.run("plan -w production --detailed-exitcode").code == 0


def test_after_a_promotion_the_declared_things_do_not_differ(project) -> None:
    """Ids are others in the other workspace, and an archived attribute that only one has is no difference."""
    project.spec(SPEC.replace("${TEAM}", "support").replace(", only: [staging]", ""))
    edit(
        project,
        "production",
        "POST",
        "/data_attributes",
        {"name": "x", "model": "contact", "data_type": "string"},
    )
    edit(
        project,
        "staging",
        "POST",
        "/data_attributes",
        {"name": "legacy", "model": "contact", "data_type": "string"},
    )
    project.run("apply -w staging --auto-approve --allow-destructive")
    assert project.run(f"{PROMOTE} --out plan.json").code == 0
    assert project.run("apply plan.json").code == 0
    found = differences(project)
    assert found["findings"] == [
        {"address": "attribute.contact.x", "kind": "only_in", "workspace": "production"}
    ]
    assert found["archived_only_in"] == {"staging": ["attribute.contact.legacy"], "production": []}
    assert project.run(f"{DIFF} --detailed-exitcode --only attribute.company").code == 0
    assert project.run(f"{DIFF} --detailed-exitcode").code == 2


def test_what_the_first_lacks_or_has_otherwise_is_left_out_with_what_needs_it(staged) -> None:
    tier = attribute_id(staged, "staging", "tier")
    edit(staged, "staging", "PUT", f"/data_attributes/{tier}", {"description": "By hand"})
    edit(
        staged,
        "staging",
        "POST",
        "/data_attributes",
        {"name": "own", "model": "contact", "data_type": "string"},
    )
    edit(staged, "staging", "POST", "/tags", {"name": "vip"})
    staged.spec("events: {paid: {}}\n", "paid.yaml")
    plan = promoted(staged)
    assert why(plan) == {
        "attribute.contact.tier": "different",
        "attribute.contact.trial_score": "not_for_target",
        "event.paid": "missing",
        "segment.free_riders": "needs",
        "segment.big": "needs",
    }
    assert addresses(plan["changes"]) == {
        "attribute.contact.team",
        "attribute.company.seats",
        "event.signed_up",
        "segment.ours",
    }
    reasons = {left["address"]: left["reason"] for left in plan["promotion"]["not_promoted"]}
    assert reasons["attribute.contact.tier"] == "not in `staging` as declared: its `description` differs"
    assert (
        reasons["segment.big"]
        == "it needs `attribute.contact.tier`, which `staging` does not have as declared"
    )
    command = "intercom-iac import -w staging --only attribute.contact.own"
    assert plan["promotion"]["not_in_specs"] == [
        {"address": "attribute.contact.own", "command": command},
        {"address": "tag.vip", "command": None},
    ]
    for told in (staged.run(PROMOTE).out, staged.run(f"{PROMOTE} --format markdown").out):
        assert command in told
        assert "its `description` differs" in told


def test_a_need_that_the_other_has_already_holds_nothing_back(staged) -> None:
    """Whether the first has it as declared does not matter then: nothing of it is planned."""
    assert staged.run(f"{PROMOTE} --only attribute.contact.tier --out plan.json").code == 0
    assert staged.run("apply plan.json").code == 0
    tier = attribute_id(staged, "staging", "tier")
    edit(staged, "staging", "PUT", f"/data_attributes/{tier}", {"description": "By hand"})
    plan = promoted(staged, "--only", "segment.free_riders")
    assert addresses(plan["changes"]) == {"segment.free_riders"}
    assert why(plan) == {}


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("segment.ours", {"attribute.contact.team", "segment.ours"}),
        ("ours", {"attribute.contact.team", "segment.ours"}),
        ("event", {"event.signed_up"}),
        ("attribute.c*.t*", {"attribute.contact.tier", "attribute.contact.team"}),
        ("attribute.company", {"attribute.company.seats"}),
        ("trial_score", set()),
    ],
)
def test_a_pattern_bounds_it_and_a_rule_takes_its_needs_along(staged, only: str, expected: set[str]) -> None:
    assert addresses(promoted(staged, "--only", only)["changes"]) == expected


RENAMED = """\
attributes:
  contact:
    tier: {type: string, status: deprecated}
    billing: {type: string, renamed_from: tier}
segments:
  pros: {name: Pros, rule: billing = pro and role = user, publish: [audience]}
"""


def test_a_rename_is_promoted_stage_by_stage(project) -> None:
    project.spec(
        "attributes: {contact: {tier: {type: string}}}\n"
        "segments: {pros: {name: Pros, rule: tier = pro and role = user, publish: [audience]}}\n"
    )
    project.apply("-w", "staging")
    plan = str(project.root / "plan.json")
    project.run(f"{PROMOTE} --out {plan}")
    project.apply(plan)
    project.spec(RENAMED)
    project.apply("-w", "staging")
    project.apply("-w", "staging")
    # Of one in staging the values are not copied: that is no difference of what is declared.
    edit(project, "staging", "POST", "/contacts", {"role": "user", "custom_attributes": {"tier": "pro"}})
    first = promoted(project, "--out", plan)
    assert (first["promotion"]["not_promoted"], first["stages"][0]["stage"]) == ([], 1)
    project.apply(plan)
    # In production there is nothing to copy.
    second = promoted(project, "--out", plan)
    assert (second["promotion"]["not_promoted"], second["stages"][0]["stage"]) == ([], 3)
    project.apply(plan)
    third = promoted(project)
    assert (third["changes"], third["stages"][0]["stage"]) == ([], 4)


def test_a_promotion_of_nothing_is_bounded_to_nothing(project) -> None:
    """Its saved plan does not do what a plan without targets would."""
    plan = promoted(project, "--only", "event", "--out", "plan.json")
    assert (plan["changes"], plan["targets"]) == ([], [""])
    assert why(plan) == {"event.signed_up": "missing"}
    assert project.run("apply plan.json").code == 0
    assert len(project.plan("-w", "production")["changes"]) > 5
    assert "nothing was looked at" in project.run("show plan.json").out


def test_an_archive_is_promoted_where_what_frees_it_is(staged) -> None:
    """The audience that reads the attribute is another one in the first: neither goes."""
    staged.run(f"{PROMOTE} --out plan.json")
    staged.run("apply plan.json")
    gone = SPEC.replace("description: What they pay for}", "status: archived}").replace(
        "rule: tier = free,", "rule: role = user,"
    )
    staged.spec(gone)
    assert staged.run("apply -w staging --auto-approve --allow-destructive").code == 0
    plan = promoted(staged)
    assert {change["action"] for change in plan["changes"]} == {"update", "archive"}
    audience = edit(staged, "staging", "GET", "/audiences")
    (found,) = audience.get("audiences") or audience["data"]
    body = {"name": found["name"], "predicates": [], "role_predicates": []}
    edit(staged, "staging", "PUT", f"/audiences/{found['id']}", body)
    held = promoted(staged)
    assert held["changes"] == []
    assert why(held)["attribute.contact.tier"] == "needs"


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("promote --from staging --to staging", 3, "`staging` is named twice"),
        (
            "promote --from staging --to twin",
            3,
            "`staging` and `twin` are one workspace: both answer as `sandbox_",
        ),
        ("promote --from staging --to elsewhere", 3, "the project has no workspace `elsewhere`"),
        (f"{PROMOTE} --only contacts", 3, "people are never copied"),
        (f"{PROMOTE} --only 'company'", 3, "people are never copied"),
        (f"{PROMOTE} --only 'tear'", 3, "people are never copied"),
        (f"{PROMOTE} --out -", 3, "a plan is saved to a file"),
        ("promote --from staging", 3, "--to"),
        ("diff -w staging", 3, "two workspaces are compared, and one is given"),
        ("diff", 3, "two workspaces are compared, and none is given"),
        ("diff -w staging -w production -w twin", 3, "3 are given"),
        ("diff -w staging -w staging", 3, "`staging` is named twice"),
        ("diff -w staging -w twin", 3, "are one workspace"),
        (f"{DIFF} --only tear", 3, "neither `staging` nor `production` has anything at `tear`"),
    ],
)
def test_what_is_refused(staged, command: str, code: int, message: str) -> None:
    result = staged.run(command)
    assert result.code == code
    assert message in result.err
    assert result.out == ""


def test_an_error_names_the_workspaces_that_cannot_be_read(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setenv("STAGING_TOKEN", "x")
    remote = "{{base_url: 'http://127.0.0.1:9', app_id: {0}, token_env: {0}_TOKEN}}"
    settings = PROJECT.replace("{sandbox: staging.db}", remote.format("STAGING"), 1)
    project.write({"intercom-iac.yaml": settings})
    for command in (PROMOTE, DIFF):
        result = project.run(command)
        assert result.code == 5
        assert result.err.startswith("error[API806]: `staging`: ")
    both = settings.replace(
        "{sandbox: production.db, protected: true,", f"{remote.format('PRODUCTION')[:-1]},"
    )
    project.write({"intercom-iac.yaml": both})
    result = project.run(DIFF)
    assert result.code == 5
    assert "no token for `production`: the variable `PRODUCTION_TOKEN` is not set" in result.err
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", "3")
    refused = project.run(DIFF)
    assert (refused.code, "`INTERCOM_IAC_TOKEN_FD` holds one token" in refused.err) == (3, True)


def test_specs_that_are_wrong_for_either_are_refused(staged) -> None:
    staged.spec("segments: {odd: {rule: trial_score > 1, publish: [tag]}}\n", "odd.yaml")
    result = staged.run(PROMOTE)
    assert result.code == 3
    assert "in `production`: `trial_score` is only for `staging`" in result.err


def test_the_difference_of_two_workspaces_by_fields(staged) -> None:
    staged.run(f"{PROMOTE} --out plan.json")
    staged.run("apply plan.json")
    tier = attribute_id(staged, "production", "tier")
    edit(staged, "production", "PUT", f"/data_attributes/{tier}", {"description": "By | hand"})
    edit(staged, "staging", "POST", "/tags", {"name": "a"})
    edit(staged, "production", "POST", "/tags", {"name": "A"})
    found = differences(staged)
    assert [workspace["name"] for workspace in found["workspaces"]] == ["staging", "production"]
    assert len({workspace["app_id"] for workspace in found["workspaces"]}) == 2
    differing = {each["address"]: each["fields"] for each in found["findings"] if each["kind"] == "differs"}
    assert differing == {
        "attribute.contact.tier": [
            {"path": "description", "values": {"staging": "What they pay for", "production": "By | hand"}}
        ],
        "attribute.contact.team": [
            {
                "path": "options",
                "values": {"staging": ["support", "nobody"], "production": ["emea", "nobody"]},
            }
        ],
        "tag.a": [{"path": "name", "values": {"staging": "a", "production": "A"}}],
    }
    alone = {each["address"]: each["workspace"] for each in found["findings"] if each["kind"] == "only_in"}
    assert alone == {
        "attribute.contact.trial_score": "staging",
        "tag.Of support": "staging",
        "tag.Of emea": "production",
    }
    assert found["summary"]["only_in"] == {"staging": 2, "production": 1}
    text, markdown = staged.run(DIFF).out, staged.run(f"{DIFF} --format markdown").out
    for told in (text, markdown):
        assert "2 only in staging, 1 only in production, 3 different" in told
        assert "the rules of segments and the metadata of events were not compared" in " ".join(told.split())
    assert "By \\| hand" in markdown
    back = staged.run("diff -w production -w staging --format json").json
    assert back["summary"]["only_in"] == {"production": 1, "staging": 2}


def test_the_example_of_two_workspaces_is_promoted_as_it_says(project) -> None:
    folder = Path(__file__).parents[2] / "examples" / "staging-and-production"
    project.write(
        {
            file.relative_to(folder).as_posix(): file.read_text("utf-8")
            for file in folder.rglob("*.yaml")
            if ".intercom-iac" not in file.parts
        }
    )
    (project.root / "specs" / "example.yaml").unlink()
    said = re.findall(
        r"^#   intercom-iac (.+)$", (folder / "intercom-iac.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert len(said) == 4
    ended = {command: project.run(command) for command in said}
    assert {command: result.code for command, result in ended.items() if result.code} == {}
    assert project.run("plan -w production --detailed-exitcode").code == 0
    assert "tag.Accounts with 100 seats or more" in ended[said[-1]].out


def test_the_command_that_is_told_brings_it_into_the_specs(staged) -> None:
    """Attributes, and what has another address in the specs than by the name that people read."""
    own = {"name": "own one", "model": "contact", "data_type": "string"}
    edit(staged, "staging", "POST", "/data_attributes", own)
    test = {"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "pro"}
    edit(staged, "staging", "POST", "/audiences", {"name": "Big [spenders]?", "predicates": [test]})
    staged.run("sandbox segment add 'Hand built' --db staging.db")
    left = promoted(staged)["promotion"]["not_in_specs"]
    assert [each["address"] for each in left] == [
        "attribute.contact.own one",
        "segment.Hand built",
        "audience.Big [spenders]?",
    ]
    for each in left:
        imported = staged.run(each["command"].removeprefix("intercom-iac "))
        assert imported.code == 0, imported
    again = promoted(staged)
    assert again["promotion"]["not_in_specs"] == []
    assert addresses(again["changes"]) >= {
        "attribute.contact.own one",
        "segment.big_spenders",
        "segment.hand_built",
    }


def test_an_event_that_something_else_sends_is_not_registered_in_the_other(staged) -> None:
    staged.spec("events: {imported: {adopt: true}}\n")
    promoted = staged.run(f"{PROMOTE} --format json").json
    assert (promoted["changes"], why(promoted)) == ([], {"event.imported": "adopted"})
    assert "something else sends it, so apply does not register it in `production`" in " ".join(
        staged.run(PROMOTE).out.split()
    )


def test_an_attribute_to_which_values_are_copied_is_there_as_declared(staged) -> None:
    plan = "attributes:\n  contact:\n    plan: {type: string, status: STATUS}\n"
    staged.spec(plan.replace("STATUS", "active"))
    assert staged.run("apply -w staging --auto-approve").code == 0
    staged.spec(plan.replace("STATUS", "deprecated") + "    level: {type: string, renamed_from: plan}\n")
    assert staged.run("apply -w staging --auto-approve").code == 0
    promoted = staged.run(f"{PROMOTE} --format json").json
    assert addresses(promoted["changes"]) == {"attribute.contact.plan", "attribute.contact.level"}
    assert promoted["promotion"]["not_promoted"] == []
