"""`check --fix`: what is written, what is shown, and what the command ends with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from intercom_iac.cli.fix_output import unified_diff

WRONG = "\ufeffversion: 1\r\nevents:\r\n  paid: {desciption: by card}  # why\r\n"
RIGHT = "\ufeffversion: 1\r\nevents:\r\n  paid: {description: by card}  # why\r\n"
GUESS = "segments:\r\n  s: {name: S, rule: event pait}\r\n"


@pytest.fixture
def project(scratch):
    scratch.write({"intercom-iac.yaml": "version: 1\n"})
    (scratch.root / "specs").mkdir(exist_ok=True)
    return scratch


def put(project, text: str) -> Path:
    path = project.root / "specs/a.yaml"
    path.write_bytes(text.encode())
    return path


def test_safe_fixes_are_written_and_everything_else_stays(project) -> None:
    path = put(project, WRONG)
    path.chmod(0o640)
    result = project.run("check --fix")
    assert path.read_bytes() == RIGHT.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert (result.code, result.err) == (0, "fixed specs/a.yaml\n1 fix applied\n")
    assert result.out == "0 attributes, 1 event, 0 segments in 1 file: nothing wrong\n"


def test_a_second_time_there_is_nothing_to_fix(project) -> None:
    path = put(project, WRONG)
    project.run("check --fix")
    before = path.stat().st_mtime_ns
    result = project.run("check --fix")
    assert (result.code, result.err) == (0, "0 fixes applied\n")
    assert path.stat().st_mtime_ns == before


def test_guesses_are_counted_and_made_where_they_are_asked_for(project) -> None:
    path = put(project, WRONG + GUESS)
    result = project.run("check --fix")
    assert result.code == 3
    assert result.err.splitlines()[-1] == "1 fix applied; 1 fix is available with --unsafe-fixes"
    assert "REF403" in result.out
    assert project.run("check --fix --unsafe-fixes").code == 0
    assert path.read_bytes() == (RIGHT + GUESS.replace("pait", "paid")).encode()


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_diff_writes_nothing_and_can_be_applied(end: str, project) -> None:
    wrong, right = (text.lstrip("\ufeff").replace("\r\n", "\n").rstrip() + end for text in (WRONG, RIGHT))
    path = put(project, wrong)
    result = project.run("check --diff")
    assert (result.code, result.err) == (1, "1 fix would be applied\n")
    assert path.read_bytes() == wrong.encode()
    assert result.out.splitlines()[:2] == ["--- a/specs/a.yaml", "+++ b/specs/a.yaml"]
    subprocess.run(["git", "apply", "-"], cwd=project.root, input=result.out.encode(), check=True)
    assert path.read_bytes() == right.encode()
    assert project.run("check --diff").code == 0


def test_a_diff_has_line_ends_and_byte_order_marks_as_they_are() -> None:
    diff = unified_diff("a", WRONG, RIGHT)
    assert diff.split("\n")[3:-1] == [
        " \ufeffversion: 1\r",
        " events:\r",
        "-  paid: {desciption: by card}  # why\r",
        "+  paid: {description: by card}  # why\r",
    ]


@pytest.mark.parametrize("name", ["a b ü.yaml", 'a"b\n\\ü.yaml'])
def test_a_diff_can_be_applied_to_a_file_of_any_name(name: str, project) -> None:
    path = project.root / "specs" / name
    path.write_bytes(WRONG.encode())
    diff = project.run("check --diff").out
    subprocess.run(["git", "apply", "-"], cwd=project.root, input=diff.encode(), check=True)
    assert path.read_bytes() == RIGHT.encode()


def test_a_diff_says_that_errors_would_be_left(project) -> None:
    put(project, WRONG + GUESS)
    result = project.run("check --diff")
    assert result.code == 3
    assert result.out


def test_the_findings_that_are_left_come_in_any_format(project) -> None:
    put(project, WRONG + GUESS)
    result = project.run("check --fix --format json")
    [finding] = result.json["diagnostics"]
    assert finding["subject"] == "event.pait"
    assert finding["fix"] == {
        "applicability": "unsafe",
        "edits": [
            {
                "file": "specs/a.yaml",
                "line": 5,
                "column": 28,
                "end_line": 5,
                "end_column": 32,
                "text": "paid",
            }
        ],
    }


@pytest.mark.parametrize("options", ["--unsafe-fixes", "--diff --format json"])
def test_options_that_do_not_fit_are_refused(options: str, project) -> None:
    path = put(project, WRONG)
    result = project.run(f"check {options}")
    assert result.code == 3
    assert path.read_bytes() == WRONG.encode()


def test_a_link_stays_a_link(project) -> None:
    put(project, WRONG).rename(project.root / "specs/real.txt")
    (project.root / "specs/a.yaml").symlink_to("real.txt")
    assert project.run("check --fix").code == 0
    assert (project.root / "specs/a.yaml").is_symlink()
    assert (project.root / "specs/real.txt").read_bytes() == RIGHT.encode()


def test_where_there_is_no_project_that_is_said(scratch) -> None:
    assert scratch.run("check --fix").code == 3
