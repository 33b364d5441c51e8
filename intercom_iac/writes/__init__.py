"""Calls about single contacts, companies and events: kept on the disk before they are made, made once, in order.

`syncing` and `publishing` say which; this room makes them, over `workspace` and `journal`, and says what became of
each. It knows no table and no segment.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .delivery import PARALLELISM, deliver
    from .ends import Delivery, DeliveryProgress, WriteError, WriteFailure
    from .failed_file import FailedFile, failed_lines, open_failed
    from .journal import WriteJournal, WriteStates, read_states, writes_journal_path
    from .spool import Spool, SpoolWriter, decode_write, encode_write, open_spool, spool_path
    from .unfinished import UnfinishedRun, forget_run, read_unfinished, settle
    from .write import Write, WriteAction, WrittenRecord

__all__ = [
    "PARALLELISM",
    "Delivery",
    "DeliveryProgress",
    "FailedFile",
    "Spool",
    "SpoolWriter",
    "UnfinishedRun",
    "Write",
    "WriteAction",
    "WriteError",
    "WriteFailure",
    "WriteJournal",
    "WriteStates",
    "WrittenRecord",
    "decode_write",
    "deliver",
    "encode_write",
    "failed_lines",
    "forget_run",
    "open_failed",
    "open_spool",
    "read_states",
    "read_unfinished",
    "settle",
    "spool_path",
    "writes_journal_path",
]

__getattr__ = lazy_names(
    __name__,
    {
        "delivery": ["PARALLELISM", "deliver"],
        "ends": ["Delivery", "DeliveryProgress", "WriteError", "WriteFailure"],
        "failed_file": ["FailedFile", "failed_lines", "open_failed"],
        "journal": ["WriteJournal", "WriteStates", "read_states", "writes_journal_path"],
        "spool": ["Spool", "SpoolWriter", "decode_write", "encode_write", "open_spool", "spool_path"],
        "unfinished": ["UnfinishedRun", "forget_run", "read_unfinished", "settle"],
        "write": ["Write", "WriteAction", "WrittenRecord"],
    },
)
