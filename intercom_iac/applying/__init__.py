"""Plan to calls: each change is made once, in order, and the outcome says what was and what was not."""

from .apply import Failure, KeptOptions, Outcome, Progress, apply
from .journal import AbandonedApply, Journal, read_abandoned_apply, remove_journal

__all__ = [
    "AbandonedApply",
    "Failure",
    "Journal",
    "KeptOptions",
    "Outcome",
    "Progress",
    "apply",
    "read_abandoned_apply",
    "remove_journal",
]
