"""Arguments that are empty: refused, whichever command takes them.

An empty text is most often a variable that is not set. As a path it would be the current folder, as a name or an
address nothing at all, and each command would do something else than it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import click


def refuse_empty(command: click.Command) -> click.Command:
    """Has every option and argument of a command refuse text of white space alone."""
    for parameter in command.params:
        _check_before_conversion(parameter)
    return command


def _check_before_conversion(parameter: click.Parameter) -> None:
    convert = parameter.type_cast_value
    optional = isinstance(parameter, click.Option)
    # click calls an argument of a few words by all of them.
    name = None if optional else f"'{parameter.human_readable_name}'"
    remedy = "leave it out, or give it a value" if optional else "give it a value"

    def check_and_convert(ctx: click.Context, value: Any) -> Any:
        values = cast("Sequence[Any]", value if isinstance(value, (tuple, list)) else [value])
        if any(isinstance(text, str) and not text.strip() for text in values):
            raise click.BadParameter(f"it is empty; {remedy}", ctx, parameter, name)
        return convert(ctx, value)

    # Before a type makes something else of it: as a path, an empty text is the current folder.
    parameter.type_cast_value = check_and_convert
