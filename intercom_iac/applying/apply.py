"""Makes a plan's changes in order and stops at the first that fails.

There is nothing to roll back and no state to mend: the next plan reads the workspace and shows what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from intercom_iac.diagnostics import ApplyInterrupted, IntercomIacError, WorkspaceError
from intercom_iac.planning import Change, Plan
from intercom_iac.workspace import Workspace

from .execute import execute


@dataclass(frozen=True, slots=True)
class Failure:
    """The change that was not made, or of which it is not known whether it was (`in_flight`).

    `bug` is an exception that no workspace should raise: for whoever called to raise once the outcome is told.
    """

    change: Change
    error: IntercomIacError
    in_flight: bool = False
    bug: Exception | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each change. `manual` ones were never apply's to make."""

    done: tuple[Change, ...]
    failed: Failure | None
    not_tried: tuple[Change, ...]
    manual: tuple[Change, ...]
    interrupted: bool = False

    @property
    def complete(self) -> bool:
        return self.failed is None and not self.not_tried


class Progress(Protocol):
    """Told of every change before and after its call; `number` counts from 1 to `total`."""

    def started(self, change: Change, number: int, total: int) -> None: ...

    def done(self, change: Change, number: int, total: int) -> None: ...

    def failed(self, change: Change, error: IntercomIacError) -> None: ...


def apply(
    plan: Plan,
    workspace: Workspace,
    progress: Progress,
    *,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Makes the changes of a plan that still holds for the workspace.

    `should_stop` is asked between two calls. A `KeyboardInterrupt` within a call leaves that change in flight:
    whether Intercom made it is not known here, and the next plan tells. Whatever happens, the outcome says what
    became of every change.
    """
    calls = plan.calls
    done: list[Change] = []
    current: Change | None = None

    def ended(failed: Failure | None, *, interrupted: bool = False) -> Outcome:
        tried = len(done) + (failed is not None)
        return Outcome(tuple(done), failed, calls[tried:], plan.manual, interrupted)

    try:
        for number, change in enumerate(calls, 1):
            if should_stop():
                return ended(None, interrupted=True)
            current = change
            progress.started(change, number, len(calls))
            failure = _made(change, workspace)
            if failure is not None:
                progress.failed(change, failure.error)
                return ended(failure)
            done.append(change)
            progress.done(change, number, len(calls))
    except KeyboardInterrupt:
        if current is None or done[-1:] == [current]:
            return ended(None, interrupted=True)
        stopped = ApplyInterrupted("interrupted while Intercom was being asked")
        progress.failed(current, stopped)
        return ended(Failure(current, stopped, in_flight=True), interrupted=True)
    return ended(None)


def _made(change: Change, workspace: Workspace) -> Failure | None:
    try:
        execute(change, workspace)
    except WorkspaceError as error:
        return Failure(change, error, in_flight=error.maybe_done)
    except Exception as bug:
        error = IntercomIacError(
            "a mistake in this program, not in the plan, ended the call",
            hint="run `plan` to see where the workspace stands, and report what is printed below",
        )
        return Failure(change, error, in_flight=True, bug=bug)
    return None
