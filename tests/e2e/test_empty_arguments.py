"""An empty argument is refused by name, whatever command it is given to: a variable that is not set, most often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from intercom_iac.cli.app import program, run
from intercom_iac.cli.program_help import COMMANDS

GIVEN = ["", " ", "\t", "\n"]


def commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


def parameters() -> Iterator[tuple[str, list[str], str]]:
    """Every parameter that takes a text: the command, what stands before the text, and how it is called."""
    for path, command in commands(program, ()):
        before: list[str] = []
        for parameter in command.params:
            if isinstance(parameter, click.Argument):
                yield " ".join(path), [*path, *before], parameter.human_readable_name
                choices = getattr(parameter.type, "choices", None)
                before.append(str(choices[0]) if choices else "x")
            elif isinstance(parameter, click.Option) and not parameter.is_flag:
                for name in parameter.opts:
                    # Of several texts the last is empty.
                    others = ["x"] * (parameter.nargs - 1)
                    yield " ".join(path), [*path, name, *others], max(parameter.opts, key=len)


FOUND = list(parameters())


def test_every_command_is_walked_through() -> None:
    assert {command.partition(" ")[0] for command, _, _ in FOUND} == {"", *COMMANDS}
    named = {name for _, _, name in FOUND}
    assert named >= {
        "--project",
        "--workspace",
        "--target",
        "--against",
        "--out",
        "--contacts",
        "TEXT",
        "PLANFILE",
    }
    assert len(FOUND) > 80


@pytest.mark.parametrize(
    ("command", "before", "name"), FOUND, ids=[f"{command} {name}" for command, _, name in FOUND]
)
def test_it_is_refused_by_name(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    before: list[str],
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    after = [] if command else ["check"]
    for given in GIVEN:
        assert run([*before, given, *after]) == 3
        told = capsys.readouterr()
        assert told.out == ""
        assert f"`{name}`" in told.err
        assert "it is empty; " in told.err
    assert not any(tmp_path.iterdir())
