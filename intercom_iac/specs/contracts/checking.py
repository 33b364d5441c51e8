"""Everything that is wrong with a schema by its own assertions, priorities and tests."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Schema
from intercom_iac.model.world import World

from .running import run_tests


def check_contracts(schema: Schema, world: World) -> list[Diagnostic]:
    """What is refuted, what is not decided, and each test that fails; the first day of the world is today."""
    found: list[Diagnostic] = []
    if schema.assertions or schema.priorities is not None:
        # Nothing of the prover is loaded for tests alone.
        from intercom_iac.prover import decide

        from .asserting import check_assertions
        from .prioritizing import check_priorities

        found += [*check_assertions(schema, world, decide), *check_priorities(schema, world, decide)]
    if schema.tests:
        found += run_tests(schema, today=world.first, zone=ZoneInfo(world.zone))
    return found
