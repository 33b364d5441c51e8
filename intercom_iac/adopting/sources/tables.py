"""A table in CSV: rows by the names of their columns, each with its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

_DELIMITERS = ",;\t"
_JOINTS = lazy_pattern(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row. Columns are called by their plain names: in lower case, with spaces."""

    line: int
    cells: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    def get(self, *names: str) -> str:
        """What stands in the first column of these names that is not empty; a name may be that of several columns."""
        for name in names:
            for index in self.columns.get(name, ()):
                if index < len(self.cells) and self.cells[index].strip():
                    return self.cells[index].strip()
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """`header` has the columns as they are written, `columns` the positions of each plain name. `cut` is the line of
    a last row that ends before its columns do, and without a line end."""

    path: str
    header: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[Row, ...]
    cut: int | None = None

    def place(self, row: Row) -> str:
        return f"{self.path}:{row.line}"


def plain_column(name: str) -> str:
    """A column's name without what differs from export to export."""
    return _JOINTS.sub(" ", name.strip()).casefold()


def is_table(text: str) -> bool:
    """Whether a text begins with a header of several columns."""
    first = text.lstrip().splitlines()[0]
    return any(delimiter in first for delimiter in _DELIMITERS)


def read_table(path: str, text: str) -> Table:
    """The table. Raises `Misuse` where a quote is not closed, or a row has more cells than the header."""
    rows = _read_rows(path, text, _delimiter(text))
    _, header = next(rows, (1, list[str]()))
    columns: dict[str, tuple[int, ...]] = {}
    for index, name in enumerate(header):
        plain = plain_column(name)
        columns[plain] = (*columns.get(plain, ()), index)
    read: list[Row] = []
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise Misuse(
                f"`{path}:{line}` has {len(cells)} cells, and the header {len(header)}",
                hint="put a cell that holds the delimiter in quotes",
            )
        read.append(Row(line, tuple(cells), columns))
    cut = read[-1].line if read and len(read[-1].cells) < len(header) and text[-1] not in "\r\n" else None
    return Table(path, tuple(header), columns, tuple(read), cut)


def listed_values(cell: str) -> list[str]:
    """The values that a cell lists: a JSON list, or with commas or line breaks between them, in quotes where they
    hold some themselves."""
    if cell.startswith("["):
        try:
            values: Any = json.loads(cell)
        except ValueError:
            cell = cell.removeprefix("[").removesuffix("]")
        else:
            return [value if isinstance(value, str) else json.dumps(value) for value in values]
    rows = csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True)
    return [value.strip() for row in rows for value in row if value.strip()]


def _delimiter(text: str) -> str:
    first = text.lstrip().splitlines()[0]
    return max(_DELIMITERS, key=first.count)


def _read_rows(path: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the lines that they begin in; empty ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _refusal(path, line, error) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _refusal(path: str, line: int, error: csv.Error) -> Misuse:
    if "unexpected end" in str(error) or "field larger" in str(error):
        return Misuse(
            f"`{path}:{line}`: a quote is opened and not closed", hint="the file may be cut: export it again"
        )
    return Misuse(f"`{path}:{line}` is not CSV: {error}", hint="close the quotes, and double those inside")
