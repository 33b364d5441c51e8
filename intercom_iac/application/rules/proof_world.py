"""The world that the proofs of a session are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from intercom_iac.model.world import Assumption, World
from intercom_iac.project import world_of_proofs

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
    world = world_of_proofs(settings, name, session.day_in, zone=zone)
    first = on_day or today or world.first
    return replace(world, first=first, last=on_day, without=world.without | {*without})
