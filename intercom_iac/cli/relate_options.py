"""Options of what proves something of rules: the days, their time zone, and what is taken for granted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from .day_options import day_option, zone_option

F = TypeVar("F", bound=Callable[..., Any])

ASSUMPTIONS = (
    "declared_options",
    "past_timestamps",
    "whole_numbers",
    "counts_not_negative",
    "short_texts",
    "known_role",
)
"""Those of `model.world`, which is not loaded for `--help`."""


def proof_options(command: F) -> F:
    """`--on-day`, `--timezone` and `--without`, given to the command as `request: ProofRequest`; and `--today`, which
    is passed on."""

    @wraps(command)
    def with_request(
        *, on_day: date | None, zone: ZoneInfo | None, without: tuple[str, ...], **options: Any
    ) -> Any:
        from intercom_iac.application import ProofRequest

        return command(request=ProofRequest(on_day=on_day, zone=zone, without=without), **options)

    decorated: Any = click.option(
        "--without",
        metavar="ASSUMPTION",
        multiple=True,
        type=click.Choice(ASSUMPTIONS),
        help=f"Do not take for granted that {', '.join(ASSUMPTIONS)}; repeatable.",
    )(with_request)
    decorated = zone_option("the project file's, else UTC")(decorated)
    decorated = day_option("--on-day", "Prove it of this day alone.")(decorated)
    return day_option("--today", "Prove it of every day from this one on (default: today).")(decorated)
