"""What the specs assert of their segments, asked: tests of people are run, assertions and priorities proved.

`check_contracts` is the way in; `run_segment_test` runs one test, and `short_person` makes the person of a test out
of a witness. Imports `prover`, and nothing of `specs.load` but how days are written.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .checking import check_contracts
    from .running import SegmentTestRun, run_segment_test, run_tests
    from .short_people import entry_of_test, short_person, short_test

__all__ = [
    "SegmentTestRun",
    "check_contracts",
    "entry_of_test",
    "run_segment_test",
    "run_tests",
    "short_person",
    "short_test",
]

__getattr__ = lazy_names(
    __name__,
    {
        "checking": ["check_contracts"],
        "running": ["SegmentTestRun", "run_segment_test", "run_tests"],
        "short_people": ["entry_of_test", "short_person", "short_test"],
    },
)
