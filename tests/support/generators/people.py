"""Generated people: contacts, the companies they share, and their events, as Intercom's API returns them."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from intercom_iac.model import DataType, Field, ModelName, Person, Schema, event_key

from .rules import FLOATS, HALVES, INTEGERS, TAGS, constants
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


LOTS = st.integers(0, 9)


@st.composite
def objects(draw: st.DrawFn, keys: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """An object with most of the keys: of ten values one is null and one is not there."""
    found: dict[str, Any] = {}
    for name, value in keys.items():
        lot = draw(LOTS)
        if lot > 0:
            found[name] = None if lot == 1 else draw(value)
    return found


def custom(schema: Schema, model: ModelName, at: Moment) -> st.SearchStrategy[dict[str, Any]]:
    """Values of declared attributes."""
    return objects({field.name: values(field, at) for field in fields_in(schema, model) if field.custom})


@cache
def tagged() -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.sampled_from(TAGS).map(lambda tag: {"name": tag}), max_size=2)


def contacts(schema: Schema, at: Moment) -> st.SearchStrategy[dict[str, Any]]:
    place = schema.field("contact", "location.city")
    assert place is not None
    city = st.none() | constants(place)
    return st.fixed_dictionaries(
        {
            "role": st.sampled_from(["user", "lead"]),
            "email": st.none() | st.sampled_from(["trial@example.com", "Žofie"]),
            "created_at": moments(at),
            "location": st.builds(lambda name: {"city": name}, city),
            "custom_attributes": custom(schema, "contact", at),
            "tags": st.builds(lambda tags: {"data": tags}, tagged()),
        }
    )


def companies(schema: Schema, at: Moment) -> st.SearchStrategy[dict[str, Any]]:
    plan = schema.field("company", "plan")
    assert plan is not None
    return st.fixed_dictionaries(
        {
            "plan": st.builds(lambda name: {"name": name}, constants(plan)) | st.just({}),
            "size": st.none() | INTEGERS,
            "created_at": st.none() | moments(at),
            "custom_attributes": custom(schema, "company", at),
            "tags": st.builds(lambda tags: {"tags": tags}, tagged()),
        }
    )


def events_of_people(schema: Schema, at: Moment) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A person's events: on the edges of days, in any spelling, with metadata that need not fit its keys."""
    keys = {key.name: key for event in schema.events.values() for key in event.metadata}
    given = {
        name: (HALVES if name in EXACT_KEYS else values(key_field(name, key.type, key.options), at))
        | st.sampled_from(MISFITS)
        for name, key in keys.items()
    }
    declared = {event_key(name) for name in schema.events}
    occurrence = st.builds(
        lambda occurrence, name, metadata: {"event_name": name, **occurrence, "metadata": metadata},
        objects({"created_at": moments(at)}),
        st.sampled_from([name for name in SPELLINGS if event_key(name) in declared]),
        objects(given) | st.none(),
    )
    return st.lists(occurrence, max_size=6)


def key_field(name: str, type_: DataType, options: tuple[str, ...]) -> Field:
    return Field("event", name, type_, wire=f"metadata.{name}", search=None, options=options, custom=False)


@st.composite
def people(draw: st.DrawFn, schema: Schema, at: Moment, count: int = 1) -> list[Person]:
    """So many people; a company may have several of them, and a person several companies."""
    shared = draw(st.lists(companies(schema, at), min_size=2, max_size=4))
    for number, company in enumerate(shared):
        company["id"] = f"c{number}"
    membership = st.lists(st.sampled_from(range(len(shared))), unique=True, max_size=2)
    contact, events = contacts(schema, at), events_of_people(schema, at)
    found: list[Person] = []
    for number in range(count):
        members = [shared[each] for each in draw(membership)]
        found.append(Person({"id": f"p{number}", **draw(contact)}, members, draw(events)))
    return found
