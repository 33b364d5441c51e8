"""Which writes of a spool have begun and how they ended, on the disk before the one and after the other.

JSON lines beside the spool, in a file that is there only while a run writes, and after one that was cut off:

    {"writes": 1, "spool": "3f...", "app_id": "...", "workspace": "production", "pid": 7, "at": 1}
    {"begun": [4, 5], "done": [1, 2], "ids": {"2": "6a..."}, "failed": {"3": ["API803", "...", null]}}

A write that began and has no end may have been made: it is looked at before it is made again. No other is.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import DurableFile, journal_path, open_regular
from intercom_iac.lazy_dataclass import dataclass

from .ends import WriteEnd, WriteError
from .spool import Spool
from .write import Write

_FORMAT = 1
_NOT_BEGUN, _BEGUN, _DONE, _FAILED, _HELD_BACK = range(5)
_RESULTS = {"done": _DONE, "failed": _FAILED, "held_back": _HELD_BACK}


def writes_journal_path(root: Path, app_id: str) -> Path:
    """The journal of the writes of a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    return journal.with_name(f"{journal.name.removesuffix('.jsonl')}.writes.jsonl")


class WriteStates:
    """What a journal says of each write of its spool, a byte a write; ids of new records, and errors."""

    def __init__(self, count: int) -> None:
        self._states = bytearray(count)
        self._counts = [count, 0, 0, 0, 0]
        self.live_ids: dict[int, str] = {}
        self.errors: dict[int, WriteError] = {}
        # Thousands of writes fail for the same reason.
        self._same_errors: dict[WriteError, WriteError] = {}

    @property
    def done(self) -> int:
        return self._counts[_DONE]

    @property
    def failed(self) -> int:
        return self._counts[_FAILED]

    @property
    def held_back(self) -> int:
        return self._counts[_HELD_BACK]

    @property
    def in_flight(self) -> int:
        """How many began and have no end."""
        return self._counts[_BEGUN]

    def is_done(self, number: int) -> bool:
        return self._states[number] == _DONE

    def is_in_flight(self, number: int) -> bool:
        """Whether it began and has no end."""
        return self._states[number] == _BEGUN

    def is_held_back(self, number: int) -> bool:
        return self._states[number] == _HELD_BACK

    def has_ended(self, number: int) -> bool:
        return self._states[number] > _BEGUN

    def begin(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if self._states[number] == _NOT_BEGUN:
                self._set(number, _BEGUN)

    def end(self, end: WriteEnd) -> None:
        self._set(end.number, _RESULTS[end.result])
        if end.live_id is not None:
            self.live_ids[end.number] = end.live_id
        if end.error is not None:
            self.errors[end.number] = self._same_errors.setdefault(end.error, end.error)

    def _set(self, number: int, state: int) -> None:
        self._counts[self._states[number]] -= 1
        self._counts[state] += 1
        self._states[number] = state

    def done_of(self, spool: Spool) -> Iterator[tuple[Write, str | None]]:
        """The writes that are done, in their order, each with Intercom's id of its record as far as it is known."""
        for write in spool:
            if self.is_done(write.number):
                yield write, self.live_ids.get(write.number, write.live_id)


class WriteJournal:
    """The journal of one delivery, open for writing. Whoever opens it holds the lock (`workspace_lock`).

    One that is there already for the same spool is carried on with; any other is replaced. `states` are those of the
    file when it was opened; whoever writes to it keeps them up to date.
    """

    def __init__(self, path: Path, spool: Spool, workspace: str) -> None:
        """Raises `IntercomIacError` where it cannot be read or written."""
        self._path = path
        before = read_states(path, spool)
        self.states = WriteStates(spool.count) if before is None else before
        if before is None:
            self._file = DurableFile(path, _header(spool, workspace))
        else:
            self._file = DurableFile.reopen(path)

    def write(self, begun: Sequence[int], ended: Sequence[WriteEnd]) -> None:
        """Adds what begins and what has ended; it is on the disk when this returns.

        Raises `IntercomIacError` where it is not.
        """
        if begun or ended:
            self._file.write([_record(begun, ended)])

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_states(path: Path, spool: Spool) -> WriteStates | None:
    """What a journal says of the writes of a spool; None where there is none, or it is of another spool.

    A crash may have cut off the last line; whatever else is no record is passed over as well. Raises
    `IntercomIacError` for one that cannot be read.
    """
    states = WriteStates(spool.count)
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            header = _object(file.readline())
            if header.get("writes") != _FORMAT or header.get("spool") != spool.spool_id:
                return None
            for line in file:
                _replay(_object(line), states, spool.count)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = (error.strerror or "unreadable").lower()
        raise IntercomIacError(
            f"how far the last run came is not known: the journal `{path}` cannot be read: {why}",
            hint="look at it and remove it; the workspace is compared anew then",
        ) from error
    return states


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHeader:
    """Whose journal it is: the workspace's name in the project file, the process, when it began (unix seconds)."""

    workspace: str
    process: int
    at: int


def read_header(path: Path) -> JournalHeader | None:
    """The first line of a journal; None where there is none."""
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            header = _object(file.readline())
    except OSError:
        return None
    if header.get("writes") != _FORMAT:
        return None
    return JournalHeader(
        workspace=str(header.get("workspace")),
        process=_number(header.get("pid")),
        at=_number(header.get("at")),
    )


def _replay(record: Mapping[str, Any], states: WriteStates, count: int) -> None:
    """Whole records only: a line that is not as it was written says nothing."""
    try:
        ids = {int(number): str(live_id) for number, live_id in record.get("ids", {}).items()}
        begun = [int(number) for number in record.get("begun", [])]
        ends = [
            WriteEnd(number=int(number), result="done", live_id=ids.get(int(number)))
            for number in record.get("done", [])
        ]
        ends += [
            WriteEnd(
                number=int(number), result="failed", error=WriteError(*error), live_id=ids.get(int(number))
            )
            for number, error in record.get("failed", {}).items()
        ]
        ends += [WriteEnd(number=int(number), result="held_back") for number in record.get("held_back", [])]
    except (ValueError, TypeError, AttributeError, OverflowError):
        return
    if all(0 <= number < count for number in [*begun, *(end.number for end in ends)]):
        states.begin(begun)
        for end in ends:
            states.end(end)


def _record(begun: Sequence[int], ended: Sequence[WriteEnd]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "begun": list(begun),
        "done": [end.number for end in ended if end.result == "done"],
        "ids": {str(end.number): end.live_id for end in ended if end.live_id is not None},
        "failed": {
            str(end.number): [end.error.code, end.error.message, end.error.hint]
            for end in ended
            if end.error is not None
        },
        "held_back": [end.number for end in ended if end.result == "held_back"],
    }
    return {key: value for key, value in record.items() if value}


def _header(spool: Spool, workspace: str) -> dict[str, Any]:
    return {
        "writes": _FORMAT,
        "spool": spool.spool_id,
        "app_id": spool.app_id,
        "workspace": workspace,
        "pid": os.getpid(),
        "at": int(time.time()),
    }


def _number(value: Any) -> int:
    return max(value, 0) if isinstance(value, int) else 0


def _object(line: bytes) -> dict[str, Any]:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}
