"""The person at the terminal who oversees writes of records: asked once, told how far they are, able to stop them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from .console import echo, silence_stdout
from .notices import print_notice
from .progress_line import ProgressLine
from .stop_requests import stop_requests

if TYPE_CHECKING:
    from intercom_iac.application import DeliveryProgress, Notice

_UNASKED = "pass --auto-approve, --dry-run, or a saved plan: --plan FILE"


class WritesConsole:
    """What overseers of a sync and of a publish have in common.

    Whoever reads may go away in the middle: the writes go on, and the rest is printed on standard error.
    """

    def __init__(self, output: str, *, asks: bool) -> None:
        """`output` is `text` or `json`; with the latter, standard output has the report alone.

        Raises `Misuse` where somebody has to be asked (`asks`) and machines read the output.
        """
        if asks and output == "json":
            from intercom_iac.diagnostics import Misuse

            raise Misuse("nobody can be asked where machines read", hint=_UNASKED)
        self._as_text = output == "text"
        self._err = not self._as_text
        self._line = ProgressLine()

    def notify(self, notice: Notice) -> None:
        print_notice(notice)

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """The first Ctrl-C lets the calls under way end; the second does not. The outcome is told after either."""
        return stop_requests("writes")

    def follow(self, progress: DeliveryProgress) -> None:
        self._line.show(progress)

    def _ask(self, count: int, workspace: str) -> bool:
        """Whether to make so many writes. Raises `Misuse` where nobody is there."""
        from intercom_iac.diagnostics import Misuse
        from intercom_iac.text import printable

        # It is none where it is closed.
        if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
            raise Misuse("nobody is there to approve the writes", hint=_UNASKED)
        writes = "this write" if count == 1 else f"these {count:,} writes"
        return click.confirm(f"Make {writes} to {printable(workspace)}?")

    def _print(self, text: str) -> None:
        try:
            echo(text, err=self._err)
        except OSError:
            if self._err:
                return
            self._err = True
            silence_stdout()
            self._print(text)
