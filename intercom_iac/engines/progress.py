"""How far the work of an engine is, looked at from a thread of its own while a statement runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

# What is being done, and what part of it is done, 0 to 1: a stage of several statements begins again with each.
Watch = Callable[[str, float], None]

OFTEN = 0.1  # seconds from one look at the progress to the next


@contextmanager
def watched(watch: Watch | None, look: Callable[[], tuple[str, float]]) -> Generator[None]:
    """Tells `watch` now and then what `look` gives: the stage and its part, below 0 where that is not known."""
    if watch is None:
        yield
        return
    done = threading.Event()

    def report_progress() -> None:
        while not done.wait(OFTEN):
            stage, part = look()
            if part >= 0:
                watch(stage, min(part, 1.0))

    watcher = threading.Thread(target=report_progress, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    watch(look()[0], 1.0)
