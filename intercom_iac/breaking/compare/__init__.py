"""The comparators, a file per aspect. Each takes both schemas and who reads what, and says what differs."""

from .attributes import compare_attributes
from .events import compare_events
from .segments import compare_segments

__all__ = ["compare_attributes", "compare_events", "compare_segments"]
