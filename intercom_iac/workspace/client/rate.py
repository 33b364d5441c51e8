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
# A clock this near to that of the answers is right, and tells what part of the second has passed.
_IN_STEP = 2.0


class RateGate:
    """Shared by every thread that calls one workspace: each call is an `enter`, and a `leave` with its answer.

    The places of a window are those that the lowest answer left, less the calls that are under way: whether that
    answer counted them is not known until they are answered too. A new window is taken to be as large as the last.

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
        self._under_way = 0
        self._limit: int | None = None
        self._remaining: int | None = None  # None while nothing is known of the window
        self._reset: float = 0.0  # names the window: its end as Intercom writes it
        self._guessed = False  # that window has ended, and no answer told of the next one yet
        self._ends: float = 0.0  # its end by `clock`

    def enter(self) -> None:
        """Returns when a call may be made, after `LONGEST_WAIT` seconds at most."""
        waited = 0.0
        while (pause := self._pause()) > 0 and waited < LONGEST_WAIT:
            pause = max(min(pause, LONGEST_WAIT - waited), _SHORTEST_NAP)
            self._sleep(pause)
            waited += pause
        with self._lock:
            # Counted in `_pause` already where there was a place.
            self._under_way += pause > 0

    def _pause(self) -> float:
        """0.0 with a place taken, else the seconds until it is worth asking again."""
        with self._lock:
            left = self._ends - self._clock()
            if self._remaining is not None and left <= 0:
                self._remaining, self._ends, left = self._limit, self._clock() + WINDOW, WINDOW
                self._guessed = True
            if self._remaining is None or self._remaining > self._under_way:
                self._under_way += 1
                return 0.0
            # The answers to come may show that there is room.
            return min(left, _SHORTEST_NAP) if self._remaining > 0 else left

    def leave(self, headers: Mapping[str, str] | None = None) -> None:
        """Takes in what an answer says of the window; None for a call that got none.

        Answers that arrive late cannot raise the number left.
        """
        with self._lock:
            self._under_way = max(self._under_way - 1, 0)
            window = None if headers is None else _window(headers)
            if headers is None or window is None:
                return
            limit, remaining, reset = window
            self._limit = limit or self._limit
            left = min(max(reset - self._response_time(headers), 0.0), WINDOW)
            same = reset == self._reset and self._remaining is not None
            if same and not self._guessed:
                self._remaining = min(self._remaining or 0, remaining)
            elif reset > self._reset or self._window_ended() or (same and left > 0):
                self._remaining, self._reset, self._ends = remaining, reset, self._clock() + left
                self._guessed = False

    def _window_ended(self) -> bool:
        return self._remaining is None or self._clock() >= self._ends

    def _response_time(self, headers: Mapping[str, str]) -> float:
        """The moment of an answer in unix seconds."""
        today = self._today()
        try:
            date = parsedate_to_datetime(headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return today
        return min(max(today, date), date + 1) if abs(today - date) < _IN_STEP else date


def _window(headers: Mapping[str, str]) -> tuple[int | None, int, float] | None:
    """Limit, remaining and reset; None where they make no sense."""
    try:
        remaining = int(headers["x-ratelimit-remaining"])
        reset = float(headers["x-ratelimit-reset"])
        limit = int(headers.get("x-ratelimit-limit", "0"))
    except (KeyError, ValueError):
        return None
    return (limit if limit > 0 else None, remaining, reset) if math.isfinite(reset) else None
