"""Where a table is, and what its columns are to Intercom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass

TableRecord = Literal["contact", "company", "event"]
SourceKind = Literal["file", "duckdb", "postgres", "spark"]
NullMeaning = Literal["keep", "clear"]

RECORD_PLURALS: Mapping[TableRecord, str] = {"company": "companies", "contact": "contacts", "event": "events"}
"""What people call several of them, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The attribute that a column is of. `shape` is how its values are written, where the project file says so:
    one of the names of `tables.shapes`, for the whole column."""

    attribute: str
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A source of rows.

    `name` is what people call it. `location` is a path, a folder or a glob; `query` is a statement in the dialect of
    the kind: one of the two is there. `database` is the address of a PostgreSQL database, which is never shown, and
    `variable` the environment variable that it came from.
    `columns` maps the table's columns to attributes; one that it does not name is mapped by its own name. `key` is
    the attribute by which records are known, None for the first of those that the table has. `null`: whether an empty
    cell leaves the value as it is, or clears it.
    """

    name: str
    kind: SourceKind
    record: TableRecord
    location: str | None = None
    query: str | None = None
    database: str | None = field(default=None, repr=False)
    variable: str | None = None
    key: str | None = None
    columns: Mapping[str, ColumnMapping] = field(default_factory=dict[str, ColumnMapping])
    null: NullMeaning = "keep"

    def target(self, column: str) -> str:
        """The name of the field or key that a column is of."""
        mapping = self.columns.get(column)
        return column if mapping is None else mapping.attribute
