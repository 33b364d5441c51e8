"""Plan to calls: each change is made once, in order, and the outcome says what was and what was not."""

from .apply import Failure, Outcome, Progress, apply

__all__ = ["Failure", "Outcome", "Progress", "apply"]
