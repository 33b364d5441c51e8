"""Intercom brought in line with a table: compared with what was last acknowledged, planned, written by `writes`.

Imports `tables`, `writes`, `workspace`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .cache.cache import SyncCache, acknowledge, cache_path, open_cache
    from .codec import encode_sync, sync_schema
    from .planner.comparison import changed_rows
    from .planner.events import plan_events, unsent_events
    from .guards import refuse_if_unsafe
    from .planner.lookup import Notify
    from .masked import shown_key, shown_value
    from .cache.pending import begin_writes
    from .plan import PropertyChange, SyncMode, SyncPlan, Trust, ValueMove
    from .planner.records import WriteSink, plan_sync
    from .planner.copies import plan_copies
    from .report import SyncedSource, SyncReport
    from .saved.saved_plan import (
        ChangedRecord,
        ConfirmedPlan,
        Meanwhile,
        SavedSyncPlan,
        confirm_writes,
        read_sync_plan,
        refuse_if_stale,
        save_sync_plan,
    )

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
    "shown_key",
    "shown_value",
    "sync_schema",
    "unsent_events",
]

__getattr__ = lazy_names(
    __name__,
    {
        "codec": ["encode_sync", "sync_schema"],
        "masked": ["shown_key", "shown_value"],
        "planner.copies": ["plan_copies"],
        "report": ["SyncReport", "SyncedSource"],
        "cache.cache": ["SyncCache", "acknowledge", "cache_path", "open_cache"],
        "planner.comparison": ["changed_rows"],
        "planner.events": ["plan_events", "unsent_events"],
        "guards": ["refuse_if_unsafe"],
        "planner.lookup": ["Notify"],
        "cache.pending": ["begin_writes"],
        "plan": ["PropertyChange", "SyncMode", "SyncPlan", "Trust", "ValueMove"],
        "planner.records": ["WriteSink", "plan_sync"],
        "saved.saved_plan": [
            "ChangedRecord",
            "ConfirmedPlan",
            "Meanwhile",
            "SavedSyncPlan",
            "confirm_writes",
            "read_sync_plan",
            "refuse_if_stale",
            "save_sync_plan",
        ],
    },
)
