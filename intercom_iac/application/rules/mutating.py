"""What the tests of segments notice of small mistakes in the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .proof_world import proof_world
from .testing import chosen_segments

if TYPE_CHECKING:
    from intercom_iac.model import Segment
    from intercom_iac.specs.contracts import SegmentMutations

    from ..session import Session

SECONDS_PER_RULE = 10
"""What takes longer is cut short, and said to be."""


def mutate_segments(session: Session, keys: Sequence[str], zone: ZoneInfo | None = None) -> SegmentMutations:
    """Changes the rules of the segments of these keys, of all that are not archived for none, by one small mistake at
    a time, and asks which of them the tests notice.

    Raises `InvalidSpecs` for errors in the specs, and `Misuse` for a key there is not or one that is given twice.
    """
    from intercom_iac.specs.contracts import SegmentMutations, judge_rule, sound_tests

    tests = session.schema().tests
    world = proof_world(session, zone=zone)
    chosen = chosen_segments(session, keys)
    segments = [segment for segment in chosen if has_own_rule(segment)]
    return SegmentMutations(
        world=world,
        judged={
            segment.key: judge_rule(
                segment.typed_rule, tests.get(segment.key, ()), world, may_go_on=time_limit()
            )
            for segment in segments
        },
        failing={
            segment.key: len(tests[segment.key])
            - len(sound_tests(segment.typed_rule, tests[segment.key], world))
            for segment in segments
            if segment.key in tests
        },
        built_in_intercom=tuple(segment.key for segment in chosen if not has_own_rule(segment)),
    )


def has_own_rule(segment: Segment) -> bool:
    """Whether the specs have all of its rule; where it hangs on one that was built in Intercom nothing is decided."""
    from intercom_iac.model import intercom_segments_of

    return not intercom_segments_of(segment.typed_rule)


def time_limit() -> Callable[[], bool]:
    """Whether what begins now may go on."""
    end = monotonic() + SECONDS_PER_RULE
    return lambda: monotonic() < end
