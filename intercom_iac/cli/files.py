"""Reading and writing the files that a command is given, with clear errors."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from intercom_iac.diagnostics import IntercomIacError, Misuse


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step by one that its owner alone may read, whatever the mode of the one before.

    A link is refused: whoever put it there would choose what is overwritten. But for one to a device or a pipe, which
    are written to, as `/dev/stdout` may be.
    """
    if path.is_symlink() and (path.is_file() or not path.exists()):
        raise IntercomIacError(
            f"`{path}` is a link to a file, which is not overwritten",
            hint="name the file itself, or remove the link",
        )
    write_whole(path, text, mode=0o600)


def write_whole(path: Path, text: str, *, mode: int) -> None:
    """Replaces a file in one step, so that nobody ever sees half of it; line ends are written as they are.

    A link stays, and what it leads to is replaced; a device or a pipe is written to.
    """
    content = text.encode()
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content, mode)
    except OSError as error:
        raise IntercomIacError(f"cannot write `{path}`: {_reason(error)}") from error


def _replace(target: Path, content: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(handle, mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_folder(path: Path) -> None:
    """Makes a folder, and those it is in, where there is none."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IntercomIacError(f"cannot make the folder `{path}`: {_reason(error)}") from error


def read_text(path: Path) -> str:
    """The file's text, line ends as they are. Raises `Misuse` when there is none to read."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return (error.strerror or "unreadable").lower()
