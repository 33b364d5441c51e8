"""The writes of a spool, made: many at once, each at most once, in an order that puts properties before events.

One thread decides and keeps the journal; the others make the calls. A write that fails stops no other, but for those
that come after it. What would make every call fail stops them all: a token that is refused, no answer any more.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue

from intercom_iac.diagnostics import (
    IntercomIacError,
    RateLimited,
    Unreachable,
    WorkspaceError,
)
from intercom_iac.workspace import Records

from .ends import Delivery, DeliveryProgress, WriteEnd, WriteFailure
from .journal import WriteJournal
from .losses import Losses, is_passing
from .making import Maker
from .rate import Rate
from .refusals import refusal_end
from .spool import Spool
from .write import Write, WriteAction

PARALLELISM = 16
"""How many calls are under way at once, where nobody says otherwise: answers that take 100 ms each use up Intercom's
limit of 10,000 a minute."""
_FIRST_FAILURES = 20
_MOST_WAITING = 10_000
"""How many writes are set aside that wait for an earlier one; no further ones are read while there are more."""
_ROUNDS = 3
"""How often a write is taken up to which no answer came; each time the client has tried it several times."""
_LAST_STAGE = 2
_STAGES: Mapping[WriteAction, int] = {"upsert": 0, "create": 1, "update": 1}
"""Companies, then contacts; events and tags come last."""


def deliver(
    spool: Spool,
    records: Records,
    journal: WriteJournal,
    *,
    parallelism: int = PARALLELISM,
    look_first: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
    on_progress: Callable[[DeliveryProgress], object] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> Delivery:
    """Makes the writes that the journal has no end of, `parallelism` at once at most.

    Companies come before contacts, these before events and tags, and no write begins before the one that it comes
    after is done. Those that began before and have no end are looked at first, by id; with `look_first` all are, as
    those of a plan that is not of this moment have to be.

    When `should_stop` says so, those that run come to their end and no other begins; a `KeyboardInterrupt` leaves
    those that run without an end. Raises nothing that a workspace or a full disk may cause: see `Delivery.stopped`.
    """
    return _Run(
        spool,
        Maker(records),
        journal,
        parallelism=parallelism,
        look_first=look_first,
        should_stop=should_stop,
        on_progress=on_progress,
        clock=clock,
    ).run()


class _Run:
    def __init__(
        self,
        spool: Spool,
        maker: Maker,
        journal: WriteJournal,
        *,
        parallelism: int,
        look_first: bool,
        should_stop: Callable[[], bool],
        on_progress: Callable[[DeliveryProgress], object],
        clock: Callable[[], float],
    ) -> None:
        self._spool = spool
        self._maker = maker
        self._journal = journal
        self._states = journal.states
        self._parallelism = parallelism
        self._look_first = look_first
        self._should_stop = should_stop
        self._on_progress = on_progress
        self._rate = Rate(clock)
        self._losses = Losses(max(8, parallelism + 1))
        self._tasks: SimpleQueue[tuple[Write, bool] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[Write, WriteEnd | BaseException]] = SimpleQueue()
        self._threads = 0
        self._running = 0
        self._stage = 0
        self._unread = iter(spool)
        self._next: Write | None = next(self._unread, None)
        self._ready: deque[Write] = deque()
        self._waiting: dict[int, list[Write]] = {}
        self._waiting_count = 0
        self._ended: list[WriteEnd] = []
        self._in_doubt = 0
        self._failures: list[WriteFailure] = []
        self._stopped: IntercomIacError | None = None
        self._journal_failed = self._interrupted = False
        self._bug: BaseException | None = None

    def run(self) -> Delivery:
        try:
            while self._start_writes() or self._running:
                self._collect(*self._results.get())
                self._collect_ended()
        except KeyboardInterrupt:
            self._interrupted = True
            self._collect_ended()
            self._write_journal([])
            self._in_doubt += self._running
        finally:
            for _ in range(self._threads):
                self._tasks.put(None)
        if self._bug is not None:
            raise self._bug
        self._tell()
        return self._outcome()

    def _start_writes(self) -> bool:
        """Starts as many writes as may run beside those that do; whether any did."""
        if not self._interrupted and self._stopped is None and self._should_stop():
            self._interrupted = True
        batch: list[tuple[Write, bool]] = []
        if not self._interrupted and self._stopped is None and self._bug is None:
            try:
                batch = list(self._batch(self._parallelism - self._running))
            except IntercomIacError as error:
                self._stopped = error
        if not self._write_journal([write.number for write, _ in batch]):
            return False
        for write, maybe_done in batch:
            self._running += 1
            self._tasks.put((write, maybe_done))
            if self._threads < min(self._running, self._parallelism):
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()
        self._tell()
        return bool(batch)

    def _batch(self, room: int) -> Iterator[tuple[Write, bool]]:
        """The next writes, each with whether it is to be looked at first."""
        while room > 0 and (write := self._next_write(room)) is not None:
            room -= 1
            yield write, self._look_first or self._states.is_in_flight(write.number)

    def _next_write(self, room: int) -> Write | None:
        if self._ready:
            return self._ready.popleft()
        while self._next is not None and self._waiting_count < _MOST_WAITING:
            write = self._next
            if self._states.has_ended(write.number):
                self._read_next()
                continue
            stage = _STAGES.get(write.action, _LAST_STAGE)
            if stage > self._stage:
                idle = self._running == 0 and room == self._parallelism and not self._waiting
                if not idle:
                    return None
                self._stage = stage
            self._read_next()
            if write.after is None or self._states.is_done(write.after):
                return write
            if self._states.has_ended(write.after):
                self._hold_back(write)
                continue
            self._waiting.setdefault(write.after, []).append(write)
            self._waiting_count += 1
        return None

    def _read_next(self) -> None:
        self._next = next(self._unread, None)

    def _hold_back(self, write: Write) -> None:
        self._end(WriteEnd(number=write.number, result="held_back"))

    def _end(self, end: WriteEnd) -> None:
        """Takes in how a write ended, and frees those that waited for it, or holds them back with it."""
        ends = deque([end])
        while ends:
            end = ends.popleft()
            self._ended.append(end)
            self._states.end(end)
            freed = self._waiting.pop(end.number, [])
            self._waiting_count -= len(freed)
            if end.result == "done":
                self._ready += freed
            else:
                ends += [WriteEnd(number=write.number, result="held_back") for write in freed]

    def _write_journal(self, begun: list[int]) -> bool:
        """Writes how writes ended, and which come next; whether that succeeded."""
        ended, self._ended = self._ended, []
        if self._journal_failed:
            return False
        try:
            self._journal.write(begun, ended)
        except IntercomIacError as error:
            self._stopped = error
            self._journal_failed = True
            return False
        self._states.begin(begun)
        return True

    def _collect(self, write: Write, end: WriteEnd | BaseException) -> None:
        self._running -= 1
        if isinstance(end, WriteEnd):
            self._rate.count()
            if end.error is not None and len(self._failures) < _FIRST_FAILURES:
                self._failures.append(WriteFailure(write, end.error))
            self._end(end)
        elif isinstance(end, WorkspaceError):
            # It has no end: whether it was made is found out when the run is carried on with.
            self._in_doubt += end.maybe_done
            self._stopped = self._stopped or end
        else:
            self._bug = self._bug or end

    def _collect_ended(self) -> None:
        while True:
            try:
                self._collect(*self._results.get_nowait())
            except Empty:
                return

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            write, maybe_done = task
            try:
                self._results.put((write, self._make(write, maybe_done=maybe_done)))
            except BaseException as error:
                self._results.put((write, error))

    def _make(self, write: Write, *, maybe_done: bool) -> WriteEnd:
        """Raises the `WorkspaceError` that stops everything."""
        for attempt in range(1, _ROUNDS + 1):
            answered = self._losses.answered
            try:
                end = self._maker.make(write, maybe_done=maybe_done)
            except WorkspaceError as error:
                if not is_passing(error) or self._losses.are_too_many():
                    raise
                if attempt == _ROUNDS:
                    # Nobody is answered any more, or this one is not.
                    if isinstance(error, (Unreachable, RateLimited)) and answered == self._losses.answered:
                        raise
                    return refusal_end(write, error)
                maybe_done = maybe_done or error.maybe_done
            else:
                self._losses.forget()
                return end
        raise AssertionError("the last round returns or raises")

    def _tell(self) -> None:
        done, failed = self._states.done, self._states.failed
        left = self._spool.count - done - failed - self._states.held_back
        rate = self._rate.per_second()
        self._on_progress(
            DeliveryProgress(
                total=self._spool.count,
                done=done,
                failed=failed,
                not_tried=self._spool.count - done - failed,
                rate=rate,
                seconds_left=None if not rate else left / rate,
            )
        )

    def _outcome(self) -> Delivery:
        failed = self._states.failed + self._in_doubt
        return Delivery(
            done=self._states.done,
            failed=failed,
            not_tried=self._spool.count - self._states.done - failed,
            held_back=self._states.held_back,
            failures=tuple(self._failures),
            stopped=self._stopped,
            interrupted=self._interrupted,
        )
