"""Days of the calendar, in SQL: unix seconds -> the number of their day in a time zone, and tests of such numbers.

1970-01-01 is 0. The day is that of `model.days.calendar_day`. The time zone is the engine's own, by its IANA name,
and the days agree where both know the same rules of it. UTC and other offsets that never change are reckoned without.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import day_start
from intercom_iac.model.days import DayBound, DayRange, Days, add_days, calendar_day, day_range
from intercom_iac.model.predicate import (
    AgainstField,
    Away,
    DaysBetween,
    DaysFromField,
    FieldDayTest,
    PlainDayTest,
    Within,
)

from .dialect import Dialect


@dataclass(frozen=True, slots=True)
class CurrentDay:
    """Today as SQL: the number of a day, which the engine works out whenever the statement runs."""

    expression: str


Today = date | CurrentDay
_ANY_DAY = date(2000, 1, 1)


def current_day(dialect: Dialect, zone: tzinfo) -> CurrentDay:
    """The present day in a time zone. Raises `ValueError` for one that changes its clocks and has no name."""
    offset = zone.utcoffset(None)
    if offset is None:
        return CurrentDay(
            f"({dialect.day_number.format(moment=dialect.now, zone=dialect.text(_name(zone)))})"
        )
    return CurrentDay(f"floor({_local_seconds(dialect.now, offset)} / 86400.0)")


def _local_seconds(moment: str, offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    return f"({moment} {seconds:+})" if seconds else moment


def day_number(moment: str, dialect: Dialect, zone: tzinfo) -> str:
    """The day of a moment, null where that is. `moment` is an expression of unix seconds, whole or not.

    Raises `ValueError` for a time zone that changes its clocks and has no name.
    """
    # Some engines fail on a moment outside of the calendar; to a rule it lies on the first or the last day. The
    # bounds are well within these days, since engines differ by minutes on the local time of the year 1.
    first, last = day_start(date(1, 1, 2), zone) - 6 * _HOUR, day_start(date.max, zone) + 6 * _HOUR
    bounded = f"floor(greatest(least({moment}, {last}), {first}))"
    offset = zone.utcoffset(None)
    if offset is not None:
        number = f"floor({_local_seconds(bounded, offset)} / 86400.0)"
    else:
        number = dialect.day_number.format(moment=bounded, zone=dialect.text(_name(zone)))
        if again := " or ".join(
            f"({moment} >= {start} and {moment} < {end})" for start, end in repeated_hours(zone)
        ):
            number += f" + case when {again} then 1 else 0 end"
    return f"case when {moment} is not null then {number} end"  # least() passes over a null in some engines


def _name(zone: tzinfo) -> str:
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    raise ValueError(f"{zone!r} has no name by which a database knows it")


def passes(moment: str, day: Callable[[], str], test: PlainDayTest, *, today: Today, zone: tzinfo) -> str:
    """The condition that a moment passes the test of a day.

    `moment` is an expression of unix seconds; `day` gives that of its day's number, and is only asked for where the
    engine works out today.
    """
    passing = day_range(test)
    if isinstance(today, date):
        bounds = _bounds_in_seconds(moment, passing.on(today), zone)
    else:
        fixed = DayRange(*(_of_origin(bound, "calendar") for bound in (passing.first, passing.last)))
        moving = DayRange(*(_of_origin(bound, "today") for bound in (passing.first, passing.last)))
        bounds = _bounds_in_seconds(moment, fixed.on(_ANY_DAY), zone)
        bounds += [
            f"{day()} {sign} {_days_from(today, bound.number)}"
            for sign, bound in ((">=", moving.first), ("<=", moving.last))
            if bound is not None
        ]
    if not bounds:
        return f"{moment} is not null"
    return bounds[0] if len(bounds) == 1 else f"({' and '.join(bounds)})"


def _bounds_in_seconds(moment: str, days: Days, zone: tzinfo) -> list[str]:
    first, last = days
    bounds = [] if first is None else [f"{moment} >= {day_start(first, zone)}"]
    return bounds + ([] if last is None else [f"{moment} < {day_start(add_days(last, 1), zone)}"])


def _days_from(today: CurrentDay, days: int) -> str:
    return f"{today.expression} {'-' if days < 0 else '+'} {abs(days)}" if days else today.expression


def _of_origin(bound: DayBound | None, origin: Literal["today", "calendar"]) -> DayBound | None:
    return bound if bound is not None and bound.origin == origin else None


def passes_field(day: str, test: FieldDayTest, other: str) -> str:
    """The condition that a day passes a test against that of another date, each the number of a day."""
    if isinstance(test, AgainstField):
        return f"{day} {test.comparison} {other}"
    passing = day_range(_as_from_today(test))
    apart, first, last = f"{day} - {other}", passing.first, passing.last
    if first is None or last is None:
        bounds = [] if first is None else [f"{apart} >= {first.number}"]
        bounds += [] if last is None else [f"{apart} <= {last.number}"]
        return bounds[0]
    if first == last:
        return f"{apart} = {first.number}"
    return f"{apart} between {first.number} and {last.number}"


def _as_from_today(test: DaysFromField) -> PlainDayTest:
    """The same test with today in the place of the other date."""
    days = test.days
    if test.amount != "within":
        return Away(test.amount, days, "from now" if test.side == "after" else "ago")
    if test.side == "of":
        return DaysBetween(-days, days)
    return Within("next" if test.side == "after" else "last", days)


# --- clocks that are set back over midnight -----------------------------------------------------------------

_HOUR = 3_600
_WEEK = 7 * 24 * _HOUR
# The years from 1900 to 2100. No rules that are in force today set a clock back over midnight.
_SINCE, _UNTIL = -3_653 * _WEEK, 6_836 * _WEEK


@lru_cache(maxsize=16)
def repeated_hours(zone: tzinfo) -> tuple[tuple[int, int], ...]:
    """When clocks show a day that had ended, having been set back over midnight; from and until, in unix seconds.

    Newfoundland did so each autumn until 2010, a minute past midnight.
    """
    found: list[tuple[int, int]] = []
    for start, end in pairwise(range(_SINCE, _UNTIL, _WEEK)):
        if _offset(end, zone) < _offset(start, zone):
            change = _change_between(start, end, zone)
            begun = calendar_day(change, zone)
            if begun != datetime.fromtimestamp(change, zone).date():
                midnight = datetime.combine(begun, time(fold=1), zone)
                found.append((change, int(midnight.timestamp())))
    return tuple(found)


def _change_between(start: int, end: int, zone: tzinfo) -> int:
    """The first second whose offset is less than that of `start`, as that of `end` is."""
    offset = _offset(start, zone)
    while end - start > 1:
        middle = (start + end) // 2
        start, end = (start, middle) if _offset(middle, zone) < offset else (middle, end)
    return end


def _offset(moment: int, zone: tzinfo) -> timedelta:
    return datetime.fromtimestamp(moment, zone).utcoffset() or timedelta()
