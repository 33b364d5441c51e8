"""The standard streams as the program finds them: closed, in a code page, on a disk without room."""

from __future__ import annotations

import codecs
import os
import sys

# Not from `typing`, which is half of what `--version` would cost.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ESCAPES = "intercom-iac-escapes"


def reserve_descriptors() -> None:
    """Opens what of the standard streams is closed, to nothing.

    Else the first file that is opened takes the place, and what is meant for a stream is written into it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


def ensure_utf_8() -> None:
    """Begins again in Python's UTF-8 mode where the locale knows ASCII alone.

    Names of files and arguments are bytes to it that stand for no characters.
    """
    if sys.getfilesystemencoding() != "ascii" or not sys.executable:
        return
    first, *others = sys.orig_argv
    os.execv(sys.executable, [first, "-X", "utf8", *others])  # noqa: S606  this program itself


def escape_unencodable() -> None:
    """What a stream's code page has no character for is written as an escape, as JSON has them."""
    codecs.register_error(_ESCAPES, _escape)
    streams: tuple[Any, Any] = (sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_ESCAPES)


def use_utf_8_for_machines() -> None:
    """Formats for machines are UTF-8, whatever the code page; on a terminal they are for a person all the same."""
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure") and not stream.isatty():
        stream.reconfigure(encoding="utf-8")


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    escapes = (f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
    return "".join(escapes), error.end
