"""Everything that is wrong with a schema by its own assertions, priorities and tests."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Schema
from intercom_iac.model.world import World

from .running import run_tests


def check_contracts(schema: Schema, world: World) -> list[Diagnostic]:
    """What is refuted, what is not decided, and each test that fails; the first day of the world is today."""
    return [*run_tests(schema, today=world.first, zone=ZoneInfo(world.zone))]
