"""Reading and writing the files that a use-case is given, with clear errors."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from intercom_iac.diagnostics import IntercomIacError, Misuse

_LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read whole: far more than a plan of everything has."""


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step by one that its owner alone may read, whatever the mode of the one before.

    A link is refused: whoever put it there would choose what is overwritten. But for one to a device or a pipe, which
    are written to, as `/dev/stdout` may be.
    """
    _refuse_link(path)
    write_atomically(path, text.encode(), mode=0o600)


def write_private_lines(path: Path, lines: Iterable[str]) -> int:
    """As `write_private`, line by line, so that they need not be in memory at once; returns how many there were."""
    _refuse_link(path)
    if path.exists() and not path.is_file():
        text = [*lines]
        write_atomically(path, "".join(f"{line}\n" for line in text).encode())
        return len(text)
    count = 0
    with staged_streams(path) as (stream,):
        for line in lines:
            stream.write(f"{line}\n".encode())
            count += 1
    return count


def _refuse_link(path: Path) -> None:
    if path.is_symlink() and (path.is_file() or not path.exists()):
        raise IntercomIacError(
            f"`{path}` is a link to a file, which is not overwritten",
            hint="name the file itself, or remove the link",
        )


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Replaces a file in one step, so that nobody ever sees half of it, whatever fails; when this returns, it is on
    the disk. Without a `mode` it keeps the one it has.

    A link stays, and what it leads to is replaced; a device or a pipe is written to.
    """
    try:
        if path.exists() and not path.is_file():
            _write_to_device(path, content)
        else:
            _replace(path.resolve(), content, mode)
    except OSError as error:
        raise IntercomIacError(
            f"cannot write `{path}`: {_reason(error)}",
            hint=_remedy(path, error),
        ) from error


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Replaces several files, all of them or none: where one cannot be written, or the person who started it stops
    it, those that were replaced are as they were. Folders are made where there are none.

    All are on the disk, beside those they replace, before the first one is replaced; then they are replaced in their
    order. A program that is killed in between may leave the first of them new, each of them whole.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    path = Path()
    try:
        for path, content in contents.items():
            make_folder(path.parent)
            target = path.resolve()
            staged[target] = _stage(target, content, None)
        for path, temporary in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            temporary.replace(path)
        for folder in dict.fromkeys(target.parent for target in staged):
            path = folder
            _sync_folder(folder)
    except BaseException as error:
        _put_back(before)
        if isinstance(error, OSError):
            message = f"cannot write `{path}`: {_reason(error)}"
            raise IntercomIacError(message, hint=_remedy(path, error)) from error
        raise
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class StagedStream:
    """A file that is written beside the one it will replace; `path` is where it lies meanwhile."""

    def __init__(self, target: Path) -> None:
        self._named = target
        self._target = target.resolve()
        from tempfile import mkstemp

        try:
            handle, name = mkstemp(dir=self._target.parent, prefix=f".{self._target.name}.")
        except OSError as error:
            raise self._failure(error) from error
        self.path = Path(name)
        self._stream = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> None:
        """Raises `IntercomIacError` where there is no room for it."""
        try:
            self._stream.write(data)
        except OSError as error:
            raise self._failure(error) from error

    def settle(self) -> None:
        """Brings it onto the disk."""
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._failure(error) from error

    def replace(self) -> None:
        """Puts it in its place."""
        try:
            self.path.replace(self._target)
            _sync_folder(self._target.parent)
        except OSError as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Removes it, unless it is in its place."""
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _failure(self, error: OSError) -> IntercomIacError:
        return IntercomIacError(
            f"cannot write `{self._named}`: {_reason(error)}", hint=_remedy(self._named, error)
        )


@contextmanager
def staged_streams(*targets: Path) -> Generator[tuple[StagedStream, ...]]:
    """Files that are written piece by piece, private to their owner, and take their places together when all is done:
    whatever stops it before, what was there stays as it is."""
    with ExitStack() as opened:
        streams: list[StagedStream] = []
        for target in targets:
            stream = StagedStream(target)
            opened.callback(stream.close)
            streams.append(stream)
        yield tuple(streams)
        for stream in streams:
            stream.settle()
        for stream in streams:
            stream.replace()


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    """Files as they were, as far as they can be written: the first mistake is the one to tell."""
    for path, content in before.items():
        with suppress(OSError, IntercomIacError):
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                write_atomically(path, content)


def _write_to_device(path: Path, content: bytes) -> None:
    """Writes to a device or a pipe. Of a pipe that nobody reads the system says that there is no such device."""
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def _remedy(path: Path, error: OSError) -> str:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return f"make the folder `{path.parent}` first, or name a file in one that exists"
    if error.errno == errno.ENXIO:
        return "nobody reads from it: begin to read first, or name a file"
    return "make room for it, or its folder writable; no file is left half written"


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    temporary = _stage(target, content, mode)
    try:
        temporary.replace(target)
    except BaseException:
        # Where it cannot be removed either, the first mistake is the one to tell.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _stage(target: Path, content: bytes, mode: int | None) -> Path:
    """A hidden file beside a target, on the disk, to be put in its place."""
    from tempfile import mkstemp

    handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(handle, _mode_of(target) if mode is None else mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _mode_of(target: Path) -> int:
    """The mode of a file, or that which a new one has."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """A file's new name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Makes a folder, and those it is in, where there is none."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IntercomIacError(f"cannot make the folder `{path}`: {_reason(error)}") from error


def read_bytes(path: Path) -> bytes:
    """What the file holds. Raises `Misuse` when there is none to read, or it is too large.

    A pipe that a shell opened (`<(...)`) is read to its end. One in a folder is not: nobody might ever write to it.
    """
    try:
        # Not waited for, should it be a pipe.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Misuse(f"cannot read `{path}`: {_refusal(path, error)}") from error
    mode = os.fstat(handle).st_mode
    piped = stat.S_ISFIFO(mode) and not os.path.lexists(os.path.realpath(path))
    if not piped and not stat.S_ISREG(mode):
        os.close(handle)
        raise Misuse(f"cannot read `{path}`: {_kind(mode)}", hint="name a file")
    with os.fdopen(handle, "rb") as stream:
        try:
            os.set_blocking(handle, True)
            content = stream.read(_LARGEST + 1)
        except OSError as error:
            raise Misuse(f"cannot read `{path}`: {_reason(error)}") from error
    if len(content) > _LARGEST:
        raise Misuse(
            f"cannot read `{path}`: it is larger than {_LARGEST >> 20} MiB", hint="name another file"
        )
    return content


def read_text(path: Path) -> str:
    """The file's text, line ends as they are, without a byte-order mark. Raises `Misuse` when none can be read."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error


def _kind(mode: int) -> str:
    """What stands where a file is expected."""
    if stat.S_ISDIR(mode):
        return "it is a folder"
    return "it is a pipe" if stat.S_ISFIFO(mode) else "it is a device or a socket"


def _refusal(path: Path, error: OSError | ValueError) -> str:
    """Why it cannot be opened; that a socket stands there, the system tells as a missing device."""
    if isinstance(error, ValueError):
        return "no file has such a name"
    return _kind(path.stat().st_mode) if error.errno == errno.ENXIO else _reason(error)


def _reason(error: OSError) -> str:
    return (error.strerror or "unreadable").lower()
