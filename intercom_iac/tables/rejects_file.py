"""Rejected rows as a file of CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from intercom_iac.text import printable

from .rejects import RejectedValue

HEADER = ("row", "column", "code", "reason", "value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 500


class RejectsFile:
    """Writes a line for each mistake, and the header before the first. `write` takes the bytes of a file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._add(HEADER)

    def __call__(self, rejected: RejectedValue) -> None:
        reason = rejected.message if rejected.hint is None else f"{rejected.message}; {rejected.hint}"
        self._add((str(rejected.row), rejected.column or "", rejected.code.id, reason, rejected.value or ""))

    def _add(self, cells: tuple[str, ...]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(map(_defused, cells))
        self._write(line.getvalue().encode("utf-8", "replace"))


def _defused(cell: str) -> str:
    """A cell without what a terminal or a spreadsheet would obey."""
    shown = printable(cell[:_LONGEST])
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
