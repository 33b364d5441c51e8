"""Occurrences with their moments and metadata, made from how many lie in which cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from itertools import islice, product
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import EventSequence

from .cells import Placed, days_near, nearest
from .conditions import Days

_NOON = 12
# How many ways of placing occurrences are tried where their order matters.
_MOST_WAYS = 1500
# On how many days at most the occurrences of one cell are spread.
_MOST_SPREAD = 7


@dataclass(frozen=True, slots=True)
class Happening:
    """An occurrence: its event, its day as an ordinal, the hour of the day, and its metadata."""

    event: str
    day: int
    metadata: Mapping[str, Any]
    hour: int = _NOON

    def occurrence(self, zone: tzinfo) -> Json:
        """The occurrence as Intercom's API has it. Raises `ValueError` outside of the calendar."""
        moment = datetime.combine(date.fromordinal(self.day), time(self.hour), zone).timestamp()
        metadata = {"metadata": dict(self.metadata)} if self.metadata else {}
        return {"event_name": self.event, "created_at": int(moment), **metadata}


def spread(placed: Placed, today: int) -> list[int]:
    """The day of each of the occurrences: yesterday and the days before it, where they may be."""
    if placed.on is not None:
        return [placed.on] * placed.number
    days = list(islice(days_near(placed.days, today - 1), min(placed.number, _MOST_SPREAD)))
    return [days[number % len(days)] for number in range(placed.number)]


def orders(
    placed: Sequence[Placed],
    sequences: Sequence[EventSequence],
    today: int,
    happenings: Callable[[Sequence[int], Sequence[int]], list[Happening]],
) -> Iterator[list[Happening]]:
    """Ways in which occurrences may follow each other: days and hours for each cell, some of all that there are.

    `happenings` makes the occurrences of a day and an hour for each cell.
    """
    gaps = {0, 1, -1}
    for sequence in sequences:
        gaps |= set() if sequence.days is None else {sequence.days, sequence.days + 1}
        gaps |= set() if sequence.days is None else {-sequence.days, -sequence.days - 1}
    starts = [nearest(cell.days, today - 1) if cell.on is None else cell.on for cell in placed]
    anchors = {edge for cell in placed for edge in cell.days if edge is not None} | set(starts)
    choices = [
        [
            (day, hour)
            for day in ([cell.on] if cell.on is not None else _candidates(cell.days, start, anchors, gaps))
            for hour in (_NOON, _NOON - 1, _NOON + 1)
        ]
        for cell, start in zip(placed, starts, strict=True)
    ]
    for way in islice(product(*choices), _MOST_WAYS):
        yield happenings([day for day, _ in way], [hour for _, hour in way])


def _candidates(days: Days, start: int, anchors: set[int], gaps: set[int]) -> list[int]:
    """Days of a range beside which something else happens or may happen, those near the start first."""
    found = {start} | {anchor + gap for anchor in anchors for gap in gaps}
    inside = [
        day
        for day in found
        if (days.first is None or day >= days.first) and (days.last is None or day <= days.last)
    ]
    return sorted(inside, key=lambda day: (abs(day - start), day))
