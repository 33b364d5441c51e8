"""The files of a folder at a commit, as a `FileTree` in memory: nothing of a revision is written to the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from intercom_iac.lazy_dataclass import dataclass

from ..files import DiskTree, EntryKind, FileEntry

# How many links one path may lead through, as on Linux.
_MAX_LINKS = 40


@dataclass(frozen=True, slots=True)
class Blob:
    """A file or link of a commit. `content` is the target of a link, and None for a file too large to be read."""

    path: str
    is_link: bool
    content: bytes | None


class DoubleEntry(Exception):
    """A path that stands twice in a tree, which git itself never makes. `path` is that one."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class CommitTree:
    """Files and links of one folder at a commit. Raises `DoubleEntry` where two of them have one path.

    A link leads out of the tree where its target is absolute or above the folder; what is there is not read.
    """

    def __init__(self, blobs: Iterable[Blob]) -> None:
        self._files: dict[str, bytes | None] = {}
        self._links: dict[str, str] = {}
        self._folders: dict[str, dict[str, EntryKind]] = {".": {}}
        for blob in blobs:
            if blob.is_link:
                self._links[blob.path] = os.fsdecode(blob.content or b"")
            else:
                self._files[blob.path] = blob.content
            self._add(blob.path, "link" if blob.is_link else "file")

    def _add(self, path: str, kind: EntryKind) -> None:
        folder, _, name = path.rpartition("/")
        listing = self._folders.get(folder or ".")
        if listing is None:
            self._add(folder, "folder")
            listing = self._folders[folder] = {}
        if name in listing:
            raise DoubleEntry(path)
        listing[name] = kind

    def entries(self, folder: str) -> list[FileEntry]:
        listing = self._folders.get(self._follow(folder))
        if listing is None:
            raise self._not_there(folder)
        return [FileEntry(name, kind) for name, kind in listing.items()]

    def kind(self, path: str, *, follow_links: bool = False) -> EntryKind | None:
        try:
            resolved = self._follow(path, follow_last=follow_links)
        except _LeadsOut as error:
            # What an absolute link leads to is no part of any revision: it is what this machine has there.
            is_absolute = error.target.startswith("/")
            return DiskTree(Path("/")).kind(error.target, follow_links=True) if is_absolute else None
        except OSError:
            return None
        if resolved in self._folders:
            return "folder"
        if resolved in self._links:
            return "link"
        return "file" if resolved in self._files else None

    def resolve(self, path: str) -> str | None:
        try:
            return self._follow(path)
        except _LeadsOut:
            return None
        except OSError:
            # Links that lead in a circle lead nowhere else.
            return path

    def read(self, path: str, limit: int) -> bytes:
        resolved = self._follow(path)
        if resolved in self._folders:
            raise _os_error(errno.EISDIR)
        if resolved not in self._files:
            raise self._not_there(path)
        content = self._files[resolved]
        if content is None:
            raise _os_error(errno.EFBIG)
        return content[:limit]

    def _follow(self, path: str, *, follow_last: bool = True) -> str:
        """Where a path leads, links followed, the one at its end where `follow_last`. Raises `OSError`."""
        done: list[str] = []
        pending = path.split("/")[::-1]
        followed = 0
        while pending:
            part = pending.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not done:
                    raise _LeadsOut("/".join(("..", *pending[::-1])))
                done.pop()
                continue
            done.append(part)
            target = self._links.get("/".join(done)) if follow_last or pending else None
            if target is None:
                continue
            followed += 1
            if followed > _MAX_LINKS:
                raise _os_error(errno.ELOOP)
            if not target:
                raise _os_error(errno.ENOENT)
            if target.startswith("/"):
                raise _LeadsOut("/".join((target, *pending[::-1])))
            done.pop()
            pending += target.split("/")[::-1]
        return "/".join(done) or "."

    def _not_there(self, path: str) -> OSError:
        parts = self._follow(path).split("/")
        through_file = any("/".join(parts[:count]) in self._files for count in range(1, len(parts) + 1))
        return _os_error(errno.ENOTDIR if through_file else errno.ENOENT)


class _LeadsOut(FileNotFoundError):
    """A path leads out of the tree, to `target`."""

    def __init__(self, target: str) -> None:
        super().__init__(errno.ENOENT, os.strerror(errno.ENOENT))
        self.target = target


def _os_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
