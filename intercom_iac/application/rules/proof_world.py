"""The world that proofs about a project's rules are over: its days, their time zone, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from intercom_iac.model.world import Assumption, World
from intercom_iac.project import declared_timezone

from ..session import Session


def proof_world(
    session: Session,
    *,
    today: date | None = None,
    on_day: date | None = None,
    zone: ZoneInfo | None = None,
    without: Iterable[Assumption] = (),
) -> World:
    """Every day from today on, or `on_day` alone, without the assumptions that are turned off here or in the project
    file.

    The zone is the one given, else what the project file says of the session's workspace, else UTC: no workspace is
    asked. Today is the day given, else the session's, else the present day in that zone.
    """
    settings = session.project.settings
    name = session.workspace_name or settings.default_workspace or next(iter(settings.workspaces))
    declared = declared_timezone(settings, name) if name in settings.workspaces else settings.timezone
    chosen = zone or ZoneInfo(declared or "UTC")
    first = on_day or today or session.day_in(chosen)
    turned_off = {*without, *map(Assumption, settings.proofs.without)}
    return World(first=first, last=on_day, zone=chosen.key, without=frozenset(turned_off))
