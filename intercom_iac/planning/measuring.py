"""What a plan has counted in the workspace, for those who read it: its questions, and the plan with the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .plan import Measurement, Plan

Count = Callable[[Mapping[str, Any]], int]
"""How many contacts a search finds (`Workspace.count_contacts`)."""

MOST_QUESTIONS = 20
"""How many searches a plan makes at most, one call each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to count for an address: the contacts that a search finds, and with `of` those of another one beside them.

    `text` is what is told with the answer, where `{count}` and `{of}` stand for the numbers.
    """

    address: str
    text: str
    query: Mapping[str, Any]
    of: Mapping[str, Any] | None = None


def with_answers(plan: Plan, questions: Sequence[Question], count: Count) -> Plan:
    """The plan with what was counted for it. Raises what `count` does."""
    measurements: list[Measurement] = []
    for question in questions[:MOST_QUESTIONS]:
        counted = count(question.query)
        of = None if question.of is None else count(question.of)
        text = question.text.format(count=f"{counted:,}", of="" if of is None else f"{of:,}")
        measurements.append(Measurement(address=question.address, text=text, count=counted, of=of))
    return replace(plan, measurements=(*plan.measurements, *measurements))
