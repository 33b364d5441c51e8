"""The rows of a source that may be sent, as a table in an engine."""

from __future__ import annotations

from dataclasses import dataclass

from intercom_iac.model.payload import PayloadField

from .source import TableRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of the source that is a property: `name` in the source, `field` to Intercom, `column` in the accepted
    table (`p0`, `p1`, ...). `shape` is how its values are written, as it was told or found for the whole column."""

    name: str
    field: PayloadField
    column: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedTable:
    """The rows that may be sent: `table` in the engine, with the columns `row` (bigint, from 1), `key` (text), a
    typed column a property, null where the cell is empty, and `fingerprint` (text): equal where all properties are,
    null where the row is to be compared in full each time.

    Texts and options are text, integers and dates (unix seconds) bigint, floats double, booleans boolean. An event
    has `event_name` and `created_at` among its columns, and its key is the person's. `ignored` are columns of the
    source that are no attribute of the specs. `shape_digest` changes with whatever fingerprints rest on: the
    properties, their types.
    """

    record: TableRecord
    table: str
    key_name: str
    columns: tuple[TableColumn, ...]
    ignored: tuple[str, ...]
    shape_digest: str
    rows: int
    rejected: int

    @property
    def valid(self) -> int:
        return self.rows - self.rejected
