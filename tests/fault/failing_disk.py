"""A disk that fails at the n-th step of writing to it: for this process, and for files below one folder.

A step is opening a file for writing, making a folder, writing, changing a length or a mode, syncing, renaming,
removing; Python's own go through `os`, and SQLite's are in `failing_sqlite`. How it fails:

    EIO-once   that step, and nothing after it
    EIO        that step and every one after it, removing included
    ENOSPC     a write takes half of its bytes, and from there on nothing can be written, made or synced
"""

from __future__ import annotations

import _pyio
import builtins
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOWS = ("EIO-once", "EIO", "ENOSPC")
FREES_ROOM = ("unlink", "rmdir", "delete")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Counts the steps, and says which fail; 0 is none of them."""

    def __init__(self) -> None:
        self.folder = ""
        self.fail_at = 0
        self.how = ""
        self.steps: list[str] = []
        self.layers: list[Any] = []
        self._files: dict[int, str] = {}

    def arm(self, folder: str, fail_at: int, how: str) -> None:
        self.folder = os.path.realpath(folder) + os.sep
        self.fail_at, self.how = fail_at, how
        # What is written through a file object then comes by `os.write` too.
        io.open = builtins.open = _pyio.open

    def concerns(self, path: Any) -> bool:
        if not self.folder or isinstance(path, int):
            return False
        name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  nothing is to be followed
        return name.startswith(self.folder) or name + os.sep == self.folder

    def step(self, what: str, path: Any) -> tuple[bool, bool]:
        """Counts a step; whether it fails, and whether it is the first that does."""
        self.steps.append(f"{what} {Path(os.fsdecode(path)).name}")
        at = len(self.steps)
        if not self.fail_at or at < self.fail_at or (self.how == "EIO-once" and at > self.fail_at):
            return False, False
        if self.how == "ENOSPC" and what in FREES_ROOM:
            return False, False
        return True, at == self.fail_at

    def error(self, path: Any) -> OSError:
        code = errno.ENOSPC if self.how == "ENOSPC" else errno.EIO
        return OSError(code, os.strerror(code), os.fsdecode(path))

    def install(self) -> None:
        """Puts itself between `os` and whoever is imported afterwards."""
        self._install_open()
        for name in ("mkdir", "rmdir", "unlink", "remove", "chmod", "truncate"):
            setattr(os, name, self._of_path(name.replace("remove", "unlink"), getattr(os, name)))
        for name in ("rename", "replace", "link", "symlink"):
            setattr(os, name, self._of_two_paths(name, getattr(os, name)))
        for name in ("fsync", "fdatasync", "ftruncate", "fchmod"):
            if hasattr(os, name):
                setattr(os, name, self._of_file(name, getattr(os, name)))
        for name in ("write", "pwrite"):
            setattr(os, name, self._writing(name, getattr(os, name)))

    def _install_open(self) -> None:
        real = os.open

        def call(path: Any, flags: int, *more: Any, **named: Any) -> int:
            ours = self.concerns(path)
            if ours and flags & WRITING and self.step("open", path)[0]:
                raise self.error(path)
            file = real(path, flags, *more, **named)
            if ours:
                self._files[file] = os.fsdecode(path)
            else:
                self._files.pop(file, None)
            return file

        os.open = call

    def _of_path(self, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, **named: Any) -> Any:
            if self.concerns(path) and self.step(what, path)[0]:
                raise self.error(path)
            return real(path, *more, **named)

        return call

    def _of_two_paths(self, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(source: Any, target: Any, *more: Any, **named: Any) -> Any:
            if self.concerns(target) and self.step(what, target)[0]:
                raise self.error(target)
            return real(source, target, *more, **named)

        return call

    def _of_file(self, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: int, *more: Any) -> Any:
            path = self._files.get(file)
            if path is not None and self.step(what, path)[0]:
                raise self.error(path)
            return real(file, *more)

        return call

    def _writing(self, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: int, data: Any, *more: Any) -> int:
            path = self._files.get(file)
            if path is None:
                return real(file, data, *more)
            fails, first = self.step(what, path)
            if not fails:
                return real(file, data, *more)
            if self.how == "ENOSPC" and first and len(data) > 1:
                return real(file, bytes(data)[: len(data) // 2], *more)
            raise self.error(path)

        return call
