"""Intercom brought in line with a table: compared with what was last acknowledged, planned, written by `writes`.

Imports `tables`, `writes`, `workspace`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .plan import PropertyChange, SyncMode, SyncPlan

__all__ = ["PropertyChange", "SyncMode", "SyncPlan"]

__getattr__ = lazy_names(__name__, {"plan": ["PropertyChange", "SyncMode", "SyncPlan"]})
