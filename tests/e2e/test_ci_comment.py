"""examples/ci/comment.py by itself: whose comment it updates, and how it ends where there is nothing to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.pipelines import Forge
from support.pipelines.forge import BOT, served

SCRIPT = Path(__file__).parents[2] / "examples" / "ci" / "comment.py"
MARKER = "<!-- intercom-iac plan production -->"
ANN = {"login": "ann", "type": "User", "id": 7}
EVE = {"login": "eve", "type": "User", "id": 8}
OTHER_BOT = {"login": "echo[bot]", "type": "Bot", "id": 42}


@pytest.fixture
def forge() -> Iterator[Forge]:
    with served(Forge()) as forge:
        forge.may_write |= {"of-the-job": True, "of-ann": True}
        forge.accounts["of-ann"] = ANN
        yield forge


def comment(forge: Forge, path: Path, token: str = "of-the-job", number: str = "1") -> tuple[int, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CI_")} | {
        "GITHUB_API_URL": forge.url,
        "GITHUB_GRAPHQL_URL": f"{forge.url}/graphql",
        "GITHUB_REPOSITORY": "team/crm",
        "GITHUB_TOKEN": token,
        "PULL_REQUEST": number,
    }
    command = [sys.executable, "-I", SCRIPT, path]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(f"{MARKER}\nnew\n")
    return path


@pytest.mark.parametrize(
    ("token", "updated"),
    [("of-the-job", 2), ("of-ann", 1)],
)
def test_a_token_updates_what_its_account_wrote(forge: Forge, plan: Path, token: str, updated: int) -> None:
    for author in (EVE, ANN, BOT):
        forge.add(1, f"{MARKER}\nold", **author)
    assert comment(forge, plan, token) == (0, "")
    assert [body.endswith("new\n") for body in forge.bodies(1)] == [at == updated for at in range(3)]


@pytest.mark.parametrize("tells", [True, False])
def test_a_bot_leaves_what_other_bots_wrote_alone(forge: Forge, plan: Path, tells: bool) -> None:
    """By the author's id, which a job's token is told by the other API, or else by what it writes."""
    forge.tells_viewer = tells
    for author in (OTHER_BOT, EVE):
        forge.add(1, f"{MARKER}\nnothing differs", **author)
    code, said = comment(forge, plan)
    assert code == 0
    assert (said == "") is tells
    if not tells:
        assert said.startswith("GET /user was answered with 403 (Resource not accessible by integration)")
    assert [body.endswith("new\n") for body in forge.bodies(1)] == [False, False, True]
    forge.add(1, f"{MARKER}\nnothing differs", **OTHER_BOT)
    plan.write_text(f"{MARKER}\nnewer\n")
    assert comment(forge, plan)[0] == 0
    assert [body.endswith("newer\n") for body in forge.bodies(1)] == [False, False, True, False]


@pytest.mark.parametrize("token", ["of-the-job", "of-ann"])
def test_there_is_one_plan_of_the_account_and_no_other_beside_it(
    forge: Forge, plan: Path, token: str
) -> None:
    author = forge.accounts.get(token, BOT)
    forge.add(1, "Hello", **author)
    for text in ("old", "nothing differs"):
        forge.add(1, f"{MARKER}\r\n{text}", **author)
    forge.add(1, MARKER.replace("production", "staging"), **author)
    forge.add(1, f"> {MARKER}\nquoted", **author)
    assert comment(forge, plan, token) == (0, "")
    assert [body.partition("\n")[2] for body in forge.bodies(1)] == ["", "new\n", "", "quoted"]


def test_comments_without_an_author_or_a_text_are_passed_over(forge: Forge, plan: Path) -> None:
    forge.add(1, f"{MARKER}\nold", **EVE)["user"] = None
    forge.add(1, "x", **BOT)["body"] = None
    assert comment(forge, plan) == (0, "")
    assert len(forge.bodies(1)) == 3


def test_a_comment_that_may_not_be_written_is_told(forge: Forge, plan: Path) -> None:
    forge.may_write["of-the-job"] = False
    code, said = comment(forge, plan)
    assert code == 1
    assert "POST /repos/team/crm/issues/1/comments was answered with 403 (Resource not accessible" in said
    assert "`pull-requests: write`" in said


def test_a_plan_that_is_too_long_is_not_cut(forge: Forge, plan: Path) -> None:
    plan.write_text(f"{MARKER}\n{'x' * 70_000}\n")
    assert comment(forge, plan) == (0, "")
    [body] = forge.bodies(1)
    assert body.startswith(f"{MARKER}\n### The plan is too long for a comment\n")
    assert len(body) < 1000


def test_more_comments_than_are_looked_through_are_told(forge: Forge, plan: Path) -> None:
    forge.page = 1
    for _ in range(50):
        forge.add(1, "x", **EVE)
    code, said = comment(forge, plan)
    assert code == 1
    assert "the one to update cannot be told among them" in said
    assert len(forge.bodies(1)) == 50


def test_a_note_carries_nothing_out(forge: Forge, plan: Path) -> None:
    """GitLab takes a line such as `/merge` for an order of the token's account."""
    forge.may_write["glpat"] = True
    forge.accounts["glpat"] = BOT
    plan.write_text(f"{MARKER}\n/merge\n  /approve\na/b\n```\n/x\n```\n/close\n")
    environment = {
        "CI_API_V4_URL": forge.url,
        "CI_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "1",
        "GITLAB_TOKEN": "glpat",
    }
    for _ in range(2):
        subprocess.run([sys.executable, "-I", SCRIPT, plan], env=environment, check=True, timeout=60)
        assert forge.bodies(1) == [f"{MARKER}\n\\/merge\n  \\/approve\na/b\n```\n/x\n```\n\\/close\n"]


def test_an_account_leaves_what_others_wrote_alone(forge: Forge, plan: Path) -> None:
    for author in (EVE, BOT):
        forge.add(1, f"{MARKER}\nold", **author)
    assert comment(forge, plan, "of-ann") == (0, "")
    assert [body.endswith("new\n") for body in forge.bodies(1)] == [False, False, True]


@pytest.mark.parametrize("number", ["", "main"])
def test_a_run_of_no_pull_request_is_told_in_a_sentence(forge: Forge, plan: Path, number: str) -> None:
    said = "PULL_REQUEST is no number: there is a comment for runs of a pull request only\n"
    assert comment(forge, plan, number=number) == (1, said)
    assert forge.calls == []


def test_so_are_files_that_are_missing_or_no_text(forge: Forge, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"\xff\xfe")
    for name in ("nowhere.md", "plan.json"):
        code, said = comment(forge, tmp_path / name)
        assert code == 1
        assert said.startswith(f"{tmp_path / name} cannot be read: ")
        assert said.count("\n") == 1


def test_a_token_that_is_refused_is_told(forge: Forge, plan: Path) -> None:
    code, said = comment(forge, plan, "of-nobody")
    assert code == 1
    assert said.startswith("GET /user was answered with 401")
