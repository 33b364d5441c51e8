"""Files of CSV as a table of texts in DuckDB: by its own reader where nothing is wrong with them, else row by row.

Row by row each bad row is told with its column and left out, and the rest is written down cleanly for DuckDB.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from intercom_iac.diagnostics import Code, Diagnostic, Misuse
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.engines import SqlEngine
from intercom_iac.model.payload import shown_name
from intercom_iac.payloads.inputs.compression import buffered_reader, decompress
from intercom_iac.payloads.inputs.csv_rows import Row, RowFault, Table, read_table
from intercom_iac.payloads.inputs.opening import open_input

from ..rejects.rejected import RejectedValue, RejectSink
from .columns import Relation, SourceColumn
from .files import TableFile
from .parquet import literal_pattern

_LONGEST_ROW = 16 * 1024 * 1024
_LONGEST_CLEANED = 8 * _LONGEST_ROW  # a character may be six in JSON
_ENCODING_HINT = "convert the file to UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` does for what Excel writes"
_FAULTS: dict[RowFault, tuple[Code, str, str]] = {
    "ragged": (
        codes.RAGGED_ROW,
        "the row has {cells} cells, and the header {columns}",
        "a value with the separator or a line end in it stands in double quotes",
    ),
    "quotes": (
        codes.BROKEN_QUOTES,
        "the row has a quote that is not closed, or text behind one that is",
        'a quote within a value is written twice: `"24"" screen"`',
    ),
    "encoding": (codes.ENCODING, "the row is not UTF-8", _ENCODING_HINT),
    "too large": (codes.TOO_LARGE, "the line is longer than any record is", "one record a line"),
}
GIVEN, NUMBER = "sync_given", "sync_row"


def csv_relation(engine: SqlEngine, files: Sequence[TableFile], rejects: RejectSink) -> Relation:
    """The files as one table of texts. Raises `Misuse` where a header names no columns, or another file's names
    others."""
    import duckdb

    header = _read_header(files[0])
    diagnostics = [_mark_warning(files[0])] if header.is_marked else []
    for file in files[1:]:
        other = _read_header(file)
        diagnostics += [_mark_warning(file)] if other.is_marked else []
        if sorted(other.names) != sorted(header.names):
            raise Misuse(
                f"`{file.path}` has other columns than `{files[0].path}`",
                hint="sync them one by one, or write them with the same columns",
            )
    names = header.names
    unread = 0
    try:
        if any(file.is_packed and not file.is_gzip for file in files):
            raise duckdb.Error
        _create(engine, names)
        for file in files:
            _load(engine, file.path, names, _read_header(file))
        number = "rowid + 1"
    except duckdb.Error:
        unread = _load_cleaned(engine, files, names, rejects)
        number = NUMBER
    columns = tuple(
        SourceColumn(
            name=name, expression=engine.dialect.identifier(_column(at)), kind="text", may_be_blank=True
        )
        for at, name in enumerate(names)
    )
    return Relation(
        rows=GIVEN,
        number=number,
        columns=columns,
        unread=unread,
        diagnostics=tuple(diagnostics),
        files=tuple(files),
    )


def _column(at: int) -> str:
    """Names of their own, since those of the file may differ by case alone."""
    return f"c{at}"


def _create(engine: SqlEngine, names: Sequence[str], numbered: bool = False) -> None:
    columns = ", ".join(
        [*([f"{NUMBER} bigint"] if numbered else []), *(f"{_column(at)} varchar" for at in range(len(names)))]
    )
    engine.execute(f"create or replace temp table {GIVEN} ({columns})")


def _load(engine: SqlEngine, path: Path, names: Sequence[str], table: Table) -> None:
    """Appends a file by DuckDB's reader, which fails at the first row that is not quite right."""
    positions = [table.names.index(name) for name in names]
    rows = _reader(engine, path, len(names), table.delimiter)
    selected = ", ".join(_column(at) for at in positions)
    engine.execute(f"insert into {GIVEN} select {selected} from {rows}")


def _reader(engine: SqlEngine, path: Path, columns: int, delimiter: str) -> str:
    text = engine.dialect.text
    types = ", ".join(f"'{_column(at)}': 'varchar'" for at in range(columns))
    return (
        f"read_csv({text(literal_pattern(path))}, auto_detect = false, header = true, "
        f"delim = {text(delimiter)}, quote = '\"', escape = '\"', nullstr = '', strict_mode = true, "
        f"max_line_size = {_LONGEST_ROW}, columns = {{{types}}})"
    )


def _load_cleaned(
    engine: SqlEngine, files: Sequence[TableFile], names: Sequence[str], rejects: RejectSink
) -> int:
    """Loads the rows that can be read, with their numbers. How many cannot."""
    unread = 0
    _create(engine, names, numbered=True)
    # Cells as JSON, which has one way to be read, whatever they hold.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ndjson") as cleaned:
        number = 0
        for file in files:
            with _open_table(file) as table:
                positions = [table.names.index(name) for name in names]
                for row in table.rows:
                    number += 1
                    errors = list(_row_errors(number, row, table.names))
                    for error in errors:
                        rejects(error)
                    unread += bool(errors)
                    if not errors:
                        cells = {
                            _column(to): row.cells[at] for to, at in enumerate(positions) if row.cells[at]
                        }
                        cleaned.write(json.dumps({NUMBER: number, **cells}) + "\n")
        cleaned.flush()
        types = ", ".join([f"{NUMBER}: 'bigint'", *(f"{_column(at)}: 'varchar'" for at in range(len(names)))])
        path = engine.dialect.text(literal_pattern(Path(cleaned.name)))
        engine.execute(
            f"insert into {GIVEN} select * from read_json({path}, format = 'newline_delimited', "
            f"maximum_object_size = {_LONGEST_CLEANED}, columns = {{{types}}})"
        )
    return unread


def _row_errors(number: int, row: Row, names: Sequence[str]) -> Iterator[RejectedValue]:
    if row.fault is not None and not _is_only_padded(row, names):
        code, message, hint = _FAULTS[row.fault]
        told = message.format(cells=len(row.cells), columns=len(names))
        place = "" if row.column is None else f", from character {row.column}"
        yield RejectedValue(row=number, column=None, code=code, message=f"{told}{place}", hint=hint)
    for at, character in row.undecoded:
        column = names[at] if at < len(names) else None
        yield RejectedValue(
            row=number,
            column=column,
            code=codes.ENCODING,
            message=f"`{shown_name(column or '')}` holds bytes that are not UTF-8, at character {character}",
            hint=_ENCODING_HINT,
        )


def _is_only_padded(row: Row, names: Sequence[str]) -> bool:
    """Whether a row has nothing but separators behind its cells, which DuckDB's reader takes no notice of either."""
    return row.fault == "ragged" and len(row.cells) > len(names) and not any(row.cells[len(names) :])


def _read_header(file: TableFile) -> Table:
    with _open_table(file) as table:
        return table


@contextmanager
def _open_table(file: TableFile) -> Generator[Table]:
    with open_input(file.path) as measured:
        stream, _ = decompress(measured, measured.name)
        table = read_table(buffered_reader(stream), measured.name)
        if table is None:
            raise Misuse(
                f"cannot read `{file.path}`: it is empty", hint="the first line of CSV names the columns"
            )
        yield table


def _mark_warning(file: TableFile) -> Diagnostic:
    return codes.BYTE_ORDER_MARK.at(None, f"a byte order mark stands before the header of `{file.path}`")
