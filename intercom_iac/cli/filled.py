"""Arguments that say nothing: refused, whichever command takes them.

An empty text is most often a variable that is not set. As a path it would be the current folder, as a name or an
address nothing at all, and each command would do something else than it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import click


def refuse_empty(command: click.Command) -> click.Command:
    """Has every option and argument of a command, and of the commands below it, take no text of white space alone."""
    for parameter in command.params:
        _guard(parameter)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            refuse_empty(below)
    return command


def _guard(parameter: click.Parameter) -> None:
    convert = parameter.type_cast_value
    optional = isinstance(parameter, click.Option)
    # click calls an argument of a few words by all of them.
    name = None if optional else f"'{parameter.human_readable_name}'"
    remedy = "leave it out, or give it a value" if optional else "give it a value"

    def converted(ctx: click.Context, value: Any) -> Any:
        given = cast("Sequence[Any]", value if isinstance(value, (tuple, list)) else [value])
        if any(isinstance(each, str) and not each.strip() for each in given):
            raise click.BadParameter(f"it is empty; {remedy}", ctx, parameter, name)
        return convert(ctx, value)

    # Before a type makes something else of it: as a path, an empty text is the current folder.
    parameter.type_cast_value = converted
