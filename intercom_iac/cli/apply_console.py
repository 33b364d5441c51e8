"""The person at the terminal who oversees an apply."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from .console import echo, print_json, silence_stdout
from .notices import print_notice
from .stop_requests import stop_requests

if TYPE_CHECKING:
    from intercom_iac.application import Notice, Outcome
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.planning import Change, Plan


class ApplyConsole:
    """An `Overseer`: prints the plan, asks for approval, and prints a line for each change, then the outcome.

    Whoever reads may go away in the middle (`apply | head`), and the disk of a file be full: the apply goes on, and
    the rest is printed on standard error.
    """

    def __init__(self, output: str, *, asks: bool) -> None:
        """`output` is `text` or `json`; with the latter, standard output has the outcome alone.

        Raises `Misuse` where somebody has to be asked (`asks`) and machines read the output.
        """
        if asks and output == "json":
            from intercom_iac.diagnostics import Misuse

            raise Misuse(
                "nobody can be asked where machines read", hint="pass --auto-approve, or a saved plan"
            )
        self._as_text = output == "text"
        self._err = not self._as_text

    def notify(self, notice: Notice) -> None:
        print_notice(notice)

    def review(self, plan: Plan) -> None:
        """Prints the plan. Raises `UnsafePlan` for one with errors: printed once more they would look like others."""
        if not self._as_text:
            return
        from .plan_output import print_plan

        print_plan(plan, "text")
        echo("")
        if plan.errors:
            from intercom_iac.diagnostics import UnsafePlan

            raise UnsafePlan("the plan cannot be applied for the errors in it: nothing was changed")

    def approve(self, plan: Plan) -> bool:
        """Asks. Raises `Misuse` where nobody is there."""
        from intercom_iac.diagnostics import Misuse
        from intercom_iac.text import printable

        # It is none where it is closed.
        if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
            raise Misuse("nobody is there to approve the plan", hint="pass --auto-approve, or a saved plan")
        count = len(plan.calls)
        changes = "this change" if count == 1 else f"these {count} changes"
        return click.confirm(f"Make {changes} in {printable(plan.workspace.name)}?")

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """The first Ctrl-C lets the calls under way end; the second does not. The outcome is told after either."""
        return stop_requests("changes")

    def change_started(self, change: Change, number: int, total: int) -> None:
        from intercom_iac.reporting import started_text

        self._print(started_text(change, number, total), end="")

    def change_done(self, change: Change, number: int, total: int) -> None:
        self._print(click.style(" done", fg="green"))

    def change_failed(self, change: Change, error: IntercomIacError) -> None:
        from intercom_iac.diagnostics import ApplyInterrupted

        end = " interrupted" if isinstance(error, ApplyInterrupted) else " failed"
        self._print(click.style(end, fg="red"))

    def conclude(self, outcome: Outcome) -> None:
        from intercom_iac.reporting import outcome_json, outcome_text

        if self._as_text:
            self._print(outcome_text(outcome))
        else:
            print_json(outcome_json(outcome))

    def finish(self, outcome: Outcome | None) -> int:
        """The exit code of an apply; None is one that was not approved, which is said."""
        if outcome is None:
            click.echo("not approved: nothing was changed", err=True)
            return 1
        if outcome.failed is not None:
            return outcome.failed.error.exit_code
        return 0 if outcome.complete else 1

    def _print(self, text: str, *, end: str = "\n") -> None:
        try:
            echo(text + end, err=self._err, nl=False)
        except OSError:
            if self._err:
                return
            self._err = True
            silence_stdout()
            self._print(text, end=end)
