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
    """The change that was not made, or of which it is not known whether it was (`in_flight`)."""

    change: Change
    error: IntercomIacError
    in_flight: bool = False


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
    whether Intercom made it is not known here, and the next plan tells.
    """
    calls = plan.calls
    done: list[Change] = []
    for number, change in enumerate(calls, 1):
        if should_stop():
            return Outcome(tuple(done), None, calls[number - 1 :], plan.manual, interrupted=True)
        progress.started(change, number, len(calls))
        try:
            execute(change, workspace)
        except WorkspaceError as error:
            progress.failed(change, error)
            failure = Failure(change, error, in_flight=error.maybe_done)
            return Outcome(tuple(done), failure, calls[number:], plan.manual)
        except KeyboardInterrupt:
            stopped = ApplyInterrupted("interrupted while Intercom was being asked")
            failure = Failure(change, stopped, in_flight=True)
            return Outcome(tuple(done), failure, calls[number:], plan.manual, interrupted=True)
        done.append(change)
        progress.done(change, number, len(calls))
    return Outcome(tuple(done), None, (), plan.manual)
