"""Commands that are imported when they are called."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, MutableMapping
from keyword import iskeyword

import click

from .empty_arguments import refuse_empty


class LazyCommands(MutableMapping[str, click.Command]):
    """The commands of a group, by name: the module of that name in `package` has a function `NAME_command`.

    A module whose name would be a word of Python has `_` behind it.
    """

    def __init__(self, package: str, names: Iterable[str]) -> None:
        self._package = package
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._commands[name]
        if command is None:
            module = importlib.import_module(f"{self._package}.{name}{'_' if iskeyword(name) else ''}")
            command = self._commands[name] = refuse_empty(getattr(module, f"{name}_command"))
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __contains__(self, name: object) -> bool:
        return name in self._commands

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)
