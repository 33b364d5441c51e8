"""Options of `rule compile` and `segment compile`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from intercom_iac.application.rules.targets import DIALECTS, TARGETS

F = TypeVar("F", bound=Callable[..., Any])


def target_options(command: F) -> F:
    """`--to`, `--dialect` and `--live`."""
    command = click.option(
        "--live",
        is_flag=True,
        help="Of search: read the ids of segments built in Intercom from the workspace.",
    )(command)
    command = click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        default=DIALECTS[0],
        show_default=True,
        help="Of SQL; the tables it reads are those of docs/rules.md.",
    )(command)
    return click.option(
        "--to",
        "target",
        type=click.Choice(TARGETS),
        default=TARGETS[0],
        show_default=True,
        help="What to make.",
    )(command)
