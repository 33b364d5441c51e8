"""The writes of a run in a file, in the order in which they begin: millions of them are never in memory.

JSON lines, readable by their owner only, since the values of people stand in them:

    {"spool": 1, "id": "3f...", "app_id": "..."}
    {"number": 0, "action": "update", "record": "contact", "key_name": "external_id", "key": "u1", ...}
    {"writes": 1}          the last line: a file without it was never finished, and is not carried out
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast, get_args

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import journal_path, make_private_folder, open_regular

from .write import Write, WriteAction, WrittenRecord

_FORMAT = 1
_LONGEST_END = 100
_EDITED = "it is not as it was written"
_REQUIRED = {"number": int, "action": str, "record": str, "key_name": str, "key": str, "body": dict}
_OPTIONAL = {"live_id": str, "before": dict, "row": int, "after": int, "fingerprint": str, "only_new": bool}
_DEFAULTS: Mapping[str, Any] = {
    "live_id": None,
    "before": {},
    "row": None,
    "after": None,
    "fingerprint": None,
    "only_new": False,
}


def spool_path(root: Path, app_id: str) -> Path:
    """The spool of a workspace, by its id, in the project with this folder."""
    journal = journal_path(root, app_id)
    return journal.with_name(f"{journal.name.removesuffix('.jsonl')}.spool.jsonl")


class SpoolWriter:
    """A spool that is being written; it can be read once it is closed without an exception, which removes it."""

    def __init__(self, path: Path, *, app_id: str) -> None:
        """Takes the place of the file before. Raises `IntercomIacError` where it cannot be written."""
        self._path = path
        self.writes = 0
        try:
            make_private_folder(path.parent)
            self._file = os.fdopen(open_regular(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb")
            os.fchmod(self._file.fileno(), 0o600)
        except OSError as error:
            raise _unwritable(path, error) from error
        self._add({"spool": _FORMAT, "id": uuid.uuid4().hex, "app_id": app_id})

    def write(self, write: Write) -> None:
        """Adds a write; its number is how many came before it."""
        assert write.number == self.writes, "writes are numbered in their order"
        assert write.after is None or write.after < write.number, "a write waits for an earlier one"
        self.writes += 1
        self._add(encode_write(write))

    def close(self) -> None:
        """Ends the file, which is on the disk then."""
        try:
            self._add({"writes": self.writes})
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError):
                raise _unwritable(self._path, error) from error
            raise

    def discard(self) -> None:
        """Removes the file: the values of people stand in it."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _add(self, data: Mapping[str, Any]) -> None:
        try:
            self._file.write(json.dumps(data, separators=(",", ":"), allow_nan=False).encode() + b"\n")
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


class Spool:
    """A finished spool. `spool_id` tells it from any other."""

    def __init__(self, path: Path, *, spool_id: str, app_id: str, count: int) -> None:
        self.path = path
        self.spool_id = spool_id
        self.app_id = app_id
        self.count = count

    def __iter__(self) -> Iterator[Write]:
        """The writes in their order, read as they are asked for."""
        with _open(self.path) as file:
            file.readline()
            for number in range(self.count):
                try:
                    write = decode_write(json.loads(file.readline()))
                except (ValueError, TypeError, KeyError, RecursionError) as error:
                    raise _unreadable(self.path, _EDITED) from error
                if write.number != number:
                    raise _unreadable(self.path, _EDITED)
                yield write


def open_spool(path: Path) -> Spool | None:
    """The spool in a file; None where there is none, or none that was finished.

    Raises `IntercomIacError` for a file that cannot be read.
    """
    try:
        with _open(path) as file:
            header = _object(file.readline())
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LONGEST_END))
            end = _object(file.read().rpartition(b"\n")[0].rpartition(b"\n")[2])
    except FileNotFoundError:
        return None
    count = end.get("writes")
    if header.get("spool") != _FORMAT or not isinstance(count, int):
        return None
    if not 0 <= count <= size:
        raise _unreadable(path, _EDITED)
    return Spool(path, spool_id=str(header.get("id")), app_id=str(header.get("app_id")), count=count)


def encode_write(write: Write) -> dict[str, Any]:
    """A write as JSON; what is as it is by default is left out."""
    data = {name: getattr(write, name) for name in Write.__slots__}
    return {name: value for name, value in data.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}


def decode_write(data: Any) -> Write:
    """Raises `ValueError` or `TypeError` for what is no write."""
    fields = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    whole = all(isinstance(fields.get(name), kind) for name, kind in _REQUIRED.items())
    optional = all(name not in fields or isinstance(fields[name], kind) for name, kind in _OPTIONAL.items())
    if not whole or not optional or fields["action"] not in get_args(WriteAction):
        raise ValueError
    if fields["record"] not in get_args(WrittenRecord) or fields["number"] < 0:
        raise ValueError
    return Write(**fields)


def _open(path: Path) -> BinaryIO:
    try:
        return os.fdopen(open_regular(path, os.O_RDONLY), "rb")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, (error.strerror or "unreadable").lower()) from error


def _object(line: bytes) -> dict[str, Any]:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}


def _unwritable(path: Path, error: OSError) -> IntercomIacError:
    return IntercomIacError(
        f"the file of writes `{path}` cannot be written: {(error.strerror or 'unwritable').lower()}",
        hint="make room for it, its place free and its folder writable: nothing was written to the workspace",
    )


def _unreadable(path: Path, why: str) -> IntercomIacError:
    return IntercomIacError(
        f"the file of writes `{path}` cannot be read: {why}",
        hint="remove it and run this again: what is done already is found out, and the rest is planned anew",
    )
