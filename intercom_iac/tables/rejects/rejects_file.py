"""Rejected rows as a file of CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from intercom_iac.text import printable

from .rejected import RejectedValue, RejectSink

HEADER = ("row", "column", "code", "reason", "value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 500


class RejectsFile:
    """Writes a line for each mistake, and the header before the first. `write` takes the bytes of a file.

    Where there are `many` sources, each line ends with the name of its own: see `of`.
    """

    def __init__(self, write: Callable[[bytes], object], *, many: bool = False) -> None:
        self._write = write
        self._many = many
        self._add((*HEADER, "source") if many else HEADER)

    def sink_for(self, source: str) -> RejectSink:
        """Takes the mistakes of one source."""
        return lambda rejected: self(rejected, source)

    def __call__(self, rejected: RejectedValue, source: str = "") -> None:
        reason = rejected.message if rejected.hint is None else f"{rejected.message}; {rejected.hint}"
        cells = (str(rejected.row), rejected.column or "", rejected.code.id, reason, rejected.value or "")
        self._add((*cells, source) if self._many else cells)

    def _add(self, cells: tuple[str, ...]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(map(_defuse_formula, cells))
        self._write(line.getvalue().encode("utf-8", "replace"))


def _defuse_formula(cell: str) -> str:
    """A cell without what a terminal or a spreadsheet would obey."""
    shown = printable(cell[:_LONGEST])
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
