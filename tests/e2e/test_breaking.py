"""`--against` as a user runs it: on a repository, in each command that takes it, with its exit code and output."""

from __future__ import annotations

import json

import jsonschema
import pytest

from intercom_iac.breaking import breaking_schema
from intercom_iac.planning import plan_schema
from support.git_repositories import commit, git

OLD = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    seats: {type: integer}
segments:
  on_trial: {name: On trial, rule: plan_type = trial}
"""
SAFE = OLD.replace("seats: {type: integer}", "seats: {type: integer, owner: growth}")
ADDED = OLD.replace("seats:", "rooms: {type: integer}\n    seats:")
RISKY = OLD.replace("plan_type = trial", "plan_type = pro")
BREAKING = OLD.replace("    seats: {type: integer}\n", "")
WRONG = OLD.replace("integer", "number")
PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
ACCEPT = """\
accept:
  - address: attribute.contact.seats
    code: BACK701
    reason: nobody fills it
    expires: 2026-12-31
"""
ON = "--today 2026-11-24"


@pytest.fixture
def project(scratch):
    """The old specs, committed."""
    scratch.write({"intercom-iac.yaml": PROJECT}).spec(OLD)
    commit(scratch.root)
    return scratch


@pytest.mark.parametrize("command", ["breaking", "check"])
@pytest.mark.parametrize(
    ("specs", "more", "code"),
    [
        (OLD, "", 0),
        (SAFE, "", 0),
        (ADDED, "", 0),
        (RISKY, "", 0),
        (BREAKING, "", 1),
        (BREAKING, ACCEPT, 0),
        (BREAKING, ACCEPT.replace("2026-12-31", "2026-11-23"), 1),
        (BREAKING, ACCEPT.replace("BACK701", "BACK702"), 1),
        (OLD, ACCEPT, 0),
        (OLD, ACCEPT.replace("2026-12-31", "2026-12-32"), 3),
        (WRONG, "", 3),
    ],
)
def test_exit_codes(project, command: str, specs: str, more: str, code: int) -> None:
    project.write({"intercom-iac.yaml": PROJECT + more}).spec(specs)
    assert project.run(f"{command} --against HEAD {ON}").code == code


@pytest.mark.parametrize(
    ("old", "new", "specs", "code"),
    [
        ("1.2.0", "1.2.0", OLD, 0),
        ("1.2.0", "1.2.0", SAFE, 1),
        ("1.2.0", "1.2.1", SAFE, 0),
        ("1.2.0", "1.2.1", ADDED, 1),
        ("1.2.0", "1.3.0", ADDED, 0),
        ("1.2.0", "1.1.9", OLD, 1),
        ("0.2.0", "0.2.1", ADDED, 0),
    ],
)
def test_releases(project, old: str, new: str, specs: str, code: int) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}release: {old}\n"})
    commit(project.root)
    project.write({"intercom-iac.yaml": f"{PROJECT}release: {new}\n"}).spec(specs)
    assert project.run("breaking --against HEAD").code == code


@pytest.mark.parametrize("command", ["breaking", "check", "plan", "changelog"])
@pytest.mark.parametrize("against", ["nowhere", "--help", "", "HEAD~5"])
def test_a_revision_there_is_not_is_a_wrong_argument(project, command: str, against: str) -> None:
    result = project.run(command, "--against", against)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("error: ")


@pytest.mark.parametrize("command", ["breaking", "changelog"])
def test_what_to_compare_with_has_to_be_said(project, command: str) -> None:
    assert project.run(command).code == 3


def test_the_day_is_the_one_that_is_given(project) -> None:
    project.write({"intercom-iac.yaml": PROJECT + ACCEPT}).spec(BREAKING)
    assert project.run("breaking --against HEAD --today 2026-12-31").code == 0
    assert project.run("breaking --against HEAD --today 2027-01-01").code == 1
    assert project.run("breaking --against HEAD --today tomorrow").code == 3


def test_text_says_what_breaks_where_and_what_to_do(project) -> None:
    result = project.spec(BREAKING).run("breaking --against HEAD")
    assert result.out == (
        "Specs against HEAD\n"
        "\n"
        "Breaking\n"
        "  attribute.contact.seats  [BACK701]\n"
        "      gone, and was not archived before\n"
        "      at    HEAD:specs/example.yaml:5:5\n"
        "      help  put it back with `status: archived`; once that is applied everywhere the entry can go\n"
        "\n"
        "1 breaking.\n"
        "It asks for a major version; the project file has no `release`.\n"
    )


def test_json_is_what_its_schema_says(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}release: 2.0.0\n{ACCEPT}"}).spec(BREAKING)
    found = project.run(f"breaking --against HEAD --format json {ON}").json
    jsonschema.validate(found, breaking_schema())
    assert project.run("schema breaking").json == breaking_schema()
    assert found["summary"] == {"breaking": 0, "risky": 0, "safe": 0, "accepted": 1}
    assert found["release"] == {"from": None, "to": "2.0.0", "asked": "major", "least": None}
    (change,) = found["changes"]
    assert change["accepted"] == {"reason": "nobody fills it", "expires": "2026-12-31"}
    assert (change["source"], change["was"]["file"]) == (None, "HEAD:specs/example.yaml")


def test_every_other_format_names_the_change(project) -> None:
    project.spec(BREAKING)
    sarif = project.run("breaking --against HEAD --format sarif")
    assert [each["ruleId"] for each in sarif.json["runs"][0]["results"]] == ["BACK701"]
    github = project.run("breaking --against HEAD --format github")
    assert github.out.startswith("::error title=intercom-iac BACK701::`attribute.contact.seats`: gone")
    markdown = project.run("breaking --against HEAD --format markdown")
    assert "**Breaking**" in markdown.out
    assert {sarif.code, github.code, markdown.code} == {1}


def test_places_for_other_programs_are_from_the_root_of_the_repository(project, monkeypatch) -> None:
    project.spec(RISKY)
    (project.root / "elsewhere").mkdir()
    monkeypatch.chdir(project.root / "elsewhere")
    result = project.run("breaking --against HEAD --format github")
    assert "file=specs/example.yaml,line=7" in result.out


def test_a_folder_of_another_project(project) -> None:
    project.write({"before/intercom-iac.yaml": "version: 1\n", "before/specs/a.yaml": f"version: 1\n{OLD}"})
    project.spec(BREAKING)
    result = project.run("breaking --against-folder before")
    assert result.code == 1
    assert "before/specs/a.yaml:5:5" in result.out


def test_old_specs_with_mistakes_are_compared_in_part_where_that_is_accepted(project) -> None:
    project.spec(WRONG)
    commit(project.root)
    project.spec(OLD)
    for command in ("breaking", "check", "plan", "plan --all", "changelog"):
        result = project.run(f"{command} --against HEAD {ON}")
        assert result.code == 3
        assert "error[BACK780]: `HEAD:specs/example.yaml:5:19`: " in result.out + result.err
        assert "accept: [{address: specs, code: BACK780" in result.out + result.err
    accept = "accept: [{address: specs, code: BACK780, reason: repaired, expires: 2026-11-24}]\n"
    project.write({"intercom-iac.yaml": PROJECT + accept})
    for command in ("breaking", "check", "plan", "changelog"):
        result = project.run(f"{command} --against HEAD {ON}")
        assert result.code == 0
        assert "warning[BACK795]" in result.out + result.err
    late = project.run("breaking --against HEAD --today 2026-11-25")
    assert late.code == 3
    assert "error[BACK791]" in late.out + late.err
    commit(project.root)
    again = project.run(f"breaking --against HEAD {ON}")
    assert "warning[BACK792]" in again.out


def test_where_nothing_was_everything_is_new(project) -> None:
    git(project.root, "checkout", "-q", "--orphan", "empty")
    git(project.root, "rm", "-q", "-r", "--cached", ".")
    git(project.root, "commit", "-q", "--allow-empty", "-m", "nothing")
    result = project.run("breaking --against HEAD")
    assert result.code == 0
    assert "info[BACK796]" in result.out
    assert "3 safe." in result.out


def test_check_adds_what_breaks_to_its_own(project) -> None:
    lint = BREAKING + "  plan_x: {rule: plan_type = free, name: X}\nevents: {order.paid: {}}\n"
    result = project.spec(lint).run("check --against HEAD")
    assert result.code == 1
    assert "warning[LINT552]" in result.out
    assert "error[BACK701]" in result.out
    assert result.out.endswith("1 error, 1 warning; 2 safe changes against HEAD\n")
    found = project.run("check --against HEAD --format json").json
    assert found["summary"] == {"error": 1, "warning": 1, "info": 2}


def test_check_without_it_reads_no_repository(project, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert project.spec(BREAKING).run("check").code == 0


def test_a_plan_tells_what_breaks_and_refuses_nothing(project) -> None:
    project.spec(BREAKING.replace("plan_type = trial", "plan_type = pro") + "events: {paid: {}}\n")
    result = project.run("plan --against HEAD --format json")
    assert result.code == 0
    jsonschema.validate(result.json, plan_schema())
    told = [(each["code"], each["severity"]) for each in result.json["diagnostics"]]
    assert told == [("BACK797", "info"), ("BACK701", "warning"), ("BACK709", "info")]
    counted = result.json["diagnostics"][0]["message"]
    assert counted.endswith("1 breaking, 1 risky, 1 safe; they ask for a major version")
    text = project.run("plan --against HEAD").out
    assert "BACK730" not in text
    assert "warning[BACK701]" in text
    assert "BACK701" in project.run("plan --against HEAD --format markdown").out


def test_a_saved_plan_carries_it_and_applies(project) -> None:
    project.write({"intercom-iac.yaml": PROJECT + ACCEPT}).spec(BREAKING)
    assert project.run(f"plan --against HEAD --out plan.json {ON}").code == 0
    shown = project.run("show plan.json").out
    assert "info[BACK701]" in shown
    assert "accepted until 2026-12-31: nobody fills it" in shown
    assert project.run("apply plan.json").code == 0


def test_a_changelog_has_the_release_and_nothing_invented(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}release: 2.0.0\n{ACCEPT}"}).spec(BREAKING)
    result = project.run(f"changelog --against HEAD {ON}")
    assert result.code == 0
    assert result.out == (
        "## 2.0.0\n"
        "\n"
        "### Breaking\n"
        "\n"
        "- **attribute.contact.seats**: gone, and was not archived before. Accepted: nobody fills it.\n"
    )
    found = json.loads(project.run(f"changelog --against HEAD --format json {ON}").out)
    assert (found["release"], [each["reason"] for each in found["breaking"]]) == (
        "2.0.0",
        ["nobody fills it"],
    )


def test_a_changelog_of_the_same_release_is_of_the_revision(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}release: 1.0.0\n"})
    commit(project.root)
    assert project.spec(ADDED).run("changelog --against HEAD").out.startswith("## Changes since HEAD\n")


def test_what_breaks_for_one_workspace_is_told_with_its_name(project) -> None:
    workspaces = "".join(
        f"  {each}: {{sandbox: .intercom-iac/{each}.db}}\n" for each in ("staging", "production")
    )
    project.write({"intercom-iac.yaml": f"version: 1\ndefault_workspace: staging\nworkspaces:\n{workspaces}"})
    commit(project.root)
    project.spec(OLD.replace("seats: {type: integer}", "seats: {type: integer, only: [staging]}"))
    for command in ("breaking", "check"):
        done = project.run(f"{command} --against HEAD")
        assert done.code == 1
        assert "in `production`:" in done.out
        assert "in `staging`" not in done.out
    told = project.run("plan --all --against HEAD --format json").json["plans"]
    codes = {name: [each["code"] for each in plan["diagnostics"]] for name, plan in told.items()}
    assert codes == {"staging": ["BACK797"], "production": ["BACK797", "BACK701"]}


def test_acceptances_are_judged_for_every_workspace_whatever_is_planned(project) -> None:
    workspaces = "".join(
        f"  {each}: {{sandbox: .intercom-iac/{each}.db}}\n" for each in ("staging", "production")
    )
    head = f"version: 1\ndefault_workspace: staging\nworkspaces:\n{workspaces}"
    project.write({"intercom-iac.yaml": head})
    commit(project.root)
    project.write({"intercom-iac.yaml": f"{head}{ACCEPT}"})
    project.spec(OLD.replace("seats: {type: integer}", "seats: {type: integer, only: [staging]}"))
    assert project.run(f"breaking --against HEAD {ON}").code == 0
    for command in ("plan -w staging", "plan -w production"):
        codes = [
            each["code"]
            for each in project.run(f"{command} --against HEAD {ON} --format json").json["diagnostics"]
        ]
        assert codes == ["BACK797", "BACK701"][: 1 + ("production" in command)]
    every = project.run(f"plan --all --against HEAD {ON} --format json")
    assert "BACK792" not in every.out


def test_what_goes_with_its_workspace_is_told(project) -> None:
    head = "version: 1\ndefault_workspace: staging\nworkspaces:\n  staging: {sandbox: s.db}\n"
    both = f"{head}  production: {{region: us, app_id: abc12345}}\n"
    project.write({"intercom-iac.yaml": both})
    project.spec(OLD.replace("seats: {type: integer}", "seats: {type: integer, only: [production]}"))
    commit(project.root)
    project.write({"intercom-iac.yaml": head}).spec(BREAKING)
    gone = project.run("breaking --against HEAD")
    assert gone.code == 1
    assert "in `production`: gone" in gone.out
    assert "BACK799" in gone.out
    project.write({"intercom-iac.yaml": both.replace("production:", "prod:")})
    renamed = project.run("breaking --against HEAD")
    assert "in `prod`: gone" in renamed.out
    assert "BACK799" not in renamed.out


def test_a_release_that_was_taken_out_is_an_error(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}release: 1.4.0\n"})
    commit(project.root)
    project.write({"intercom-iac.yaml": PROJECT})
    result = project.run("breaking --against HEAD")
    assert result.code == 1
    assert "error[BACK798]: the project file has no `release`, which is 1.4.0 in `HEAD`" in result.out


@pytest.mark.parametrize("command", ["plan", "plan --all", "apply --auto-approve"])
def test_a_day_for_no_comparison_is_refused(project, command: str) -> None:
    result = project.run(f"{command} {ON}")
    assert (result.code, result.out) == (3, "")
    assert "`--against`" in result.err
    assert "leave out --today" in result.err
    assert project.run(f"{command} {ON} --against HEAD").code == 0


@pytest.mark.parametrize(
    "command",
    [
        *(f"breaking --format {each}" for each in ("text", "json", "markdown", "github", "sarif", "junit")),
        *(f"check --format {each}" for each in ("text", "json", "github", "sarif", "junit")),
    ],
)
def test_a_revision_that_there_is_not_is_told_on_standard_error_alone(project, command: str) -> None:
    result = project.run(f"{command} --against nowhere")
    assert (result.code, result.out) == (3, "")
    assert "nowhere" in result.err


def test_an_option_with_a_comma_is_one_in_every_report(scratch) -> None:
    commit(scratch.spec("attributes: {}\n").root, "intercom-iac.yaml", "specs/example.yaml")
    scratch.spec('attributes: {contact: {size: {type: options, options: ["x, y", z]}}}\n')
    for command in (
        "plan --full",
        "breaking --against HEAD",
        "breaking --against HEAD --format markdown",
        "changelog --against HEAD",
    ):
        told = scratch.run(command).out
        assert '"x, y", z' in told.replace("&quot;", '"').replace("\\", ""), command
