"""Two revisions of specs: the second has each entry of the first as it was, changed, or not at all, and others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema, Segment
from intercom_iac.rules import compile_rules
from intercom_iac.text import Excerpt

T = TypeVar("T", Attribute, Event, Segment)

STATUS = st.sampled_from(("active", "active", "active", "deprecated", "archived"))
WORDS = st.sampled_from((None, "", "one", "two"))
TYPES = st.sampled_from((DataType.STRING, DataType.INTEGER, DataType.OPTIONS, DataType.OPTIONS))
OPTIONS = st.lists(st.sampled_from("abcd"), unique=True, min_size=2).map(tuple)
NAMES = ("tier", "seats", "Seats", "region")
EVENTS = ("paid", "Paid", "left")
KEYS = ("plan", "Plan", "sum")
SEGMENTS = ("big", "small", "other")
RULES = (
    "role = user",
    "role = user and email contains a",
    "email contains a and role = user",
    "not (role = lead or email contains a)",
    "not role = lead and not email contains a",
    "tier = a",
    "tier in (a, b)",
    "tier in (b, a)",
    "seats has any value or region is unknown",
    "event paid",
    "event paid where plan = a",
    "segment other",
    "segment other and role = user",
)
LABELS = st.sampled_from(((), (("pii", ("none",)),), (("pii", ("none", "some")),)))


@st.composite
def attributes(draw: st.DrawFn, name: str) -> Attribute:
    kind = draw(TYPES)
    return Attribute(
        "company" if name == "region" else "contact",
        name,
        kind,
        draw(OPTIONS) if kind is DataType.OPTIONS else (),
        draw(WORDS),
        draw(WORDS),
        draw(STATUS),
        draw(st.booleans()),
        draw(st.sampled_from((None, None, "tier", "seats"))),
        None,
        draw(LABELS),
    )


@st.composite
def keys(draw: st.DrawFn, name: str) -> MetadataKey:
    kind = draw(TYPES)
    options = draw(OPTIONS) if kind is DataType.OPTIONS else ()
    return MetadataKey(name, kind, draw(st.booleans()), options, draw(WORDS))


@st.composite
def events(draw: st.DrawFn, name: str) -> Event:
    # Names that differ in case only are one to Intercom: specs may not have both.
    names = draw(st.lists(st.sampled_from(KEYS), unique_by=str.casefold))
    metadata = tuple(draw(keys(each)) for each in names)
    renamed = draw(st.sampled_from((None, None, "paid", "left")))
    return Event(name, draw(WORDS), metadata, draw(WORDS), draw(STATUS), renamed)


@st.composite
def segments(draw: st.DrawFn, key: str) -> Segment:
    rule = draw(st.sampled_from(RULES))
    return Segment(
        key,
        draw(st.sampled_from((key, f"The {key}", "Big ones"))),
        "role = user" if key in rule else rule,
        None,  # compiled when all entries are drawn
        draw(st.sampled_from(((), ("tag",), ("audience",), ("audience", "tag")))),
        draw(WORDS),
        draw(WORDS),
        draw(STATUS),
        draw(st.sampled_from((None, None, "The big", "Big ones"))),
    )


def _schema(declared: dict[Any, Any]) -> Schema:
    """The entries as a schema; a segment whose rule does not fit them is left out."""
    found = [each for each in declared.values() if each is not None]
    base = Schema(
        {(each.model, each.name): each for each in found if isinstance(each, Attribute)},
        {each.name: each for each in found if isinstance(each, Event)},
    )
    drawn = {each.key: each for each in found if isinstance(each, Segment)}
    predicates, _ = compile_rules(
        {key: Excerpt.from_text(each.rule, f"<{key}>") for key, each in drawn.items()}, base
    )
    compiled = {
        key: replace(each, predicate=predicates[key]) for key, each in drawn.items() if key in predicates
    }
    return replace(base, segments=compiled)


def _entry(kind: str, name: str) -> st.SearchStrategy[Any]:
    return {"attribute": attributes, "event": events, "segment": segments}[kind](name)


PLACES = [
    *(("attribute", name) for name in NAMES),
    *(("event", name) for name in EVENTS),
    *(("segment", name) for name in SEGMENTS),
]


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Schema, Schema]:
    old: dict[Any, Any] = {}
    new: dict[Any, Any] = {}
    for place in PLACES:
        old[place] = draw(st.none() | _entry(*place))
        fate = draw(st.sampled_from(("same", "same", "gone", "drawn", "words")))
        was = old[place]
        if fate == "words" and was is not None:
            new[place] = replace(was, owner=draw(WORDS), description=draw(WORDS))
        elif fate == "drawn":
            new[place] = draw(_entry(*place))
        else:
            new[place] = None if fate == "gone" else was
    for each in (old, new):
        if each["event", "paid"] is not None:
            each["event", "Paid"] = None
    return _schema(old), _schema(new)


@st.composite
def words_alone(draw: st.DrawFn) -> tuple[Schema, Schema]:
    """Revisions that differ in owners and descriptions only."""
    declared = {place: draw(st.none() | _entry(*place)) for place in PLACES}
    if declared["event", "paid"] is not None:
        declared["event", "Paid"] = None
    reworded: dict[Any, Any] = {}
    for place, was in declared.items():
        reworded[place] = was and replace(was, owner=draw(WORDS), description=draw(WORDS))
        if isinstance(was, Event):
            metadata = tuple(replace(each, description=draw(WORDS)) for each in was.metadata)
            reworded[place] = replace(reworded[place], metadata=metadata)
    return _schema(declared), _schema(reworded)
