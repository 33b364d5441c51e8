"""The day a rule counts from, and the time zone its days are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

F = TypeVar("F", bound=Callable[..., Any])


def _zone(_: click.Context, __: click.Parameter, value: str | None) -> ZoneInfo | None:
    if value is None:
        return None
    try:
        return ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise click.BadParameter(f"no time zone `{value}`; names are like Europe/Dublin") from error


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        # `fromisoformat` would also take week dates and days without hyphens.
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError as error:
        raise click.BadParameter(f"`{value}` is no day; days are like 2026-01-31") from error


def day_options(command: F) -> F:
    """`--today D` and `--timezone TZ`; `calendar.calendar_of` says what is meant without them."""
    command = click.option(
        "--timezone",
        "zone",
        metavar="TZ",
        callback=_zone,
        help="The time zone of days, such as Europe/Dublin (default: the workspace's).",
    )(command)
    return single_day_option("The day to count from (default: today there).")(command)


def single_day_option(text: str) -> Callable[[F], F]:
    """`--today D` alone."""
    return click.option("--today", callback=_day, help=text)


def today_in(zone: tzinfo = UTC) -> date:
    return datetime.now(zone).date()
