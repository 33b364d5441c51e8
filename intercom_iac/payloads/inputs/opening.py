"""A file or standard input as a stream of bytes that knows how far it is read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

STANDARD_INPUT = "-"


# What is being done, and what part of it is done, 0 to 1.
InputProgress = Callable[[str, float], None]
STAGE = "checking records"


@dataclass(slots=True)
class MeasuredStream:
    """A stream of the bytes as they lie, which tells how far it is read. `size` is None where nobody knows how many
    bytes there will be, as of a pipe: nothing is told then. `path` is that of a file that can be opened again."""

    stream: BinaryIO
    name: str
    size: int | None
    path: Path | None = None
    progress: InputProgress | None = None
    _read: int = 0

    def read(self, count: int, /) -> bytes:
        """The next bytes, at most so many; none at the end. Raises `Misuse`."""
        try:
            found = self.stream.read(count)
        except OSError as error:
            raise Misuse(f"cannot read `{self.name}`: {read_failure(error)}") from error
        self._read += len(found)
        if self.progress is not None and self.size:
            self.progress(STAGE, min(self._read / self.size, 1.0))
        return found


def input_name(path: Path) -> str:
    """What people know the input by."""
    return "<stdin>" if str(path) == STANDARD_INPUT else str(path)


@contextmanager
def open_input(path: Path, progress: InputProgress | None = None) -> Generator[MeasuredStream]:
    """The input, `-` for standard input. Raises `Misuse` for what cannot be read.

    A pipe that a shell opened (`<(...)`) is read to its end. One in a folder is not: nobody might ever write to it.
    """
    if str(path) == STANDARD_INPUT:
        standard_input: object | None = sys.stdin  # None where the program was started with the stream closed
        if standard_input is None:
            raise Misuse("standard input is closed", hint="name a file, or pipe records into the command")
        stream = sys.stdin.buffer
        yield MeasuredStream(stream, input_name(path), _size(stream), progress=progress)
        return
    with os.fdopen(_open(path), "rb") as stream:
        os.set_blocking(stream.fileno(), True)
        size = _size(stream)
        again = None if size is None else path
        yield MeasuredStream(stream, input_name(path), size, path=again, progress=progress)


def _open(path: Path) -> int:
    """A descriptor of the file, which is the caller's to close."""
    try:
        # Not waited for, should it be a pipe.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Misuse(f"cannot read `{path}`: {read_failure(error)}", hint=_nearby(path, error)) from error
    mode = os.fstat(handle).st_mode
    piped = stat.S_ISFIFO(mode) and not os.path.lexists(os.path.realpath(path))
    if piped or stat.S_ISREG(mode):
        return handle
    os.close(handle)
    kind = "it is a folder" if stat.S_ISDIR(mode) else "it is no file"
    raise Misuse(f"cannot read `{path}`: {kind}", hint="name a file of records, or - for standard input")


def read_failure(error: OSError | ValueError) -> str:
    """Why it cannot be read, in the system's words."""
    if isinstance(error, OSError):
        return (error.strerror or "unreadable").lower()
    return "no file has such a name"


def _nearby(path: Path, error: Exception) -> str | None:
    """A name in the same folder that may be meant."""
    if not isinstance(error, FileNotFoundError):
        return None
    from intercom_iac.text import did_you_mean

    try:
        return did_you_mean(path.name, [entry.name for entry in os.scandir(path.parent)])
    except OSError:
        return None


def _size(stream: BinaryIO) -> int | None:
    """How many bytes a file has; None of a pipe, and where the stream is none of the system's."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
