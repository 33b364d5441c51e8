"""Messages while an answer takes long: a program that says nothing looks as if it hung."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from intercom_iac.lazy_dataclass import dataclass

_FIRST, _SECOND = 5.0, 10.0  # seconds until the first message, and between those after it
_TICK = 1.0


@dataclass(slots=True, eq=False)
class _Call:
    began: float
    attempt: int
    due: float = _FIRST


class SlowCallWatch:
    """Reports to `notify` the call that has taken longest, from a thread of its own; without `notify`, nothing."""

    def __init__(
        self,
        host: str,
        notify: Callable[[str], None] | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        tick: float = _TICK,
    ) -> None:
        self._host = host
        self._notify = notify
        self._clock = clock
        self._tick = tick
        self._lock = threading.Lock()
        self._calls: list[_Call] = []
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def close(self) -> None:
        self._closed.set()

    @contextmanager
    def call(self, attempt: int) -> Generator[None]:
        """Around a call; `attempt` counts its tries from 1."""
        if self._notify is None:
            yield
            return
        call = _Call(self._clock(), attempt)
        with self._lock:
            self._calls.append(call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(self._notify,), daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(call)

    def due_message(self) -> str | None:
        """The message that is due now, given once: `waiting for api.intercom.io (10 s)`."""
        with self._lock:
            if not self._calls:
                return None
            longest = self._calls[0]  # they stand in the order in which they began
            waited = self._clock() - longest.began
            if waited < longest.due:
                return None
            longest.due = (waited // _SECOND + 1) * _SECOND
            again = "" if longest.attempt == 1 else f", try {longest.attempt}"
            return f"waiting for {self._host} ({int(waited)} s{again})"

    def _run(self, notify: Callable[[str], None]) -> None:
        while not self._closed.wait(self._tick):
            message = self.due_message()
            if message is not None:
                notify(message)
