"""Parquet files in DuckDB, read where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine
from intercom_iac.model.payload import shown_name

from ..forms import FORMS
from ..source import TableSource
from .columns import Relation, describe_columns
from .files import TableFile
from .queries import query_relation

# DuckDB's own columns of every file, unless the file has some of these names.
_OWN = ("file_row_number", "file_index")


def parquet_relation(engine: SqlEngine, files: Sequence[TableFile], source: TableSource) -> Relation:
    """The files as one table; their rows are numbered through, in the order of the files."""
    names = ", ".join(engine.dialect.text(literal_pattern(file.path)) for file in files)
    if len(files) > 1:
        _check_columns(engine, files)
    rows = f"read_parquet([{names}])"
    columns = describe_columns(engine, f"select * from {rows}", FORMS["duckdb"])
    if any(column.name.lower() in _OWN for column in columns):
        asked = query_relation(engine, f"select * from {rows}", source)
        return Relation(rows=asked.rows, number=asked.number, columns=asked.columns, files=tuple(files))
    counts = [
        count for (count,) in list(engine.rows(f"select num_rows from parquet_file_metadata([{names}])"))
    ]
    before = ", ".join(map(str, accumulate(counts, initial=0)))
    number = f"list_extract([{before}], cast(file_index as bigint) + 1) + file_row_number + 1"
    return Relation(
        rows=rows,
        number=number if len(files) > 1 else "file_row_number + 1",
        columns=columns,
        files=tuple(files),
    )


def _check_columns(engine: SqlEngine, files: Sequence[TableFile]) -> None:
    """Raises `Misuse` where a file has other columns than the first, or columns of other types: DuckDB would make
    them those of the first, rounded and cut, and nobody would hear of it."""
    first = _types(engine, files[0])
    for file in files[1:]:
        types = _types(engine, file)
        if types.keys() != first.keys():
            raise Misuse(
                f"`{file.path}` has other columns than `{files[0].path}`",
                hint="sync them one by one, or write them with the same columns",
            )
        for name, type_ in types.items():
            if type_ != first[name]:
                raise Misuse(
                    f"the column `{shown_name(name)}` is {type_} in `{file.path}`, and {first[name]} in "
                    f"`{files[0].path}`",
                    hint="write them with the same types, or read them by a query that casts the column",
                )


def _types(engine: SqlEngine, file: TableFile) -> dict[str, str]:
    path = engine.dialect.text(literal_pattern(file.path))
    described = FORMS["duckdb"].describe.format(
        f"select * from read_parquet({path}, hive_partitioning = false)"
    )
    return {str(name): str(type_) for name, type_, *_ in list(engine.rows(described))}


def literal_pattern(path: Path) -> str:
    """The path for DuckDB, which takes names for patterns: of this one file."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
