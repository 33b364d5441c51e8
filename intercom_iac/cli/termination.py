"""Signals that end the program, while there is something to clear away."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def clearing_away() -> Generator[None]:
    """Whoever ends the program (CI that cancels a job, a terminal that is closed) ends it as Ctrl-C does, so that no
    unfinished file with records of people stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals come to the main thread alone
        return
    # One that is ignored, as under nohup, still is.
    numbers = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    handlers = [(number, signal.signal(number, _interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in handlers:
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
