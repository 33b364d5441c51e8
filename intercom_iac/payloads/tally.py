"""What a check has found so far, in memory that does not grow with the input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from intercom_iac.lazy_dataclass import dataclass

from .violation import PayloadReport, Violation

OTHERS = "(others)"
"""What `by_attribute` counts names under that the specs do not declare, once there are too many to list."""
_MOST_NAMES = 4_000
_MOST_OF_A_RECORD = 500
"""So many violations of one record are kept where there is a limit: the records behind a broken one are told, too."""
OnViolation = Callable[[Violation], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidRecord:
    """A record with an error, as it is handed on. `raw` is its text as it came, None where it was never text or is
    too large to keep; `value` is what was read of it, None where nothing was. `violations` are all of its own."""

    number: int
    raw: bytes | None
    value: Any
    violations: tuple[Violation, ...]


class Tally:
    """Counts records and violations, and keeps the first `max_errors` of these, all where it is None; where there is
    an `on_violation`, it is handed them instead. Of one record no more than 500 count among the first."""

    def __init__(
        self,
        max_errors: int | None,
        on_invalid: Callable[[InvalidRecord], None] | None = None,
        on_violation: OnViolation | None = None,
    ) -> None:
        self.checked = 0
        self._invalid = 0
        self._by_code: Counter[str] = Counter()
        self._by_attribute: Counter[str] = Counter()
        self._violations: list[Violation] = []
        self._max_errors = max_errors
        self._on_invalid = on_invalid
        self._on_violation = on_violation
        self._told = 0

    def add_valid(self, number: int) -> None:
        """So many records in which nothing is wrong."""
        self.checked += number

    def add_record(
        self, number: int, violations: Sequence[Violation], *, raw: bytes | None, value: Any
    ) -> None:
        """One record, with what is wrong in it."""
        self.checked += 1
        self._add_violations(violations)
        if any(violation.code.severity == "error" for violation in violations):
            self._invalid += 1
            if self._on_invalid is not None:
                self._on_invalid(
                    InvalidRecord(number=number, raw=raw, value=value, violations=tuple(violations))
                )

    def add_fault(self, violations: Sequence[Violation]) -> None:
        """Errors behind the last record, which are of none and still make the input invalid."""
        self._invalid += 1
        self._add_violations(violations)

    def _add_violations(self, violations: Sequence[Violation]) -> None:
        for violation in violations:
            self._by_code[violation.code.id] += 1
            if violation.attribute is not None:
                known = violation.attribute in self._by_attribute or len(self._by_attribute) < _MOST_NAMES
                self._by_attribute[violation.attribute if known else OTHERS] += 1
        if self._max_errors is None:
            first = violations
        else:
            first = violations[: min(self._max_errors - self._told, _MOST_OF_A_RECORD)]
        self._told += len(first)
        if self._on_violation is None:
            self._violations.extend(first)
        else:
            for violation in first:
                self._on_violation(violation)

    def report(self) -> PayloadReport:
        """All of it; `by_code` is sorted by code, `by_attribute` by how often."""
        return PayloadReport(
            checked=self.checked,
            invalid=self._invalid,
            by_code=dict(sorted(self._by_code.items())),
            by_attribute=dict(sorted(self._by_attribute.items(), key=lambda item: (-item[1], item[0]))),
            violations=tuple(self._violations),
            truncated=self._by_code.total() > self._told,
        )
