"""How far writes are: one line on a terminal, drawn over and over, and a line now and then in a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from .console import print_meanwhile

if TYPE_CHECKING:
    from intercom_iac.application import DeliveryProgress

_OFTEN, _NOW_AND_THEN = 0.2, 30.0
"""Seconds between two looks at the progress, on a terminal and in a log."""


class ProgressLine:
    """The line of one delivery, on standard error. It is drawn to its end once, and `end` leaves none half drawn."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()  # pyright: ignore[reportUnnecessaryComparison]
        self._shown_at = time.monotonic()
        self._is_open = False
        self._is_over = False

    def show(self, progress: DeliveryProgress) -> None:
        from intercom_iac.reporting import delivery_progress_text

        is_over = progress.done + progress.failed == progress.total
        pause = _OFTEN if self._is_terminal else _NOW_AND_THEN
        is_early = time.monotonic() - self._shown_at < pause and not (is_over and self._is_terminal)
        if is_early or self._is_over:
            return
        self._shown_at = time.monotonic()
        self._is_over = is_over
        text = delivery_progress_text(progress)
        if self._is_terminal:
            self._is_open = not is_over
            click.echo(f"\r\x1b[K{text}", err=True, nl=is_over)
        else:
            print_meanwhile(text)

    def end(self) -> None:
        """What is printed next begins on a line of its own."""
        if self._is_open:
            self._is_open = False
            click.echo("", err=True)
