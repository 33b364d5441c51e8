"""What the specs of a project declare, as far as seeding fills it: events with their metadata, and tags."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .believable import Attribute, plain_value, suits

Event = tuple[str, int, dict[str, Any]]
"""A name, a second and metadata."""

MEAN_NAMES = 8
"""How many different events a person has on average, at most: with 100 of them declared, not each does each."""


@dataclass(frozen=True, slots=True)
class DeclaredKey:
    """A key of an event's metadata; `data_type` as Intercom has it, `options` empty where it is no list."""

    name: str
    data_type: str
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredEvent:
    """An event by its name."""

    name: str
    keys: tuple[DeclaredKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What is to be filled beside attributes, which the workspace knows itself.

    Without events, those of the project's guide are made. `attributes` are names by model, told of where the
    workspace does not have them.
    """

    events: tuple[DeclaredEvent, ...] = ()
    contact_tags: tuple[str, ...] = ()
    company_tags: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


def declared_events(
    events: Iterable[DeclaredEvent], rng: random.Random, first: int, last: int, guided: tuple[Event, ...]
) -> tuple[Event, ...]:
    """What of `events` a person did between two moments; `guided` are those of the guide, kept where they fit."""
    declared = tuple(events)
    known: dict[str, list[Event]] = {}
    for event in guided:
        known.setdefault(event[0], []).append(event)
    scale = min(1.0, MEAN_NAMES / max(1, len(declared)))
    drawn: list[Event] = []
    for event in declared:
        chance, most = _habit(event.name)
        did = rng.random() < chance * scale
        if guide := known.get(event.name):
            fitting = [each for each in guide if fits(event, each[2])]
            drawn += fitting
            did = did and not fitting
        if did:
            drawn += [occurrence(event, rng, first, last) for _ in range(rng.randint(1, most))]
    return tuple(drawn)


def occurrence(event: DeclaredEvent, rng: random.Random, first: int, last: int) -> Event:
    """One occurrence, with every required key and most of the others."""
    moment = rng.randint(first, last)
    metadata: dict[str, Any] = {}
    for key in event.keys:
        if key.required or rng.random() < 0.85:
            attribute = Attribute(key.name, key.data_type, key.options)
            metadata[key.name] = plain_value(rng, attribute, moment)
    return event.name, moment, metadata


def fits(event: DeclaredEvent, metadata: dict[str, Any]) -> bool:
    """Whether metadata has the declared keys alone, of their types and options, and the required ones."""
    keys = {key.name: key for key in event.keys}
    return all(key.name in metadata for key in event.keys if key.required) and all(
        name in keys and suits(Attribute(name, keys[name].data_type, keys[name].options), value)
        for name, value in metadata.items()
    )


def _habit(name: str) -> tuple[float, int]:
    """The chance that a person did an event at all, and most times: of the name, so that events differ."""
    rng = random.Random(f"event/{name}")  # noqa: S311 (not for secrets)
    return rng.uniform(0.2, 0.7), rng.randint(2, 6)
