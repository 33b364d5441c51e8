"""What docs/record-schemas.md shows is true: its commands and its programs print what stands below them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Scratch
from support.judges.programs import HERE
from support.node import installed, node_program

PAGE = (Path(__file__).parents[2] / "docs" / "record-schemas.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS: list[tuple[str, str]] = re.findall(
    r"^\$ (.+)\n((?:(?!\$ ).*\n)*)",
    "".join(text for language, text in BLOCKS if language == "console"),
    re.MULTILINE,
)


def program_and_output(language: str) -> tuple[str, str]:
    place = [of for of, _ in BLOCKS].index(language)
    return BLOCKS[place][1], BLOCKS[place + 1][1]


@pytest.fixture
def project(scratch: Scratch) -> Scratch:
    for language, text in BLOCKS:
        if language in ("yaml", "json"):
            name, content = re.findall(r"\A# (\S+)\n(.*)", text, re.DOTALL)[0]
            scratch.write({name: content})
    for command, _ in COMMANDS:
        printed = re.fullmatch(r"intercom-iac (.+) > (\S+)", command)
        if printed is not None:
            result = scratch.run(printed[1])
            assert result.code == 0, result
            scratch.write({printed[2]: result.out})
    return scratch


def test_its_commands_print_the_lines_below_them(project: Scratch) -> None:
    shown = [(command, lines) for command, lines in COMMANDS if lines]
    assert len(shown) == 2
    for command, lines in shown:
        program, *arguments = command.split()
        if program == "check-jsonschema":
            run = [sys.executable, "-m", "check_jsonschema", *arguments]
            done = subprocess.run(run, cwd=project.root, capture_output=True, text=True, check=False)
            assert done.returncode == 1, done
            printed = done.stdout
        else:
            printed = project.run(command.removeprefix("intercom-iac ")).out
        for line in lines.splitlines():
            assert line in printed.splitlines()


def test_its_python_prints_what_stands_below_it(project: Scratch) -> None:
    program, output = program_and_output("python")
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, cwd=project.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, output), done


def test_its_javascript_prints_what_stands_below_it(project: Scratch) -> None:
    package = installed(HERE, "ajv", "judges")
    program, output = program_and_output("js")
    (project.root / "node_modules").symlink_to(package.parent)
    project.write({"validate.mjs": program})
    run = [node_program(), "validate.mjs"]
    done = subprocess.run(run, cwd=project.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, output), done


def test_its_table_names_the_commands(project: Scratch) -> None:
    for command in re.findall(r"`(schema (?:contact|company|boot|event|openapi))`", PAGE):
        assert project.run(command).code == 0
