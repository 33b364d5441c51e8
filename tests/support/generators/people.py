"""Generated people: contacts, the companies they share, and their events, as Intercom's API returns them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import DataType, Field, ModelName, Person, Schema, event_key

from .rules import FLOATS, HALVES, INTEGERS, TAGS, constants, pick, words_of
from .schemas import EXACT_KEYS, fields_in
from .times import Moment, moments

# Some of what an event's metadata may hold that no declared type fits, or that fits another than was declared.
MISFITS: list[Any] = [None, True, False, "true", "5", 5, 0, 1.0, 2.5, "", [], ["trial"], {"amount": 1}]
# How an event comes: Intercom takes any case for one, and `.` and `$` for `-`.
SPELLINGS = ["report exported", "Report Exported", "login", "LOGIN", "it's.done", "It's-Done", "ΟΔΟΣ", "οδος"]


@cache
def values(field: Field, at: Moment) -> st.SearchStrategy[Any]:
    match field.type:
        case DataType.BOOLEAN:
            return st.booleans()
        case DataType.DATE:
            return moments(at)
        case DataType.FLOAT:
            return FLOATS | st.integers(-2, 3)
        case _:
            return constants(field)


def some_of(draw: st.DrawFn, keys: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """An object with most of the keys: of ten values one is null and one is not there."""
    found: dict[str, Any] = {}
    for name, value in keys.items():
        lot = pick(draw, range(10))
        if lot > 0:
            found[name] = None if lot == 1 else draw(value)
    return found


def custom(schema: Schema, model: ModelName, at: Moment) -> dict[str, st.SearchStrategy[Any]]:
    """Values of declared attributes."""
    return {field.name: values(field, at) for field in fields_in(schema, model) if field.custom}


def tags(draw: st.DrawFn) -> list[dict[str, str]]:
    return [{"name": pick(draw, TAGS)} for _ in range(pick(draw, range(3)))]


def own_words(schema: Schema, model: ModelName, name: str) -> list[str]:
    """What a text of Intercom's own holds, or is not there."""
    field = schema.field(model, name)
    assert field is not None
    return words_of(field)


@st.composite
def people(draw: st.DrawFn, schema: Schema, at: Moment, count: int = 1) -> list[Person]:
    """So many people; a company may have several of them, and a person several companies."""
    times = moments(at)
    attributes, plans = custom(schema, "company", at), own_words(schema, "company", "plan")
    shared = [
        {
            "id": f"c{number}",
            "plan": pick(draw, ({}, *({"name": name} for name in plans))),
            **some_of(draw, {"size": INTEGERS, "created_at": times}),
            "custom_attributes": some_of(draw, attributes),
            "tags": {"tags": tags(draw)},
        }
        for number in range(pick(draw, (2, 3, 4)))
    ]
    attributes, cities = custom(schema, "contact", at), own_words(schema, "contact", "location.city")
    occurrence = Occurrence.of(schema, at)
    found: list[Person] = []
    for number in range(count):
        contact = {
            "id": f"p{number}",
            "role": pick(draw, ("user", "lead")),
            "email": pick(draw, (None, "trial@example.com", "Žofie")),
            "created_at": draw(times),
            "location": {"city": pick(draw, (None, *cities))},
            "custom_attributes": some_of(draw, attributes),
            "tags": {"data": tags(draw)},
        }
        members = [company for company in shared if pick(draw, range(3)) == 2]
        events = [occurrence.drawn(draw) for _ in range(pick(draw, range(7)))]
        found.append(Person(contact, members, events))
    return found


@dataclass(frozen=True)
class Occurrence:
    """How events occur: on the edges of days, in any spelling, with metadata that need not fit its keys."""

    names: list[str]
    metadata: dict[str, st.SearchStrategy[Any]]
    times: st.SearchStrategy[int]

    @classmethod
    def of(cls, schema: Schema, at: Moment) -> Occurrence:
        declared = {event_key(name) for name in schema.events}
        keys = {key.name: key for event in schema.events.values() for key in event.metadata}
        return cls(
            names=[name for name in SPELLINGS if event_key(name) in declared],
            metadata={
                name: HALVES if name in EXACT_KEYS else values(key_field(name, key.type, key.options), at)
                for name, key in keys.items()
            },
            times=moments(at),
        )

    def drawn(self, draw: st.DrawFn) -> dict[str, Any]:
        metadata = some_of(draw, self.metadata)
        for name in metadata:
            if pick(draw, range(4)) == 3:
                metadata[name] = pick(draw, MISFITS)
        return {
            "event_name": pick(draw, self.names),
            **some_of(draw, {"created_at": self.times}),
            "metadata": pick(draw, (metadata, metadata, metadata, None)),
        }


def key_field(name: str, type_: DataType, options: tuple[str, ...]) -> Field:
    return Field("event", name, type_, wire=f"metadata.{name}", search=None, options=options, custom=False)
