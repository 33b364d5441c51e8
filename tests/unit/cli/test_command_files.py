"""A command is an adapter: its file is short, and there is one for each command."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.cli.app import program
from support.command_paths import command_paths

COMMANDS = Path(__file__).parents[3] / "intercom_iac" / "cli" / "commands"
FILES = sorted(COMMANDS.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(COMMANDS).as_posix())
def test_a_command_is_told_in_60_lines(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(COMMANDS).as_posix())
def test_commands_do_not_know_each_other(file: Path) -> None:
    assert "from ." not in file.read_text("utf-8").replace("from ..", "")


def test_each_command_has_a_file_and_each_file_a_command() -> None:
    files = {file.relative_to(COMMANDS).with_suffix("").parts for file in FILES}
    # A word of Python is no name of a module: `import` stands in `import_`.
    named = {
        parts[:-1] if parts[-1] == "__init__" else (*parts[:-1], parts[-1].rstrip("_")) for parts in files
    }
    assert named == command_paths(program)
