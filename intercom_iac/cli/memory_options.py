"""How much memory, and how many threads, whatever reads large files may take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from intercom_iac.diagnostics import Misuse

from .options import WholeNumber

F = TypeVar("F", bound=Callable[..., Any])

_MOST_THREADS = 256


def memory_limit_option(help_text: str) -> Callable[[F], F]:
    """`--memory-limit`, given to the command as it is written, `1GB`, once it is known to be an amount of memory."""
    return click.option("--memory-limit", metavar="SIZE", callback=_memory, help=help_text)


def threads_option(help_text: str) -> Callable[[F], F]:
    """`--threads`."""
    return click.option("--threads", metavar="N", type=WholeNumber(1, _MOST_THREADS), help=help_text)


def evaluation_limits_options(command: F) -> F:
    """`--memory-limit`, given to the command that evaluates a rule as `limit`, and `--threads`, of which it takes
    one."""

    @wraps(command)
    def with_limits(*, people: Any, memory_limit: str | None, threads: int | None, **options: Any) -> Any:
        if isinstance(people, Path) and (memory_limit, threads) != (None, None):
            raise click.UsageError("--memory-limit and --threads are for files of people")
        return command(people=people, limit=memory_limit, **options)

    threads_help = "The most threads to work with; a rule is evaluated in one."
    memory_help = "The most memory to take, such as 1GB; the command ends where the files need more."
    decorated: Any = threads_option(threads_help)(with_limits)
    return memory_limit_option(memory_help)(decorated)


def _memory(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from intercom_iac.preview import memory_bytes

        try:
            memory_bytes(value)
        except Misuse as error:
            raise click.BadParameter(f"{error}; {error.hint}", ctx, param) from error
    return value
