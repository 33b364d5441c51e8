"""The counts of a plan while it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import field
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType

from ..plan import PropertyChange
from .values import Difference

_SAMPLES = 5


_DISTINCT_MOVES = 1_000


@dataclass(slots=True)
class Tally:
    """The counts of a plan while it is made."""

    create: int = 0
    update: int = 0
    unchanged: int = 0
    not_found: int = 0
    ambiguous: int = 0
    clearing: int = 0
    drifted: int = 0
    properties: Counter[str] = field(default_factory=Counter[str])
    cleared: Counter[str] = field(default_factory=Counter[str])
    samples: dict[str, list[PropertyChange]] = field(default_factory=dict[str, list[PropertyChange]])
    moves: dict[str, Counter[tuple[Any, Any]]] = field(default_factory=dict[str, Counter[tuple[Any, Any]]])

    def add(self, key: str, changes: Sequence[Difference], secrets: Collection[str]) -> None:
        """Counts an update. No value of `secrets`, properties by name, is kept."""
        self.update += 1
        self.clearing += any(change.after is None for change in changes)
        for change in changes:
            name = change.field.name
            self.properties[name] += 1
            self.cleared[name] += change.after is None
            if name in secrets:
                continue
            samples = self.samples.setdefault(name, [])
            if len(samples) < _SAMPLES:
                samples.append(PropertyChange(key, change.before, change.after))
            counted = change.field.type in (DataType.OPTIONS, DataType.BOOLEAN)
            if counted and not isinstance(change.before, list | dict):
                moves = self.moves.setdefault(name, Counter())
                move = (change.before, change.after)
                if move in moves or len(moves) < _DISTINCT_MOVES:
                    moves[move] += 1
