"""The commands of the program, found by walking its groups."""

from __future__ import annotations

import click


def command_paths(command: click.Command, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The path of every command and group below a group: `("segment", "list")`; the group itself is `path`."""
    if not isinstance(command, click.Group):
        return {path}
    below = ((name, command.commands[name]) for name in command.list_commands(click.Context(command)))
    return {path} | {found for name, member in below for found in command_paths(member, (*path, name))}
