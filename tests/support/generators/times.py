"""Days on which something happens to a clock, and the time zones where it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

# Europe, New York, Auckland and Santiago change their clocks on one of these days or the day before; in Santiago the
# change of September skips midnight, and Apia skipped the whole of 30 December 2011.
DAYS = [
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 9, 6),
    date(2026, 9, 27),
    date(2026, 11, 1),
    date(2011, 12, 31),
    date(2028, 2, 29),
]
ZONES = [
    "UTC",
    "America/New_York",
    "Europe/Dublin",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "America/Santiago",
    "Pacific/Apia",
]


@dataclass(frozen=True)
class Moment:
    """When and where a rule is asked."""

    today: date
    zone: ZoneInfo

    def seconds(self, days: int) -> int:
        """The midnight so many days from today, in unix seconds."""
        day = datetime.combine(self.today + timedelta(days=days), datetime.min.time(), self.zone)
        return int(day.timestamp())


MOMENTS: st.SearchStrategy[Moment] = st.builds(
    Moment, st.sampled_from(DAYS), st.sampled_from(ZONES).map(ZoneInfo)
)


@cache
def moments(at: Moment) -> st.SearchStrategy[int]:
    """Unix seconds around the edges of days near the moment."""
    midnights = st.integers(-7, 7).map(at.seconds)
    return st.builds(lambda base, off: base + off, midnights, st.sampled_from([-3600, -1, 0, 1, 3600, 43200]))
