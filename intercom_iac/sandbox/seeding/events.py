"""Events drawn for seeded people: those of the project's guide, and those that specs declare."""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from .declarations import DeclaredEvent
from .fakes import (
    DAY,
    Attribute,
    draw_event_metadata,
    draw_value,
    matches_attribute,
)

GUIDE_EVENTS = {
    "feature_first_used": (0.7, 4),
    "upgrade_initiated": (0.15, 2),
    "support_ticket_created": (0.25, 5),
    "invite_sent": (0.3, 6),
}
"""Name -> the chance that a person did the event at all, and how often at most."""

EVENT_DAYS = 120
"""How long before the last visit a person's events begin, at most."""

MEAN_NAMES = 8
"""How many different declared events a person did on average, at most; with 100 declared, nobody does all."""


class Occurrence(NamedTuple):
    """An event that a person did: its name, the second and the metadata."""

    name: str
    moment: int
    metadata: dict[str, Any]


def first_event_moment(created_at: int, last_seen: int) -> int:
    """The earliest second for an event of a person."""
    return max(created_at, last_seen - EVENT_DAYS * DAY)


def draw_guide_events(rng: random.Random, first: int, last: int) -> tuple[Occurrence, ...]:
    """The events of the project's guide that a person did between two seconds."""
    occurrences: list[Occurrence] = []
    for name, (chance, most) in GUIDE_EVENTS.items():
        if rng.random() < chance:
            for _ in range(rng.randint(1, most)):
                moment = rng.randint(first, last)
                occurrences.append(Occurrence(name, moment, draw_event_metadata(rng, name)))
    return tuple(occurrences)


def draw_declared_events(
    events: Sequence[DeclaredEvent],
    rng: random.Random,
    first: int,
    last: int,
    guide_events: Sequence[Occurrence],
) -> tuple[Occurrence, ...]:
    """The declared events that a person did between two seconds.

    Of `guide_events` those stay that are declared and whose metadata fits the declaration.
    """
    guide_by_name: dict[str, list[Occurrence]] = {}
    for occurrence in guide_events:
        guide_by_name.setdefault(occurrence.name, []).append(occurrence)
    scale = min(1.0, MEAN_NAMES / max(1, len(events)))
    occurrences: list[Occurrence] = []
    for event in events:
        chance, most = _event_habit(event.name)
        happens = rng.random() < chance * scale
        from_guide = [
            occurrence
            for occurrence in guide_by_name.get(event.name, ())
            if metadata_fits(event, occurrence.metadata)
        ]
        occurrences += from_guide
        if happens and not from_guide:
            occurrences += [draw_occurrence(event, rng, first, last) for _ in range(rng.randint(1, most))]
    return tuple(occurrences)


def draw_occurrence(event: DeclaredEvent, rng: random.Random, first: int, last: int) -> Occurrence:
    """One occurrence, with every required metadata key and most of the others."""
    moment = rng.randint(first, last)
    metadata: dict[str, Any] = {}
    for key in event.keys:
        if key.required or rng.random() < 0.85:
            attribute = Attribute(key.name, key.data_type, key.options)
            metadata[key.name] = draw_value(rng, attribute, moment)
    return Occurrence(event.name, moment, metadata)


def metadata_fits(event: DeclaredEvent, metadata: dict[str, Any]) -> bool:
    """Whether metadata has every required key and none that is not declared, with values of their types."""
    keys = {key.name: key for key in event.keys}
    return all(key.name in metadata for key in event.keys if key.required) and all(
        name in keys and matches_attribute(Attribute(name, keys[name].data_type, keys[name].options), value)
        for name, value in metadata.items()
    )


def _event_habit(name: str) -> tuple[float, int]:
    """The chance that a person did an event at all, and how often at most; drawn from the name, so events differ."""
    rng = random.Random(f"event/{name}")  # noqa: S311 (not for secrets)
    return rng.uniform(0.2, 0.7), rng.randint(2, 6)
