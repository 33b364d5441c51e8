"""A Parquet file in a DuckDB connection: its columns, how many rows it has, rows by a condition, copies of rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.diagnostics import Misuse, require_extra

from ..inputs.columns import CONTAINERS
from ..inputs.compression import Bytes, buffered_reader

if TYPE_CHECKING:
    import duckdb

_DUCKDB = DIALECTS["duckdb"]
_AT_ONCE = 2048
_NUMBERS_AT_ONCE = 100_000
_MOMENTS = frozenset(
    {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE", "DATE"}
)


@dataclass(frozen=True)
class Column:
    """A column, or a member of one that holds an object of a record: its name with a dot between the two, the
    expression for its value, and its type as DuckDB calls it, without size, values or members."""

    name: str
    expression: str
    type: str

    @cached_property
    def is_moment(self) -> bool:
        """Whether it holds days or times; rows have them as whole microseconds since 1970."""
        return self.type in _MOMENTS

    @property
    def row_expression(self) -> str:
        """The expression that a row has of it."""
        return f"epoch_us({self.expression})" if self.is_moment else self.expression


class ParquetFile:
    """A file that is read where it lies; what DuckDB says of it is raised as `Misuse`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
        self._connection = connection
        self._name = name
        self._source = _DUCKDB.text(_pattern(path))
        self.columns = tuple(self._describe())
        self._position = _free_name("row", self.columns)
        counted = self._run(f"select sum(num_rows)::bigint from parquet_file_metadata({self._source})")
        (count,) = counted.fetchone() or (0,)
        self.count: int = count or 0

    def rows_but(self, condition: str | None) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows that do not satisfy a condition of SQL, or all of them, in order: each with its number, counted
        from 0."""
        selected = ", ".join((self._position, *(column.row_expression for column in self.columns)))
        where = "" if condition is None else f" where ({condition}) is not true"
        found = self._run(f"select {selected} from {self._numbered_rows()}{where}")
        while rows := self._fetch(found):
            for number, *values in rows:
                yield number, tuple(values)

    def copy_rows(self, numbers: Sequence[int], path: Path) -> None:
        """Writes the rows of these numbers, as they are, to another file."""
        self._run("create or replace temp table chosen (number bigint)")
        for at in range(0, len(numbers), _NUMBERS_AT_ONCE):
            part = list(numbers[at : at + _NUMBERS_AT_ONCE])
            self._run("insert into chosen select unnest(?::bigint[])", [part])
        wanted = (
            f"select * exclude ({self._position}) from {self._numbered_rows()} "
            f"where {self._position} in (select number from chosen) order by {self._position}"
        )
        target = _DUCKDB.text(str(path))
        self._run(f"copy ({wanted}) to {target} (format parquet, use_tmp_file false)")

    def _describe(self) -> Iterator[Column]:
        self._run(f"create temp view described as select * from read_parquet({self._source})")
        described = self._connection.table("described")
        for name, kind in zip(described.columns, described.types, strict=True):
            quoted = _DUCKDB.identifier(name)
            if kind.id == "struct" and name in CONTAINERS:
                for member, inner in kind.children:
                    extracted = f"struct_extract({quoted}, {_DUCKDB.text(member)})"
                    yield Column(f"{name}.{member}", extracted, _base(str(inner)))
            else:
                yield Column(name, quoted, _base(str(kind)))

    def _numbered_rows(self) -> str:
        """The file as a table with the numbers of its rows."""
        if any(column.name == "file_row_number" for column in self.columns):
            # A file with a column of that name has no numbers of its own; to count them takes longer.
            return (
                f"(select row_number() over () - 1 as {self._position}, * from read_parquet({self._source}))"
            )
        return (
            f"(select file_row_number as {self._position}, * exclude (file_row_number) "
            f"from read_parquet({self._source}, file_row_number = true))"
        )

    def _run(self, statement: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        import duckdb

        try:
            return self._connection.execute(statement, list(values))
        except duckdb.Error as error:
            raise self._misuse(error) from error

    def _fetch(self, found: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
        import duckdb

        try:
            return found.fetchmany(_AT_ONCE)
        except duckdb.Error as error:
            raise self._misuse(error) from error

    def _misuse(self, error: Exception) -> Misuse:
        reason = str(error).splitlines()[0]
        if "Invalid string encoding" in reason:
            # What DuckDB says has the value in it, which is somebody's.
            return Misuse(
                f"cannot read `{self._name}`: a text in it is not UTF-8",
                hint="write it as UTF-8, or its column as bytes, of which each that is no text is told",
            )
        return Misuse(f"cannot read `{self._name}`: {reason}")


@contextmanager
def open_parquet(path: Path | None, stream: Bytes, name: str) -> Generator[ParquetFile]:
    """The file at a path; what comes in a stream is laid down in a file of its own first.

    Raises `MissingExtra` where DuckDB is not installed, and `Misuse` for a file that is damaged.
    """
    require_extra("preview", "reading Parquet")
    import duckdb

    # Nothing is fetched, and what does not fit into memory goes where temporary files go.
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": tempfile.gettempdir(),
    }
    with tempfile.NamedTemporaryFile(suffix=".parquet") as laid_down, duckdb.connect(config=config) as opened:
        if path is None:
            shutil.copyfileobj(buffered_reader(stream), laid_down)
            laid_down.flush()
            path = Path(laid_down.name)
        yield ParquetFile(opened, path, name)


def _free_name(name: str, columns: Sequence[Column]) -> str:
    """A name that no column has, whatever the case of its letters."""
    taken = {column.name.lower() for column in columns}
    while name in taken:
        name += "_"
    return name


def _base(kind: str) -> str:
    """A type without its size, values or members; a list stays one."""
    return kind if kind.endswith("]") else kind.partition("(")[0]


def _pattern(path: Path) -> str:
    """The path for DuckDB, which takes names for patterns: of this one file."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
