"""How much memory, and how many threads, whatever reads large files may take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from .options import WholeNumber

F = TypeVar("F", bound=Callable[..., Any])

_MEMORY = re.compile(r"[1-9][0-9]{0,9}(?:\.[0-9]{1,3})?\s*[KMGT]i?B", re.IGNORECASE)
_MOST_THREADS = 256


def memory_limit_option(help_text: str) -> Callable[[F], F]:
    """`--memory-limit`, given to the command as it is written, `1GB`, once it is known to be an amount of memory."""
    return click.option("--memory-limit", metavar="SIZE", callback=_memory, help=help_text)


def threads_option(help_text: str) -> Callable[[F], F]:
    """`--threads`."""
    return click.option("--threads", metavar="N", type=WholeNumber(1, _MOST_THREADS), help=help_text)


def _memory(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _MEMORY.fullmatch(value):
        raise click.BadParameter(
            f"`{value}` is no amount of memory; amounts are like 512MB or 1.5GB", ctx, param
        )
    return value
