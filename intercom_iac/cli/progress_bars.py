"""Progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

_PATIENCE = 1.0
"""Seconds of work that need no bar."""


class ProgressBars:
    """A bar a stage, for work that takes its time: it is called with a stage and what part of it is done. Time is
    counted from the first call."""

    def __init__(self) -> None:
        self._shown = ExitStack()
        self._label: str | None = None
        self._bar: Any = None
        self._begin: float | None = None

    def __call__(self, stage: str, part: float) -> None:
        self._begin = time.monotonic() if self._begin is None else self._begin
        if time.monotonic() - self._begin < _PATIENCE:
            return
        if self._label != stage:
            self.end()
            self._label = stage
            self._bar = self._shown.enter_context(
                click.progressbar(length=100, label=stage, file=sys.stderr, show_eta=False)
            )
        # A stage of several statements begins again with each: its bar stays where it was.
        self._bar.update(max(0, int(100 * part) - self._bar.pos))

    def end(self) -> None:
        """Ends the line of the bar, so that something else can be printed."""
        self._label = None
        self._shown.close()


@contextmanager
def progress_bars() -> Generator[ProgressBars | None]:
    """Bars where standard error is a terminal; the last ends with the block."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]  closed
        yield None
        return
    bars = ProgressBars()
    try:
        yield bars
    finally:
        bars.end()
