"""The tests of segments, run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Misuse, UndecidedRule

from .proof_world import proof_world
from .segments import choose_segments

if TYPE_CHECKING:
    from intercom_iac.model import Segment
    from intercom_iac.model.short_person import SegmentTest
    from intercom_iac.model.world import World
    from intercom_iac.specs.contracts import SegmentTestResult, TestedSegments

    from ..session import Session


def run_segment_tests(session: Session, keys: Sequence[str], zone: ZoneInfo | None = None) -> TestedSegments:
    """Runs the tests of the segments of these keys, of all that are not archived for none.

    Raises `InvalidSpecs` for errors in the specs, and `Misuse` for a key there is not or one that is given twice.
    """
    from intercom_iac.specs.contracts import TestedSegments

    schema = session.schema()
    world = proof_world(session, zone=zone)
    return TestedSegments(
        world=world,
        results={
            segment.key: tuple(_result(segment, test, world) for test in schema.tests.get(segment.key, ()))
            for segment in chosen_segments(session, keys)
        },
    )


def chosen_segments(session: Session, keys: Sequence[str]) -> list[Segment]:
    """The segments of these keys, each given once; all that are not archived for none."""
    if repeated := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise Misuse(f"`{repeated}` is given twice", hint="give each segment once")
    return choose_segments(session.schema(), keys)


def _result(segment: Segment, test: SegmentTest, world: World) -> SegmentTestResult:
    from intercom_iac.specs.contracts import (
        SegmentTestResult,
        failure_finding,
        run_segment_test,
        test_label,
        undecided_finding,
    )

    zone, name = ZoneInfo(world.zone), test_label(test)
    try:
        run = run_segment_test(test, segment.typed_rule, today=world.first, zone=zone)
    except UndecidedRule:
        finding = undecided_finding(test, name, segment.key, segment.address)
        return SegmentTestResult(number=test.number, test=test, run=None, finding=finding)
    finding = None if run.passed else failure_finding(run, name, segment.key, segment.address, zone)
    return SegmentTestResult(number=test.number, test=test, run=run, finding=finding)
