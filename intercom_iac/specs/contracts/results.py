"""What came of the tests of segments: run, proposed, held against small mistakes in the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.model.world import World

from ..fixing import FixedFile
from .running import SegmentTestRun

if TYPE_CHECKING:
    from .proposing import JudgedRule, ProposedTests


@dataclass(frozen=True, slots=True)
class SegmentTestResult:
    """A test of a segment by its number, from 1 on. `run` is None where Intercom alone knows the rule it hangs on."""

    number: int
    test: SegmentTest
    run: SegmentTestRun | None
    finding: Diagnostic | None

    @property
    def passed(self) -> bool:
        return self.run is not None and self.run.passed


@dataclass(frozen=True, slots=True)
class TestedSegments:
    """The results of the tests of segments, none where one has no tests, and the first day of the world is today."""

    world: World
    results: Mapping[str, tuple[SegmentTestResult, ...]]

    @property
    def failed(self) -> bool:
        return any(not result.passed for results in self.results.values() for result in results)


@dataclass(frozen=True, slots=True)
class ProposedSegmentTests:
    """Tests to add to segments, and the spec files as they are with them.

    `built_in_intercom` are the keys of segments that hang on a rule that only Intercom knows.
    """

    world: World
    proposed: Mapping[str, ProposedTests]
    files: tuple[FixedFile, ...]
    built_in_intercom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SegmentMutations:
    """What the tests of each segment notice of the small mistakes in its rule.

    `failing` counts the tests that do not pass, and so notice nothing; `built_in_intercom` are the keys of segments
    that hang on a rule that only Intercom knows.
    """

    world: World
    judged: Mapping[str, JudgedRule]
    failing: Mapping[str, int]
    built_in_intercom: tuple[str, ...]

    def count(self, outcome: str) -> int:
        return sum(rule.count(outcome) for rule in self.judged.values())

    @property
    def score(self) -> float | None:
        """Percent of the mistakes that a test can notice; None where there are none."""
        counted = sum(rule.counted for rule in self.judged.values())
        return percent(self.count("killed"), counted)

    @property
    def left_out(self) -> int:
        return sum(rule.left_out for rule in self.judged.values())


def percent(part: int, whole: int) -> float | None:
    """One decimal, rounded down, so that only all of them are 100; None of nothing."""
    return part * 1000 // whole / 10 if whole else None


@cache
def segment_test_schema() -> dict[str, Any]:
    """The JSON Schema of what `segment test` prints."""
    return json.loads(Path(__file__).with_name("test.schema.json").read_text("utf-8"))
