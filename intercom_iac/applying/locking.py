"""One apply at a time to one workspace from one project on this machine.

The lock is the system's (`flock`): a process that dies, however it does, holds it no longer. The file stays, and says
who holds it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from intercom_iac.diagnostics import IntercomIacError

_LONGEST_NAME = 100


def journal_path(root: Path, app_id: str) -> Path:
    """The journal of a workspace, by its id, in the project with this folder."""
    return root / ".intercom-iac" / "journal" / f"{quote(app_id, safe='')[:_LONGEST_NAME]}.jsonl"


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


@contextmanager
def apply_lock(journal: Path, workspace: str) -> Generator[None]:
    """Holds the lock beside a journal. Raises `IntercomIacError` where another apply does, or it cannot be made."""
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
            os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        except BlockingIOError as error:
            raise IntercomIacError(
                f"another apply to `{workspace}` is under way: process {_holder(file)}",
                hint="wait for it to end, then run `plan`: this one has changed nothing",
            ) from error
        except OSError as error:
            raise _lock_error(path, error) from error
        yield
    finally:
        os.close(file)


def applying_process(journal: Path) -> str | None:
    """The process that applies now, as it is called in the lock; None where there is none."""
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


def _holder(file: int) -> str:
    text = os.pread(file, 20, 0).strip()
    return text.decode() if text.isdigit() else "unknown"


def _not_regular_error() -> OSError:
    return OSError(errno.EINVAL, "something that is no file stands there")


def _lock_error(path: Path, error: OSError) -> IntercomIacError:
    return IntercomIacError(
        f"the lock `{path}` cannot be taken: {(error.strerror or 'unusable').lower()}",
        hint="remove what stands in its place, and make its folder writable: nothing was changed",
    )
