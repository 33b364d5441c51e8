"""The world that proofs about a project's rules are over: its days, their time zone, and what is assumed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from intercom_iac.model.world import Assumption, World

from .settings import ProjectSettings
from .timezones import declared_timezone


def world_of_proofs(
    settings: ProjectSettings,
    workspace: str,
    day_in: Callable[[tzinfo], date],
    *,
    zone: ZoneInfo | None = None,
) -> World:
    """Every day from today on, without the assumptions that the project file turns off.

    The zone is the one given, else what the project file says of the workspace, else UTC: no workspace is asked.
    `day_in` gives today in a zone.
    """
    declared = (
        declared_timezone(settings, workspace) if workspace in settings.workspaces else settings.timezone
    )
    chosen = zone or ZoneInfo(declared or "UTC")
    return World(
        first=day_in(chosen), zone=chosen.key, without=frozenset(map(Assumption, settings.proofs.without))
    )
