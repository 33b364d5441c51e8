"""`--against` and `--against-folder`: what the specs are compared with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .day_options import today_option

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference

F = TypeVar("F", bound=Callable[..., Any])


def revision_options(*, required: bool = False, day_of: str | None = None) -> Callable[[F], F]:
    """`--against REV` or `--against-folder DIR`, given to the command as one `against: BaseReference | None`; and
    `--today` for the acceptances that expire, which is passed on.

    `day_of` is what else the command asks the day for. Raises `Misuse` where both are given, where none is and one is
    required, and for a day without either that nothing asks for.
    """

    def decorate(command: F) -> F:
        @wraps(command)
        def with_revision(
            *, against: str | None, against_folder: str | None, today: date | None, **options: Any
        ) -> Any:
            chosen = _choose(against, against_folder, required=required)
            if chosen is None and today is not None and day_of is None:
                _refuse_day_alone()
            return command(against=chosen, today=today, **options)

        what = "on which accepted changes have to hold" + (f", and {day_of}" if day_of else "")
        decorated: Any = today_option(f"The day {what} (default: today in UTC).")(with_revision)
        decorated = click.option(
            "--against-folder",
            metavar="DIR",
            help="A folder that holds a project, to compare the specs with.",
        )(decorated)
        return click.option(
            "--against",
            metavar="REV",
            help="A git revision to compare the specs with; never a folder of its name.",
        )(decorated)

    return decorate


def _choose(revision: str | None, folder: str | None, *, required: bool) -> BaseReference | None:
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.project import BaseReference, parse_against

    if revision is not None and folder is not None:
        raise Misuse(
            "`--against` and `--against-folder` are both given, and specs are compared with one thing at a time",
            hint="leave one of them out",
        )
    if folder is not None:
        return BaseReference(folder, is_folder=True)
    if revision is not None:
        return parse_against(revision)
    if required:
        raise Misuse(
            "what to compare the specs with is not given",
            hint="add `--against REV` for a git revision such as `origin/main`, or `--against-folder DIR`",
        )
    return None


def _refuse_day_alone() -> None:
    """Nothing would ask for the day."""
    from intercom_iac.diagnostics import Misuse

    raise Misuse(
        "`--today` is the day for what `--against` compares, which is not given",
        hint="add --against REV, or leave out --today",
    )
