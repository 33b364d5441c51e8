"""What docs/proofs.md shows is true: the files of a section make a project, and its commands print what stands below
them, in their order."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ intercom-iac (.+?)(?:    # (\d))?\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)
PROJECT = "version: 1\nworkspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}\n"
WITH_COMMANDS = [title for title, text in SECTIONS.items() if "```" in text]


def test_every_block_is_a_file_or_commands() -> None:
    for title, text in SECTIONS.items():
        for kind, name, _ in BLOCK.findall(text):
            assert kind in ("console", "rule") or name, f"{title}: a block of {kind} has no name"
        assert text.count("\n```") == 2 * len(BLOCK.findall(text))


@pytest.mark.parametrize("title", WITH_COMMANDS)
def test_its_commands_print_what_it_says(scratch, title: str) -> None:
    """A block of `yaml NAME` or `json NAME` is a file, and the later one of a name takes its place. A command ends
    with 0, or with what stands behind it after four spaces and `# `; a line `...` stands for any lines."""
    scratch.write({"intercom-iac.yaml": PROJECT})
    ran = 0
    for kind, name, text in BLOCK.findall(SECTIONS[title]):
        if name:
            scratch.write({name: text})
            if kind == "json":
                json.loads(text)
        if kind != "console":
            continue
        for command, code, wanted in COMMAND.findall(text):
            result = scratch.run(command)
            ran += 1
            assert result.code == int(code or 0), (command, result)
            assert_printed(result.out + result.err, wanted)
    assert ran


def assert_printed(printed: str, wanted: str) -> None:
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$", wanted, flags=re.MULTILINE)]
    assert re.fullmatch(r"(?s:.*)".join(parts), printed.strip("\n")), f"{printed}\n--- is not ---\n{wanted}"
