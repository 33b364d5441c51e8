"""What is known of metadata that rules ask for, each rule asked about once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from intercom_iac.model.predicate import OnDay, Predicate, walk

from ..verdicts import Unknown
from .answers import DecideMetadata
from .cells import Pattern, Undecidable, possible_patterns


class KnownMetadata:
    """Answers about metadata; those of a rule without days hold whatever day is today."""

    def __init__(self, decide: DecideMetadata) -> None:
        self._decide = decide
        self._patterns: dict[tuple[tuple[Predicate, ...], int | None], Sequence[Pattern]] = {}
        self._answers: dict[tuple[Predicate, int | None], Mapping[str, Any] | Unknown | None] = {}

    def patterns(self, rules: tuple[Predicate, ...], today: int) -> Sequence[Pattern]:
        """Which of the rules can hold together, and not the others. Raises `Undecidable`."""
        key = rules, today if any(map(_reads_days, rules)) else None
        if key not in self._patterns:
            self._patterns[key] = possible_patterns(rules, lambda rule: self._answer(rule, today) is not None)
        return self._patterns[key]

    def values(self, rule: Predicate | None, today: int) -> Mapping[str, Any] | None:
        """Metadata that satisfy a rule; None where none do. Raises `Undecidable`."""
        if rule is None:
            return {}
        found = self._answer(rule, today)
        if isinstance(found, Unknown):
            raise Undecidable(found.reason, found.clause)
        return found

    def _answer(self, rule: Predicate, today: int) -> Mapping[str, Any] | Unknown | None:
        key = rule, today if _reads_days(rule) else None
        if key not in self._answers:
            self._answers[key] = self._decide(rule, date.fromordinal(today))
        return self._answers[key]


def _reads_days(rule: Predicate) -> bool:
    return any(isinstance(part, OnDay) for part in walk(rule))
