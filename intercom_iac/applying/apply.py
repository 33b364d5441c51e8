"""Makes a plan's changes, those that do not need each other at once, and stops at the first that fails.

There is nothing to roll back and no state to mend: the next plan reads the workspace and shows what is left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from intercom_iac.diagnostics import ApplyInterrupted, IntercomIacError, WorkspaceError
from intercom_iac.planning import Change, Plan, independent
from intercom_iac.workspace import Workspace

from .execute import execute
from .journal import Journal, intent, result


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
class Kept:
    """Options that others added to an attribute since the plan was made: they stand beside those of the plan."""

    change: Change
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each change, in the plan's order. `manual` ones were never apply's to make, `waiting` ones are
    left to the apply after the steps by hand that they wait for.

    `also_failed` were under way beside `failed`. `stopped` is what ended the apply where no change did. `kept` is of
    changes that are done.
    """

    done: tuple[Change, ...]
    failed: Failure | None
    not_tried: tuple[Change, ...]
    manual: tuple[Change, ...]
    interrupted: bool = False
    also_failed: tuple[Failure, ...] = ()
    stopped: IntercomIacError | None = None
    waiting: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        return () if self.failed is None else (self.failed, *self.also_failed)

    @property
    def complete(self) -> bool:
        return self.failed is None and not self.not_tried


class Progress(Protocol):
    """Told of every change, one after the other in the plan's order; `number` counts from 1 to `total`."""

    def started(self, change: Change, number: int, total: int) -> None: ...

    def done(self, change: Change, number: int, total: int) -> None: ...

    def failed(self, change: Change, error: IntercomIacError) -> None: ...


def apply(
    plan: Plan,
    workspace: Workspace,
    progress: Progress,
    *,
    journal: Journal | None = None,
    parallelism: int = 1,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Makes the changes of a plan that still holds for the workspace, `parallelism` at once at most.

    The journal has the intent of a change before its call is made; where it cannot be written, no further change
    is. After a failure, and when `should_stop` says so, the changes under way come to their end and no other begins.
    A `KeyboardInterrupt` leaves those under way in flight: whether Intercom made them is not known here, and the next
    plan tells. Whatever happens, the outcome says what became of every change.
    """
    return _Run(plan, workspace, progress, journal, parallelism, should_stop).made()


# How a change ended; of one that was made, the options of others that were kept.
End = Failure | tuple[str, ...]


class _Run:
    """One apply. This thread decides, writes and tells; each call is made in a thread of its own.

    Changes are known by their place in the plan. They begin in that order, so `_begun` is how many have.
    """

    def __init__(
        self,
        plan: Plan,
        workspace: Workspace,
        progress: Progress,
        journal: Journal | None,
        parallelism: int,
        should_stop: Callable[[], bool],
    ) -> None:
        self._plan = plan
        self._calls = plan.calls
        self._workspace = workspace
        self._progress = progress
        self._journal = journal
        self._parallelism = parallelism
        self._should_stop = should_stop
        self._begun = 0
        self._ends: dict[int, End] = {}
        self._announced = self._told = 0
        self._ended: SimpleQueue[tuple[int, End | BaseException]] = SimpleQueue()
        self._unwritten: list[Mapping[str, Any]] = []
        self._failed = self._interrupted = False
        self._stopped: IntercomIacError | None = None

    def made(self) -> Outcome:
        try:
            last = 0
            for run in independent(self._calls):
                last += len(run)
                self._make(last)
        except KeyboardInterrupt:
            self._interrupted = True
            self._take_what_ended()
            for at in range(self._begun):
                if at not in self._ends:
                    error = ApplyInterrupted("interrupted while Intercom was being asked")
                    self._end(at, Failure(self._calls[at], error, in_flight=True))
            self._tell()
        self._write([])
        return self._outcome()

    def _make(self, last: int) -> None:
        """Makes the changes up to this place; returns when none is under way any more."""
        while True:
            self._begin(last)
            if len(self._ends) == self._begun:
                return
            self._take(self._ended.get())
            self._take_what_ended()
            self._tell()

    def _begin(self, last: int) -> None:
        """Begins as many changes as may be."""
        under_way = self._begun - len(self._ends)
        upto = min(last, self._begun + self._parallelism - under_way)
        if upto == self._begun or self._stopped or self._failed:
            return
        if self._should_stop():
            self._interrupted = True
            upto = self._begun
        if self._interrupted or not self._write(
            [intent(at, self._calls[at]) for at in range(self._begun, upto)]
        ):
            return
        while self._begun < upto:
            self._begun += 1
            at = self._begun - 1
            threading.Thread(target=self._call, args=(at,), daemon=True).start()
        self._tell()

    def _call(self, at: int) -> None:
        try:
            self._ended.put((at, _make_change(self._calls[at], self._workspace, self._plan.rests_on)))
        except BaseException as error:
            self._ended.put((at, error))

    def _take(self, ended: tuple[int, End | BaseException]) -> None:
        at, end = ended
        if isinstance(end, BaseException):
            raise end
        self._end(at, end)

    def _take_what_ended(self) -> None:
        while True:
            try:
                self._take(self._ended.get_nowait())
            except Empty:
                return

    def _end(self, at: int, end: End) -> None:
        self._ends[at] = end
        failed = isinstance(end, Failure)
        self._failed = self._failed or failed
        self._unwritten.append(result(at, done=not failed, known=not failed or not end.in_flight))

    def _write(self, intents: list[Mapping[str, Any]]) -> bool:
        """Writes how changes ended, and which come next; whether that succeeded."""
        records = [*self._unwritten, *intents]
        self._unwritten = []
        if self._journal is None or not records or self._stopped:
            return self._stopped is None
        try:
            self._journal.write(records)
        except IntercomIacError as error:
            self._stopped = error
            return False
        return True

    def _tell(self) -> None:
        """Tells of the changes as if they were made one by one: what ended early waits for those before it."""
        total = len(self._calls)
        while self._told < self._begun:
            at = self._told
            change = self._calls[at]
            if self._announced == at:
                self._announced += 1
                self._progress.started(change, at + 1, total)
            if at not in self._ends:
                return
            self._told += 1
            end = self._ends[at]
            if isinstance(end, Failure):
                self._progress.failed(change, end.error)
            else:
                self._progress.done(change, at + 1, total)

    def _outcome(self) -> Outcome:
        ends = sorted(self._ends.items())
        failures = tuple(end for _, end in ends if isinstance(end, Failure))
        return Outcome(
            tuple(self._calls[at] for at, end in ends if not isinstance(end, Failure)),
            failures[0] if failures else None,
            self._calls[self._begun :],
            self._plan.manual,
            self._interrupted,
            failures[1:],
            self._stopped,
            self._plan.waiting,
            tuple(Kept(self._calls[at], end) for at, end in ends if end and not isinstance(end, Failure)),
        )


def _make_change(change: Change, workspace: Workspace, rests_on: Mapping[str, str]) -> End:
    try:
        return execute(change, workspace, rests_on)
    except WorkspaceError as error:
        return Failure(change, error, in_flight=error.maybe_done)
    except Exception as bug:
        error = IntercomIacError(
            "a mistake in this program, not in the plan, ended the call",
            hint="run `plan` to see where the workspace stands, and report what is printed below",
        )
        return Failure(change, error, in_flight=True, bug=bug)
