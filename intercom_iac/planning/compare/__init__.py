"""The comparators, a file per aspect. Each takes the specs and what is live, and says what differs."""

from .attributes import compare_attributes
from .duplicates import duplicate_audiences
from .events import compare_events, event_verifications
from .segments import UnclaimedNames, compare_segments

__all__ = [
    "UnclaimedNames",
    "compare_attributes",
    "compare_events",
    "compare_segments",
    "duplicate_audiences",
    "event_verifications",
]
