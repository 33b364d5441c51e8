"""The person at the terminal who oversees a publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .console import echo, print_json
from .writes_console import WritesConsole

if TYPE_CHECKING:
    from intercom_iac.application import PublishReport, PublishRequest

_HAS_CHANGES = 2


class PublishConsole(WritesConsole):
    """A `PublishOverseer`: prints who enters and leaves, asks, shows how far the writes are, and their outcome."""

    def __init__(self, output: str, request: PublishRequest) -> None:
        """`output` is `text` or `json`; with the latter, standard output has the report alone.

        Raises `Misuse` where somebody has to be asked and machines read the output.
        """
        super().__init__(output, asks=request.writes and not request.approved and request.plan is None)

    def review(self, report: PublishReport) -> None:
        if self._as_text:
            from intercom_iac.reporting import publish_plan_text

            self._print(publish_plan_text(report))

    def approve(self, report: PublishReport) -> bool:
        """Asks. Raises `Misuse` where nobody is there."""
        return self._ask(report.writes, report.workspace)

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
