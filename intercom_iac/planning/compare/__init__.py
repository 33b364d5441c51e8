"""The comparators, a file per aspect. Each takes the specs and what is live, and says what differs."""

from .attributes import compare_attributes
from .duplicates import audiences_of_one_name
from .events import compare_events, standing_events
from .segments import Left, compare_segments

__all__ = [
    "Left",
    "audiences_of_one_name",
    "compare_attributes",
    "compare_events",
    "compare_segments",
    "standing_events",
]
