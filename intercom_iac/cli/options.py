"""Options that several commands have, said once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _project(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """`--project` may stand before the command or after it."""
    return ctx.find_root().obj if value is None else value


def project_option(command: F) -> F:
    return click.option(
        "--project",
        metavar="PATH",
        callback=_project,
        help="Project folder or file (default: found upwards).",
    )(command)


def workspace_option(command: F) -> F:
    return click.option(
        "-w", "--workspace", metavar="NAME", help="Workspace of the project file (default: its default)."
    )(command)


class Whole(click.IntRange):
    """click's own range with a message in our words; without bounds it shows none."""

    def _describe_range(self) -> str:
        return "" if self.min is None and self.max is None else super()._describe_range()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            bounds = "" if self.max is None else f" from {self.min} to {self.max}"
            raise click.BadParameter(f"`{value}` is no whole number{bounds}", ctx, param) from error


_AGE = re.compile(r"([1-9][0-9]{0,4})([mhd])")
_AGE_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _age(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    if value is None:
        return None
    found = _AGE.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"`{value}` is no age; ages are like 90m, 24h or 7d", ctx, param)
    return int(found[1]) * _AGE_UNITS[found[2]]


def max_age_option(command: F) -> F:
    return click.option(
        "--max-age",
        metavar="AGE",
        callback=_age,
        help="Refuse a saved plan that is older than this: 90m, 24h, 7d.",
    )(command)


def parallelism_option(command: F) -> F:
    return click.option(
        "--parallelism",
        metavar="N",
        type=Whole(1, 64),
        default=5,
        show_default=True,
        help="How many calls of the API may be under way at once.",
    )(command)


def target_option(command: F) -> F:
    return click.option(
        "--target",
        "targets",
        metavar="ADDRESS",
        multiple=True,
        help="Only this address, or a kind or owner such as attribute.company; repeatable.",
    )(command)


def people_options(form: str) -> Callable[[F], F]:
    """`--contacts`, `--companies` and `--events`, files of this form, and `--tags`."""

    def decorate(command: F) -> F:
        command = click.option(
            "--tags",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="The answer of GET /tags, for rules over tags: contacts list theirs by id alone.",
        )(command)
        for name, required in (("events", False), ("companies", False), ("contacts", True)):
            command = click.option(
                f"--{name}",
                metavar="FILE",
                type=click.Path(path_type=Path),
                required=required,
                help=f"{name.capitalize()}: {form}.",
            )(command)
        return command

    return decorate


def full_option(command: F) -> F:
    return click.option(
        "--full", is_flag=True, help="As text, tell everything of each change, with the steps by hand."
    )(command)


def for_machines(_: click.Context, __: click.Parameter, value: str) -> str:
    """A format as it is; all but text is for machines."""
    if value != "text":
        from .streams import leave_to_machines

        leave_to_machines()
    return value


def format_option(*formats: str) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        return click.option(
            "--format",
            "output",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            callback=for_machines,
            help="How to print it; everything but text leaves standard output to machines.",
        )(command)

    return decorate


def examples(*lines: str) -> str:
    """The epilog of a command's help: examples, one a line."""
    return "\b\nExamples:\n" + "\n".join(f"  intercom-iac {line}" for line in lines)
