"""The person at the keyboard who asks to stop while something is written."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_requests(under_way: str) -> Generator[Callable[[], bool]]:
    """Gives what says whether somebody asked to stop: the first Ctrl-C lets what is under way (`changes`) end, the
    second does not."""
    request = _StopRequest(under_way)
    handlers = [signal.signal(number, request.on_signal) for number in _SIGNALS]
    try:
        yield request.is_made
    finally:
        for number, handler in zip(_SIGNALS, handlers, strict=True):
            signal.signal(number, handler)


class _StopRequest:
    """Whether, and how often, the person at the keyboard asked to stop; from the third time on it changes nothing."""

    def __init__(self, under_way: str) -> None:
        self._count = 0
        self._text = f" stopping after the {under_way} under way; once more to stop at once\n".encode()

    def is_made(self) -> bool:
        return self._count > 0

    def on_signal(self, _: int, __: FrameType | None) -> None:
        self._count += 1
        if self._count == 1:
            # Not by the stream: the signal may have come in the midst of a write to it.
            with suppress(OSError):
                os.write(2, self._text)
        elif self._count == 2:
            raise KeyboardInterrupt
