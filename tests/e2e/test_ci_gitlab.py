"""The pipeline for GitLab does what it says: from a merge request to the night, job by job."""

from __future__ import annotations

import json

import pytest

from support.pipelines.team import (
    AT_NIGHT,
    GITLAB,
    MARKER,
    ON_MAIN,
    WRONG,
    Team,
    gitlab,
    merge_request,
)


def test_gitlab_from_merge_request_to_night(team: Team) -> None:
    forge = gitlab(team)
    forged = team.forge.add(1, f"{MARKER}\nnothing differs", id=99, login="mallory")
    team.branch("change")
    team.edit("[free, trial, pro]", "[free, trial, pro, enterprise]")
    pipeline = forge.run(GITLAB, *merge_request(team, "change"))
    assert pipeline.jobs == {"check": 0, "plan": 0}, pipeline.log
    assert "1 safe" in team.forge.bodies(1)[1]
    team.edit("    seats:", "    country: {type: string}\n    seats:")
    assert forge.run(GITLAB, *merge_request(team, "change")).jobs == {"check": 0, "plan": 0}
    first, second = team.forge.bodies(1)
    assert first == forged["body"]
    assert second.startswith(MARKER)
    assert "country" in second

    team.origin.merge("change")
    pipeline = forge.run(GITLAB, *ON_MAIN)
    assert pipeline.jobs == {"plan-default-branch": 0, "apply": 0}, pipeline.log
    assert {"plan_type", "seats", "country"} <= set(team.live())
    assert forge.run(GITLAB, *AT_NIGHT).jobs == {"nightly": 0}
    team.change_by_hand("seats", description="By hand")
    pipeline = forge.run(GITLAB, *AT_NIGHT)
    assert pipeline.jobs == {"nightly": 2}
    assert "By hand" in pipeline.log


def test_gitlab_reports_what_is_wrong_and_takes_the_plan_before_away(team: Team) -> None:
    forge = gitlab(team)
    team.branch("typo")
    team.edit("Seats in use", "Seats left")
    assert forge.run(GITLAB, *merge_request(team, "typo")).jobs == {"check": 0, "plan": 0}
    assert "### Plan for" in team.forge.bodies(1)[0]
    team.edit(*WRONG)
    pipeline = forge.run(GITLAB, *merge_request(team, "typo"))
    assert pipeline.jobs == {"check": 3, "plan": 3}
    [body] = team.forge.bodies(1)
    assert body.startswith(f"{MARKER}\n### No plan for `production`\n\n- **error TYPE303**")
    issues = json.loads(pipeline.kept["check"]["gl-code-quality-report.json"].read_text("utf-8"))
    assert [(each["check_name"], each["location"]["path"]) for each in issues] == [
        ("TYPE303", "specs/crm.yaml")
    ]
    assert "<failure" in pipeline.kept["check"]["junit.xml"].read_text("utf-8")
    assert "error[TYPE303]" in pipeline.log


def test_gitlab_gets_no_empty_reports(team: Team) -> None:
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    ref, variables = merge_request(team, "change")
    variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "0123456789"
    pipeline = gitlab(team).run(GITLAB, ref, variables)
    assert pipeline.jobs == {"check": 3, "plan": 3}
    assert pipeline.kept == {"check": {}}


@pytest.mark.parametrize(("edit", "code"), [(WRONG, 3), (("Seats in use", "Seats left"), 1)])
def test_a_note_that_cannot_be_written_hides_no_exit_code(
    team: Team, edit: tuple[str, str], code: int
) -> None:
    forge = gitlab(team)
    team.forge.may_write["glpat-1"] = False
    team.branch("change")
    team.edit(*edit)
    assert forge.run(GITLAB, *merge_request(team, "change")).jobs["plan"] == code
    assert team.forge.bodies(1) == []


def test_a_job_that_is_no_longer_of_the_head_is_refused_on_gitlab(team: Team) -> None:
    forge = gitlab(team)
    old = team.origin.sha("main")
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.merge("change")
    assert forge.run(GITLAB, *ON_MAIN).jobs == {"plan-default-branch": 0, "apply": 0}
    pipeline = forge.run(GITLAB, old, ON_MAIN[1])
    assert pipeline.jobs == {"plan-default-branch": 0, "apply": 6}
    assert f"this job is of the commit {old}, and main is at {team.origin.sha('main')}" in pipeline.log
    assert team.live()["seats"]["description"] == "Seats left"


def test_a_branch_that_anybody_may_push_to_is_not_applied(team: Team) -> None:
    pipeline = gitlab(team).run(GITLAB, ON_MAIN[0], {**ON_MAIN[1], "CI_COMMIT_REF_PROTECTED": "false"})
    assert pipeline.jobs == {"plan-default-branch": 0, "apply": 6}
    assert "main is not protected" in pipeline.log
    assert team.live() == {}


def test_a_token_that_every_job_is_given_is_told(team: Team) -> None:
    team.branch("change")
    ref, variables = merge_request(team, "change")
    pipeline = gitlab(team).run(GITLAB, ref, {**variables, "INTERCOM_TOKEN": "token-that-may-write"})
    assert pipeline.jobs["check"] == 6
    assert "INTERCOM_TOKEN is given to every job" in pipeline.log
    assert "token-that-may-write" not in pipeline.log


def test_the_script_that_comments_is_not_the_one_of_the_merge_request(team: Team) -> None:
    team.branch("change")
    (team.origin.work / "comment.py").write_text("print('stolen')\n")
    (team.origin.work / "json.py").write_text("print('stolen')\n")
    team.edit("Seats in use", "Seats left")
    pipeline = gitlab(team).run(GITLAB, *merge_request(team, "change"))
    assert pipeline.jobs == {"check": 0, "plan": 0}
    assert "stolen" not in pipeline.log


def test_a_fork_on_gitlab_is_checked_without_secrets(team: Team) -> None:
    team.branch("change")
    team.edit("Seats in use", "Seats left")
    pipeline = gitlab(team).run(GITLAB, *merge_request(team, "change", source="8"), fork=True)
    assert pipeline.jobs == {"check": 0}
    assert team.forge.calls == []


def test_what_archives_waits_on_gitlab_too(team: Team) -> None:
    forge = gitlab(team)
    assert forge.run(GITLAB, *ON_MAIN).jobs == {"plan-default-branch": 0, "apply": 0}
    team.branch("retire")
    team.edit("description: Seats in use, owner", "description: Seats in use, status: archived, owner")
    team.origin.merge("retire")
    assert forge.run(GITLAB, *ON_MAIN).jobs == {"plan-default-branch": 0, "apply": 6}
    by_hand = {"CI_PIPELINE_SOURCE": "web", "CI_COMMIT_BRANCH": "main"}
    by_hand["INTERCOM_APPLY_OPTION"] = "--allow-destructive"
    assert forge.run(GITLAB, "refs/heads/main", by_hand).jobs == {"plan-default-branch": 0, "apply": 0}
