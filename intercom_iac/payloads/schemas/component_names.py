"""Names of events where only ASCII letters, digits, `.`, `_` and `-` may stand, such as components of OpenAPI."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Event

_NOT_ALLOWED = lazy_pattern(r"[^A-Za-z0-9._-]")
_DIGITS = 8


def event_component_names(events: Iterable[Event]) -> dict[str, str]:
    """The name of each event -> `Event_` and that name as far as it may stand there.

    No two differ in case alone, since generators of code make files of them: names that would be the same, or that
    nothing is left of, end with digits of a digest of the event's name.
    """
    plain = {event.name: f"Event_{_NOT_ALLOWED.sub('_', event.name)}" for event in events}
    times = Counter(name.lower() for name in plain.values())
    return {
        name: component if _is_enough(component, times) else f"{component}_{_digest(name)}"
        for name, component in plain.items()
    }


def _is_enough(component: str, times: Counter[str]) -> bool:
    return times[component.lower()] == 1 and component.strip("_") != "Event"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]
