"""Options of what compares people at two moments: the files of both, and their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from .day_options import two_days_option

F = TypeVar("F", bound=Callable[..., Any])


class MomentOptions(TypedDict):
    """What these options give to a command."""

    between: tuple[str, str]
    companies: tuple[Path, ...]
    events: tuple[Path, ...]
    tags: Path | None
    days: tuple[date, date] | None


def moment_options(command: F) -> F:
    """`--between OLD NEW`, `--companies`, `--events`, `--tags` and `--on DAY DAY`, as `MomentOptions`."""
    file = click.Path(path_type=Path)
    command = two_days_option(command)
    command = click.option("--tags", metavar="FILE", type=file, help="The answer of GET /tags.")(command)
    for name in ("events", "companies"):
        text = f"{name.capitalize()}, for both; or twice, one for each."
        command = click.option(f"--{name}", multiple=True, metavar="FILE", type=file, help=text)(command)
    return click.option(
        "--between", nargs=2, metavar="OLD NEW", required=True, help="Files of contacts, or `workspace`."
    )(command)
