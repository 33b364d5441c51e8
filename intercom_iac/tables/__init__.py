"""A team's own table as rows that may be sent: read, mapped to attributes, held to the specs, fingerprinted.

Everything is SQL in an engine of `engines`; rows that are not certainly right are judged one by one by `payloads`.
 Imports these and what is below; knows no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .source import ColumnMapping, NullMeaning, TableRecord, TableSource
    from .table import AcceptedTable, TableColumn

__all__ = ["AcceptedTable", "ColumnMapping", "NullMeaning", "TableColumn", "TableRecord", "TableSource"]

__getattr__ = lazy_names(
    __name__,
    {
        "source": ["ColumnMapping", "NullMeaning", "TableRecord", "TableSource"],
        "table": ["AcceptedTable", "TableColumn"],
    },
)
