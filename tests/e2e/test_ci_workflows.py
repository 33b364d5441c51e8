"""The workflows of examples/ci do what they say: on a repository with a pull request and a merge, step by step."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipelines import Event, Forge, GitHub, GitLab, Origin
from pipelines.forge import BOT, served

ROOT = Path(__file__).parents[2]
CI = ROOT / "examples" / "ci"
# The program that the action would install is on the path already, in this very version.
PATH = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
MARKER = "<!-- intercom-iac plan production -->"
SECRETS = {
    "intercom-read": {"INTERCOM_TOKEN": "token-that-only-reads"},
    "intercom-write": {"INTERCOM_TOKEN": "token-that-may-write"},
}
SPECS = """\
version: 1
attributes:
  contact:
    plan_type:
      type: options
      options: [free, trial, pro]
      description: Billing plan the person is on
      owner: growth
    seats: {type: integer, description: Seats in use, owner: growth}
segments:
  trials:
    name: Trials
    rule: plan_type = trial
    publish: [tag]
    owner: growth
"""


@contextmanager
def sandbox(folder: Path) -> Iterator[str]:
    """The embedded workspace over HTTP, in a process of its own; gives its address."""
    command = [sys.executable, "-m", "intercom_iac", "sandbox", "serve", "--port", "0", "--db", "live.db"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found, process.communicate(timeout=10)[1]
        yield found[0]
    finally:
        process.kill()
        process.communicate()


@dataclass
class Team:
    """A repository, the forge it lies on, and the workspace its specs are for."""

    folder: Path
    origin: Origin
    forge: Forge
    url: str

    def edit(self, old: str, new: str, message: str = "Edit") -> None:
        path = self.origin.work / "specs" / "crm.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        self.origin.commit(message)

    def branch(self, name: str) -> None:
        from pipelines.origin import git

        git(self.origin.work, "checkout", "--quiet", "-B", name, "main")

    def live(self) -> dict[str, Any]:
        """The workspace's own attributes, by name."""
        answer = httpx.get(f"{self.url}/data_attributes", headers={"Authorization": "Bearer x"})
        return {each["name"]: each for each in answer.json()["data"] if each.get("custom")}

    def change_by_hand(self, name: str, **change: Any) -> None:
        address = f"{self.url}/data_attributes/{self.live()[name]['id']}"
        httpx.put(address, json=change, headers={"Authorization": "Bearer x"}).raise_for_status()

    def github(self, **more: Any) -> GitHub:
        return GitHub(self.folder, self.origin, self.forge, action=ROOT, path=PATH, secrets=SECRETS, **more)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    origin = Origin(tmp_path)
    with sandbox(tmp_path) as url, served(Forge()) as forge:
        app_id = httpx.get(f"{url}/me", headers={"Authorization": "Bearer x"}).json()["app"]["id_code"]
        settings = f"{{base_url: '{url}', app_id: {app_id}, token_env: INTERCOM_TOKEN, protected: true}}"
        (origin.work / "intercom-iac.yaml").write_text(f"version: 1\nworkspaces:\n  production: {settings}\n")
        (origin.work / "specs").mkdir()
        (origin.work / "specs" / "crm.yaml").write_text(SPECS)
        # As docs/ci.md says, GitLab's job finds the script in the repository.
        (origin.work / "comment.py").write_bytes((CI / "comment.py").read_bytes())
        origin.commit("Start")
        origin.push("main")
        yield Team(tmp_path, origin, forge, url)


PULL_REQUEST = Event("pull_request", "refs/pull/1/merge", pull_request=1)
PUSH = Event("push", "refs/heads/main")
DEPENDABOT = Event("pull_request", "refs/pull/1/merge", pull_request=1, actor="dependabot[bot]")
FORK = Event("pull_request", "refs/pull/1/merge", pull_request=1, fork=True)


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


WRONG = ("rule: plan_type = trial", "rule: plan_type = trail")


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
    assert github.run(CI / "github" / "nightly.yml", nightly).jobs == {"plan": "success"}

    team.branch("change")
    team.edit("Seats in use", "Seats left")
    team.origin.merge("change")
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "success"}
    assert team.live()["seats"]["description"] == "Seats left"
    assert "Seats left" in run.summary

    team.change_by_hand("seats", description="By hand")
    run = github.run(CI / "github" / "nightly.yml", nightly)
    assert run.jobs == {"plan": "failure"}
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


@pytest.fixture
def aged(tmp_path: Path) -> str:
    """A path with a program on it whose every plan was made four days ago."""
    folder = tmp_path / "aged"
    folder.mkdir()
    program = folder / "intercom-iac"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "import intercom_iac.planning as planning\n"
        "from intercom_iac.cli.app import run\n"
        "made = planning.plan\n"
        "ago = datetime.now(UTC) - timedelta(days=4)\n"
        "planning.plan = lambda *given, **named: made(*given, **named | {'created_at': ago})\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    program.chmod(0o755)
    return f"{folder}:{PATH}"


def test_a_plan_that_waited_too_long_is_refused_on_both_forges(team: Team, aged: str) -> None:
    github = GitHub(team.folder, team.origin, team.forge, action=ROOT, path=aged, secrets=SECRETS)
    run = github.run(CI / "github" / "apply.yml", PUSH)
    assert run.jobs == {"plan": "success", "apply": "failure"}
    assert "PLAN613" in run.log
    pipeline = gitlab(team, aged).run(GITLAB, *ON_MAIN)
    assert pipeline.jobs == {"plan-default-branch": 0, "apply": 6}
    assert "PLAN613" in pipeline.log
    assert team.live() == {}


# GitLab --------------------------------------------------------------------------------------------------------


GITLAB = CI / "gitlab" / ".gitlab-ci.yml"


def gitlab(team: Team, path: str = PATH) -> GitLab:
    team.forge.may_write["glpat-1"] = True
    team.forge.accounts["glpat-1"] = BOT
    return GitLab(
        team.folder,
        team.origin,
        team.forge,
        path=path,
        secrets={None: {"GITLAB_TOKEN": "glpat-1"}, **SECRETS},
    )


def merge_request(team: Team, branch: str, *, source: str = "7") -> tuple[str, dict[str, str]]:
    team.origin.push(branch)
    return f"refs/heads/{branch}", {
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "1",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": source,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": team.origin.sha("main"),
    }


ON_MAIN = ("refs/heads/main", {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"})
AT_NIGHT = ("refs/heads/main", {"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main"})


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


def test_code_scanning_gets_no_empty_findings(team: Team) -> None:
    team.branch("change")
    team.origin.open_pull_request(1, "change")
    # A commit that has no parent: there is no HEAD^1.
    run = team.github(variables={"INTERCOM_CODE_SCANNING": "true"}).run(
        CI / "github" / "check.yml", Event("pull_request", "refs/heads/main", pull_request=1)
    )
    assert run.jobs == {"check": "failure", "code-scanning": "failure"}
    assert run.uploaded_sarif == []


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
