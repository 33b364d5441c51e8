"""Saying that an answer is waited for: a program that stands still, and says nothing, looks as if it hung."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

_FIRST, _SECOND = 5.0, 10.0  # seconds after which a wait is told; then after each `_SECOND`
_TICK = 1.0


@dataclass(slots=True, eq=False)
class _Call:
    began: float
    attempt: int
    due: float = _FIRST


class Watch:
    """Tells of the call that has been under way for longest; watches nothing where there is nobody to `tell`."""

    def __init__(
        self,
        host: str,
        tell: Callable[[str], None] | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        tick: float = _TICK,
    ) -> None:
        self._host = host
        self._tell = tell
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
        """A call is under way, for the so manieth time."""
        if self._tell is None:
            yield
            return
        call = _Call(self._clock(), attempt)
        with self._lock:
            self._calls.append(call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(self._tell,), daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(call)

    def look(self) -> str | None:
        """What is to be told now, once: `waiting for api.intercom.io (10 s)`."""
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

    def _run(self, tell: Callable[[str], None]) -> None:
        while not self._closed.wait(self._tick):
            told = self.look()
            if told is not None:
                tell(told)
