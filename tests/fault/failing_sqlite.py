"""SQLite's steps on a failing disk: a layer between it and the system, at the place SQLite has for one (a VFS).

The layer is SQLite's own for this system, with what writes put behind `Disk.step`.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path
from typing import Any

from failing_disk import Disk

FULL, CANTOPEN = 13, 14
# What SQLite's own layer says of the system's EIO.
IOERR = {"write": 778, "sync": 1034, "truncate": 1546, "delete": 2570, "shm": 4874}
CREATES = 0x6  # SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE

Open = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, POINTER(c_int))
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
ShmMap = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, c_void_p)


class Vfs(Structure):
    _fields_ = [
        *(("version", c_int), ("file_size", c_int), ("longest_path", c_int)),
        *(("next", c_void_p), ("name", c_char_p), ("data", c_void_p), ("open", Open), ("delete", Delete)),
        *((f"other{n}", c_void_p) for n in range(14)),
    ]


class Methods(Structure):
    _fields_ = [
        *(("version", c_int), ("close", c_void_p), ("read", c_void_p)),
        *(("write", Write), ("truncate", Truncate), ("sync", Sync)),
        *((f"other{n}", c_void_p) for n in range(7)),
        *(("shm_map", ShmMap), ("shm_lock", c_void_p), ("shm_barrier", c_void_p), ("shm_unmap", c_void_p)),
        *(("fetch", c_void_p), ("unfetch", c_void_p)),
    ]


class File(Structure):
    _fields_ = [("methods", POINTER(Methods))]


class Layer:
    """What is between. SQLite keeps pointers into it, so that it has to stay (`Disk.layers`)."""

    def __init__(self, disk: Disk, real: Vfs) -> None:
        self._disk = disk
        self._real = real
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[Methods, Methods]] = {}
        self.vfs = Vfs.from_buffer_copy(real)
        self.vfs.name = b"failing"
        self.vfs.open = Open(self._open)
        self.vfs.delete = Delete(self._delete)

    def _answer(self, what: str, name: str) -> tuple[int, bool]:
        """SQLite's code for a step, 0 where it does not fail; and whether it is the first that fails."""
        fails, first = self._disk.step(what, name) if self._disk.concerns(name) else (False, False)
        code = CANTOPEN if what == "open" else FULL if self._disk.how == "ENOSPC" else IOERR[what]
        return (code if fails else 0), first

    def _open(self, vfs: int, name: bytes | None, file: int, flags: int, out: Any) -> int:
        path = os.fsdecode(name) if name else ""
        at = cast(file, POINTER(File)).contents
        if path and flags & CREATES and (code := self._answer("open", path)[0]):
            at.methods = None
            return code
        code = self._real.open(vfs, name, file, flags, out)
        if code == 0 and path:
            self._names[file] = path
            key = ctypes.addressof(at.methods.contents)
            if key not in self._methods:
                self._methods[key] = self._wrapped(at.methods.contents)
            at.methods = ctypes.pointer(self._methods[key][0])
        return code

    def _wrapped(self, own: Methods) -> tuple[Methods, Methods]:
        def write(file: int, data: int, size: int, offset: int) -> int:
            code, first = self._answer("write", self._names[file])
            if code == FULL and first:
                own.write(file, data, size // 2, offset)
            return code or own.write(file, data, size, offset)

        def truncate(file: int, size: int) -> int:
            return self._answer("truncate", self._names[file])[0] or own.truncate(file, size)

        def sync(file: int, flags: int) -> int:
            return self._answer("sync", self._names[file])[0] or own.sync(file, flags)

        def shm_map(file: int, page: int, size: int, extend: int, out: int) -> int:
            code = self._answer("shm", self._names[file])[0] if extend else 0
            return code or own.shm_map(file, page, size, extend, out)

        made = Methods.from_buffer_copy(own)
        made.write, made.truncate, made.sync = Write(write), Truncate(truncate), Sync(sync)
        made.shm_map = ShmMap(shm_map)
        return made, own

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        path = Path(os.fsdecode(name))
        return (self._answer("delete", str(path))[0] if path.exists() else 0) or self._real.delete(
            vfs, name, sync
        )


def install(disk: Disk) -> None:
    """Makes a layer the one that new connections use; nothing where SQLite is built into Python and out of reach."""
    sqlite = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    if not hasattr(sqlite, "sqlite3_vfs_find"):
        return
    sqlite.sqlite3_vfs_find.restype = POINTER(Vfs)
    sqlite.sqlite3_vfs_find.argtypes = [c_char_p]
    sqlite.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    layer = Layer(disk, sqlite.sqlite3_vfs_find(None).contents)
    assert sqlite.sqlite3_vfs_register(ctypes.byref(layer.vfs), 1) == 0
    disk.layers.append(layer)
