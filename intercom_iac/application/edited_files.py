"""Files of a project with other texts: written together, over nothing but what was read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from intercom_iac.diagnostics import Misuse

from .files import write_together

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_project_files(root: Path, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Writes texts by their paths from the project's root, all of them or none; byte-order marks stay.

    `before` has the texts that were read. Raises `Misuse` where a file is no longer what was read, or stands where
    none was.
    """
    contents: dict[Path, bytes] = {}
    for path, text in texts.items():
        file = root / path
        marks = _unchanged_marks(file, path, before[path]) if path in before else _no_marks(file, path)
        contents[file] = marks + text.encode()
    write_together(contents)


def _unchanged_marks(file: Path, path: str, before: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError:
        content = b""
    marks = byte_order_marks(content)
    if content != marks + before.encode():
        raise Misuse(f"`{path}` changed while the command ran", hint="run it again")
    return marks


def _no_marks(file: Path, path: str) -> bytes:
    if os.path.lexists(file):
        raise Misuse(
            f"`{path}` is there already, and was not among the specs that were read",
            hint="run it again; if that is all the same, move the file away",
        )
    return b""


def byte_order_marks(content: bytes) -> bytes:
    """The marks that a file begins with, which are no part of its text."""
    end = 0
    while content.startswith(BYTE_ORDER_MARK, end):
        end += len(BYTE_ORDER_MARK)
    return content[:end]
