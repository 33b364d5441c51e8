"""One gate for all calls: it knows how many are left in Intercom's current window, and holds back the rest.

Intercom spreads its per-minute limit over windows of 10 seconds and tells in every answer how many calls the
window has (`X-RateLimit-Limit`), how many are left (`-Remaining`) and when it ends (`-Reset`, unix seconds);
source: developers.intercom.com, rate limiting. It documents no `Retry-After`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

WINDOW = 10.0
LONGEST_WAIT = WINDOW + 1.0
_SHORTEST_NAP = 0.01


class RateGate:
    """Shared by every thread that calls one workspace.

    The end of a window is taken as so many seconds from the answer, by the answer's own `Date` where it has one: this
    machine's clock may be wrong. `clock` counts seconds from anywhere; `today` gives unix seconds.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._clock = clock
        self._today = today
        self._sleep = sleep
        self._lock = threading.Lock()
        self._remaining: int | None = None  # None while nothing is known of the window
        self._reset: float = 0.0  # names the window: its end as Intercom writes it
        self._ends: float = 0.0  # its end by `clock`

    def wait(self) -> None:
        """Returns when a call may be made, after `LONGEST_WAIT` seconds at most; takes its place in the window."""
        waited = 0.0
        while (pause := self._enter()) > 0 and waited < LONGEST_WAIT:
            pause = max(min(pause, LONGEST_WAIT - waited), _SHORTEST_NAP)
            self._sleep(pause)
            waited += pause

    def _enter(self) -> float:
        """0.0 with a place taken, else the seconds until the window ends."""
        with self._lock:
            if self._remaining is None or (left := self._ends - self._clock()) <= 0:
                self._remaining = None
                return 0.0
            if self._remaining > 0:
                self._remaining -= 1
                return 0.0
            return left

    def learn(self, headers: Mapping[str, str]) -> None:
        """Takes in what an answer says of the window; answers that arrive late cannot raise the number left."""
        try:
            remaining = int(headers["x-ratelimit-remaining"])
            reset = float(headers["x-ratelimit-reset"])
        except (KeyError, ValueError):
            return
        if not math.isfinite(reset):
            return
        left = min(max(reset - self._now(headers), 0.0), WINDOW)
        with self._lock:
            if reset == self._reset and self._remaining is not None:
                self._remaining = min(self._remaining, remaining)
            elif reset > self._reset or self._remaining is None or self._clock() >= self._ends:
                self._remaining, self._reset, self._ends = remaining, reset, self._clock() + left

    def _now(self, headers: Mapping[str, str]) -> float:
        try:
            return parsedate_to_datetime(headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return self._today()
