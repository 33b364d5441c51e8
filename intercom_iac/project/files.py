"""Where the files of a project are read from: a folder on the disk, a git revision, or unsaved texts over either.

`FileTree` is the port; `DiskTree` and `OverlayTree` are here, that of a git revision is in `revisions.commit_tree`. A
path is relative to the root of its tree, its parts joined by `/`. It may hold `.` and `..`; `.` is the root. Links
are followed as the operating system follows them.
"""

from __future__ import annotations

import errno
import os
import posixpath
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.decoding import MAX_BYTES, decode

EntryKind = Literal["file", "folder", "link", "other"]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What stands in a folder under a name: a link is a link, `other` is a device or a pipe."""

    name: str
    kind: EntryKind


class FileTree(Protocol):
    """Files and folders below a root, for reading."""

    def entries(self, folder: str) -> list[FileEntry]:
        """What stands in a folder, in no order. Raises `OSError` where it cannot be listed."""
        ...

    def kind(self, path: str, *, follow_links: bool = False) -> EntryKind | None:
        """What stands at a path, or what it leads to; None for nothing, and where nobody can tell. Never raises."""
        ...

    def resolve(self, path: str) -> str | None:
        """The path without links, `.` and `..`; None where it leads out of the tree.

        A part that does not exist stays as it is. Never raises.
        """
        ...

    def read(self, path: str, limit: int) -> bytes:
        """The first bytes of the file that a path leads to, `limit` at most.

        Raises `IsADirectoryError` for a folder, `NotAFile` for a device or a pipe, and another `OSError` or a
        `ValueError` where it cannot be read.
        """
        ...


class NotAFile(OSError):
    """A device or a pipe, which is not read: a pipe would be waited for without end."""


class DiskTree:
    """A folder on the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self._root)

    def entries(self, folder: str) -> list[FileEntry]:
        with os.scandir(self._root / folder) as entries:
            return [FileEntry(entry.name, _entry_kind(entry)) for entry in entries]

    def kind(self, path: str, *, follow_links: bool = False) -> EntryKind | None:
        try:
            return _mode_kind((self._root / path).stat(follow_symlinks=follow_links).st_mode)
        except (OSError, ValueError):
            return None

    def resolve(self, path: str) -> str | None:
        real = os.path.realpath(self._root / path)
        if real == self._real_root:
            return "."
        prefix = os.path.join(self._real_root, "")  # noqa: PTH118  compared as text
        return real.removeprefix(prefix) if real.startswith(prefix) else None

    def read(self, path: str, limit: int) -> bytes:
        file = self._root / path
        kind = _mode_kind(file.stat().st_mode)
        if kind == "folder":
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if kind == "other":
            raise NotAFile
        with file.open("rb") as stream:
            return stream.read(limit)


def _entry_kind(entry: os.DirEntry[str]) -> EntryKind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _mode_kind(mode: int) -> EntryKind:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"


class OverlayTree:
    """Another tree with some files replaced or added, as an editor has them before they are saved.

    `texts` are their bytes by path. One that is a link in the tree below stands for the file it leads to.
    """

    def __init__(self, below: FileTree, texts: Mapping[str, bytes]) -> None:
        self._below = below
        self._texts = {
            below.resolve(path) or posixpath.normpath(path): content for path, content in texts.items()
        }
        self._folders: dict[str, dict[str, EntryKind]] = {}
        for path in self._texts:
            kind: EntryKind = "file"
            while path not in ("", "."):
                folder, _, name = path.rpartition("/")
                path = folder or "."
                self._folders.setdefault(path, {})[name] = kind
                kind = "folder"

    def entries(self, folder: str) -> list[FileEntry]:
        added = self._folders.get(self._below.resolve(folder) or "")
        if added is None:
            return self._below.entries(folder)
        try:
            below = {entry.name: entry for entry in self._below.entries(folder)}
        except FileNotFoundError:
            below = {}
        return [*({name: FileEntry(name, kind) for name, kind in added.items()} | below).values()]

    def kind(self, path: str, *, follow_links: bool = False) -> EntryKind | None:
        below = self._below.kind(path, follow_links=follow_links)
        if below is not None:
            return below
        resolved = self._below.resolve(path) or ""
        if resolved in self._texts:
            return "file"
        return "folder" if resolved in self._folders else None

    def resolve(self, path: str) -> str | None:
        return self._below.resolve(path)

    def read(self, path: str, limit: int) -> bytes:
        resolved = self._below.resolve(path) or ""
        if resolved in self._texts:
            return self._texts[resolved][:limit]
        if resolved in self._folders:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        return self._below.read(path, limit)


# --- text files ---------------------------------------------------------------------------------------------


def read_text(tree: FileTree, path: str, name: str) -> tuple[SourceFile, list[Diagnostic]]:
    """The text of a file, known to people as `name`, and what is wrong with it.

    Byte-order marks are dropped. A file with an error has an empty text, or the text as far as it shows where
    the error stands: it is not for reading on.
    """
    empty = SourceFile(name, "")
    try:
        content = tree.read(path, MAX_BYTES + 1)
    except IsADirectoryError:
        message, hint = "a folder stands where a file is expected", "rename it, or remove its ending"
        return empty, [unreadable(name, message, hint)]
    except NotAFile:
        message = "this is a device or a pipe, where a file is expected"
        return empty, [unreadable(name, message, "put a file in its place, or rename it")]
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            return empty, [_too_large(empty)]
        if isinstance(error, FileNotFoundError) and tree.kind(path) == "link":
            hint = "remove the link, or make the file it leads to"
            return empty, [unreadable(name, "the file is a link that leads nowhere", hint)]
        return empty, [unreadable(name, f"the file cannot be read: {error_reason(error)}")]
    if len(content) > MAX_BYTES:
        return empty, [_too_large(empty)]
    return decode(content, name)


def _too_large(empty: SourceFile) -> Diagnostic:
    return codes.TOO_LARGE.at(
        Span(empty, 0, 0),
        f"the file is larger than {MAX_BYTES:,} bytes",
        hint="split it, or move it out of the specs folder if it is no spec file",
    )


def unreadable(
    name: str, message: str, hint: str = "check that it exists and that it may be read"
) -> Diagnostic:
    """The diagnostic for a file or folder that could not be read at all."""
    return codes.UNREADABLE.at(Span(SourceFile(name, ""), 0, 0), message, hint=hint)


def error_reason(error: Exception) -> str:
    """Why the operating system refused, in its own words without numbers and paths."""
    text = error.strerror if isinstance(error, OSError) else str(error)
    return (text or "unknown reason").lower()
