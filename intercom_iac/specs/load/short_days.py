"""Days as tests of segments write them: `2026-03-14`, `today`, `today + 2 days`, `3 days ago`."""

from __future__ import annotations

import re
from datetime import date

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.days import NAMED_DAYS
from intercom_iac.model.predicate import DayPoint

FORMS = "`today`, `today + 2 days`, `3 days ago` or a day such as `2026-03-14`"

_DAY = lazy_pattern(r"\d{4}-\d{2}-\d{2}")
_RELATIVE = lazy_pattern(
    r"(?:(?P<named>yesterday|today|tomorrow)"
    r"|today\s*(?P<sign>[+-])\s*(?P<offset>\d{1,6})\s*(?P<unit>days?|weeks?)?"
    r"|(?P<ago>\d{1,6})\s+(?P<ago_unit>days?|weeks?)\s+ago"
    r"|(?:in\s+(?P<in>\d{1,6})\s+(?P<in_unit>days?|weeks?))"
    r"|(?P<ahead>\d{1,6})\s+(?P<ahead_unit>days?|weeks?)\s+from\s+now)",
    re.IGNORECASE,
)


def read_day(text: str) -> DayPoint | None:
    """The day of the calendar, or the days from today; None where the text is no day."""
    text = text.strip()
    if _DAY.fullmatch(text):
        return read_calendar_day(text)
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return None
    if match["named"]:
        return {str(name): days for name, days in NAMED_DAYS.items()}[match["named"].casefold()]
    if match["offset"]:
        return _days(match["offset"], match["unit"]) * (1 if match["sign"] == "+" else -1)
    if match["ago"]:
        return -_days(match["ago"], match["ago_unit"])
    if match["in"]:
        return _days(match["in"], match["in_unit"])
    return _days(match["ahead"], match["ahead_unit"])


def read_calendar_day(text: str) -> date | None:
    """The day of the calendar; None where the text is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def write_day(day: DayPoint) -> str:
    """The text that is read as the day."""
    if isinstance(day, date):
        return day.isoformat()
    if day == 0:
        return "today"
    return f"today {'+' if day > 0 else '-'} {abs(day)} day{'' if abs(day) == 1 else 's'}"


def _days(number: str, unit: str | None) -> int:
    return int(number) * (7 if unit is not None and unit.casefold().startswith("week") else 1)
