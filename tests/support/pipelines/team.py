"""A team: its repository, the forge it lies on, and the workspace its specs are for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from .forge import BOT, Forge
from .github import Event, GitHub
from .gitlab import GitLab
from .origin import Origin, git

ROOT = Path(__file__).parents[3]
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
def sandbox(folder: Path, programs: Path) -> Iterator[str]:
    """The embedded workspace over HTTP, in a process of its own; gives its address. `programs` has the program."""
    command = [str(programs / "intercom-iac"), "sandbox", "serve", "--port", "0", "--db", "live.db"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found, process.communicate(timeout=60)[1]
        yield found[0]
    finally:
        process.terminate()
        process.communicate()


@dataclass
class Team:
    """A repository, the forge it lies on, and the workspace its specs are for."""

    folder: Path
    origin: Origin
    forge: Forge
    url: str
    path: str = PATH

    def edit(self, old: str, new: str, message: str = "Edit") -> None:
        path = self.origin.work / "specs" / "crm.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        self.origin.commit(message)

    def branch(self, name: str) -> None:
        git(self.origin.work, "checkout", "--quiet", "-B", name, "main")

    def live(self) -> dict[str, Any]:
        """The workspace's own attributes, by name."""
        answer = httpx.get(f"{self.url}/data_attributes", headers={"Authorization": "Bearer x"})
        return {each["name"]: each for each in answer.json()["data"] if each.get("custom")}

    def change_by_hand(self, name: str, **change: Any) -> None:
        address = f"{self.url}/data_attributes/{self.live()[name]['id']}"
        httpx.put(address, json=change, headers={"Authorization": "Bearer x"}).raise_for_status()

    def github(self, **more: Any) -> GitHub:
        return GitHub(
            self.folder, self.origin, self.forge, action=ROOT, path=self.path, secrets=SECRETS, **more
        )


PULL_REQUEST = Event("pull_request", "refs/pull/1/merge", pull_request=1)
PUSH = Event("push", "refs/heads/main")
DEPENDABOT = Event("pull_request", "refs/pull/1/merge", pull_request=1, actor="dependabot[bot]")
FORK = Event("pull_request", "refs/pull/1/merge", pull_request=1, fork=True)


WRONG = ("rule: plan_type = trial", "rule: plan_type = trail")


GITLAB = CI / "gitlab" / ".gitlab-ci.yml"


def gitlab(team: Team, path: str | None = None) -> GitLab:
    team.forge.may_write["glpat-1"] = True
    team.forge.accounts["glpat-1"] = BOT
    return GitLab(
        team.folder,
        team.origin,
        team.forge,
        path=path or team.path,
        secrets={None: {"GITLAB_TOKEN": "glpat-1"}, **SECRETS},
        # Where the program is on the path already, as in an image of its own.
        variables={"INTERCOM_IAC_FOLDER": str(CI)},
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
