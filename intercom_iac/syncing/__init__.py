"""Intercom brought in line with a table: compared with what was last acknowledged, planned, written by `writes`.

Imports `tables`, `writes`, `workspace`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .cache import SyncCache, acknowledge, begin_writes, cache_path, open_cache
    from .lookup import Notify
    from .plan import PropertyChange, SyncMode, SyncPlan, Trust, ValueMove
    from .planner import WriteSink, plan_sync

__all__ = [
    "Notify",
    "PropertyChange",
    "SyncCache",
    "SyncMode",
    "SyncPlan",
    "Trust",
    "ValueMove",
    "WriteSink",
    "acknowledge",
    "begin_writes",
    "cache_path",
    "open_cache",
    "plan_sync",
]

__getattr__ = lazy_names(
    __name__,
    {
        "cache": ["SyncCache", "acknowledge", "begin_writes", "cache_path", "open_cache"],
        "lookup": ["Notify"],
        "plan": ["PropertyChange", "SyncMode", "SyncPlan", "Trust", "ValueMove"],
        "planner": ["WriteSink", "plan_sync"],
    },
)
