"""Calls without an answer: whether another one may succeed, and when none will."""

from __future__ import annotations

import threading

from intercom_iac.diagnostics import (
    RateLimited,
    Unauthorized,
    UnexpectedResponse,
    Unreachable,
    WorkspaceError,
    WrongWorkspace,
)


class Losses:
    """Writes in a row, of all threads, to which no answer came: so many of them mean that none will."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._count = 0
        self.answered = 0

    def are_too_many(self) -> bool:
        """Counts one, and says whether there are too many."""
        with self._lock:
            self._count += 1
            return self._count >= self._most

    def forget(self) -> None:
        with self._lock:
            self._count = 0
            self.answered += 1


def is_passing(error: WorkspaceError) -> bool:
    """Whether another call may well succeed: no answer, or one that no call would get."""
    if isinstance(error, (Unauthorized, WrongWorkspace)):
        return False
    if isinstance(error, (Unreachable, RateLimited)):
        return True
    redirect = error.status is not None and 300 <= error.status < 400
    return isinstance(error, UnexpectedResponse) and not redirect
