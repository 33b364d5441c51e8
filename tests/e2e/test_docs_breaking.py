"""What docs/breaking.md shows is true: its commands run, its YAML is valid, its table is that of the codes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from intercom_iac.diagnostics import all_codes
from support.git_repositories import commit, git

PAGE = (Path(__file__).parents[2] / "docs" / "breaking.md").read_text("utf-8")
COMMANDS = [
    each.partition("    #")[0].strip() for each in re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)
]
BLOCKS = [each for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if not each.startswith("steps")]
YAML = [each for each in BLOCKS if "BACK780" not in each]
[REPAIR] = [each for each in BLOCKS if each not in YAML]
STEPS = re.findall(r"- run: intercom-iac (.+)$", PAGE, re.MULTILINE)
LEVELS = {"error": "breaking", "warning": "risky", "info": "safe"}

OLD = "attributes: {contact: {plan_type: {type: options, options: [free, trial, pro]}}}\n"
NEW = "attributes: {contact: {plan_type: {type: options, options: [free, pro]}, seats: {type: integer}}}\n"
PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"


@pytest.fixture
def project(scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A repository with a release, a base branch, a released copy beside it and a change on top."""
    scratch.write({"specs/.keep": "", "released/intercom-iac.yaml": PROJECT})
    scratch.write({"released/specs/all.yaml": f"version: 1\n{OLD}"})
    scratch.write({"crm/intercom-iac.yaml": f"{PROJECT}release: 1.2.0\n"})
    scratch.write({"crm/specs/all.yaml": f"version: 1\n{OLD}"})
    commit(tmp_path)
    git(tmp_path, "tag", "v1.2.0")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    scratch.write({"crm/specs/all.yaml": f"version: 1\n{NEW}", "crm/contacts.ndjson": ""})
    monkeypatch.chdir(tmp_path / "crm")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    return scratch


def as_a_shell_would(command: str, folder: Path) -> list[str]:
    base = git(folder, "merge-base", "origin/main", "HEAD")
    written = command.replace("$(git merge-base origin/main HEAD)", base).replace("$GITHUB_BASE_REF", "main")
    return shlex.split(written.partition(" > ")[0])


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 9
    assert len(STEPS) == 2
    assert len(YAML) == 3


@pytest.mark.parametrize("command", COMMANDS + STEPS)
def test_its_commands_run(project, tmp_path: Path, command: str) -> None:
    first, *rest = as_a_shell_would(command, tmp_path)
    result = project.run(first, *rest)
    breaks = first in ("breaking", "check")
    assert result.code == (1 if breaks else 0), result
    assert result.out
    assert breaks is False or "BACK703" in result.out


def test_its_yaml_accepts_the_change_and_is_a_step_large_enough(project) -> None:
    project.write({"crm/intercom-iac.yaml": PROJECT + "".join(YAML)})
    result = project.run("breaking --against v1.2.0 --today 2027-01-31")
    assert result.code == 0, result
    assert "1 safe, 1 accepted." in result.out
    assert "2.0.0 or more; the project file says 2.0.0" in result.out
    assert project.run("breaking --against v1.2.0 --today 2027-02-01").code == 1


def test_its_other_yaml_accepts_a_base_that_cannot_be_read(project) -> None:
    project.write({"crm/specs/all.yaml": f"version: 1\n{OLD.replace('options,', 'option,')}"})
    commit(project.root)
    project.write({"crm/specs/all.yaml": f"version: 1\n{NEW}"})
    assert project.run("breaking --against HEAD").code == 3
    project.write({"crm/intercom-iac.yaml": f"{PROJECT}release: 1.3.0\n{REPAIR}"})
    accepted = project.run("breaking --against HEAD --today 2027-01-31")
    assert accepted.code == 0
    assert "warning[BACK795]" in accepted.out
    assert project.run("breaking --against HEAD --today 2027-02-01").code == 3


def test_its_places_are_as_it_says(project) -> None:
    assert re.search(r"`v1\.2\.0:specs/\w+\.yaml:\d+:\d+`", PAGE)
    assert "v1.2.0:specs/all.yaml:2:24" in project.run("check --against v1.2.0").out


def test_its_tables_are_those_of_the_codes() -> None:
    listed = re.findall(r"^\| `(BACK\d+)` \| (\w+) \| (.+) \|$", PAGE, re.MULTILINE)
    codes = {code: each for code, each in all_codes().items() if code.startswith("BACK7")}
    changes = {each for each in codes if each < "BACK780"}
    assert {code for code, _, _ in listed if code in changes} == changes
    for code, level, title in listed:
        if code in changes:
            assert (level, title) == (LEVELS[codes[code].severity], codes[code].title)
        else:
            assert level == codes[code].severity
