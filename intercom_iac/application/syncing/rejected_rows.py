"""The file of rows that may not be sent: CSV, a line for each mistake, whole or not there at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.text import printable

from ..files import StagedStream, staged_streams

if TYPE_CHECKING:
    from intercom_iac.tables import RejectedValue, RejectSink

# What a spreadsheet takes for the beginning of a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_COLUMNS = ("row", "column", "code", "reason", "hint", "value")


@contextmanager
def rejects_file(path: Path | None, *, many: bool) -> Generator[Callable[[str], RejectSink]]:
    """Gives what makes a sink for the rows of a source, by its name; of `many` sources each line has the name.

    The file takes its place when all is done. Without a path the rows are written nowhere. Raises `IntercomIacError`
    where it cannot be written.
    """
    if path is None:
        yield lambda _: _ignore
        return
    with staged_streams(path) as (stream,):
        stream.write(_line([*(["source"] if many else []), *_COLUMNS]))
        yield lambda name: _sink(stream, [name] if many else [])


def _sink(stream: StagedStream, before: list[str]) -> RejectSink:
    def write(rejected: RejectedValue) -> None:
        cells = [
            str(rejected.row),
            rejected.column or "",
            rejected.code.id,
            rejected.message,
            rejected.hint or "",
            rejected.value or "",
        ]
        stream.write(_line([*before, *cells]))

    return write


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([_harmless(cell) for cell in cells])
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that is text to every spreadsheet, and steers no terminal."""
    shown = printable(cell)
    return f"'{shown}" if shown.startswith(_FORMULAS) else shown


def _ignore(_: RejectedValue) -> None:
    pass
