"""The rows of a source that may be sent, as a table in an engine."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import PayloadField

from .source import TableRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of the source that is a property: `name` in the source, `field` to Intercom, `column` in the accepted
    table (`p0`, `p1`, ...). `shape` is how its values are written, as it was told or found for the whole column; ""
    for a column whose values have a type of their own. Of a column that is called like a secret (`is_secret`) no
    value is shown."""

    name: str
    field: PayloadField
    column: str
    shape: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedTable:
    """The rows that may be sent: `table` in the engine, with the columns `row` (bigint, from 1), `key` (text), a
    typed column a property, null where the cell is empty, and `fingerprint` (text): equal where all properties are,
    null where the row is to be compared in full each time.

    Texts and options are text, integers and dates (unix seconds) bigint, floats double, booleans boolean. An event
    has `event_name` and `created_at` among its columns, and its key is the person's. No two rows of contacts or
    companies have one key; one that is an e-mail address is in lower case. The key is among no properties. `ignored`
    are columns of the source that are not sent. `shape_digest` changes with whatever fingerprints rest on: the
    properties, their types. `diagnostics` are what is to be said of the table, none of them an error.
    """

    record: TableRecord
    table: str
    key_name: str
    columns: tuple[TableColumn, ...]
    ignored: tuple[str, ...]
    shape_digest: str
    rows: int
    rejected: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def valid(self) -> int:
        return self.rows - self.rejected
