"""The day and the time zone that rules are evaluated with: what the person says, or the workspace's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import reads_days
from intercom_iac.project import declared_timezone

from ..session import Session
from ..target import workspace_target

if TYPE_CHECKING:
    from intercom_iac.model import Predicate


@dataclass(frozen=True, slots=True)
class EvaluationDay:
    """The day that counts as today, the time zone of days, and in words who says which zone it is.

    `matters`: a rule reads days, so that they decide whom it selects. `problem` is why the zone of the workspace
    `source` is not known, where nobody says it; it is UTC then.
    """

    today: date
    zone: ZoneInfo
    source: str
    matters: bool
    problem: str | None = None


def evaluation_day(session: Session, rules: Iterable[Predicate], zone: ZoneInfo | None) -> EvaluationDay:
    """The day and the zone for the session's workspace, as a plan has them.

    The zone is the one given, else that of the project file, else of the workspace, which is asked where one of the
    rules reads days; UTC where it does not answer or there is no token for it. The day is the session's, else the
    present one in that zone.
    """
    matters = any(map(reads_days, rules))
    zone, source, problem = _zone(session, zone, matters=matters)
    return EvaluationDay(
        today=session.day_in(zone), zone=zone, source=source, matters=matters, problem=problem
    )


def day_in_workspace(session: Session, timezone: str, *, matters: bool) -> EvaluationDay:
    """The day in the workspace's own `timezone`, as it answered: its search has its days in no other, whatever the
    project file says.

    Raises `IntercomIacError` for a zone that this machine does not know, where it `matters`.
    """
    project, name = session.project, session.workspace.name
    declared = declared_timezone(project.settings, name)
    differs = declared is not None and declared != timezone
    try:
        zone = ZoneInfo(timezone)
    except (KeyError, OSError, ValueError) as error:
        if matters:
            raise IntercomIacError(
                f"`{name}` is in the time zone `{timezone}`, which this machine does not know",
                hint="install newer time zones: the package `tzdata` has them",
            ) from error
        zone = ZoneInfo("UTC")
    return EvaluationDay(
        today=session.day_in(zone),
        zone=zone,
        source=f"the time zone of {name}"
        + (f", not in {declared} as {project.source.path} says" if differs else ""),
        matters=matters,
    )


def _zone(session: Session, zone: ZoneInfo | None, *, matters: bool) -> tuple[ZoneInfo, str, str | None]:
    """The zone, who says so, and why the workspace's is not known."""
    if zone is not None:
        return zone, "as --timezone says", None
    project, workspace = session.project, session.workspace.name
    declared = declared_timezone(project.settings, workspace)
    if declared is not None:
        return ZoneInfo(declared), f"as {project.source.path} says", None
    if not matters:
        return ZoneInfo("UTC"), "which no rule asks for", None
    try:
        from intercom_iac.workspace import read_timezone

        return ZoneInfo(read_timezone(workspace_target(session))), f"the time zone of {workspace}", None
    except IntercomIacError as error:
        problem = str(error)
    except (KeyError, OSError, ValueError):
        problem = "it is in a time zone that this machine does not know"
    return ZoneInfo("UTC"), workspace, problem
