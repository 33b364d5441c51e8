"""The action by itself: what its inputs come to for each command, and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from support.pipelines.origin import WHO, git

ROOT = Path(__file__).parents[2]
[SCRIPT] = [
    step["run"]
    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    if step.get("id") == "run"
]
PROJECT = """\
version: 1
workspaces: {production: {sandbox: .intercom-iac/a.db}, staging: {sandbox: .intercom-iac/b.db}}
"""
SPEC = "version: 1\nattributes: {contact: {tier: {type: string}}}\n"


@pytest.fixture(autouse=True)
def program(warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRAM", str(warm / "intercom-iac"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the project in a folder of it."""
    crm = tmp_path / "repository" / "crm"
    (crm / "specs").mkdir(parents=True)
    (crm / "intercom-iac.yaml").write_text(PROJECT)
    (crm / "specs" / "a.yaml").write_text(SPEC)
    git(crm.parent, "init", "--quiet", "--initial-branch=main")
    git(crm.parent, "add", "--all")
    git(crm.parent, "commit", "--quiet", "--message", "Start")
    return crm.parent


def run(checkout: Path, command: str, **inputs: str) -> tuple[int, str, str, dict[str, str]]:
    """How the step ends: its code, its log, the summary and the outputs."""
    temporary = checkout.parent
    outputs, summary = temporary / "outputs", temporary / "summary"
    for each in (outputs, summary):
        each.write_text("")
    names = ("PROJECT", "WORKSPACE", "AGAINST", "SARIF_FILE", "ARGUMENTS")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPT],
        cwd=checkout,
        env={
            **WHO,
            **dict.fromkeys(names, ""),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(temporary),
            "GITHUB_ACTIONS": "true",
            "PROGRAM": os.environ["PROGRAM"],
            "PLAN_FILE": "plan.json",
            "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            "COMMAND": command,
            **inputs,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    told = dict(line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())
    assert told["exit-code"] == str(done.returncode)
    return done.returncode, done.stdout, summary.read_text("utf-8"), told


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("check", ""),
        ("breaking", ""),
        ("changelog", ""),
        ("usages", ""),
        ("generate", "typescript\n--out\nweb/intercom"),
        ("fmt", "--check"),
        ("segment", "list\n--workspace\nstaging"),
        ("plan", ""),
    ],
)
def test_each_command_gets_the_inputs_it_takes(checkout: Path, command: str, arguments: str) -> None:
    code, log, _, _ = run(
        checkout, command, PROJECT="crm", WORKSPACE="production", AGAINST="HEAD", ARGUMENTS=arguments
    )
    assert "no such option" not in log
    assert code == 0, log


def test_findings_are_written_where_there_are_any(checkout: Path) -> None:
    inputs = {"PROJECT": "crm", "SARIF_FILE": "found.sarif"}
    code, _, _, outputs = run(checkout, "check", AGAINST="nope", **inputs)
    assert code == 3
    assert "sarif-file" not in outputs
    assert not (checkout / "found.sarif").exists()
    code, _, _, outputs = run(checkout, "check", AGAINST="HEAD", **inputs)
    assert code == 0
    assert outputs["sarif-file"] == "found.sarif"
    assert '"version": "2.1.0"' in (checkout / "found.sarif").read_text("utf-8")


def test_what_code_sends_is_shown_at_its_lines(checkout: Path) -> None:
    (checkout / "app.js").write_text("Intercom('update', {\n  teir: 'x' });\n")
    code, log, _, outputs = run(checkout, "usages", PROJECT="crm", ARGUMENTS=".", SARIF_FILE="found.sarif")
    assert code == 1
    assert "file=app.js,line=2,endLine=2,col=3::the attribute `teir` is not declared" in log
    assert '"uri": "app.js"' in (checkout / outputs["sarif-file"]).read_text("utf-8")


def test_a_pull_request_that_changes_a_spec_and_not_the_code_fails(checkout: Path) -> None:
    arguments = "python\n--out\ndata"
    assert run(checkout, "generate", PROJECT="crm", ARGUMENTS=arguments)[0] == 0
    assert run(checkout, "generate", PROJECT="crm", ARGUMENTS=f"{arguments}\n--check")[0] == 0
    (checkout / "crm" / "specs" / "a.yaml").write_text(SPEC.replace("string", "integer"))
    code, log, _, _ = run(checkout, "generate", PROJECT="crm", ARGUMENTS=f"{arguments}\n--check")
    assert code == 1
    assert "\n-    tier: str | Unset | None = attribute(\n+    tier: int | Unset | None = attribute(\n" in log


def test_what_apply_says_is_in_the_summary_where_it_means_nothing_else(checkout: Path) -> None:
    inputs = {"PROJECT": "crm", "WORKSPACE": "production"}
    assert run(checkout, "plan", **inputs)[0] == 0
    code, log, summary, _ = run(checkout, "apply", AGAINST="HEAD", **inputs)
    assert code == 0
    assert "Applied: 1 done." in log
    begin, *told, end = summary.splitlines()
    assert (begin, end) == ("<pre>", "</pre>")
    assert "Applied: 1 done." in told
    # The plan is stale now, and that it is refused stands there, too.
    code, log, summary, _ = run(checkout, "apply", **inputs)
    assert code == 6
    assert "error[PLAN608]" in log
    assert "error[PLAN608]" in summary
    _, log, summary, _ = run(checkout, "apply", PROJECT="crm", PLAN_FILE="a</pre>b.json")
    assert "a</pre>b.json" in log
    assert summary.count("</pre>") == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_a_checkout_of_another_user_is_what_the_job_means(checkout: Path) -> None:
    """As in a container: the runner's user made it, and the container's reads it."""
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, 12345, 12345)
    inputs = {"PROJECT": "", "AGAINST": "HEAD"}
    assert run(checkout / "crm", "check", **inputs)[0] == 3
    code, log, _, _ = run(checkout / "crm", "check", GITHUB_WORKSPACE=str(checkout), **inputs)
    assert code == 0, log
