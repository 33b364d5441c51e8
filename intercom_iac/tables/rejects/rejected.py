"""Rows that are not sent, each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from intercom_iac.diagnostics import Code
from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedValue:
    """One mistake of a row. `row` counts from 1; `column` is the source's, None where it is the whole row.

    `value` is shortened and masked, and `message` holds no more of it.
    """

    row: int
    column: str | None
    code: Code
    message: str
    hint: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """What is said of a cell that its column's shape does not read."""

    code: Code
    message: str
    hint: str | None


RejectSink = Callable[[RejectedValue], None]


class RejectTally:
    """Counts mistakes by column and code, keeps the first of them, and hands each on to `then`."""

    def __init__(self, keep: int = 20, then: RejectSink | None = None) -> None:
        self.first: list[RejectedValue] = []
        self._keep, self._then = keep, then
        self._counts: Counter[tuple[str | None, str]] = Counter()

    def __call__(self, rejected: RejectedValue) -> None:
        self._counts[rejected.column, rejected.code.id] += 1
        if len(self.first) < self._keep:
            self.first.append(rejected)
        if self._then is not None:
            self._then(rejected)

    @property
    def counts(self) -> Mapping[tuple[str | None, str], int]:
        """How many mistakes there are of each column and code, the most frequent first."""
        return dict(self._counts.most_common())
