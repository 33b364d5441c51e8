"""What is known of metadata that rules ask for, each rule asked about once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from intercom_iac.model.predicate import OnDay, Predicate, walk

from ..verdicts import Unknown
from .answers import DecideMetadata
from .cells import Undecidable


class KnownMetadata:
    """Answers about metadata; those of a rule without days hold whatever day is today."""

    def __init__(self, decide: DecideMetadata) -> None:
        self._decide = decide
        self._answers: dict[tuple[Predicate, int | None], Mapping[str, Any] | Unknown | None] = {}

    def is_possible(self, rule: Predicate, today: int) -> bool:
        """Whether some metadata satisfy a rule, or may."""
        return self._answer(rule, today) is not None

    def values(self, rule: Predicate | None, today: int) -> Mapping[str, Any] | None:
        """Metadata that satisfy a rule; None where none do. Raises `Undecidable`."""
        if rule is None:
            return {}
        found = self._answer(rule, today)
        if isinstance(found, Unknown):
            raise Undecidable(found.reason, found.clause)
        return found

    def _answer(self, rule: Predicate, today: int) -> Mapping[str, Any] | Unknown | None:
        key = rule, today if any(isinstance(part, OnDay) for part in walk(rule)) else None
        if key not in self._answers:
            self._answers[key] = self._decide(rule, date.fromordinal(today))
        return self._answers[key]
