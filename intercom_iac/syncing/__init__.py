"""Intercom brought in line with a table: compared with what was last acknowledged, planned, written by `writes`.

Imports `tables`, `writes`, `workspace`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .cache.acknowledging import acknowledge, settle_written
    from .cache.cache import SyncCache, open_cache
    from .cache.file import cache_path
    from .cache.pending import begin_writes
    from .codec import encode_sync, sync_schema
    from .guards import refuse_if_unsafe
    from .masked import shown_key, shown_value
    from .plan import PropertyChange, SyncMode, SyncPlan, Trust, ValueMove
    from .planner.comparison import changed_rows
    from .planner.copies import plan_copies
    from .planner.events import plan_events, unsent_events
    from .planner.lookup import Notify
    from .planner.records import plan_sync
    from .planner.row_writes import WriteSink
    from .report import SyncedSource, SyncReport
    from .saved.confirming import ChangedRecord, ConfirmedPlan, Meanwhile, confirm_writes
    from .saved.saved_plan import SavedSyncPlan, read_sync_plan, refuse_if_stale, save_sync_plan

__all__ = [
    "ChangedRecord",
    "ConfirmedPlan",
    "Meanwhile",
    "Notify",
    "PropertyChange",
    "SavedSyncPlan",
    "SyncCache",
    "SyncMode",
    "SyncPlan",
    "SyncReport",
    "SyncedSource",
    "Trust",
    "ValueMove",
    "WriteSink",
    "acknowledge",
    "begin_writes",
    "cache_path",
    "changed_rows",
    "confirm_writes",
    "encode_sync",
    "open_cache",
    "plan_copies",
    "plan_events",
    "plan_sync",
    "read_sync_plan",
    "refuse_if_stale",
    "refuse_if_unsafe",
    "save_sync_plan",
    "settle_written",
    "shown_key",
    "shown_value",
    "sync_schema",
    "unsent_events",
]

__getattr__ = lazy_names(
    __name__,
    {
        "cache.acknowledging": ["acknowledge", "settle_written"],
        "cache.cache": ["SyncCache", "open_cache"],
        "cache.file": ["cache_path"],
        "cache.pending": ["begin_writes"],
        "codec": ["encode_sync", "sync_schema"],
        "guards": ["refuse_if_unsafe"],
        "masked": ["shown_key", "shown_value"],
        "plan": ["PropertyChange", "SyncMode", "SyncPlan", "Trust", "ValueMove"],
        "planner.comparison": ["changed_rows"],
        "planner.copies": ["plan_copies"],
        "planner.events": ["plan_events", "unsent_events"],
        "planner.lookup": ["Notify"],
        "planner.records": ["plan_sync"],
        "planner.row_writes": ["WriteSink"],
        "report": ["SyncedSource", "SyncReport"],
        "saved.confirming": ["ChangedRecord", "ConfirmedPlan", "Meanwhile", "confirm_writes"],
        "saved.saved_plan": ["SavedSyncPlan", "read_sync_plan", "refuse_if_stale", "save_sync_plan"],
    },
)
