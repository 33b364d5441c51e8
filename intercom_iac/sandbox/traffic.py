"""How fast the workspace answers, and how often: latency and the rate limit."""

import threading
from dataclasses import dataclass
from random import Random
from typing import Self

from .messages import Response
from .settings import SettingError, duration, whole_seconds


@dataclass(frozen=True, slots=True)
class Place:
    """What the rate limit says of one call: `remaining` calls until `reset` (unix seconds), `refused` or not."""

    limit: int
    remaining: int
    reset: int
    refused: bool

    def on(self, response: Response) -> Response:
        """The answer with the headers that tell of the place (source: developers.intercom.com, rate limiting)."""
        headers = {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }
        return Response(response.status, {**response.headers, **headers}, response.body)


class RateLimit:
    """So many calls in each window of so many seconds; Intercom's own is 1667 in 10.

    Windows begin at multiples of their length since 1970 (assumption). Refused calls do not count. One that is not
    `enforced` is told and refuses nothing.
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
    def usual(cls) -> Self:
        """Intercom's own, told and not enforced (source: developers.intercom.com, rate limiting)."""
        return cls(1667, 10, enforced=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of `300/3s`. Raises `SettingError`."""
        amount, _, seconds = text.partition("/")
        if not (amount.isascii() and amount.isdecimal() and len(amount) < 10 and seconds):
            raise SettingError(f"`{text}` is no rate limit; one is like 300/3s")
        return cls(int(amount), whole_seconds(seconds))

    @property
    def message(self) -> str:
        """What a refused call is told, in Intercom's words."""
        return f"Exceeded rate limit of {self.amount} in {self.seconds}_seconds"

    def enter(self, now: float) -> Place:
        """Takes a place in the window of `now`, unix seconds."""
        window = int(now // self.seconds)
        with self._lock:
            if window != self._window:
                self._window, self._used = window, 0
            refused = self._enforced and self._used >= self.amount
            self._used += not refused
            remaining = max(self.amount - self._used, 0)
        return Place(self.amount, remaining, (window + 1) * self.seconds, refused)


class Latency:
    """How long each call takes before it is looked at: between `low` and `high` seconds, evenly, under a seed."""

    def __init__(self, low: float, high: float, *, seed: int = 1) -> None:
        self._low, self._high = low, high
        self._random = Random(f"{seed}/latency")  # noqa: S311

    @classmethod
    def parse(cls, text: str, *, seed: int = 1) -> Self:
        """Of `50ms` or `20ms-80ms`. Raises `SettingError`."""
        low, ranged, high = text.partition("-")
        if not low or (ranged and not high):
            duration(text)  # which it is not: told as the whole of it
        least = duration(low)
        most = duration(high) if ranged else least
        if most < least:
            raise SettingError(f"`{text}` ends before it begins")
        return cls(least, most, seed=seed)

    def next(self) -> float:
        """Seconds for the next call."""
        return self._random.uniform(self._low, self._high)
