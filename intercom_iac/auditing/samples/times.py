"""Moments as a report tells them."""

from __future__ import annotations

from datetime import UTC, datetime


def day_text(moment: int | None) -> str | None:
    """The day of Unix seconds in UTC, as `2026-01-31`; None for none, and for a number that is no time."""
    if moment is None:
        return None
    try:
        return datetime.fromtimestamp(moment, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None
