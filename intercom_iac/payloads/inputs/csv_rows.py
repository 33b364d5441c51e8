"""CSV as rows, each with its text as it came; what is wrong with a row's text is told with its column."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Literal

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.payload import shown_name
from intercom_iac.text import quoted_names

_MARK = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t|"
_LONGEST_LINE = 64 * 1024 * 1024
# A row over more lines, or of more bytes, is one whose quotes do not match.
_MOST_LINES = 100_000
_LARGEST_ROW = 16 * 1024 * 1024
_MOST_ATTEMPTS = 8
"""So often a line is read again since a row before it had no end; then it is read by itself."""
_MOST_NAMED = 10
_NOT_UTF_8 = lazy_pattern("[\udc80-\udcff]")

RowFault = Literal["ragged", "encoding", "quotes", "too large"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and its text as it came.

    `fault` is why its cells are not read, and `column` where (characters, counted from 1); a ragged row has its cells
    all the same. `undecoded` are cells that are no UTF-8, counted from 0, each with its column:
    they are read with a sign in the place of such bytes.
    """

    raw: bytes
    cells: list[str]
    fault: RowFault | None = None
    column: int | None = None
    undecoded: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A header, as it came too, and the rows below it. `is_marked`: a byte-order mark stands before the header."""

    names: tuple[str, ...]
    header: bytes
    delimiter: str
    is_marked: bool
    rows: Iterator[Row]


def read_table(stream: io.BufferedReader, name: str) -> Table | None:
    """The table; None for an input without a line. Raises `Misuse` for a header that names no columns.

    Cells are separated by the one of comma, semicolon, tab and `|` that the header has most of.
    """
    lines = _Lines(stream)
    for first in lines:
        delimiter = max(_DELIMITERS, key=first.count)
        lines.put_back()
        for header in _rows(lines, delimiter):
            if header.fault is not None or header.undecoded:
                raise Misuse(
                    f"cannot read `{name}`: its header, the first line, is no row of CSV in UTF-8",
                    hint="the first line names the columns",
                )
            names = tuple(header.cells)
            _check_names(names, name)
            rows = (_fit_row(row, len(names), delimiter) for row in _rows(lines, delimiter))
            return Table(names, header.raw, delimiter, lines.is_marked, rows)
    return None


def _check_names(names: tuple[str, ...], name: str) -> None:
    nameless = [str(at) for at, column in enumerate(names, 1) if not column.strip()]
    if nameless:
        raise Misuse(
            f"cannot read `{name}`: column {', '.join(nameless[:_MOST_NAMED])} of its header has no name",
            hint="name it, or leave the column out (in pandas: `index=False`)",
        )
    twice = [column for column, count in Counter(names).items() if count > 1]
    if twice:
        named = quoted_names([shown_name(one) for one in twice[:_MOST_NAMED]])
        raise Misuse(
            f"cannot read `{name}`: its header names {named} more than once",
            hint="which of the columns counts, nobody can tell: rename or remove the others",
        )


def _fit_row(row: Row, columns: int, delimiter: str) -> Row:
    """The row, with a fault where it has more or fewer cells than the header."""
    if row.fault is not None or len(row.cells) == columns:
        return row
    begins = _cell_begins(row.raw.decode("utf-8", "replace"), delimiter)
    behind = len(row.raw.decode("utf-8", "replace").rstrip("\r\n")) + 1
    column = begins[columns] if len(begins) > columns else behind
    return Row(row.raw, row.cells, "ragged", column)


def _cell_begins(text: str, delimiter: str) -> list[int]:
    """Where each cell of a row begins, counted from 1."""
    begins, quoted = [1], False
    for at, character in enumerate(text, 1):
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            begins.append(at + 1)
    return begins


class _Lines:
    """The lines of a stream as text, and as they came since the last row. Bytes that are no UTF-8 are kept as halves
    of pairs. Raises `csv.Error` for more lines than a row has."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._begun = self.is_marked = False
        # Lines with how often they were put back: those that come again, the next one last, and those since the
        # last row. Of lines that come again none was put back more often than one before it.
        self._ahead: list[tuple[bytes, int]] = []
        self._taken: list[tuple[bytes, int]] = []
        self._size = 0
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._taken and (len(self._taken) >= _MOST_LINES or self._size > _LARGEST_ROW):
            raise csv.Error
        line, times = self._ahead.pop() if self._ahead else (self._stream.readline(_LONGEST_LINE), 0)
        if not line:
            raise StopIteration
        if not self._begun:
            self._begun = True
            self.is_marked = line.startswith(_MARK)
            line = line.removeprefix(_MARK)
        self._taken.append((line, times))
        self._size += len(line)
        self.cut = len(line) == _LONGEST_LINE and not line.endswith(b"\n")
        return line.decode("utf-8", "surrogateescape")

    def take(self) -> bytes:
        """The lines since this was last asked for, as they came."""
        raw = b"".join(line for line, _ in self._taken)
        self._taken, self._size = [], 0
        return raw

    def put_back(self, kept: int = 0) -> None:
        """Has the lines since the last row come again, but for the first of them."""
        self._ahead += ((line, times + 1) for line, times in reversed(self._taken[kept:]))
        del self._taken[kept:]

    @property
    def is_exhausted(self) -> bool:
        """Whether the next line was put back so often that it is to be read by itself."""
        return bool(self._ahead) and self._ahead[-1][1] >= _MOST_ATTEMPTS

    def skip(self) -> None:
        """Drops what is left of a line that is too long to be one."""
        while (rest := self._stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass


@contextmanager
def _wide_cells() -> Generator[None]:
    """A cell may be as long as a line; Python's own limit is for the whole process."""
    before = csv.field_size_limit(_LONGEST_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(lines: _Lines, delimiter: str) -> Iterator[Row]:
    """The rows; blank lines are none."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    with _wide_cells():
        while True:
            try:
                if lines.is_exhausted:
                    cells = next(csv.reader([next(lines)], delimiter=delimiter, strict=True))
                else:
                    cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                # A quote that is not closed takes all lines that follow for one cell: only the first is the row's.
                lines.put_back(1)
                raw = lines.take()
                yield Row(raw, [], "quotes", raw.decode("utf-8", "replace").find('"') + 1 or None)
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
                continue
            raw = lines.take()
            if lines.cut:
                lines.skip()
                yield Row(raw, [], "too large")
            elif raw.isascii():
                if cells:
                    yield Row(raw, cells)
            else:
                undecoded = _undecoded_places(raw, cells, delimiter)
                if undecoded:
                    cells = [_NOT_UTF_8.sub("\ufffd", cell) for cell in cells]
                if cells:
                    yield Row(raw, cells, undecoded=undecoded)


def _undecoded_places(raw: bytes, cells: list[str], delimiter: str) -> tuple[tuple[int, int], ...]:
    """The cells that are no UTF-8, counted from 0, each with the column of its first such byte."""
    found = [(at, match.start()) for at, cell in enumerate(cells) if (match := _NOT_UTF_8.search(cell))]
    if not found:
        return ()
    begins = _cell_begins(raw.decode("utf-8", "surrogateescape"), delimiter)
    return tuple((at, begins[min(at, len(begins) - 1)] + offset) for at, offset in found)
