"""The person at the terminal who oversees a sync."""

from __future__ import annotations

import json
from threading import Lock
from typing import TYPE_CHECKING

import click

from .console import echo, print_json, screen_size
from .progress_bars import ProgressBars
from .writes_console import WritesConsole

if TYPE_CHECKING:
    from intercom_iac.application import Notice, SyncReport


class SyncConsole(WritesConsole):
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
        super().__init__(output, asks=asks)
        self._show_values = show_values
        self._on_lines = on_lines
        self._progress = progress
        self._watching = Lock()

    def notify(self, notice: Notice) -> None:
        self._end_bar()
        super().notify(notice)

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
        return self._ask(report.writes, report.workspace)

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
