"""The days that windows are counted from: today, and the dates of the contact, in every order that matters.

Whether occurrences can pass tests hangs only on how the bounds of windows stand to each other: before, on or after.
So few days stand for all: those where two bounds meet, and the days beside them. Two bounds of one line of days meet
where what they are counted from lies so many days apart; such distances add up over what lies between. Where bounds
are all counted from today, or all from the calendar's days before it, one day is enough.

Tests of different days, and of days between occurrences, hang on how far bounds are apart, too, up to as many days as
the tests name together: `reach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.days import day_range, distance_range
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    DayTest,
    IsKnown,
    Not,
    OnDay,
    Predicate,
)
from intercom_iac.model.standard import is_never_future

from .conditions import Days

# What days are counted from.
Origin = Literal["today", "calendar"] | Field
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Edge(NamedTuple):
    """Where a range of days begins, or the day after it: so many days from its origin."""

    origin: Origin
    days: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What day is today, and on what days the dates of the contact lie, as ordinals; None for one that it has not."""

    today: int
    dates: Mapping[Field, int | None]

    def days(self, test: DayTest) -> Days | None:
        """The days that pass; None where none does."""
        if isinstance(test, FIELD_DAY_TESTS):
            origin = self.dates.get(test.other)
            first, last = distance_range(test)
            if origin is None:
                return None
            days = Days(*(None if bound is None else origin + bound for bound in (first, last)))
        else:
            range_ = day_range(test)
            first, last = (
                None if bound is None else bound.number + (self.today if bound.origin == "today" else 0)
                for bound in (range_.first, range_.last)
            )
            days = Days(first, last)
        empty = days.first is not None and days.last is not None and days.first > days.last
        return None if empty else days

    def passes(self, literal: Predicate) -> bool:
        """Whether a test of one of the dates, or its complement, holds."""
        match literal:
            case Not(part=part):
                return not self.passes(part)
            case OnDay(field=field, test=test):
                day, days = self.dates.get(field), self.days(test)
                return (
                    day is not None
                    and days is not None
                    and (days.first is None or days.first <= day)
                    and (days.last is None or day <= days.last)
                )
            case IsKnown(field=field):
                return self.dates.get(field) is not None
            case _:
                raise ValueError(f"{literal!r} is not a test of a date")


def edges_of(test: DayTest) -> list[Edge]:
    """Where the days that pass begin and where they have ended."""
    if isinstance(test, FIELD_DAY_TESTS):
        first, last = distance_range(test)
        starts = () if first is None else (Edge(test.other, first),)
        return [*starts, *(() if last is None else (Edge(test.other, last + 1),))]
    days = day_range(test)
    starts = () if days.first is None else (Edge(days.first.origin, days.first.number),)
    return [*starts, *(() if days.last is None else (Edge(days.last.origin, days.last.number + 1),))]


@dataclass(frozen=True, slots=True)
class DateSettings:
    """What is known of today and of the contact's dates before any is chosen.

    `lines` are the edges on each line of days that has some; `literals` the tests of the dates. `most` is how many
    arrangements are tried.
    """

    first: int
    last: int | None
    fields: tuple[Field, ...]
    lines: Sequence[Iterable[Edge]]
    literals: tuple[Predicate, ...]
    past: bool
    reach: int
    most: int

    def arrangements(self) -> Iterator[Arrangement | None]:
        """One for each order that matters, the earliest day first; None at the end where they are too many to try."""
        lines = [list(line) for line in self.lines]
        lines += [self._line_of(field) for field in self.fields]
        distances = _Distances(lines)
        tried = 0
        for now in self._days(distances.between("today", "calendar"), [self.first]):
            if now < self.first or (self.last is not None and now > self.last):
                continue
            for arrangement in self._with_dates(Arrangement(now, {}), distances, self.fields):
                tried += 1
                if tried > self.most:
                    yield None
                    return
                if all(arrangement.passes(literal) for literal in self.literals):
                    yield arrangement

    def _line_of(self, field: Field) -> list[Edge]:
        """The edges that the tests of a date compare it with, and the date itself."""
        line = [Edge(field, 0)]
        if self.past and is_never_future(field):
            line.append(Edge("today", 1))
        for literal in self.literals:
            test = literal.part if isinstance(literal, Not) else literal
            if isinstance(test, OnDay) and test.field == field:
                line += edges_of(test.test)
        return line

    def _with_dates(
        self, arrangement: Arrangement, distances: _Distances, fields: tuple[Field, ...]
    ) -> Iterator[Arrangement]:
        """The arrangement with a day, or none, for each of the fields."""
        if not fields:
            yield arrangement
            return
        field, *others = fields
        chosen: list[tuple[Origin, int]] = [("calendar", 0), ("today", arrangement.today)]
        chosen += [(date_, day) for date_, day in arrangement.dates.items() if day is not None]
        days = [start + distance for origin, start in chosen for distance in distances.between(field, origin)]
        late = arrangement.today if self.past and is_never_future(field) else _LAST
        candidates = [day for day in self._days(days, [arrangement.today]) if _FIRST <= day <= late]
        for day in (None, *sorted(candidates, key=lambda day: abs(day - arrangement.today))):
            dates = {**arrangement.dates, field: day}
            yield from self._with_dates(Arrangement(arrangement.today, dates), distances, tuple(others))

    def _days(self, meetings: Iterable[int], others: Iterable[int]) -> list[int]:
        """The days on which edges meet, those beside them, and others; sorted."""
        spread = self.reach * (len(self.fields) + 1)
        beside = {day + offset for day in meetings for offset in range(-spread, spread + 1)}
        return sorted(beside.union(others))


class _Distances:
    """How far two origins may lie apart so that edges meet."""

    def __init__(self, lines: Iterable[Sequence[Edge]]) -> None:
        self._direct: dict[tuple[Origin, Origin], set[int]] = {}
        self._origins: dict[Origin, set[Origin]] = {}
        for line in lines:
            edges = list(dict.fromkeys(line))
            for edge in edges:
                for other in edges:
                    if edge.origin != other.origin:
                        distance = other.days - edge.days
                        self._direct.setdefault((edge.origin, other.origin), set()).add(distance)
                        self._origins.setdefault(edge.origin, set()).add(other.origin)

    def between(self, origin: Origin, other: Origin, passed: frozenset[Origin] = frozenset()) -> set[int]:
        """The distances from the other to the origin, directly or over origins between."""
        distances = set(self._direct.get((origin, other), ()))
        passed = passed.union([origin])
        for between in self._origins.get(origin, set()) - passed - {other}:
            rest = self.between(between, other, passed)
            distances |= {first + second for first in self._direct[origin, between] for second in rest}
        return distances
