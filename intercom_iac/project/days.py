"""Days of the calendar, as the project file writes them."""

from __future__ import annotations

from datetime import date

from intercom_iac.lazy_pattern import lazy_pattern

_DATE = lazy_pattern(r"\d{4}-\d{2}-\d{2}")


def parse_day(text: str) -> date | None:
    """The day that a text such as 2027-01-31 names; None where it names none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
