"""examples/ci/comment.py by itself: whose comment it updates, and how it ends where there is nothing to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import Forge
from pipelines.forge import BOT, served

SCRIPT = Path(__file__).parents[2] / "examples" / "ci" / "comment.py"
MARKER = "<!-- intercom-iac plan production -->"
ANN = {"login": "ann", "type": "User", "id": 7}
EVE = {"login": "eve", "type": "User", "id": 8}


@pytest.fixture
def forge() -> Iterator[Forge]:
    with served(Forge()) as forge:
        forge.may_write |= {"of-the-job": True, "of-ann": True}
        forge.accounts["of-ann"] = ANN
        yield forge


def comment(forge: Forge, path: Path, token: str = "of-the-job", number: str = "1") -> tuple[int, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CI_")} | {
        "GITHUB_API_URL": forge.url,
        "GITHUB_REPOSITORY": "team/crm",
        "GITHUB_TOKEN": token,
        "PULL_REQUEST": number,
    }
    command = [sys.executable, SCRIPT, path]
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
