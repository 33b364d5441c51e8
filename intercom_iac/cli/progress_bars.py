"""Progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

import click

_PATIENCE = 1.0
"""Seconds of work that need no bar."""


@contextmanager
def progress_bars() -> Generator[Callable[[str, float], None] | None]:
    """A bar a stage, where standard error is a terminal and the work takes its time: gives what is to be told a stage
    and what part of it is done. Time is counted from the first that is told."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]  closed
        yield None
        return
    begin: float | None = None
    with ExitStack() as shown:
        bar = None

        def show(stage: str, part: float) -> None:
            nonlocal bar, begin
            begin = time.monotonic() if begin is None else begin
            if time.monotonic() - begin < _PATIENCE:
                return
            if bar is None or bar.label != stage:
                shown.close()
                bar = shown.enter_context(
                    click.progressbar(length=100, label=stage, file=sys.stderr, show_eta=False)
                )
            # A stage of several statements begins again with each: its bar stays where it was.
            bar.update(max(0, int(100 * part) - bar.pos))

        yield show
