"""What docs/ci.md shows is true: its commands end as it says, and it names what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from intercom_iac.cli.program_help import help_text
from support.pipelines.github import OWN
from support.pipelines.origin import WHO, git

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
COMMANDS = re.findall(r"^\$ (intercom-iac .+)$", PAGE, re.MULTILINE)
YAML = [
    yaml.safe_load("\n".join(line.removeprefix("   ") if indent else line for line in text.splitlines()))
    for indent, text in re.findall(r"^( *)```yaml\n(.*?)^ *```", PAGE, re.MULTILINE | re.DOTALL)
]
PROJECT = "version: 1\nworkspaces: {production: {sandbox: .intercom-iac/live.db, protected: true}}\n"
SPEC = "version: 1\nattributes: {contact: {tier: {type: string}}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "intercom-iac.yaml").write_text(PROJECT)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SPEC)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Start")
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    (tmp_path / "specs" / "a.yaml").write_text(SPEC.replace("type: string", "type: string, description: x"))
    return tmp_path


def test_its_commands_end_as_it_says(repository: Path, warm: Path) -> None:
    assert len(COMMANDS) >= 11
    path = f"{warm}:{Path(sys.executable).parent}:/usr/bin:/bin"
    for line in COMMANDS:
        command, _, code = line.partition("    # ")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=repository,
            env={**WHO, "PATH": path, "HOME": str(repository)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == int(code or 0), (line, done.stdout, done.stderr)


def test_its_exit_codes_are_those_of_the_program() -> None:
    assert re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE) == re.findall(
        r"^  (\d) ", help_text(), re.MULTILINE
    )


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert len(links) > 5
    for link in links:
        assert (ROOT / "docs" / link).exists(), link


def test_its_project_file_is_one(scratch) -> None:
    [project] = [each for each in YAML if isinstance(each, dict) and "workspaces" in each]
    scratch.write({"intercom-iac.yaml": yaml.safe_dump(project)}).spec("")
    assert scratch.run("check").code == 0


def test_its_action_has_the_inputs_it_is_given() -> None:
    steps = [step for steps in YAML if isinstance(steps, list) for step in steps]
    assert len(steps) == 3
    for step in steps:
        assert step["uses"].startswith(OWN)
        assert set(step["with"]) <= set(ACTION["inputs"])
    told = PAGE.split("### The action")[1].split("\n###")[0]
    for name in [*ACTION["inputs"], *ACTION["outputs"]]:
        assert name == "token" or name in told, name


def test_its_hooks_are_those_of_the_manifest() -> None:
    [hooks] = [each for each in YAML if isinstance(each, dict) and "repos" in each]
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {each["id"] for each in hooks["repos"][0]["hooks"]} == {each["id"] for each in manifest}


def test_the_comment_begins_as_it_says(scratch) -> None:
    [marker] = re.findall(r"`(<!-- intercom-iac plan production -->)`", PAGE)
    scratch.write({"intercom-iac.yaml": PROJECT}).spec("attributes: {contact: {tier: {type: string}}}\n")
    assert scratch.run("plan --format markdown").out.startswith(f"{marker}\n")


def test_what_it_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^\$ make (.+)$", PAGE, re.MULTILINE):
        assert f"\n{target}:" in makefile
    workflows = "".join(each.read_text("utf-8") for each in (ROOT / "examples" / "ci").rglob("*.yml"))
    for name in (
        "intercom-read",
        "intercom-write",
        "INTERCOM_CODE_SCANNING",
        "INTERCOM_APPLY_OPTION",
        "GITLAB_TOKEN",
    ):
        assert name in PAGE
        assert name in workflows
