"""Plan to calls: each change is made once, in order, and the outcome says what was and what was not."""

from .apply import Failure, KeptOptions, Outcome, Progress, apply
from .journal import AbandonedApply, Journal, read_abandoned_apply, remove_journal
from .locking import apply_lock, applying_process, journal_path

__all__ = [
    "AbandonedApply",
    "Failure",
    "Journal",
    "KeptOptions",
    "Outcome",
    "Progress",
    "apply",
    "apply_lock",
    "applying_process",
    "journal_path",
    "read_abandoned_apply",
    "remove_journal",
]
