"""Specs that are valid, with names and texts that are hard to write in code, in a URL, in a regular expression or in
a comment: what every reader of a schema has to survive."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Schema
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.specs import attribute_entry, event_entry, new_spec_file

# Words that a language keeps for itself, or that every object of it has.
RESERVED = (
    *("class", "default", "delete", "function", "import", "new", "return", "typeof", "var", "yield", "await"),
    *(
        "None",
        "True",
        "def",
        "lambda",
        "self",
        "cls",
        "from",
        "async",
        "match",
        "type",
        "print",
        "dict",
        "object",
    ),
    *(
        "constructor",
        "__proto__",
        "prototype",
        "toString",
        "hasOwnProperty",
        "valueOf",
        "__class__",
        "__init__",
    ),
    *(
        "undefined",
        "null",
        "true",
        "NaN",
        "arguments",
        "eval",
        "interface",
        "enum",
        "string",
        "number",
        "any",
    ),
)
# Of the format itself, of records, and of code that is made from specs.
OURS = (
    *(
        "custom_attributes",
        "metadata",
        "attributes",
        "event",
        "unset",
        "client",
        "token",
        "update",
        "boot",
        "kind",
    ),
    *("ContactAttributes", "IntercomData", "trackEvent", "shutdown", "httpx", "Date", "Unset"),
)
# What attributes and metadata keys may hold besides letters and digits.
SPELLINGS = (
    *("3d_views", "job title", "a-b", "-", "--", "_", "__", "-1", "0", "1e3", "größe", "naïve-name", "ﬁnish"),
    *("東京", "Ω", "e\u0301cole", "price $", "€ spent", "Upper Case", "a  b", "a,b", "ªº", "ab" * 60),
)
# Events may hold any sign that shows.
SIGNS = (
    *(
        'say "hi"',
        "it's done",
        "`tick`",
        "back\\slash",
        "a/b",
        "a.b",
        "${x}",
        "{0}",
        "%s",
        "#1",
        "*/",
        "<!--",
        "//",
    ),
    *('"""', "'''", "🎈", "</script>", "$&", "a\\", "?", "*", "[a]", "^$", "%2F", "a:b", "@x", "&amp;"),
)
KEY_SIGNS = ("a/b", "<b>", "(x)", "a:b", "100=x", "[0]", "a?b", "$ref", "a+b", "a;b")
# Names that become one where separators and case are taken away: each pair may stand in specs.
COLLISIONS = (
    ("plan_type", "plan-type"),
    ("job title", "job_title"),
    ("seats used", "seatsUsed"),
    ("a__b", "a_b"),
)

TEXTS = (
    "plain words",
    "ends a comment */ of one kind",
    "three quotes \"\"\" and ''' of Python",
    "back\\slash \\u0041 \\N{BULLET} at the end \\",
    "${a} `b` {c} %s %(d)s $& <e>&amp;</script><!--",
    "two\nlines, and a tab\t, # type: ignore, // @ts-ignore, @deprecated, {@link x}",
    "日本語, ünïcödé, 🎈, e\u0301",
    "[31m no style",
    "x" * 2_000,
)
OPTIONS = (
    *(
        "free",
        "Free",
        "pro plus",
        "it's",
        'say "hi"',
        "back\\slash",
        "*/",
        "${x}",
        "`tick`",
        "__proto__",
        "None",
    ),
    *("İstanbul", "東京", "🎈", "1", "true", "null", "a|b", "a,b", "ends \\", "%s", "#", "'", '"', "x" * 255),
)

_TYPES = tuple(DataType)


def hostile_schema() -> Schema:
    """All of these names and texts in one schema, as attributes, events and metadata keys that may have them.

    Names that become one where separators and case are taken away are in it once: see `COLLISIONS`.
    """
    attribute_names = _without_collisions((*RESERVED, *OURS, *SPELLINGS))
    event_names = _without_collisions((*attribute_names[:80], *SIGNS))
    keys = _without_collisions((*KEY_SIGNS, *attribute_names))
    attributes = [
        _attribute("company" if place % 3 == 2 else "contact", name, place)
        for place, name in enumerate(attribute_names)
    ]
    events = [_event(name, place, keys) for place, name in enumerate(event_names)]
    return Schema(
        attributes={(attribute.model, attribute.name): attribute for attribute in attributes},
        events={event.name: event for event in events},
    )


@st.composite
def hostile_schemas(draw: st.DrawFn) -> Schema:
    """A few of these names, with any type, options and status."""
    names = draw(
        st.lists(st.sampled_from((*RESERVED, *OURS, *SPELLINGS)), unique=True, min_size=3, max_size=8)
    )
    attributes = [_drawn_attribute(draw, name) for name in names]
    happenings = st.sampled_from((*RESERVED, *SPELLINGS, *SIGNS))
    events = [
        Event(
            name,
            description=draw(st.sampled_from((None, *TEXTS))),
            metadata=_drawn_metadata(draw),
            status=draw(st.sampled_from(("active", "active", "deprecated"))),
        )
        for name in draw(st.lists(happenings, unique=True, min_size=1, max_size=3))
    ]
    return Schema(
        attributes={(attribute.model, attribute.name): attribute for attribute in attributes},
        events={event.name: event for event in events},
    )


def spec_text(schema: Schema) -> str:
    """A spec file that declares what the schema does, but for segments."""
    attributes = map(attribute_entry, schema.attributes.values())
    return new_spec_file([*attributes, *map(event_entry, schema.events.values())])


def _without_collisions(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first of those that have the same letters and digits; those that have none are kept."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(re.sub(r"[\W_]", "", name).casefold() or name, name)
    return tuple(kept.values())


def _attribute(model: ModelName, name: str, place: int) -> Attribute:
    type_ = _TYPES[place % len(_TYPES)]
    return Attribute(
        model,
        name,
        type_,
        options=OPTIONS if type_ is DataType.OPTIONS else (),
        open_options=type_ is DataType.OPTIONS and place % 4 == 0,
        description=TEXTS[place % len(TEXTS)],
        owner=TEXTS[0] if place % 2 else None,
        status="deprecated" if place % 7 == 0 else "active",
        messenger_writable=place % 2 == 0,
    )


def _event(name: str, place: int, keys: tuple[str, ...]) -> Event:
    first = place * 3 % len(keys)
    names = (keys + keys)[first : first + place % (MAX_METADATA_KEYS + 1)]
    return Event(
        name,
        description=TEXTS[place % len(TEXTS)],
        metadata=tuple(_key(key, place + number) for number, key in enumerate(names)),
        status="deprecated" if place % 9 == 0 else "active",
    )


def _key(name: str, place: int) -> MetadataKey:
    type_ = _TYPES[place % len(_TYPES)]
    return MetadataKey(
        name,
        type_,
        required=place % 2 == 0,
        options=OPTIONS if type_ is DataType.OPTIONS else (),
        open_options=type_ is DataType.OPTIONS and place % 4 == 1,
        description=TEXTS[place % len(TEXTS)],
    )


def _drawn_attribute(draw: st.DrawFn, name: str) -> Attribute:
    type_ = draw(st.sampled_from(_TYPES))
    return Attribute(
        draw(st.sampled_from(("contact", "company"))),
        name,
        type_,
        options=_drawn_options(draw, type_),
        open_options=type_ is DataType.OPTIONS and draw(st.booleans()),
        description=draw(st.sampled_from((None, *TEXTS))),
        owner=draw(st.sampled_from((None, "growth"))),
        status=draw(st.sampled_from(("active", "active", "deprecated", "archived"))),
        messenger_writable=draw(st.booleans()),
    )


def _drawn_metadata(draw: st.DrawFn) -> tuple[MetadataKey, ...]:
    keys = st.sampled_from((*RESERVED, *SPELLINGS, *KEY_SIGNS))
    names = draw(st.lists(keys, unique=True, max_size=MAX_METADATA_KEYS))
    return tuple(_drawn_key(draw, name) for name in names)


def _drawn_key(draw: st.DrawFn, name: str) -> MetadataKey:
    type_ = draw(st.sampled_from(_TYPES))
    return MetadataKey(
        name,
        type_,
        required=draw(st.sampled_from((False, False, True))),
        options=_drawn_options(draw, type_),
        open_options=type_ is DataType.OPTIONS and draw(st.booleans()),
    )


def _drawn_options(draw: st.DrawFn, type_: DataType) -> tuple[str, ...]:
    if type_ is not DataType.OPTIONS:
        return ()
    return tuple(draw(st.lists(st.sampled_from(OPTIONS), unique=True, min_size=2, max_size=5)))
