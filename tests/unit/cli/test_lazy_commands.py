"""The commands of a group are known by name, and imported when they are called."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from intercom_iac.cli.lazy_commands import LazyCommands

COMMANDS = "intercom_iac.cli.commands"


def test_only_the_command_that_is_called_is_imported() -> None:
    code = (
        "import sys; from intercom_iac.cli.app import run; run(['sandbox', 'segment', '--help']); "
        f"print(*(name for name in sys.modules if name.startswith({COMMANDS!r} + '.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {*done.stdout.splitlines()[-1].split()} == {
        f"{COMMANDS}.sandbox",
        f"{COMMANDS}.sandbox.segment",
        f"{COMMANDS}.sandbox.segment.add",
    }


def test_a_command_is_loaded_once_and_refuses_empty_arguments() -> None:
    commands = LazyCommands(COMMANDS, ["check", "show"])
    assert list(commands) == ["check", "show"]
    assert commands["show"] is commands["show"]
    assert commands["show"].name == "show"
    assert "plan" not in commands
    assert commands.get("plan") is None
    with pytest.raises(click.BadParameter, match="it is empty"):
        commands["show"].make_context("show", [" "])


def test_a_command_can_be_added_and_taken_away() -> None:
    commands = LazyCommands(COMMANDS, ["show"])
    commands["other"] = click.Command("other")
    assert commands["other"].name == "other"
    del commands["show"]
    assert len(commands) == 1
