"""When a sampled contact or company was seen, which is how late a value of theirs can have been written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.model import ModelName

_TIMES: Mapping[ModelName, tuple[str, ...]] = {
    "contact": ("last_seen_at", "updated_at", "created_at"),
    "company": ("last_request_at", "updated_at", "created_at"),
}
_LATEST = 253_402_300_799
"""The end of the year 9999: a later number is no time in seconds."""


def seen_at(thing: Mapping[str, Any], model: ModelName) -> int | None:
    """Unix seconds of the first of these times that the object tells."""
    for key in _TIMES[model]:
        moment = thing.get(key)
        if isinstance(moment, int) and not isinstance(moment, bool) and 0 < moment <= _LATEST:
            return moment
    return None
