"""Intercom's rate limit: calls counted in windows, and the headers that report it."""

import threading
from dataclasses import dataclass
from typing import Self

from .settings.parsing import SettingError, parse_whole_seconds
from .wire.messages import Response


@dataclass(frozen=True, slots=True)
class RateLimitStatus:
    """The rate limit as one call meets it: `remaining` calls until `reset` (unix seconds), `refused` or not."""

    limit: int
    remaining: int
    reset: int
    refused: bool

    def add_headers(self, response: Response) -> Response:
        """The response with the headers that report the limit (source: developers.intercom.com, rate limiting)."""
        headers = {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }
        return Response(response.status, {**response.headers, **headers}, response.body)


class RateLimit:
    """At most `amount` calls in each window of `seconds`; Intercom's own limit is 1667 in 10. Thread-safe.

    Windows begin at multiples of their length since 1970 (assumption). Refused calls do not count. A limit that is
    not `enforced` is reported and refuses nothing.
    """

    def __init__(self, amount: int, seconds: int, *, enforced: bool = True) -> None:
        if amount < 1 or seconds < 1:
            raise SettingError("a rate limit allows at least one call in at least one second")
        self.amount = amount
        self.seconds = seconds
        self._enforced = enforced
        self._lock = threading.Lock()
        self._window = self._used = 0

    @classmethod
    def intercom_default(cls) -> Self:
        """Intercom's own limit, reported and not enforced (source: developers.intercom.com, rate limiting)."""
        return cls(1667, 10, enforced=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads a limit such as `300/3s`. Raises `SettingError`."""
        amount, _, seconds = text.partition("/")
        if not (amount.isascii() and amount.isdecimal() and len(amount) < 10 and seconds):
            raise SettingError(f"`{text}` is no rate limit; one is like 300/3s")
        return cls(int(amount), parse_whole_seconds(seconds))

    @property
    def message(self) -> str:
        """The message of a refused call, in Intercom's words."""
        return f"Exceeded rate limit of {self.amount} in {self.seconds}_seconds"

    def count_call(self, now: float) -> RateLimitStatus:
        """Counts a call in the window of `now`, unix seconds."""
        window = int(now // self.seconds)
        with self._lock:
            if window != self._window:
                self._window, self._used = window, 0
            refused = self._enforced and self._used >= self.amount
            self._used += not refused
            remaining = max(self.amount - self._used, 0)
        return RateLimitStatus(self.amount, remaining, (window + 1) * self.seconds, refused)
