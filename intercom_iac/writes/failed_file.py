"""The writes that failed, in a file of a person's own, which takes them up again.

JSON lines; the values of people stand in them, so the file is its owner's alone:

    {"failed_writes": 1, "app_id": "...", "workspace": "production"}
    {"write": {"number": 3, ...}, "error": {"code": "API803", "message": "...", "hint": null}}
    {"write": {"number": 4, ...}, "error": null}       one of a retry that was stopped before it
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from .ends import WriteError
from .journal import WriteStates
from .spool import Spool, decode_write, encode_write
from .write import Write

_FORMAT = 1
_HELD_BACK = WriteError("API803", "the write that it comes after failed")


def failed_lines(
    spool: Spool, states: WriteStates, workspace: str, *, with_untried: bool = False
) -> Iterator[bytes]:
    """The lines of the file: its header, then what failed and what was held back, in their order.

    `with_untried`: also what was not tried, of writes that no next run plans anew.
    """
    yield _line({"failed_writes": _FORMAT, "app_id": spool.app_id, "workspace": workspace})
    for write in spool:
        error = states.errors.get(write.number, _HELD_BACK if states.is_held_back(write.number) else None)
        if states.is_done(write.number) or (error is None and not with_untried):
            continue
        said = error and {"code": error.code, "message": error.message, "hint": error.hint}
        yield _line({"write": encode_write(write), "error": said})


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file of writes that failed, for the workspace with this id."""

    path: Path
    app_id: str
    workspace: str

    def __iter__(self) -> Iterator[Write]:
        """The writes, numbered anew from 0. One that came after another of the file still does.

        Raises `Misuse` for a line that is none of a write.
        """
        numbers: dict[int, int] = {}
        with self.path.open("rb") as file:
            file.readline()
            for place, line in enumerate(file, start=2):
                try:
                    write = decode_write(json.loads(line)["write"])
                except (ValueError, TypeError, KeyError, RecursionError) as error:
                    raise Misuse(
                        f"line {place} of `{self.path}` is no write that failed",
                        hint="name a file that `--failed` wrote, as it was written",
                    ) from error
                numbers[write.number] = len(numbers)
                after = None if write.after is None else numbers.get(write.after)
                yield replace(write, number=numbers[write.number], after=after)


def open_failed(path: Path) -> FailedFile:
    """Raises `Misuse` for a file that is not there or is none of writes that failed."""
    try:
        with path.open("rb") as file:
            header: Any = json.loads(file.readline(1_000_000))
    except OSError as error:
        raise Misuse(
            f"`{path}` cannot be read: {(error.strerror or 'unreadable').lower()}",
            hint="name a file that `--failed` wrote",
        ) from error
    except (ValueError, RecursionError):
        header = None
    data = cast("dict[str, Any]", header) if isinstance(header, dict) else {}
    if data.get("failed_writes") != _FORMAT:
        raise Misuse(f"`{path}` is no file of writes that failed", hint="name a file that `--failed` wrote")
    return FailedFile(path, str(data.get("app_id")), str(data.get("workspace")))


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"
