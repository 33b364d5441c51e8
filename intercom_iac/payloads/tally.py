"""What a check has found so far, in memory that does not grow with the input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .violation import PayloadReport, Violation

OTHERS = "(others)"
"""What `by_attribute` counts names under that the specs do not declare, once there are too many to list."""
_MOST_NAMES = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidRecord:
    """A record with an error, as it is handed on. `raw` is its text as it came, None where it was never text or is
    too large to keep; `value` is what was read of it, None where nothing was. `violations` are all of its own."""

    number: int
    raw: bytes | None
    value: Any
    violations: tuple[Violation, ...]


class Tally:
    """Counts records and violations, and keeps the first of these."""

    def __init__(self, max_errors: int, on_invalid: Callable[[InvalidRecord], None] | None = None) -> None:
        self.checked = 0
        self._invalid = 0
        self._by_code: Counter[str] = Counter()
        self._by_attribute: Counter[str] = Counter()
        self._violations: list[Violation] = []
        self._max_errors = max_errors
        self._on_invalid = on_invalid

    def add_valid(self, number: int) -> None:
        """So many records in which nothing is wrong."""
        self.checked += number

    def add_record(
        self, number: int, violations: Sequence[Violation], *, raw: bytes | None, value: Any
    ) -> None:
        """One record, with what is wrong in it."""
        self.checked += 1
        self.add_violations(violations)
        if any(violation.code.severity == "error" for violation in violations):
            self._invalid += 1
            if self._on_invalid is not None:
                self._on_invalid(
                    InvalidRecord(number=number, raw=raw, value=value, violations=tuple(violations))
                )

    def add_violations(self, violations: Sequence[Violation]) -> None:
        """Violations that are of no record, or of one that is counted elsewhere."""
        for violation in violations:
            self._by_code[violation.code.id] += 1
            if violation.attribute is not None:
                known = violation.attribute in self._by_attribute or len(self._by_attribute) < _MOST_NAMES
                self._by_attribute[violation.attribute if known else OTHERS] += 1
        room = self._max_errors - len(self._violations)
        self._violations.extend(violations[: max(room, 0)])

    def report(self) -> PayloadReport:
        """All of it; `by_code` is sorted by code, `by_attribute` by how often."""
        return PayloadReport(
            checked=self.checked,
            invalid=self._invalid,
            by_code=dict(sorted(self._by_code.items())),
            by_attribute=dict(sorted(self._by_attribute.items(), key=lambda item: (-item[1], item[0]))),
            violations=tuple(self._violations),
            truncated=self._by_code.total() > len(self._violations),
        )
