"""A team's own table as rows that may be sent: read, mapped to the specs, validated and fingerprinted by SQL.

Imports `engines`, `payloads` and what is below; knows no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .forms import FORMS, TableForms
    from .keys import TableKeys, read_keys
    from .reading import read_table
    from .rejects.rejected import RejectedValue, RejectSink, RejectTally
    from .rejects.rejects_file import RejectsFile
    from .source import RECORD_PLURALS, ColumnMapping, NullMeaning, SourceKind, TableRecord, TableSource
    from .sources.columns import Relation, SourceColumn
    from .table import AcceptedTable, TableColumn

__all__ = [
    "FORMS",
    "RECORD_PLURALS",
    "AcceptedTable",
    "ColumnMapping",
    "NullMeaning",
    "RejectSink",
    "RejectTally",
    "RejectedValue",
    "RejectsFile",
    "Relation",
    "SourceColumn",
    "SourceKind",
    "TableColumn",
    "TableForms",
    "TableKeys",
    "TableRecord",
    "TableSource",
    "read_keys",
    "read_table",
]

__getattr__ = lazy_names(
    __name__,
    {
        "forms": ["FORMS", "TableForms"],
        "keys": ["TableKeys", "read_keys"],
        "reading": ["read_table"],
        "rejects.rejected": ["RejectedValue", "RejectSink", "RejectTally"],
        "rejects.rejects_file": ["RejectsFile"],
        "source": [
            "RECORD_PLURALS",
            "ColumnMapping",
            "NullMeaning",
            "SourceKind",
            "TableRecord",
            "TableSource",
        ],
        "sources.columns": ["Relation", "SourceColumn"],
        "table": ["AcceptedTable", "TableColumn"],
    },
)
