"""The segments whose rules changed, in the comment of a plan: who enters and who leaves each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intercom_iac.planning import SegmentChange

from ..kit.markdown import plain, prose_in_table


def segment_lines(changes: Sequence[SegmentChange]) -> Iterator[str]:
    """A table: a row a segment, with how its rule stands to the old one, a person for each side, and the counts."""
    counted = any(change.counts for change in changes)
    yield f"| segment | its rule | enters | leaves |{' people |' if counted else ''}"
    yield f"|---|---|---|---|{'---|' if counted else ''}"
    for change in changes:
        cells = [
            f"{plain(change.address)} ({change.code})",
            f"**{change.relation}**",
            prose_in_table(change.people.get("enters") or change.reason or "nobody"),
            prose_in_table(change.people.get("leaves") or change.reason or "nobody"),
            *([_counts_cell(change.counts)] if counted else []),
        ]
        yield f"| {' | '.join(cells)} |"


def _counts_cell(counts: Mapping[str, Any] | None) -> str:
    """`120 → 180<br>70 enter, 10 leave`; `≤` before what is a bound."""
    if counts is None:
        return ""
    before, after, enter, leave = (
        f"{'' if counts[name]['exact'] else '≤ '}{counts[name]['count']:,}"
        for name in ("before", "after", "enter", "leave")
    )
    return f"**{before} → {after}**<br>{enter} enter, {leave} leave"


def short_segment_lines(changes: Sequence[SegmentChange]) -> Iterator[str]:
    """A line a segment."""
    for change in changes:
        yield f"- {plain(change.address)} {change.code}: {change.relation}"
