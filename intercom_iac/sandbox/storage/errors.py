"""Errors of the workspace's file, and which of SQLite's errors they stand for."""

import sqlite3
from pathlib import Path

_DISK_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class SandboxFileError(Exception):
    """The file at `path` cannot serve as a workspace; `reason` says why, in lowercase words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"`{path}` cannot serve as a sandbox workspace: {reason}")
        self.path = path
        self.reason = reason


class SandboxBusyError(SandboxFileError):
    """Another process held the file's write lock for longer than this one waits."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another process is writing to it")


class SandboxDiskError(SandboxFileError):
    """The system failed to read or write the file, as a full disk does; the transaction was rolled back."""


def is_busy_error(error: sqlite3.Error) -> bool:
    """Whether SQLite gave up waiting for another connection's lock."""
    return _primary_code(error) == sqlite3.SQLITE_BUSY


def is_disk_error(error: sqlite3.Error) -> bool:
    """Whether the system failed SQLite: the disk is full or broken, or the file cannot be opened or written."""
    return _primary_code(error) in _DISK_ERRORS


def _primary_code(error: sqlite3.Error) -> int:
    """SQLite's error code; the low byte of an extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
