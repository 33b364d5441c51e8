"""Makes a plan's changes, those that do not need each other at once, and stops at the first that fails.

There is nothing to roll back and no state to repair: the next plan reads the workspace and shows what is left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from intercom_iac.diagnostics import ApplyInterrupted, IntercomIacError, WorkspaceError
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.planning import Change, Plan, independent_runs
from intercom_iac.workspace import Workspace

from .execute import execute
from .journal import Journal, intent_record, result_record


@dataclass(frozen=True, slots=True)
class Failure:
    """The change that was not made, or of which it is not known whether it was (`in_flight`).

    `bug` is an exception that no workspace should raise: the caller raises it after reporting the outcome.
    """

    change: Change
    error: IntercomIacError
    in_flight: bool = False
    bug: Exception | None = None


@dataclass(frozen=True, slots=True)
class KeptOptions:
    """Options that others added to an attribute since the plan was made: they are kept beside those of the plan."""

    change: Change
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each change, in the plan's order. `manual` ones were never apply's to make, `waiting` ones are
    left to the apply after the steps by hand that they wait for.

    `also_failed` ran beside `failed`. `stopped` is what ended the apply where no change did. `kept` is of
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
    kept: tuple[KeptOptions, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        return () if self.failed is None else (self.failed, *self.also_failed)

    @property
    def complete(self) -> bool:
        return self.failed is None and not self.not_tried


class Progress(Protocol):
    """Called for every change, one after the other in the plan's order; `number` counts from 1 to `total`."""

    def change_started(self, change: Change, number: int, total: int) -> None: ...

    def change_done(self, change: Change, number: int, total: int) -> None: ...

    def change_failed(self, change: Change, error: IntercomIacError) -> None: ...


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
    is. After a failure, and when `should_stop` says so, the changes that run come to their end and no other begins.
    A `KeyboardInterrupt` leaves those that run in flight: whether Intercom made them is not known here, and the next
    plan tells. Whatever happens, the outcome says what became of every change.
    """
    return _Run(plan, workspace, progress, journal, parallelism, should_stop).run()


# How a change ended; of one that was made, the options of others that were kept.
End = Failure | tuple[str, ...]


class _Run:
    """One apply. This thread decides, writes and tells; calls are made in threads that each make one after the other.

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
        self._announced = self._reported = 0
        self._ended: SimpleQueue[tuple[int, End | BaseException]] = SimpleQueue()
        self._given: SimpleQueue[int | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._unwritten: list[Mapping[str, Any]] = []
        self._failed = self._interrupted = False
        self._stopped: IntercomIacError | None = None

    def run(self) -> Outcome:
        try:
            last = 0
            for changes in independent_runs(self._calls):
                last += len(changes)
                self._run_changes(last)
        except KeyboardInterrupt:
            self._interrupted = True
            self._collect_ended()
            for at in range(self._begun):
                if at not in self._ends:
                    error = ApplyInterrupted("interrupted while Intercom was being asked")
                    self._end(at, Failure(self._calls[at], error, in_flight=True))
            self._report()
        finally:
            for _ in self._threads:
                self._given.put(None)
        if not self._interrupted:
            for thread in self._threads:
                thread.join()
        self._write([])
        return self._outcome()

    def _run_changes(self, last: int) -> None:
        """Makes the changes up to this place; returns when all that began have ended."""
        while True:
            self._start_changes(last)
            if len(self._ends) == self._begun:
                return
            self._collect(self._ended.get())
            self._collect_ended()
            self._report()

    def _start_changes(self, last: int) -> None:
        """Starts as many changes as may run beside those that do."""
        running = self._begun - len(self._ends)
        upto = min(last, self._begun + self._parallelism - running)
        if upto == self._begun or self._stopped or self._failed:
            return
        if self._should_stop():
            self._interrupted = True
            upto = self._begun
        if self._interrupted or not self._write(
            [intent_record(at, self._calls[at]) for at in range(self._begun, upto)]
        ):
            return
        while self._begun < upto:
            self._begun += 1
            if len(self._threads) < min(self._begun, self._parallelism):
                self._threads.append(threading.Thread(target=self._run_calls, daemon=True))
                self._threads[-1].start()
            self._given.put(self._begun - 1)
        self._report()

    def _run_calls(self) -> None:
        """Makes the changes it is given, until it is given None."""
        while (at := self._given.get()) is not None:
            self._run_call(at)

    def _run_call(self, at: int) -> None:
        try:
            self._ended.put((at, _execute_change(self._calls[at], self._workspace, self._plan.rests_on)))
        except BaseException as error:
            self._ended.put((at, error))

    def _collect(self, ended: tuple[int, End | BaseException]) -> None:
        at, end = ended
        if isinstance(end, BaseException):
            raise end
        self._end(at, end)

    def _collect_ended(self) -> None:
        while True:
            try:
                self._collect(self._ended.get_nowait())
            except Empty:
                return

    def _end(self, at: int, end: End) -> None:
        self._ends[at] = end
        failed = isinstance(end, Failure)
        self._failed = self._failed or failed
        self._unwritten.append(result_record(at, done=not failed, known=not failed or not end.in_flight))

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

    def _report(self) -> None:
        """Reports the changes as if they were made one by one: one that ended early waits for those before it."""
        total = len(self._calls)
        while self._reported < self._begun:
            at = self._reported
            change = self._calls[at]
            if self._announced == at:
                self._announced += 1
                self._progress.change_started(change, at + 1, total)
            if at not in self._ends:
                return
            self._reported += 1
            end = self._ends[at]
            if isinstance(end, Failure):
                self._progress.change_failed(change, end.error)
            else:
                self._progress.change_done(change, at + 1, total)

    def _outcome(self) -> Outcome:
        ends = sorted(self._ends.items())
        failures = tuple(end for _, end in ends if isinstance(end, Failure))
        return Outcome(
            done=tuple(self._calls[at] for at, end in ends if not isinstance(end, Failure)),
            failed=failures[0] if failures else None,
            not_tried=self._calls[self._begun :],
            manual=self._plan.manual,
            interrupted=self._interrupted,
            also_failed=failures[1:],
            stopped=self._stopped,
            waiting=self._plan.waiting,
            kept=tuple(
                KeptOptions(change=self._calls[at], options=end)
                for at, end in ends
                if end and not isinstance(end, Failure)
            ),
        )


def _execute_change(change: Change, workspace: Workspace, rests_on: Mapping[str, str]) -> End:
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
