"""Rows of CSV as records."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model.payload import shown_name

from ..read_record import ReadRecord
from ..violation import Violation
from .cell_values import cell_value, inner_violations
from .columns import Columns, Place
from .csv_rows import Row, RowFault, read_table

if TYPE_CHECKING:
    from intercom_iac.model.payload import PayloadKind

    from ..shapes import RecordShapes

_ENCODING_HINT = "convert the file to UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` does for what Excel writes"
_FAULTS: dict[RowFault, tuple[Code, str, str]] = {
    "ragged": (
        codes.RAGGED_ROW,
        "the row has {cells}, and the header {columns}",
        "a value with the separator or a line end in it stands in double quotes",
    ),
    "quotes": (
        codes.BROKEN_QUOTES,
        "the row has a quote that is not closed, or text behind one that is",
        'a quote within a value is written twice: `"24"" screen"`',
    ),
    "too large": (codes.TOO_LARGE, "the line is longer than any record is", "one record a line"),
}

_MARK = Violation(
    record=1,
    path="",
    code=codes.BYTE_ORDER_MARK,
    message="a byte order mark stands before the header",
    column=1,
)


class CsvRecords:
    """The rows of a table, each a record as it was read. A cell that is empty is no value: its key is absent.

    `header` is the first line as it came. Raises `Misuse` for one that names no columns.
    """

    def __init__(
        self, stream: io.BufferedReader, name: str, shapes: RecordShapes, kind: PayloadKind | None
    ) -> None:
        table = read_table(stream, name)
        self._rows: Iterator[Row] = iter(()) if table is None else table.rows
        self.header = b"" if table is None else table.header
        self._is_marked = table is not None and table.is_marked
        self._columns = Columns(() if table is None else table.names, shapes, kind)

    def __iter__(self) -> Iterator[ReadRecord]:
        for number, row in enumerate(self._rows, 1):
            before = (_MARK,) if number == 1 and self._is_marked else ()
            if row.fault is None:
                yield self._record(number, row, before)
            else:
                told = _row_violation(number, row, row.fault, len(self._columns.names))
                yield ReadRecord(number=number, raw=row.raw, violations=(*before, told), readable=False)

    def _record(self, number: int, row: Row, before: tuple[Violation, ...]) -> ReadRecord:
        record: dict[str, Any] = {}
        places = self._columns.places(row.cells)
        told = [undecoded_violation(number, places[at], column) for at, column in row.undecoded]
        for place, text in zip(places, row.cells, strict=True):
            if text:
                value = cell_value(place, text)
                place.put(record, value)
                told += inner_violations(number, place, value, text)
        return ReadRecord(number=number, value=record, raw=row.raw, violations=(*before, *told))


def _row_violation(number: int, row: Row, fault: RowFault, columns: int) -> Violation:
    code, message, hint = _FAULTS[fault]
    return Violation(
        record=number,
        path="",
        code=code,
        message=message.format(cells=_count(len(row.cells), "cell"), columns=columns),
        hint=hint,
        column=row.column,
    )


def undecoded_violation(number: int, place: Place, column: int | None = None) -> Violation:
    """A value that is no text in UTF-8."""
    return Violation(
        record=number,
        path=".".join(map(shown_name, place.path)),
        code=codes.ENCODING,
        message=f"`{shown_name(place.path[-1])}` holds bytes that are not UTF-8",
        hint=_ENCODING_HINT,
        column=column,
        attribute=place.address,
        declared=place.declared_at,
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
