"""Calendar days: which days a test lets pass, and when a day begins in a time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from .predicate import Away, Calendar, DayTest, Within

Days = tuple[date | None, date | None]

_NEVER: Days = (date.max, date.min)


def passing_days(test: DayTest, today: date) -> Days:
    """The first and the last day that pass, both included; None where there is no bound on that side.

    The first lies behind the last where no day passes, such as `less than 0 days ago`. A bound at an end of the
    calendar is none.
    """
    now = today.toordinal()
    match test:
        case Within(direction="next", days=days):
            return _between(now, now + days)
        case Within(days=days):
            return _between(now - days, now)
        case Calendar(comparison=comparison, day=day):
            return _on_side(comparison, day.toordinal())
        case Away(amount=amount, days=days, direction="ago"):
            day = now - days
            past = {
                "more than": (None, day - 1),
                "at least": (None, day),
                "exactly": (day, day),
                "less than": (day + 1, now),
                "at most": (day, now),
            }
            return _between(*past[amount])
        case Away(amount=amount, days=days):
            day = now + days
            future = {
                "more than": (day + 1, None),
                "at least": (day, None),
                "exactly": (day, day),
                "less than": (now, day - 1),
                "at most": (now, day),
            }
            return _between(*future[amount])


def _on_side(comparison: str, day: int) -> Days:
    sides = {
        "<": (None, day - 1),
        "<=": (None, day),
        "=": (day, day),
        ">=": (day, None),
        ">": (day + 1, None),
    }
    return _between(*sides[comparison])


def _between(first: int | None, last: int | None) -> Days:
    """Two ordinals as days; those outside the calendar bound nothing, or leave nothing."""
    begin, end = date.min.toordinal(), date.max.toordinal()
    if (first is not None and first > end) or (last is not None and last < begin):
        return _NEVER
    return (
        None if first is None or first <= begin else date.fromordinal(first),
        None if last is None or last >= end else date.fromordinal(last),
    )


def shifted(day: date, days: int) -> date:
    """The day so many days later; the calendar's first or last where it would leave the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def day_start(day: date, zone: tzinfo) -> int:
    """The first second of the day in the time zone, in unix seconds.

    Where clocks skip midnight it is the moment of the change; where they skip the whole day, the next day's start.
    """
    return int(datetime.combine(day, time(), zone).timestamp())
