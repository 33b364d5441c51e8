"""What writers to a workspace leave on the disk before and after each change, and the lock that keeps them apart.

Imports `diagnostics` alone. `applying`, `writes` and those above them say what stands in a journal.
"""

from .durable_file import DurableFile, open_regular
from .locking import (
    LockHolder,
    Work,
    journal_path,
    lock_holder,
    make_private_folder,
    workspace_lock,
)

__all__ = [
    "DurableFile",
    "LockHolder",
    "Work",
    "journal_path",
    "lock_holder",
    "make_private_folder",
    "open_regular",
    "workspace_lock",
]
