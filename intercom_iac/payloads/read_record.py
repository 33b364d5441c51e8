"""A record as it was read, in whatever form it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_dataclass import dataclass

from .json.places import TextPlaces
from .violation import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """A record as it was read. Where `readable` is false there is no `value` and the violations say why. `raw` is
    its text as it came, None where it has none or is too large to keep."""

    number: int
    value: Any = None
    raw: bytes | None = None
    violations: tuple[Violation, ...] = ()
    readable: bool = True
    places: TextPlaces = field(default_factory=TextPlaces)

    def with_columns(self, violations: Sequence[Violation]) -> list[Violation]:
        """All that is wrong: what reading told, and the judge's violations with the columns that reading knows."""
        if not self.violations and not self.places.not_finite:
            return list(violations)
        columns = dict(self.places.not_finite)
        judged = [
            replace(violation, column=columns.pop(violation.path))
            if violation.code is codes.NOT_FINITE and violation.path in columns
            else violation
            for violation in violations
        ]
        rest = [
            Violation(
                record=self.number,
                path=path,
                code=codes.NOT_FINITE,
                message=f"`{path}` holds a number that JSON does not have",
                column=column,
            )
            for path, column in columns.items()
        ]
        return [*self.violations, *rest, *judged]
