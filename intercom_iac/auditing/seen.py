"""When a sampled contact or company was seen, which is how late a value of theirs can have been written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intercom_iac.model import ModelName, Sample
from intercom_iac.model.fill import sampled_objects, sampled_values

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


def last_seen_of(sample: Sample, model: ModelName) -> int | None:
    """When the most recently seen of the sample was seen; None where nothing tells."""
    return _latest(sampled_objects(sample, model), model)


def last_filled(sample: Sample, model: ModelName, name: str) -> int | None:
    """When the most recently seen of those that have a value of the attribute was seen; None where none tells."""
    return _latest((thing for thing, _ in sampled_values(sample, model, name)), model)


def _latest(things: Iterable[Mapping[str, Any]], model: ModelName) -> int | None:
    moments = (seen_at(thing, model) for thing in things)
    return max((moment for moment in moments if moment is not None), default=None)
