"""Calendar days: which days a test lets pass, and when a day begins in a time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from .predicate import Away, Calendar, DayTest, Within

Days = tuple[date | None, date | None]


def passing_days(test: DayTest, today: date) -> Days:
    """The first and the last day that pass, both included; None where there is no bound on that side.

    The first lies behind the last where no day passes, such as `less than 0 days ago`.
    """
    match test:
        case Within(direction="next", days=days):
            return today, shifted(today, days)
        case Within(days=days):
            return shifted(today, -days), today
        case Calendar(comparison=comparison, day=day):
            return _on_side(comparison, day)
        case Away(amount=amount, days=days, direction="ago"):
            day = shifted(today, -days)
            past: dict[str, Days] = {
                "more than": (None, shifted(day, -1)),
                "at least": (None, day),
                "exactly": (day, day),
                "less than": (shifted(day, 1), today),
                "at most": (day, today),
            }
            return past[amount]
        case Away(amount=amount, days=days):
            day = shifted(today, days)
            future: dict[str, Days] = {
                "more than": (shifted(day, 1), None),
                "at least": (day, None),
                "exactly": (day, day),
                "less than": (today, shifted(day, -1)),
                "at most": (today, day),
            }
            return future[amount]


def _on_side(comparison: str, day: date) -> Days:
    sides: dict[str, Days] = {
        "<": (None, shifted(day, -1)),
        "<=": (None, day),
        "=": (day, day),
        ">=": (day, None),
        ">": (shifted(day, 1), None),
    }
    return sides[comparison]


def shifted(day: date, days: int) -> date:
    """The day so many days later; the calendar's first or last where it would leave the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def day_start(day: date, zone: tzinfo) -> int:
    """The first second of the day in the time zone, in unix seconds.

    Where clocks skip midnight it is the moment of the change.
    """
    return int(datetime.combine(day, time(), zone).timestamp())
