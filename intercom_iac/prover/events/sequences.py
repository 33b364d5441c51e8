"""Sequences: an occurrence that follows another within some days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import EventSequence

from .cells import Undecidable, day_ranges, distance_from
from .conditions import ALWAYS, Days, Happens, HappensOn, Selection

_MOST_PAIRS = 200


def sides_of(test: EventSequence) -> tuple[Selection, Selection]:
    return (
        Selection(event_key(test.event), test.where, ALWAYS),
        Selection(event_key(test.then), test.then_where, ALWAYS),
    )


def implies(test: EventSequence, other: EventSequence) -> bool:
    """Whether the one sequence is the other, with no more days between."""
    return sides_of(test) == sides_of(other) and (
        other.days is None or (test.days is not None and test.days <= other.days)
    )


def can_follow(days: Days, later: Days, most: int | None) -> bool:
    """Whether some day of the one range is on or after some of the other, and near enough."""
    if days.first is not None and later.last is not None and later.last < days.first:
        return False
    return most is None or days.last is None or later.first is None or later.first - days.last <= most


def days_of_sequences(
    wanted: Sequence[EventSequence], numbers: Sequence[Happens | HappensOn], today: int, late: int | None
) -> Iterator[list[Happens]]:
    """For each sequence a range of days for its first and its second occurrence, near enough to each other.

    Raises `Undecidable` where there are too many.
    """
    choices: list[list[tuple[Happens, Happens]]] = []
    for test in wanted:
        first, then = sides_of(test)
        selections = [
            number.selection for number in numbers if number.selection.event in (first.event, then.event)
        ]
        ranges = sorted(day_ranges(selections, late), key=lambda days: distance_from(days, today))
        choices.append(
            [
                (
                    Happens(first._replace(days=days), 1, None),
                    Happens(then._replace(days=later), 1, None),
                )
                for days in ranges
                for later in ranges
                if can_follow(days, later, test.days)
            ]
        )
    ways = product(*choices)
    for way in islice(ways, _MOST_PAIRS):
        yield [happens for pair in way for happens in pair]
    if next(ways, None) is not None:
        raise Undecidable("its sequences of events can lie in too many windows")
