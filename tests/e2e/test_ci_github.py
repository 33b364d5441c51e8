"""The workflows for GitHub do what they say: on a repository with a pull request and a merge, step by step."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
import pytest

from support.pipelines import Event, GitHub
from support.pipelines.forge import BOT
from support.pipelines.team import (
    CI,
    DEPENDABOT,
    FORK,
    GITLAB,
    MARKER,
    ON_MAIN,
    PULL_REQUEST,
    PUSH,
    ROOT,
    SECRETS,
    WRONG,
    Team,
    gitlab,
)

# GitHub: check -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [PULL_REQUEST, FORK], ids=["branch", "fork"])
def test_a_mistake_stands_at_its_line_in_the_pull_request(team: Team, event: Event) -> None:
    team.branch("typo")
    team.edit("rule: plan_type = trial", "rule: plan_type = trail")
    team.origin.open_pull_request(1, "typo")
    run = team.github().run(CI / "github" / "check.yml", event)
    assert run.jobs == {"check": "failure", "code-scanning": "skipped"}
    assert "::error title=intercom-iac TYPE303,file=specs/crm.yaml,line=13," in run.log
    assert team.forge.calls == []


def test_a_pull_request_that_breaks_nothing_passes(team: Team) -> None:
    team.branch("more")
    team.edit("[free, trial, pro]", "[free, trial, pro, enterprise]")
    team.origin.open_pull_request(1, "more")
    run = team.github().run(CI / "github" / "check.yml", FORK)
    assert run.jobs == {"check": "success", "code-scanning": "skipped"}
    assert "::error" not in run.log


def test_what_a_pull_request_breaks_is_told_and_fails_it(team: Team) -> None:
    team.branch("less")
    team.edit("    seats: {type: integer, description: Seats in use, owner: growth}\n", "")
    team.origin.open_pull_request(1, "less")
    run = team.github(variables={"INTERCOM_CODE_SCANNING": "true"}).run(
        CI / "github" / "check.yml", PULL_REQUEST
    )
    assert run.jobs == {"check": "failure", "code-scanning": "failure"}
    assert "::error title=intercom-iac BACK7" in run.log
    [log] = run.uploaded_sarif
    assert any(each["ruleId"].startswith("BACK7") for each in log["runs"][0]["results"])
    # The comment says it too: what happens in the workspace, and whom it breaks.
    assert team.github().run(CI / "github" / "plan.yml", PULL_REQUEST).jobs == {"plan": "success"}
    [comment] = team.forge.bodies(1)
    assert "What breaks: 1" in comment
    assert "attribute.contact.seats" in comment


# GitHub: plan --------------------------------------------------------------------------------------------------


def test_one_comment_is_updated_at_every_push(team: Team) -> None:
    forged = team.forge.add(1, f"{MARKER}\nnothing differs", login="mallory", type="User")
    team.branch("change")
    team.edit("[free, trial, pro]", "[free, trial, pro, enterprise]")
    team.origin.open_pull_request(1, "change")
    github = team.github()
    run = github.run(CI / "github" / "plan.yml", PULL_REQUEST)
    assert run.jobs == {"plan": "success"}, run.log
    first, second = team.forge.bodies(1)
    assert first == forged["body"]
    assert second.startswith(MARKER)
    assert second in run.summary
    assert "plan_type" in second.replace("\\", "")
    assert "country" not in second
    saved = json.loads(run.artifacts["plan"].read_text("utf-8"))
    assert saved["workspace"]["name"] == "production"

    team.edit("    seats:", "    country: {type: string}\n    seats:")
    team.origin.open_pull_request(1, "change")
    assert github.run(CI / "github" / "plan.yml", PULL_REQUEST).jobs == {"plan": "success"}
    first, second = team.forge.bodies(1)
    assert first == forged["body"]
    assert "country" in second
    assert team.live() == {}


def test_a_comment_is_found_behind_many_others(team: Team) -> None:
    team.forge.page = 2
    for _ in range(4):
        team.forge.add(1, "Looks good", login="eve", type="User")
    team.forge.add(1, f"{MARKER}\nold", **BOT)
    team.forge.add(1, "Thanks", login="eve", type="User")
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.open_pull_request(1, "change")
    assert team.github().run(CI / "github" / "plan.yml", PULL_REQUEST).jobs == {"plan": "success"}
    assert len(team.forge.bodies(1)) == 6
    assert "seats" in team.forge.bodies(1)[4]


@pytest.mark.parametrize("event", [FORK, DEPENDABOT], ids=["fork", "Dependabot"])
def test_whoever_is_given_no_secrets_gets_no_plan(team: Team, event: Event) -> None:
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.open_pull_request(1, "change")
    assert team.github().run(CI / "github" / "plan.yml", event).jobs == {"plan": "skipped"}
    assert team.forge.calls == []


def test_a_plan_that_cannot_be_applied_is_told_in_the_comment_too(team: Team) -> None:
    taken = {"name": "country", "model": "company", "data_type": "string"}
    headers = {"Authorization": "Bearer x"}
    httpx.post(f"{team.url}/data_attributes", json=taken, headers=headers).raise_for_status()
    team.branch("taken")
    team.edit("    seats:", "    country: {type: string}\n    seats:")
    team.origin.open_pull_request(1, "taken")
    run = team.github().run(CI / "github" / "plan.yml", PULL_REQUEST)
    assert run.jobs == {"plan": "failure"}
    assert run.artifacts == {}
    [body] = team.forge.bodies(1)
    assert "PLAN604" in body
    assert body in run.summary


def test_the_token_that_comments_is_not_for_a_project_file(team: Team) -> None:
    team.branch("theft")
    path = team.origin.work / "intercom-iac.yaml"
    path.write_text(path.read_text().replace("INTERCOM_TOKEN", "GITHUB_TOKEN"))
    team.origin.commit("Innocent")
    team.origin.open_pull_request(1, "theft")
    run = team.github().run(CI / "github" / "plan.yml", PULL_REQUEST)
    assert run.jobs == {"plan": "failure"}
    assert "GITHUB_TOKEN" in run.log
    [body] = team.forge.bodies(1)
    assert body.startswith(f"{MARKER}\n### No plan for `production`\n\n- **error API801**")
    assert "ghs_" not in body + run.log


def test_a_push_with_wrong_specs_takes_the_plan_of_the_one_before_away(team: Team) -> None:
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.open_pull_request(1, "change")
    github = team.github()
    assert github.run(CI / "github" / "plan.yml", PULL_REQUEST).jobs == {"plan": "success"}
    assert "### Plan for" in team.forge.bodies(1)[0]
    team.edit(*WRONG)
    team.origin.open_pull_request(1, "change")
    run = github.run(CI / "github" / "plan.yml", PULL_REQUEST)
    assert run.jobs == {"plan": "failure"}
    [body] = team.forge.bodies(1)
    assert body.startswith(f"{MARKER}\n### No plan for `production`\n\n- **error TYPE303**")
    assert "`specs/crm.yaml:13:" in body
    assert "### Plan for" not in body
    assert body in run.summary
    assert "error[TYPE303]" in run.log


# GitHub: apply and nightly -------------------------------------------------------------------------------------


def test_a_merge_is_applied_and_the_night_finds_nothing(team: Team) -> None:
    github = team.github()
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "success"}, run.log
    assert team.live()["plan_type"]["options"] != []
    nightly = Event("schedule", "refs/heads/main")
    assert github.run(CI / "github" / "nightly.yml", nightly).jobs == {"drift": "success"}

    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.merge("change")
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "success"}
    assert team.live()["seats"]["description"] == "Seats left"
    assert "Seats left" in run.summary

    team.change_by_hand("seats", description="By hand")
    run = github.run(CI / "github" / "nightly.yml", nightly)
    assert run.jobs == {"drift": "failure"}
    assert "By hand" in run.summary


def test_what_archives_waits_for_a_run_that_says_so(team: Team) -> None:
    github = team.github()
    assert github.run(CI / "github" / "apply.yml", PUSH).jobs["apply"] == "success"
    team.branch("retire")
    team.edit("description: Seats in use, owner", "description: Seats in use, status: archived, owner")
    team.origin.merge("retire")
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "failure"}
    assert "allow-destructive" in run.log
    assert not team.live()["seats"]["archived"]
    by_hand = Event("workflow_dispatch", "refs/heads/main", inputs={"allow-destructive": True})
    assert github.run(CI / "github" / "apply.yml", by_hand).jobs == {"plan": "success", "apply": "success"}
    assert "seats" not in team.live() or team.live()["seats"]["archived"]


def test_a_run_that_is_no_longer_of_the_head_of_main_is_refused(team: Team) -> None:
    """One that is begun again would take back what was merged since; one by hand, of a branch, is of none."""
    github = team.github()
    old = team.origin.sha("main")
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.merge("change")
    assert github.run(CI / "github" / "apply.yml", PUSH).jobs["apply"] == "success"
    run = github.run(CI / "github" / "apply.yml", replace(PUSH, commit=old))
    assert run.jobs == {"plan": "success", "apply": "failure"}
    assert f"::error::this run is of the commit {old}, and main is at {team.origin.sha('main')}" in run.log
    team.branch("other")
    team.edit("Seats left", "Seats of a branch")
    team.origin.push("other")
    by_hand = Event("workflow_dispatch", "refs/heads/other", inputs={"allow-destructive": True})
    assert github.run(CI / "github" / "apply.yml", by_hand).jobs == {"plan": "success", "apply": "failure"}
    assert team.live()["seats"]["description"] == "Seats left"


def test_a_folder_named_like_the_base_hides_nothing(team: Team) -> None:
    team.branch("less")
    team.edit("    seats: {type: integer, description: Seats in use, owner: growth}\n", "")
    decoy = team.origin.work / "HEAD^1"
    (decoy / "specs").mkdir(parents=True)
    for path in ("intercom-iac.yaml", "specs/crm.yaml"):
        (decoy / path).write_bytes((team.origin.work / path).read_bytes())
    team.origin.commit("Innocent")
    team.origin.open_pull_request(1, "less")
    run = team.github().run(CI / "github" / "check.yml", FORK)
    assert run.jobs["check"] == "failure"
    assert "::error title=intercom-iac BACK701" in run.log


def test_a_plan_that_waited_too_long_is_refused_on_both_forges(team: Team, aged: str) -> None:
    github = GitHub(team.folder, team.origin, team.forge, action=ROOT, path=aged, secrets=SECRETS)
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "failure"}
    assert "PLAN613" in run.log
    pipeline = gitlab(team, aged).run(GITLAB, *ON_MAIN)
    assert pipeline.jobs == {"plan-default-branch": 0, "apply": 6}
    assert "PLAN613" in pipeline.log
    assert team.live() == {}


def test_code_scanning_gets_no_empty_findings(team: Team) -> None:
    team.branch("change")
    team.origin.open_pull_request(1, "change")
    # A commit that has no parent: there is no HEAD^1.
    run = team.github(variables={"INTERCOM_CODE_SCANNING": "true"}).run(
        CI / "github" / "check.yml", Event("pull_request", "refs/heads/main", pull_request=1)
    )
    assert run.jobs == {"check": "failure", "code-scanning": "failure"}
    assert run.uploaded_sarif == []
