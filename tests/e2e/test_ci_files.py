"""What CI systems and tools read of this repository, judged by their published schemas and by their own readers."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.judges import actionlint, github_language_service
from support.pipelines.github import OWN

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / "examples" / "ci" / "github").glob("*.yml"))
GITLAB = ROOT / "examples" / "ci" / "gitlab" / ".gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def said_by(*command: str | Path) -> str:
    """What a linter of the development requirements objects to; "" when it ends well."""
    done = subprocess.run(
        [BIN / str(command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr or "failed"


def schema(name: str, *files: Path) -> str:
    more = ["--data-transform", "gitlab-ci"] if name == "gitlab-ci" else []
    return said_by("check-jsonschema", "--builtin-schema", f"vendor.{name}", *more, *files)


def zizmor(*files: Path) -> str:
    config = ROOT / "tests" / "support" / "judges" / "zizmor.yml"
    options = ("--offline", "--no-progress", "--persona", "pedantic", "--config", config)
    return said_by("zizmor", *options, *files)


def broken(tmp_path: Path, path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    copy = tmp_path / path.name
    copy.write_text(text.replace(old, new), "utf-8")
    return copy


def test_there_are_workflows() -> None:
    assert [each.name for each in WORKFLOWS] == ["apply.yml", "check.yml", "nightly.yml", "plan.yml"]


def test_they_follow_the_published_schemas() -> None:
    assert schema("github-workflows", *WORKFLOWS) == ""
    assert schema("github-actions", ROOT / "action.yml") == ""
    assert schema("gitlab-ci", GITLAB) == ""


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("github-workflows", WORKFLOWS[0], "runs-on:", "runs:"),
        ("github-actions", ROOT / "action.yml", "shell: bash", "shel: bash"),
        ("gitlab-ci", GITLAB, "when: always", "when: sometimes"),
    ],
)
def test_the_schemas_object(tmp_path: Path, name: str, file: Path, old: str, new: str) -> None:
    assert "Schema validation errors" in schema(name, broken(tmp_path, file, old, new))


def test_actionlint_has_nothing_to_say(tmp_path: Path) -> None:
    assert actionlint(*WORKFLOWS) == []
    wrong = broken(tmp_path, WORKFLOWS[0], "needs: plan", "needs: plans")
    assert "plans" in actionlint(wrong)[0]


def test_githubs_own_reader_has_nothing_to_say(tmp_path: Path) -> None:
    owner = OWN.partition("/")[0]
    assert github_language_service(ROOT / "action.yml", owner, *WORKFLOWS) == []
    wrong = broken(tmp_path, WORKFLOWS[3], "comment: true", "coment: true")
    assert "Invalid action input 'coment'" in github_language_service(ROOT / "action.yml", owner, wrong)[0]


def test_they_are_safe_by_zizmor(tmp_path: Path) -> None:
    assert zizmor(*WORKFLOWS, ROOT / "action.yml") == ""
    wrong = broken(tmp_path, WORKFLOWS[3], "on: pull_request\n", "on: pull_request_target\n")
    assert "dangerous-triggers" in zizmor(wrong)


def scripts() -> dict[str, str]:
    """Every shell script of the workflows, by where it stands."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    found = {f"action.yml, {each['name']}": each["run"] for each in action["runs"]["steps"]}
    jobs = yaml.safe_load(GITLAB.read_text("utf-8"))
    found |= {
        f"GitLab, {name}": "\n".join([*jobs["default"]["before_script"], *job["script"]])
        for name, job in jobs.items()
        if isinstance(job, dict) and "script" in job
    }
    found |= {each.name: each.read_text("utf-8") for each in sorted((ROOT / "examples").glob("*.sh"))}
    return found


@pytest.mark.parametrize("name", scripts())
def test_shellcheck_has_nothing_to_say(tmp_path: Path, name: str) -> None:
    script = tmp_path / "script.sh"
    script.write_text(scripts()[name], "utf-8")
    # Variables of the CI system come from outside.
    assert said_by("shellcheck", "--shell=bash", "--exclude=SC2154", script) == ""


def test_the_manifest_of_hooks_is_one() -> None:
    assert said_by("pre-commit", "validate-manifest", HOOKS) == ""


def hook(name: str) -> str:
    [found] = [each for each in yaml.safe_load(HOOKS.read_text("utf-8")) if each["id"] == name]
    assert found["pass_filenames"] is False
    program, *rest = shlex.split(found["entry"])
    assert program == "intercom-iac"
    return shlex.join(rest)


def test_the_hooks_do_what_they_say(scratch) -> None:
    scratch.spec("attributes:   {contact: {tier: {type: string}}}\n")
    assert scratch.run(hook("intercom-iac-check")).code == 0
    assert scratch.run(hook("intercom-iac-fmt")).out == "reformatted specs/example.yaml\n"
    scratch.spec("attributes: {contact: {tier: {typ: string}}}\n")
    assert scratch.run(hook("intercom-iac-check")).code == 3


def test_the_hooks_are_installed_by_what_this_repository_builds() -> None:
    import tomllib

    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "intercom-iac" in built["scripts"]
    assert all(each["language"] == "python" for each in yaml.safe_load(HOOKS.read_text("utf-8")))


def test_the_dockerfile_is_what_hadolint_likes(tmp_path: Path) -> None:
    assert said_by("hadolint", ROOT / "Dockerfile") == ""
    assert "DL3006" in said_by("hadolint", broken(tmp_path, ROOT / "Dockerfile", ":3.13.9-slim-trixie", ""))


def test_the_image_is_given_what_it_copies_and_nothing_else() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = set()
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        words = line.split()
        if words[:1] == ["COPY"] and not words[1].startswith("--from"):
            copied |= set(words[1:-1])
    assert copied == allowed
    assert all((ROOT / each).exists() for each in copied)


def test_nothing_untrusted_is_put_into_a_script() -> None:
    for name, script in scripts().items():
        assert "${{" not in script, name
