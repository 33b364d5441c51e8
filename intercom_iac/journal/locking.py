"""One writer at a time to one workspace from one project on this machine: an apply, a sync, a publish.

The lock is the system's (`flock`): a process that dies, however it does, holds it no longer. The file stays, and says
who holds it and what for.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import quote

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from .durable_file import open_regular

Work = Literal["apply", "sync", "publish"]
"""What a workspace is written to for."""

_LONGEST_NAME = 100
_ARTICLES = {"apply": "an", "sync": "a", "publish": "a"}
_HOLDER = lazy_pattern(r"([0-9]{1,20})(?: ([a-z]{1,20}))?")


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that writes to a workspace, as it is called in the lock, and what for."""

    process: str
    work: Work = "apply"


def journal_path(root: Path, app_id: str) -> Path:
    """The journal of a workspace, by its id, in the project with this folder."""
    return root / ".intercom-iac" / "journal" / f"{quote(app_id, safe='')[:_LONGEST_NAME]}.jsonl"


def make_private_folder(folder: Path) -> None:
    """A folder for what is of this machine alone: of its owner, and with a file by which git leaves it alone, since
    values of people may stand in it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignored = open_regular(folder / ".gitignore", os.O_RDWR | os.O_CREAT)
    try:
        if not os.fstat(ignored).st_size:
            os.write(ignored, b"*\n")
    finally:
        os.close(ignored)


@contextmanager
def workspace_lock(journal: Path, workspace: str, work: Work = "apply") -> Generator[None]:
    """Holds the lock beside an apply's journal. Raises `IntercomIacError` where another writer does, or it cannot be
    made."""
    path = journal.with_suffix(".lock")
    if any(folder.is_symlink() for folder in (path.parent, path.parent.parent)):
        raise IntercomIacError(
            f"the folder `{path.parent}` is reached by a link, and a journal stays in its project",
            hint="put a folder in its place: nothing was changed",
        )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = open_regular(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise _lock_error(path, error) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(file, 0)
            os.pwrite(file, f"{os.getpid()} {work}\n".encode(), 0)
        except BlockingIOError as error:
            holder = _holder(file)
            another = f"another {work}" if holder.work == work else f"{_ARTICLES[holder.work]} {holder.work}"
            again = "run `plan`" if work == "apply" else f"run this {work} again"
            raise IntercomIacError(
                f"{another} to `{workspace}` is under way: process {holder.process}",
                hint=f"wait for it to end, then {again}: this one has changed nothing",
            ) from error
        except OSError as error:
            raise _lock_error(path, error) from error
        yield
    finally:
        os.close(file)


def lock_holder(journal: Path) -> LockHolder | None:
    """Who writes to the workspace now; None where nobody does."""
    try:
        file = open_regular(journal.with_suffix(".lock"), os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(file)
    except OSError:
        return None
    finally:
        os.close(file)
    return None


def _holder(file: int) -> LockHolder:
    text = os.pread(file, 50, 0).strip().decode("ascii", errors="replace")
    found = _HOLDER.fullmatch(text)
    if found is None:
        return LockHolder("unknown")
    work = cast("Work", found[2]) if found[2] in get_args(Work) else "apply"
    return LockHolder(found[1], work)


def _lock_error(path: Path, error: OSError) -> IntercomIacError:
    return IntercomIacError(
        f"the lock `{path}` cannot be taken: {(error.strerror or 'unusable').lower()}",
        hint="remove what stands in its place, and make its folder writable: nothing was changed",
    )
