"""Intercom brought in line with a table: compared with what was last acknowledged, planned, written by `writes`.

Imports `tables`, `writes`, `workspace`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .cache import SyncCache, acknowledge, cache_path, open_cache
    from .codec import encode_sync, sync_schema
    from .events import plan_events
    from .lookup import Notify
    from .masked import shown_key, shown_value
    from .pending import begin_writes
    from .plan import PropertyChange, SyncMode, SyncPlan, Trust, ValueMove
    from .planner import WriteSink, plan_sync
    from .report import SyncedSource, SyncReport

__all__ = [
    "Notify",
    "PropertyChange",
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
    "encode_sync",
    "open_cache",
    "plan_events",
    "plan_sync",
    "shown_key",
    "shown_value",
    "sync_schema",
]

__getattr__ = lazy_names(
    __name__,
    {
        "cache": ["SyncCache", "acknowledge", "cache_path", "open_cache"],
        "codec": ["encode_sync", "sync_schema"],
        "events": ["plan_events"],
        "lookup": ["Notify"],
        "masked": ["shown_key", "shown_value"],
        "pending": ["begin_writes"],
        "plan": ["PropertyChange", "SyncMode", "SyncPlan", "Trust", "ValueMove"],
        "planner": ["WriteSink", "plan_sync"],
        "report": ["SyncReport", "SyncedSource"],
    },
)
