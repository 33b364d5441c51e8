"""The options of `drift`: what to compare with, how many people to read, what to adopt."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from .options import WholeNumber

F = TypeVar("F", bound=Callable[..., Any])


def drift_options(command: F) -> F:
    """`--against`, `--sample` and `--adopt`, given to the command as `against: BaseReference | None`, `sample: int`
    and `adopt: tuple[str, ...]`, in which are the addresses that follow.

    Raises `Misuse` for these without `--adopt`.
    """

    @wraps(command)
    def with_drift(
        *, against: str | None, adopt: tuple[str, ...], more: tuple[str, ...], **options: Any
    ) -> Any:
        from intercom_iac.diagnostics import Misuse
        from intercom_iac.project import parse_against

        if more and not adopt:
            raise Misuse(
                "`drift` takes no addresses by themselves", hint=f"`drift --adopt {more[0]}` adopts one"
            )
        base = None if against is None else parse_against(against)
        return command(against=base, adopt=(*adopt, *more), **options)

    decorated: Any = click.argument("more", metavar="[ADDRESS]...", nargs=-1)(with_drift)
    decorated = click.option(
        "--adopt",
        metavar="ADDRESS",
        multiple=True,
        help="Write what the workspace has there into the specs; repeatable, and more addresses may follow.",
    )(decorated)
    decorated = click.option(
        "--sample",
        metavar="N",
        type=WholeNumber(0, 100_000),
        default=0,
        show_default=True,
        help="How many people to read: for events that nobody declared, and for renames under way.",
    )(decorated)
    return click.option(
        "--against",
        metavar="REV",
        help="The revision whose specs hold, HEAD where left out; a path such as `.` is a folder.",
    )(decorated)
