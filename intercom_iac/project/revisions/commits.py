"""Commits of a repository and the files in them, read with git; the work tree is never touched."""

from __future__ import annotations

import os
import shlex
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from .repository import Repository, open_repository

_OBJECT = lazy_pattern(r"[0-9a-f]{40,64}")
LINK, SUBMODULE, FOLDER = "120000", "160000", "040000"
_FILES = ("100644", "100755", LINK)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, link or submodule of a folder at a commit, `path` relative to it. A submodule has no size."""

    path: str
    mode: str
    object: str
    size: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a repository, by its id."""

    repository: Repository
    id: str

    def mode(self, path: str) -> str | None:
        """What there is at a path from the root, as git's mode of it; None where nothing is."""
        answer = self.repository.git("ls-tree", "-z", "--full-tree", self.id, "--", path)
        if answer.returncode != 0:
            raise self._incomplete()
        return answer.stdout.split(b" ")[0].decode("ascii") or None

    def paths(self) -> list[str]:
        """Every path of the commit, from its root."""
        answer = self.repository.git("ls-tree", "-r", "-z", "--name-only", "--full-tree", self.id)
        if answer.returncode != 0:
            raise self._incomplete()
        return [os.fsdecode(part) for part in answer.stdout.split(b"\0") if part]

    def entries(self, prefix: str) -> list[Entry]:
        """Every file, link and submodule below a folder that is there; `prefix` ends with a slash, or is empty."""
        answer = self.repository.git("ls-tree", "-r", "-l", "-z", "--full-tree", f"{self.id}:{prefix}")
        if answer.returncode != 0:
            raise self._incomplete()
        entries: list[Entry] = []
        for line in filter(None, answer.stdout.split(b"\0")):
            about, _, path = line.partition(b"\t")
            mode, _, name, size = about.decode("ascii").split()
            if mode == SUBMODULE:
                entries.append(Entry(os.fsdecode(path), mode, name, 0))
            elif mode in _FILES:
                if not size.isdecimal():
                    raise self._incomplete()
                entries.append(Entry(os.fsdecode(path), mode, name, int(size)))
        return entries

    def contents(self, entries: Sequence[Entry]) -> list[bytes]:
        """What these hold, in their order."""
        if not entries:
            return []
        names = "".join(f"{entry.object}\n" for entry in entries)
        answer = self.repository.git("cat-file", "--batch", given=names.encode())
        contents: list[bytes] = []
        at = 0
        for entry in entries:
            header, _, _ = answer.stdout[at : at + 200].partition(b"\n")
            if not header.startswith(f"{entry.object} blob ".encode()):
                raise self._incomplete()
            at += len(header) + 1
            contents.append(answer.stdout[at : at + entry.size])
            at += entry.size + 1
        return contents

    def _incomplete(self) -> Misuse:
        return Misuse(
            f"git does not have all of the commit {self.id[:12]}",
            hint="the clone is partial, or damaged, and nothing is fetched from here: "
            "`git fetch --refetch --no-filter` brings all of it",
        )


@contextmanager
def open_commit(
    folder: Path, name: str, environment: Mapping[str, str], *, folder_beside: bool = False
) -> Generator[Commit]:
    """The commit that a name means in the repository of a folder, until the end.

    Raises `Misuse` where there is none, and for a name with two meanings. `folder_beside` says that a folder of that
    name holds a project, which may be what was meant.
    """
    with open_repository(folder, environment) as repository:
        # No revision begins with a hyphen: what does is an option, or `^` of another.
        unwritable = not name or name.startswith("-") or any(character in "\0\n\r" for character in name)
        commit_id = None if unwritable else _commit_id(repository, name)
        if commit_id is None:
            raise _no_revision(repository, name, folder_beside=folder_beside)
        yield Commit(repository, commit_id)


def _commit_id(repository: Repository, name: str) -> str | None:
    # Not quiet: it would not say that a tag has the name of a branch, and takes the tag.
    answer = repository.git("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    commit_id = answer.stdout.decode("ascii", errors="replace").strip()
    if answer.returncode != 0 or not _OBJECT.fullmatch(commit_id):
        return None
    if b" is ambiguous" in answer.stderr:
        raise Misuse(
            f"`{name}` may mean more than one commit here: a tag, a branch and the beginning of a commit's id can "
            "have one name",
            hint="name it in full, such as `refs/heads/main`, `refs/remotes/origin/main` or `refs/tags/v1.2.0`",
        )
    return commit_id


def _no_revision(repository: Repository, name: str, *, folder_beside: bool) -> Misuse:
    message = f"`{name}` is no revision here"
    if folder_beside:
        return Misuse(
            f"{message}; a folder of that name holds a project",
            hint=f"`--against-folder {shlex.quote(name)}` compares with the folder",
        )
    if repository.shallow:
        return Misuse(
            f"{message}; the clone is shallow",
            hint="fetch more of it: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, or "
            "`git fetch --unshallow`",
        )
    hint = "`git fetch` may bring it; revisions are like `origin/main`, `v1.2.0`, `HEAD~1`"
    return Misuse(message, hint=hint)
