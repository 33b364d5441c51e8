"""Parquet files in DuckDB, read where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine

from ..forms import FORMS
from .columns import Relation, describe_columns
from .files import TableFile


def parquet_relation(engine: SqlEngine, files: Sequence[TableFile]) -> Relation:
    """The files as one table; their rows are numbered through, in the order of the files."""
    names = ", ".join(engine.dialect.text(literal_pattern(file.path)) for file in files)
    if len(files) > 1:
        _check_columns(engine, names)
    rows = f"read_parquet([{names}])"
    columns = describe_columns(engine, f"select * from {rows}", FORMS["duckdb"])
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


def _check_columns(engine: SqlEngine, names: str) -> None:
    """Raises `Misuse` where a file has other columns than the first, which nobody would hear of."""
    of_files = (
        "select file_name, string_agg(name, chr(31) order by name) as columns "
        f"from parquet_schema([{names}]) where coalesce(num_children, 0) = 0 group by file_name"
    )
    (first, columns), *others = list(engine.rows(f"select * from ({of_files}) as files order by file_name"))
    for name, of_file in others:
        if of_file != columns:
            raise Misuse(
                f"`{name}` has other columns than `{first}`",
                hint="sync them one by one, or write them with the same columns",
            )


def literal_pattern(path: Path) -> str:
    """The path for DuckDB, which takes names for patterns: of this one file."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
