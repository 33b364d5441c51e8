"""Schemas as specs declare them, two of which may follow each other: what Intercom cannot change holds still."""

from __future__ import annotations

from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema, Segment
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

NAMES = [f"field_{n}" for n in range(6)] + ["job title", "größe", "naïve-name"]
TYPES = list(DataType)
# Some read attributes that a schema may lack; such a segment is left out of it.
RULES = (
    "role = user",
    "email contains acme",
    "name is unknown",
    "field_1 is unknown",
    "field_2 has any value and role = lead",
    "field_1 has any value or role = user",
    "`job title` contains x",
)


@st.composite
def attributes(draw: st.DrawFn, types: dict[str, DataType]) -> list[Attribute]:
    """Attributes whose types hold still between two versions of the specs: Intercom cannot change them."""
    made: list[Attribute] = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        kind = types[name]
        made.append(
            Attribute(
                # One model a name: in Intercom a name serves one of the two for good.
                "contact" if NAMES.index(name) % 3 else "company",
                name,
                kind,
                options=tuple(draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=2)))
                if kind is DataType.OPTIONS
                else (),
                description=draw(st.none() | st.text("abc äö", min_size=1, max_size=20).map(str.strip))
                or None,
                status=draw(st.sampled_from(("active", "active", "deprecated", "archived"))),
                messenger_writable=draw(st.booleans()),
            )
        )
    return made


@st.composite
def declared_schemas(draw: st.DrawFn, types: dict[str, DataType]) -> Schema:
    declared = {(each.model, each.name): each for each in draw(attributes(types))}
    events = {
        name: Event(name, metadata=(MetadataKey("k", draw(st.sampled_from(TYPES))),))
        for name in draw(st.lists(st.sampled_from(("signed_up", "paid", "left")), unique=True))
    }
    segments: dict[str, Segment] = {}
    base = Schema(attributes=declared, events=events)
    for key in draw(st.lists(st.sampled_from(("one", "two", "three")), unique=True)):
        rule = draw(st.sampled_from(RULES))
        predicate, _ = compile_rule(Excerpt.from_text(rule, "<rule>"), base)
        if predicate is None:
            continue
        segments[key] = Segment(
            key,
            draw(st.sampled_from((f"Segment {key}", f"segment {key}", f"The {key}"))),
            rule,
            predicate,
            publish=tuple(draw(st.lists(st.sampled_from(("audience", "tag")), unique=True))),
            status=draw(st.sampled_from(("active", "archived"))),
            renamed_from=draw(st.sampled_from((None, f"Segment {key}", f"The {key}", "Segment one"))),
        )
    return Schema(attributes=declared, events=events, segments=segments)
