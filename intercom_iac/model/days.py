"""Calendar days: which days a test lets pass, and where a day begins in a time zone.

`rules.meaning` says what each test of a day means. `day_range` is the same as a range of days, which is what the
compilers use: the bounds of a test, its complement, and whether two tests say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Literal, NamedTuple

from intercom_iac.lazy_dataclass import dataclass

from .predicate import (
    AgainstField,
    Amount,
    Away,
    Calendar,
    DayName,
    DayPoint,
    DaysBetween,
    FieldDayTest,
    NamedDay,
    OrderComparison,
    PlainDayTest,
    Within,
)

Days = tuple[date | None, date | None]

# Days from today.
NAMED_DAYS: Mapping[DayName, int] = MappingProxyType({"yesterday": -1, "today": 0, "tomorrow": 1})

NEVER: Days = (date.max, date.min)
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_EPOCH, _DAY = date(1970, 1, 1).toordinal(), 86_400  # unix seconds are counted from there


class DayBound(NamedTuple):
    """A day: so many days from today, or the ordinal of one of the calendar, as `origin` says."""

    origin: Literal["today", "calendar"]
    number: int

    def moved(self, days: int) -> DayBound:
        """The day so many days later."""
        return DayBound(self.origin, self.number + days)

    def ordinal(self, today: date) -> int:
        return self.number + (today.toordinal() if self.origin == "today" else 0)


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days from `first` to `last`, both included; None where there is no bound on that side.

    Where `first` lies behind `last` there is no such day.
    """

    first: DayBound | None
    last: DayBound | None

    @property
    def is_empty(self) -> bool:
        """Whether no day lies in it, whatever day is today."""
        first, last = self.first, self.last
        return (
            first is not None
            and last is not None
            and first.origin == last.origin
            and first.number > last.number
        )

    def complement(self) -> tuple[DayRange, ...]:
        """The ranges of all other days: those before, those after. They overlap where the range is empty."""
        before = () if self.first is None else (DayRange(None, self.first.moved(-1)),)
        after = () if self.last is None else (DayRange(self.last.moved(1), None),)
        return before + after

    def on(self, today: date) -> Days:
        """The first and the last day of the range; None where there is no bound on that side.

        The first lies behind the last where there is no such day. A bound at an end of the calendar is none.
        """
        first = None if self.first is None else self.first.ordinal(today)
        last = None if self.last is None else self.last.ordinal(today)
        if (first is not None and first > _LAST) or (last is not None and last < _FIRST):
            return NEVER
        return (
            None if first is None or first <= _FIRST else date.fromordinal(first),
            None if last is None or last >= _LAST else date.fromordinal(last),
        )


def day_range(test: PlainDayTest) -> DayRange:
    """The days that pass the test."""
    match test:
        case Within(direction="next", days=days):
            return _from_today(0, days)
        case Within(days=days):
            return _from_today(-days, 0)
        case Away(amount=amount, days=days, direction="ago"):
            return _from_today(*_days_ago(amount, days))
        case Away(amount=amount, days=days):
            first, last = _days_ago(amount, days)
            return _from_today(_negate(last), _negate(first))
        case Calendar(comparison=comparison, day=day):
            return _beside(comparison, _bound(day))
        case NamedDay(comparison=comparison, day=day):
            return _beside(comparison, _bound(NAMED_DAYS[day]))
        case DaysBetween(first=first, last=last):
            return DayRange(_bound(first), _bound(last))


def distance_range(test: FieldDayTest) -> tuple[int | None, int | None]:
    """The days that pass, counted from the other date: the first and the last, both included, before it negative.

    None where there is no bound on that side. The first lies behind the last where there is no such day.
    """
    if isinstance(test, AgainstField):
        days = _beside(test.comparison, _bound(0))
        return _number(days.first), _number(days.last)
    if test.amount == "within":
        return (0 if test.side == "after" else -test.days), (0 if test.side == "before" else test.days)
    first, last = _days_ago(test.amount, test.days)
    return (_negate(last), _negate(first)) if test.side == "after" else (first, last)


def _number(bound: DayBound | None) -> int | None:
    return None if bound is None else bound.number


def _bound(day: DayPoint) -> DayBound:
    return DayBound("calendar", day.toordinal()) if isinstance(day, date) else DayBound("today", day)


def _from_today(first: int | None, last: int | None) -> DayRange:
    return DayRange(None if first is None else _bound(first), None if last is None else _bound(last))


def _beside(comparison: OrderComparison, day: DayBound) -> DayRange:
    match comparison:
        case "<":
            return DayRange(None, day.moved(-1))
        case "<=":
            return DayRange(None, day)
        case "=":
            return DayRange(day, day)
        case ">=":
            return DayRange(day, None)
        case ">":
            return DayRange(day.moved(1), None)


def _days_ago(amount: Amount, days: int) -> tuple[int | None, int | None]:
    return {
        "more than": (None, -days - 1),
        "at least": (None, -days),
        "exactly": (-days, -days),
        "less than": (-days + 1, 0),
        "at most": (-days, 0),
    }[amount]


def _negate(days: int | None) -> int | None:
    return None if days is None else -days


def passing_days(test: PlainDayTest, today: date) -> Days:
    """The first and the last day that pass, as `DayRange.on` gives them."""
    return day_range(test).on(today)


def add_days(day: date, days: int) -> date:
    """The day so many days later; the calendar's first or last where it would leave the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def passing_moments(test: PlainDayTest, today: date, zone: tzinfo) -> tuple[int | None, int | None]:
    """The first moment that passes and the first behind it that does not; None where there is no such bound."""
    first, last = passing_days(test, today)
    return (
        None if first is None else day_start(first, zone),
        None if last is None else day_start(add_days(last, 1), zone),
    )


def day_start(day: date, zone: tzinfo) -> int:
    """The first second of the day in the time zone, in unix seconds.

    Where clocks skip midnight it is the moment of the change; where they skip the whole day, the next day's start.
    """
    return int(datetime.combine(day, time(), zone).timestamp())


def calendar_day(moment: float, zone: tzinfo) -> date:
    """The day on which a moment lies in the time zone: the last that has begun. `moment` is in unix seconds.

    It is the calendar's first or last day where the moment lies outside of the calendar.
    """
    try:
        day = datetime.fromtimestamp(math.floor(moment), zone).date()
    except (OverflowError, ValueError, OSError):
        return date.max if moment > 0 else date.min
    # Where clocks are set back over midnight, the day that had begun is not left again.
    following = add_days(day, 1)
    return following if day_start(following, zone) <= moment else day


def day_ordinals(zone: tzinfo) -> Callable[[float], int]:
    """`calendar_day` as an ordinal, for many moments: a function that remembers where the days begin."""
    starts: dict[int, int] = {}

    def has_begun(ordinal: int, moment: float) -> bool:
        if not _FIRST < ordinal <= _LAST:
            return ordinal <= _FIRST
        start = starts.get(ordinal)
        if start is None:
            start = starts[ordinal] = day_start(date.fromordinal(ordinal), zone)
        return start <= moment

    def ordinal(moment: float) -> int:
        try:
            in_utc = int(moment // _DAY) + _EPOCH
        except (OverflowError, ValueError):
            return _LAST if moment > 0 else _FIRST
        # Nowhere is a day's beginning more than a day away from that in UTC.
        day = min(max(in_utc, _FIRST), _LAST) + 1
        while not has_begun(day, moment):
            day -= 1
        return day

    return ordinal
