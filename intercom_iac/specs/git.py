"""Reading a folder of a git repository at a revision: git is asked, the work tree is never touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from intercom_iac.diagnostics import Misuse

# Set by git for its hooks: with them a command that runs elsewhere would read another repository, or another index.
_POINTING = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)
_OBJECT = re.compile(r"[0-9a-f]{40,64}")
LINK = "120000"
_FILES = ("100644", "100755", LINK)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or link of a folder at a revision; `path` is relative to the folder."""

    path: str
    mode: str
    object: str
    size: int


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and the folder of the work tree that is read there: `prefix` is its path in the repository, with a
    slash at its end, or empty."""

    folder: Path
    commit: str
    prefix: str

    def entries(self) -> list[Entry]:
        """Every file and link below the folder; none where it does not exist there."""
        tree = f"{self.commit}:{self.prefix}"
        if _git(self.folder, "rev-parse", "--verify", "--quiet", tree).returncode != 0:
            return []
        listed = _git(self.folder, "ls-tree", "-r", "-l", "-z", "--full-tree", tree)
        if listed.returncode != 0:
            raise _incomplete(self)
        found: list[Entry] = []
        for line in filter(None, listed.stdout.split(b"\0")):
            about, _, path = line.partition(b"\t")
            mode, _, name, size = about.decode("ascii").split()
            if mode in _FILES:
                if not size.isdecimal():
                    raise _incomplete(self)
                found.append(Entry(os.fsdecode(path), mode, name, int(size)))
        return found

    def contents(self, entries: Sequence[Entry]) -> list[bytes]:
        """What these hold, in their order."""
        if not entries:
            return []
        names = "".join(f"{each.object}\n" for each in entries)
        answer = _git(self.folder, "cat-file", "--batch", given=names.encode())
        found: list[bytes] = []
        at = 0
        for each in entries:
            header, _, _ = answer.stdout[at : at + 200].partition(b"\n")
            if not header.startswith(f"{each.object} blob ".encode()):
                raise _incomplete(self)
            at += len(header) + 1
            found.append(answer.stdout[at : at + each.size])
            at += each.size + 1
        return found


def revision(folder: Path, name: str) -> Revision:
    """The commit that a name means in the repository of a folder. Raises `Misuse` where there is none."""
    inside = _git(folder, "rev-parse", "--show-prefix")
    if inside.returncode != 0:
        raise _no_repository(folder, name, inside.stderr)
    prefix = os.fsdecode(inside.stdout.removesuffix(b"\n"))
    # No revision begins with a hyphen: what does is an option, or `^` of another.
    found = None if name.startswith("-") or _unwritable(name) else _commit(folder, name)
    if found is None:
        raise _no_revision(folder, name)
    return Revision(folder, found, prefix)


def _incomplete(found: Revision) -> Misuse:
    return Misuse(
        f"git does not have all of the commit {found.commit[:12]}",
        hint="fetch it: the clone is partial, or damaged",
    )


def _unwritable(name: str) -> bool:
    return not name or any(each in "\0\n\r" for each in name)


def _commit(folder: Path, name: str) -> str | None:
    answer = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = answer.stdout.decode("ascii", errors="replace").strip()
    return found if answer.returncode == 0 and _OBJECT.fullmatch(found) else None


def _no_repository(folder: Path, name: str, complaint: bytes) -> Misuse:
    if b"dubious ownership" in complaint:
        return Misuse(
            f"git refuses to read `{folder}`, which belongs to somebody else",
            hint="`git config --global --add safe.directory` with the path of the repository allows it",
        )
    return Misuse(
        f"`{name}` is no folder with a project in it, and `{folder}` is in no git repository",
        hint="pass the folder of another project, or run it in a clone",
    )


def _no_revision(folder: Path, name: str) -> Misuse:
    shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    message = f"`{name}` is no revision here, and no folder with a project in it"
    if shallow:
        return Misuse(
            f"{message}; the clone is shallow",
            hint="fetch more of it: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, or "
            "`git fetch --unshallow`",
        )
    hint = "`git fetch` may bring it; revisions are like `origin/main`, `v1.2.0`, `HEAD~1`"
    return Misuse(message, hint=hint)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs git in a folder. Raises `Misuse` where there is no git."""
    program = shutil.which("git")
    if program is None:
        raise Misuse("git is needed to read a revision, and is not installed", hint="pass a folder instead")
    environment = {key: value for key, value in os.environ.items() if key not in _POINTING}
    # Asks nobody for a password, changes nothing, and complains in English.
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603  a list of arguments, of which no name can be an option
        [program, *arguments],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        check=False,
    )
