"""Standard output and standard error that take nothing: `/dev/full`, a real disk without room, and closed ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fault.conftest import long_profile

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")

# What each exits with where everything can be written.
COMMANDS = {
    "--version": 0,
    "--help": 0,
    "plan --help": 0,
    "check": 0,
    "schema": 0,
    "explain TYPE303": 0,
    "plan": 0,
    "plan --format json": 0,
    "no-such-command": 3,
    "apply": 3,
    "check --project nowhere": 3,
}
WHERE = (">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full", ">&-", "2>&-", ">&- 2>&-")
SAMPLE = ("--version", "plan", "no-such-command")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "specs").mkdir()
    (root / "specs" / "a.yaml").write_text("version: 1\nattributes: {contact: {tier: {type: string}}}\n")
    (root / "intercom-iac.yaml").write_text("version: 1\nworkspaces: {sandbox: {sandbox: work.db}}\n")
    return root


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("line", COMMANDS if long_profile() else SAMPLE)
def test_output_that_cannot_be_written(project: Path, line: str, where: str) -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    environment.pop("PYTHONUNBUFFERED", None)
    ended = subprocess.run(
        ["sh", "-c", f'"$0" -m intercom_iac {line} {where}', sys.executable],
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    text = ended.stdout + ended.stderr
    assert "Traceback" not in text
    assert "ignored" not in text
    assert "exception" not in text.lower()
    fine = COMMANDS[line]
    if "/dev/full" not in where:
        assert ended.returncode == fine
    else:
        assert ended.returncode in (fine, 1)
    if where == ">/dev/full" and fine == 0:
        assert ended.returncode == 1
        assert text == "error: cannot read or write: no space left on device\n"


def test_an_outcome_that_could_not_be_told_is_told_by_the_next_plan(project: Path) -> None:
    def run(line: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", "-c", f'"$0" -m intercom_iac {line}', sys.executable]
        return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)

    refused = run("apply --auto-approve >/dev/full")
    assert refused.returncode == 1
    assert "1 to create" in run("plan").stdout
    assert run("apply --auto-approve --format json >/dev/full").returncode == 1
    after = run("plan")
    assert "was cut off" in after.stderr
    assert "1 done, 0 not known, 0 not tried" in after.stderr
    assert "Nothing differs" in after.stdout
