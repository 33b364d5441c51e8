"""Records that are or were sent to Intercom, held to the specs: every mistake with its place.

Imports `model` and what is below; knows no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .checking import Progress, check_records
    from .json_batch import ByteSource
    from .json_text import ReadRecord
    from .judge import RecordJudge
    from .tally import InvalidRecord, Tally
    from .violation import PayloadReport, Violation

__all__ = [
    "ByteSource",
    "InvalidRecord",
    "PayloadReport",
    "Progress",
    "ReadRecord",
    "RecordJudge",
    "Tally",
    "Violation",
    "check_records",
]

__getattr__ = lazy_names(
    __name__,
    {
        "checking": ["Progress", "check_records"],
        "json_batch": ["ByteSource"],
        "json_text": ["ReadRecord"],
        "judge": ["RecordJudge"],
        "tally": ["InvalidRecord", "Tally"],
        "violation": ["PayloadReport", "Violation"],
    },
)
