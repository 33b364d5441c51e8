"""Files that a crash leaves whole up to their last line: JSON lines, on the disk before what they announce."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import IntercomIacError

# What follows a file's content and its length, and nothing else of it, where the system can.
_sync = getattr(os, "fdatasync", os.fsync)


class DurableFile:
    """JSON lines, open for appending; readable by its owner only."""

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        """Takes the place of the file before. Raises `IntercomIacError` where it cannot be written."""
        self._path = path
        try:
            self._file = open_regular(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        except OSError as error:
            raise _unwritable(path, error) from error
        try:
            # One that stood there may have had a wider mode.
            os.fchmod(self._file, 0o600)
            self.write([header])
            _sync_folder(path.parent)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise _unwritable(path, error) from error
            raise

    @classmethod
    def reopen(cls, path: Path) -> DurableFile:
        """Carries on with a file that a crash may have left with half a line. Raises `IntercomIacError` where it
        cannot be written."""
        file = cls.__new__(cls)
        file._path = path
        try:
            file._file = open_regular(path, os.O_RDWR | os.O_APPEND)
            try:
                size = os.fstat(file._file).st_size
                if size and os.pread(file._file, 1, size - 1) != b"\n":
                    os.write(file._file, b"\n")
            except BaseException:
                file.close()
                raise
        except OSError as error:
            raise _unwritable(path, error) from error
        return file

    def write(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Adds records; they are on the disk when this returns. Raises `IntercomIacError` where they are not."""
        left = "".join(json.dumps(record) + "\n" for record in records).encode()
        try:
            while left:
                left = left[os.write(self._file, left) :]
            _sync(self._file)
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def close(self) -> None:
        os.close(self._file)


def open_regular(path: Path, flags: int) -> int:
    """A descriptor of a regular file; one that is made is readable by its owner only.

    Raises OSError for anything else, without waiting: opening a pipe could block for ever, and a link may lead
    anywhere.
    """
    safe = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.open(path, (flags & ~os.O_TRUNC) | safe, 0o600)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a pipe that nobody reads, a socket
            raise _not_regular_error() from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise _not_regular_error()
        if flags & os.O_TRUNC:
            os.ftruncate(file, 0)
    except BaseException:
        os.close(file)
        raise
    return file


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> IntercomIacError:
    return IntercomIacError(
        f"the journal `{path}` cannot be written: {(error.strerror or 'unwritable').lower()}",
        hint="make room for it, its place free and its folder writable: no change is made that a crash could hide",
    )


def _not_regular_error() -> OSError:
    return OSError(errno.EINVAL, "something that is no file stands there")
