"""What the specs assert of their segments, asked: tests of people are run, assertions and priorities proved.

`check_contracts` is the way in; `run_segment_test` runs one test, `propose_tests` finds those that are missing, and
`judge_rule` what the tests of a rule notice of small mistakes in it. `short_person` makes the person of a test out of
a witness. Imports `prover`, and nothing of `specs.load` but how days are written.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .checking import check_contracts
    from .proposing import (
        JudgedRule,
        ProposedTest,
        ProposedTests,
        Survivor,
        judge_rule,
        propose_tests,
        sound_tests,
    )
    from .results import (
        ProposedSegmentTests,
        SegmentMutations,
        SegmentTestResult,
        TestedSegments,
        percent,
        segment_test_schema,
    )
    from .running import (
        SegmentTestRun,
        failure_finding,
        run_segment_test,
        run_tests,
        test_label,
        undecided_finding,
    )
    from .short_people import entry_of_test, short_person, short_test

__all__ = [
    "JudgedRule",
    "ProposedSegmentTests",
    "ProposedTest",
    "ProposedTests",
    "SegmentMutations",
    "SegmentTestResult",
    "SegmentTestRun",
    "Survivor",
    "TestedSegments",
    "check_contracts",
    "entry_of_test",
    "failure_finding",
    "judge_rule",
    "percent",
    "propose_tests",
    "run_segment_test",
    "run_tests",
    "segment_test_schema",
    "short_person",
    "short_test",
    "sound_tests",
    "test_label",
    "undecided_finding",
]

__getattr__ = lazy_names(
    __name__,
    {
        "checking": ["check_contracts"],
        "proposing": [
            "JudgedRule",
            "ProposedTest",
            "ProposedTests",
            "Survivor",
            "judge_rule",
            "propose_tests",
            "sound_tests",
        ],
        "results": [
            "ProposedSegmentTests",
            "SegmentMutations",
            "SegmentTestResult",
            "TestedSegments",
            "percent",
            "segment_test_schema",
        ],
        "running": [
            "SegmentTestRun",
            "failure_finding",
            "run_segment_test",
            "run_tests",
            "test_label",
            "undecided_finding",
        ],
        "short_people": ["entry_of_test", "short_person", "short_test"],
    },
)
