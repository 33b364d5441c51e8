"""The person at the terminal who oversees a publish."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from .console import echo, print_json, silence_stdout
from .notices import print_notice
from .progress_line import ProgressLine
from .stop_requests import stop_requests

if TYPE_CHECKING:
    from intercom_iac.application import DeliveryProgress, Notice, PublishReport, PublishRequest

_HAS_CHANGES = 2


class PublishConsole:
    """A `PublishOverseer`: prints who enters and leaves, asks, and prints how far the writes are and how they ended.

    Whoever reads may go away in the middle (`segment publish | head`): the writes go on, and the rest is printed on
    standard error.
    """

    def __init__(self, output: str, request: PublishRequest) -> None:
        """`output` is `text` or `json`; with the latter, standard output has the report alone.

        Raises `Misuse` where somebody has to be asked and machines read the output.
        """
        asks = request.writes and not request.approved and request.plan is None
        if asks and output == "json":
            from intercom_iac.diagnostics import Misuse

            raise Misuse(
                "nobody can be asked where machines read",
                hint="pass --auto-approve, --dry-run, or a saved plan",
            )
        self._as_text = output == "text"
        self._err = not self._as_text
        self._line = ProgressLine()

    def notify(self, notice: Notice) -> None:
        print_notice(notice)

    def review(self, report: PublishReport) -> None:
        if self._as_text:
            from intercom_iac.reporting import publish_plan_text

            echo(publish_plan_text(report))

    def approve(self, report: PublishReport) -> bool:
        """Asks. Raises `Misuse` where nobody is there."""
        from intercom_iac.diagnostics import Misuse
        from intercom_iac.text import printable

        # It is none where it is closed.
        if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
            raise Misuse(
                "nobody is there to approve the writes",
                hint="pass --auto-approve, --dry-run, or a saved plan",
            )
        count = report.writes
        writes = "this write" if count == 1 else f"these {count:,} writes"
        return click.confirm(f"Make {writes} to {printable(report.workspace)}?")

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """The first Ctrl-C lets the calls under way end; the second does not. The outcome is told after either."""
        return stop_requests("writes")

    def progress(self, progress: DeliveryProgress) -> None:
        self._line.show(progress)

    def conclude(self, report: PublishReport) -> None:
        from intercom_iac.reporting import publish_outcome_text

        self._line.end()
        if self._as_text and report.outcome is not None:
            self._print(publish_outcome_text(report.outcome))

    def finish(
        self, report: PublishReport | None, request: PublishRequest, *, detailed_exitcode: bool
    ) -> int:
        """The exit code of a publish; None is one that was not approved, which is said."""
        if report is None:
            click.echo("not approved: nothing was written", err=True)
            return 1
        if not self._as_text:
            from intercom_iac.reporting import publish_json

            print_json(publish_json(report))
        if request.out is not None:
            import shlex

            saved = f"saved the plan: intercom-iac segment publish --plan {shlex.quote(str(request.out))}"
            echo(saved, err=True)
        if report.outcome is not None and report.outcome.stopped is not None:
            return report.outcome.stopped.exit_code
        if report.failed:
            return 1
        return _HAS_CHANGES if detailed_exitcode and report.writes else 0

    def _print(self, text: str) -> None:
        try:
            echo(text, err=self._err)
        except OSError:
            if self._err:
                return
            self._err = True
            silence_stdout()
            self._print(text)
