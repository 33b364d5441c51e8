"""Where plans, files and messages go, and what a terminal and a machine are shown."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from intercom_iac.diagnostics import all_codes
from support.small_project import SPEC


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


def test_a_plan_goes_to_a_pipe_or_a_device_too(project) -> None:
    assert project.run("plan --out /dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_fmt_keeps_links_and_modes(project, tmp_path: Path) -> None:
    real = tmp_path / "specs" / "real.yaml"
    real.write_text("version: 1\nevents:   {left:   {}}\n")
    real.chmod(0o640)
    link = tmp_path / "specs" / "link.yaml"
    link.symlink_to("real.yaml")
    assert project.run("fmt specs/link.yaml").code == 0
    assert link.is_symlink()
    assert real.read_text() == "version: 1\nevents: {left: {}}\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_fmt_says_what_it_would_change(project) -> None:
    project.spec("events:   {left:   {}}\n")
    checked = project.run("fmt --check")
    assert (checked.code, checked.out) == (1, "would reformat specs/example.yaml\n")
    assert project.run("fmt").code == 0
    assert project.run("fmt --check").code == 0
    broken = project.spec("events: [\n").run("fmt")
    assert broken.code == 3
    assert (project.root / "specs/example.yaml").read_text().endswith("events: [\n")


def test_fmt_reads_as_check_does_and_goes_on(project) -> None:
    os.mkfifo(project.root / "specs/a.yaml")
    (project.root / "specs/b.yaml").write_bytes(b"\xff")
    (project.root / "specs/c.yaml").write_text("#" * 1_000_001)
    (project.root / "specs/d.yaml").write_text("\ufeffversion: 1\n")
    result = project.run("fmt")
    assert result.code == 3
    assert [f"SPEC10{digit}]" in result.err for digit in "265"] == [True] * 3
    assert "--> specs/b.yaml:1:1" in result.err
    assert str(project.root) not in result.err
    assert result.out == "reformatted specs/d.yaml\n"
    assert (project.root / "specs/d.yaml").read_bytes() == b"version: 1\n"


def test_fmt_knows_the_project_file_and_hides_its_secrets(project) -> None:
    project.write({"intercom-iac.yaml": "specs: specs\nversion: 1\n"})
    assert project.run("fmt intercom-iac.yaml").code == 0
    assert (project.root / "intercom-iac.yaml").read_text() == "version: 1\nspecs: specs\n"
    project.write({"intercom-iac.yaml": "version: 1\ntoken: s3cret\nspecs: [\n"})
    result = project.run("fmt intercom-iac.yaml")
    assert result.code == 3
    assert "s3cret" not in result.err


def test_the_project_file_is_no_spec(scratch) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\nspecs: .\n", "a.yaml": "version: 1\n"})
    result = scratch.run("check")
    assert (result.code, result.out) == (
        0,
        "0 attributes, 0 events, 0 segments in 1 file: nothing wrong\n",
    )


@pytest.mark.parametrize("output", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_a_file_whose_name_is_not_utf_8_is_told(scratch, output: str) -> None:
    (scratch.root / os.fsdecode(b"specs/\xff.yaml")).write_text("version: 1\nsegments: {s: {name: 1}}\n")
    result = scratch.run(f"check --format {output}")
    assert result.code == 3
    result.out.encode()
    if output == "sarif":
        location = result.json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "specs/%FF.yaml"


def test_every_result_for_machines_has_a_place(scratch) -> None:
    (scratch.root / "intercom-iac.yaml").unlink()
    [result] = scratch.run("check --format sarif").json["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "intercom-iac.yaml"
    assert location["region"] == {"startLine": 1}
    assert "above it; `intercom-iac init` makes" in result["message"]["text"]
    assert "above it; `intercom-iac init` makes" in scratch.run("check --format github").out


def test_init_adds_no_sample_to_what_is_there(scratch, tmp_path: Path) -> None:
    scratch.write(
        {"old one/specs/mine.yaml": "version: 1\n", "other/intercom-iac.yaml": "version: 1\nspecs: schema\n"}
    )
    made = scratch.run("init", "old one")
    assert made.code == 0
    assert "next: cd 'old one'; " in made.err
    assert not (tmp_path / "old one/specs/lifecycle.yaml").exists()
    assert scratch.run("check --project", "old one").code == 0
    assert scratch.run("init other").code == 0
    assert not (tmp_path / "other/specs").exists()


def test_explain_for_machines(project) -> None:
    found = project.run("explain SPEC101 --format json").json
    assert found["wrong"]["run"] == "--project nowhere check"
    assert set(found["wrong"]) == {
        "files",
        "run",
        "before",
        "environment",
        "committed",
        "answers",
        "forbidden",
        "workspace",
    }
    shown = project.run("explain attribute.contact.tier --format json").json
    assert {"api_can", "declared_at", "read_by"} <= set(shown)
    assert project.run("explain attribute.company.size --format json").json["wire"] == "size"
    assert "  declared at" in project.run("explain attribute.contact.tier").out
    assert all(" " not in key for key in shown)


def test_explain_shows_the_variables_of_an_example(project) -> None:
    for code in all_codes().values():
        for name in code.wrong.environment:
            assert f"$ {name}=" in project.run(f"explain {code.id}").out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("check x", "error: got unexpected extra argument (x)\n"),
        ("check --project", "error: option `--project` requires an argument\n"),
        ("check --format x", "error: invalid value for `--format`: `x` is not one of `text`,"),
    ],
)
def test_usage_errors_are_in_the_style_of_the_others(scratch, command: str, message: str) -> None:
    result = scratch.run(command)
    assert result.code == 3
    assert result.err.startswith(message)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_a_terminal_is_coloured_unless_it_should_not_be(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    from intercom_iac.cli import console

    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", terminal)
    console.echo(click.style("x", bold=True))
    assert ("\x1b[" in terminal.getvalue()) is coloured


def test_an_empty_workspace_name_is_no_default(project) -> None:
    result = project.run("apply --auto-approve -w ''")
    assert result.code == 3
    assert "`--workspace`: it is empty" in result.err


def test_machines_are_not_asked(project) -> None:
    result = project.run("apply --format json")
    assert result.code == 3
    assert result.out == ""


def test_an_apply_goes_on_when_its_reader_leaves(project) -> None:
    names = "".join(f"    field_{n}: {{type: string}}\n" for n in range(60))
    project.spec(f"attributes:\n  contact:\n{names}")
    command = f"{sys.executable} -m intercom_iac apply --auto-approve | head -70 > /dev/null"
    result = subprocess.run(
        command, shell=True, cwd=project.root, capture_output=True, text=True, check=False
    )
    assert "Applied: 60 done." in result.stderr
    assert project.plan()["changes"] == []


def test_annotations_have_paths_from_where_the_command_runs(scratch, tmp_path: Path) -> None:
    scratch.write(
        {
            "sub/intercom-iac.yaml": "version: 1\n",
            "sub/specs/a.yaml": "version: 1\nattributes: {contact: {tier: {typ: string}}}\n",
        }
    )
    assert "file=sub/specs/a.yaml,line=2" in scratch.run("check --project sub --format github").out
    log = scratch.run("check --project sub --format sarif").json
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "sub/specs/a.yaml"


def test_a_warning_is_said_once(project) -> None:
    project.spec(SPEC.replace("tier = free and seats_used > 5", "tier = free or seats_used > 5"))
    result = project.run("plan")
    assert (result.out + result.err).count("LINT540") == 1
    assert [each["code"] for each in project.plan()["diagnostics"]] == ["LINT540"]


def test_values_of_the_specs_cannot_steer_a_terminal(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    project.spec(
        'attributes: {contact: {evil: {type: string, description: "a\\e]0;pwned\\a"}}}\n'
        "segments: {evil: {rule: \"email = 'a\\e]0;pwned\\a'\", publish: [tag]}}\n"
    )
    for command in ("segment list", "plan --full", "explain attribute.contact.evil"):
        printed = project.run(command)
        assert printed.code == 0, printed
        assert "\x1b]0;" not in printed.out
        assert "u001b]0;pwned" in printed.out


def test_the_sandbox_needs_no_project(scratch, tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").unlink()
    assert scratch.run("sandbox seed --people 3").out.startswith("3 people")
    assert (tmp_path / ".intercom-iac" / "sandbox.db").exists()
