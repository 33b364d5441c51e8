"""The day and the time zone that rules count with: what the person says, or the workspace's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .console import echo
from .days import today_in

if TYPE_CHECKING:
    from intercom_iac.model import Predicate
    from intercom_iac.project import Project


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day to count from and the time zone of days, and who says which zone it is.

    `problem` is why the zone of the workspace `source` is not known, where nobody says it.
    """

    today: date
    zone: ZoneInfo
    source: str
    problem: str | None = None


def calendar_of(
    project: Project,
    workspace: str | None,
    rules: Iterable[Predicate],
    *,
    today: date | None,
    zone: ZoneInfo | None,
) -> Calendar:
    """The day and the zone for a workspace, as a plan has them.

    The zone is that of `--timezone`, else of the project file, else of the workspace, which is asked where one of the
    rules reads days; UTC where it does not answer or there is no token for it.
    """
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.model import reads_days
    from intercom_iac.project import declared_timezone

    from .loading import settings_of, target_of

    if zone is not None:
        return Calendar(today or today_in(zone), zone, "as --timezone says")
    chosen, _ = settings_of(project, workspace)
    declared = declared_timezone(project.settings, chosen)
    if declared is not None:
        zone = ZoneInfo(declared)
        return Calendar(today or today_in(zone), zone, f"as {project.source.path} says")
    if not any(map(reads_days, rules)):
        zone = ZoneInfo("UTC")
        return Calendar(today or today_in(zone), zone, "which no rule asks for")
    try:
        from intercom_iac.workspace import read_timezone

        zone = ZoneInfo(read_timezone(target_of(project, workspace)))
        return Calendar(today or today_in(zone), zone, f"the time zone of {chosen}")
    except IntercomIacError as error:
        problem = str(error)
    except (KeyError, OSError, ValueError):
        problem = "it is in a time zone that this machine does not know"
    zone = ZoneInfo("UTC")
    return Calendar(today or today_in(zone), zone, chosen, problem)


def calendar_json(calendar: Calendar, rules: Iterable[Predicate]) -> dict[str, str]:
    """The day and the zone as plain data, where they decide whom the rules select; else nothing."""
    from intercom_iac.model import reads_days

    if not any(map(reads_days, rules)):
        return {}
    return {"today": calendar.today.isoformat(), "timezone": calendar.zone.key}


def tell_calendar(calendar: Calendar, rules: Iterable[Predicate]) -> None:
    """Says on standard error which days are counted, where that decides whom the rules select."""
    from intercom_iac.model import reads_days
    from intercom_iac.text import printable

    if not any(map(reads_days, rules)):
        return
    day = f"days are counted from {calendar.today.isoformat()} in {calendar.zone.key}"
    if calendar.problem is None:
        echo(printable(f"{day}, {calendar.source}"), err=True)
        return
    echo(
        printable(f"warning: {day}, and the time zone of {calendar.source} is not known: {calendar.problem}"),
        err=True,
    )
    echo("  help: say it with `timezone: Europe/Dublin` in the project file, or with --timezone", err=True)
