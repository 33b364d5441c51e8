"""Options for the day that stands for today, and for the time zone of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
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


def _days(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...] | None
) -> tuple[date, ...] | None:
    days = [day for text in value or () if (day := _day(ctx, param, text)) is not None]
    return tuple(days) or None


def two_days_option(command: F) -> F:
    """`--on DAY DAY`, given to the command as `days`."""
    return click.option(
        "--on", "days", nargs=2, metavar="DAY DAY", callback=_days, help="The days of OLD and of NEW."
    )(command)


def day_options(command: F) -> F:
    """`--today D` and `--timezone TZ`; `evaluation_day` says what is meant without them."""
    command = zone_option("the workspace's")(command)
    return today_option("The day to count from (default: today there).")(command)


def today_option(text: str) -> Callable[[F], F]:
    """`--today D` alone, with this text in the help."""
    return day_option("--today", text)


def day_option(name: str, text: str) -> Callable[[F], F]:
    """An option that takes a day, with this text in the help."""
    return click.option(name, callback=_day, help=text)


def zone_option(default: str) -> Callable[[F], F]:
    """`--timezone TZ` alone, given to the command as `zone`; `default` says what it is without."""
    return click.option(
        "--timezone",
        "zone",
        metavar="TZ",
        callback=_zone,
        help=f"The time zone of days, such as Europe/Dublin (default: {default}).",
    )
