"""What an apply means to do and what it has done, on disk before the one and after the other.

JSON lines in a file of the project, which is there only while an apply runs, and after one that was killed:

    {"journal": 1, "workspace": "production", "app_id": "...", "plan": "sha256:...", "pid": 7, "at": 1, "changes": 60}
    {"change": 0, "address": "attribute.contact.tier", "object": "data_attribute", "action": "create"}
    {"change": 0, "ended": "done"}         or "failed", or "unknown" for one whose answer never came

Nothing is replayed from it, and no secret stands in it: the workspace says what is there, the journal tells people
what an apply that could not say so itself had come to.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import DurableFile, open_regular
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.planning import Change, Plan, plan_digest

_LARGEST = 16 * 1024 * 1024
"""Bytes of a journal that are read: an apply of 10,000 changes writes a fifth of it."""


def intent_record(at: int, change: Change) -> Mapping[str, Any]:
    """The record that stands before the call of a change is made."""
    return {"change": at, "address": change.address, "object": change.object, "action": change.action}


def result_record(at: int, *, done: bool, known: bool) -> Mapping[str, Any]:
    """The record of how a change ended."""
    return {"change": at, "ended": "done" if done else "failed" if known else "unknown"}


class Journal:
    """The journal of one apply, open for writing. Whoever opens it holds the lock (`workspace_lock`)."""

    def __init__(self, path: Path, plan: Plan) -> None:
        """Takes the place of the one before. Raises `IntercomIacError` where it cannot be written."""
        self._path = path
        self._file = DurableFile(path, _header(plan))

    def write(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Adds records; they are on the disk when this returns. Raises `IntercomIacError` where they are not."""
        self._file.write(records)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Removes it, unless an exception keeps the outcome of the apply from being reported."""
        self.close()
        if kind is None:
            remove_journal(self._path)


def remove_journal(path: Path) -> None:
    """Removes a journal that has been reported. One that cannot be removed is reported again, which does no harm."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


@dataclass(frozen=True, slots=True)
class AbandonedApply:
    """What an apply that did not come to its end left in its journal: `at` in unix seconds, changes by address."""

    workspace: str
    pid: int
    at: float
    changes: int
    done: tuple[str, ...]
    failed: tuple[str, ...]
    unknown: tuple[str, ...]


def read_abandoned_apply(path: Path) -> AbandonedApply | None:
    """What stands in a journal; None where there is none, or one that had not begun.

    A crash may have cut off the last line; whatever else is no record is passed over as well. Raises
    `IntercomIacError` for one that cannot be read, or is larger than an apply writes.
    """
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, (error.strerror or "unreadable").lower()) from error
    if len(content) > _LARGEST:
        raise _unreadable(path, f"it is larger than {_LARGEST >> 20} MiB, and no apply writes so much")
    lines = content.splitlines()
    records = [record for line in lines if (record := _record(line)) is not None]
    header = next((record for record in records if record.get("journal") == 1), None)
    if header is None:
        return None
    addresses: dict[int, str] = {}
    ends: dict[int, str] = {}
    for record in records:
        at = record.get("change")
        if isinstance(at, int):
            addresses.setdefault(at, str(record.get("address")))
            ends[at] = str(record.get("ended", "unknown"))

    def addresses_with(end: str) -> tuple[str, ...]:
        return tuple(addresses[at] for at in sorted(addresses) if ends[at] == end)

    return AbandonedApply(
        workspace=str(header.get("workspace")),
        pid=_number(header.get("pid")),
        at=min(_number(header.get("at")), 2**32),
        changes=_number(header.get("changes")),
        done=addresses_with("done"),
        failed=addresses_with("failed"),
        unknown=addresses_with("unknown"),
    )


def _header(plan: Plan) -> Mapping[str, Any]:
    return {
        "journal": 1,
        "workspace": plan.workspace.name,
        "app_id": plan.workspace.app_id,
        "plan": plan_digest(plan),
        "pid": os.getpid(),
        "at": int(time.time()),
        "changes": len(plan.calls),
    }


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", data) if isinstance(data, dict) else None


def _number(found: Any) -> int:
    return max(found, 0) if isinstance(found, int) else 0


def _unreadable(path: Path, why: str) -> IntercomIacError:
    return IntercomIacError(
        f"what the last apply came to is not known: the journal `{path}` cannot be read: {why}",
        hint="look at it and remove it; what is planned now is what is left to do",
    )
