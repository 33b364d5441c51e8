"""The person at the terminal who oversees a sync."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import TYPE_CHECKING

import click

from .console import echo, print_json, screen_size, silence_stdout
from .notices import print_notice
from .progress_bars import ProgressBars
from .progress_line import ProgressLine
from .stop_requests import stop_requests

if TYPE_CHECKING:
    from intercom_iac.application import DeliveryProgress, Notice, SyncReport


class SyncConsole:
    """A `SyncOverseer`: prints the plan, asks for approval, shows how far the writes are, and prints the outcome.

    Whoever reads may go away in the middle: the sync goes on, and the rest is printed on standard error.
    """

    def __init__(
        self,
        output: str,
        *,
        show_values: bool,
        asks: bool,
        on_lines: bool,
        progress: ProgressBars | None,
    ) -> None:
        """`output` is `text` or `json`; with the latter, standard output has the report alone. `on_lines`: each
        report is one line of it. `progress` shows how far the reading is.

        Raises `Misuse` where somebody has to be asked (`asks`) and machines read the output.
        """
        if asks and output == "json":
            from intercom_iac.diagnostics import Misuse

            raise Misuse(
                "nobody can be asked where machines read",
                hint="pass --auto-approve, --dry-run, or a saved plan: --plan FILE",
            )
        self._as_text = output == "text"
        self._err = not self._as_text
        self._show_values = show_values
        self._on_lines = on_lines
        self._progress = progress
        self._watching = Lock()
        self._line = ProgressLine()

    def notify(self, notice: Notice) -> None:
        self._end_bar()
        print_notice(notice)

    def watch(self, stage: str, part: float) -> None:
        if self._progress is not None and stage:
            with self._watching:
                self._progress(stage, part)

    def _end_bar(self) -> None:
        """What is printed next begins on a line of its own."""
        with self._watching:
            if self._progress is not None:
                self._progress.end()

    def review(self, report: SyncReport) -> None:
        from intercom_iac.reporting import sync_plan_text

        self._end_bar()
        # What the engine does from now on, such as closing the cache, is not worth a bar.
        self._progress = None
        if self._as_text:
            self._print(
                sync_plan_text(report, show_values=self._show_values, width=min(screen_size()[0], 100))
            )

    def approve(self, report: SyncReport) -> bool:
        """Asks. Raises `Misuse` where nobody is there."""
        from intercom_iac.diagnostics import Misuse
        from intercom_iac.text import printable

        # It is none where it is closed.
        if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
            raise Misuse(
                "nobody is there to approve the plan",
                hint="pass --auto-approve, --dry-run, or a saved plan: --plan FILE",
            )
        count = report.writes
        writes = "this write" if count == 1 else f"these {count:,} writes"
        return click.confirm(f"Make {writes} to {printable(report.workspace)}?")

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """The first Ctrl-C lets the calls under way end; the second does not. The outcome is told after either."""
        return stop_requests("writes")

    def follow(self, progress: DeliveryProgress) -> None:
        self._line.show(progress)

    def conclude(self, report: SyncReport) -> None:
        self._line.end()
        if not self._as_text:
            from intercom_iac.reporting import sync_json

            data = sync_json(report, show_values=self._show_values)
            if self._on_lines:
                echo(json.dumps(data, ensure_ascii=False))
            else:
                print_json(data)
        elif report.outcome is not None:
            from intercom_iac.reporting import sync_outcome_text

            if text := sync_outcome_text(report, show_values=self._show_values):
                self._print(text)

    def finish(self, report: SyncReport | None, *, detailed_exitcode: bool) -> int:
        """The exit code of a sync; None is one that was not approved, which is said."""
        if report is None:
            click.echo("not approved: nothing was changed", err=True)
            return 1
        outcome = report.outcome
        if outcome is not None and outcome.stopped is not None:
            return outcome.stopped.exit_code
        if report.failed:
            return 1
        return 2 if detailed_exitcode and report.writes else 0

    def _print(self, text: str) -> None:
        try:
            echo(text, err=self._err)
        except OSError:
            if self._err:
                return
            self._err = True
            silence_stdout()
            self._print(text)
