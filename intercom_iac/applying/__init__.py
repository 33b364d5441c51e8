"""Plan to calls: each change is made once, in order, and the outcome says what was and what was not."""

from .apply import Failure, Kept, Outcome, Progress, apply
from .journal import Journal, Left, discard, left_in
from .turn import journal_path, turn, under_way

__all__ = [
    "Failure",
    "Journal",
    "Kept",
    "Left",
    "Outcome",
    "Progress",
    "apply",
    "discard",
    "journal_path",
    "left_in",
    "turn",
    "under_way",
]
