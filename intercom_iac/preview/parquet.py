"""Parquet files -> the columns that compiled SQL reads, each an expression over the file, which is read as it lies.

A column of another type is refused by name before anything is asked of it, so that no row can fail later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intercom_iac.compilers.sql import DIALECTS, column
from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field
from intercom_iac.text import did_you_mean

from .files import as_pattern

_DUCKDB = DIALECTS["duckdb"]
_ROW = "file_row_number"

_TEXT = frozenset({"VARCHAR", "ENUM"})
_INTEGERS = frozenset(f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG")) | {
    "INTEGER",
    "UINTEGER",
}
_NUMBERS = _INTEGERS | {"FLOAT", "DOUBLE", "DECIMAL"}
_IDS = _TEXT | _INTEGERS | {"UUID"}
_MOMENTS = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"})
_TYPES: Mapping[DataType, tuple[frozenset[str], str]] = {
    DataType.STRING: (_TEXT, "text"),
    DataType.OPTIONS: (_TEXT, "text"),
    DataType.INTEGER: (_INTEGERS, "integers"),
    DataType.FLOAT: (_NUMBERS, "numbers"),
    DataType.BOOLEAN: (frozenset({"BOOLEAN"}), "booleans"),
    DataType.DATE: (_INTEGERS | _MOMENTS, "unix seconds as integers, or timestamps"),
}


@dataclass(frozen=True, slots=True)
class Parquet:
    """A file and the types of its columns."""

    path: Path
    columns: Mapping[str, str]

    @classmethod
    def describe(cls, path: Path, connection: Any) -> Parquet:
        """Raises `Misuse` for a file that cannot be read."""
        import duckdb

        try:
            rows = connection.execute(f"describe select * from {_read(path)}").fetchall()
        except duckdb.Error as error:
            raise Misuse(f"cannot read `{path}`: {str(error).splitlines()[0]}") from error
        return cls(path, {name: kind for name, kind, *_ in rows})

    @property
    def source(self) -> str:
        """The file as a table."""
        return _read(self.path) if _ROW in self.columns else _read(self.path, f"{_ROW} = true")

    @property
    def position(self) -> str:
        """The number of a row, from 0."""
        # A file with a column of that name has no numbers of its own; to count them takes longer.
        return "row_number() over () - 1" if _ROW in self.columns else _ROW

    def id(self, name: str = "id") -> str:
        """An id as text."""
        return f"{self._quoted_column(name, _IDS, 'ids, text or integers')}::varchar"

    def text(self, name: str) -> str:
        return f"{self._quoted_column(name, _TEXT, 'text')}::varchar"

    def as_text(self, name: str) -> str | None:
        """The column as text, whatever single values it holds; None where the file has no such column."""
        kind = self.columns.get(name)
        if kind is None or kind.endswith("]") or _base(kind) in ("STRUCT", "MAP"):
            return None
        return f"{_DUCKDB.identifier(name)}::varchar"

    def moment(self, name: str) -> str:
        """Unix seconds."""
        return self._seconds(
            name, self._quoted_column(name, _NUMBERS | _MOMENTS, "unix seconds as numbers, or timestamps")
        )

    def json(self, name: str) -> str:
        """JSON as text or as a struct; null where the text is no JSON, or the file has no such column."""
        kind = _base(self.columns.get(name, ""))
        if not kind:
            return "null::json"
        quoted = self._quoted_column(name, _TEXT | {"JSON", "STRUCT", "MAP"}, "JSON as text")
        return f"to_json({quoted})" if kind in ("STRUCT", "MAP") else f"try_cast({quoted}::varchar as json)"

    def list_of(self, name: str, *, ids: bool = False) -> str | None:
        """A list of texts, or of ids; None where the file has no such column."""
        if name not in self.columns:
            return None
        kind = self.columns[name]
        if not kind.endswith("[]") or _base(kind.removesuffix("[]")) not in (_IDS if ids else _TEXT):
            raise self._misfit(name, f"lists of {'ids' if ids else 'text'}")
        return f"{_DUCKDB.identifier(name)}::varchar[]"

    def value(self, field: Field) -> str:
        """The value of an attribute."""
        kinds, words = _TYPES[field.type]
        name = column(field)
        quoted = self._quoted_column(name, kinds, words, field)
        if field.type is DataType.DATE:
            return self._seconds(name, quoted)
        return self._number(name, quoted)

    def _seconds(self, name: str, quoted: str) -> str:
        return f"epoch({quoted})" if self.columns[name] in _MOMENTS else self._number(name, quoted)

    def _number(self, name: str, quoted: str) -> str:
        # To DuckDB, NaN is the largest number; to a rule it is none.
        return f"nullif({quoted}, 'nan')" if self.columns[name] in ("FLOAT", "DOUBLE") else quoted

    def _quoted_column(self, name: str, kinds: frozenset[str], words: str, field: Field | None = None) -> str:
        if name not in self.columns:
            hint = did_you_mean(name, self.columns) or (f"the rules read `{field.name}`" if field else None)
            raise Misuse(f"`{self.path}` has no column `{name}`", hint=hint)
        kind = self.columns[name]
        if kind.endswith("]") or _base(kind) not in kinds:
            raise self._misfit(name, words, f", and `{field.name}` is {field.type}" if field else "")
        return _DUCKDB.identifier(name)

    def _misfit(self, name: str, words: str, also: str = "") -> Misuse:
        message = f"the column `{name}` of `{self.path}` is {self.columns[name]}{also}"
        return Misuse(message, hint=f"it should hold {words}")


def _read(path: Path, *options: str) -> str:
    return f"read_parquet({', '.join((_DUCKDB.text(as_pattern(path)), *options))})"


def _base(kind: str) -> str:
    """A type without its size, values or fields."""
    return kind.partition("(")[0]
