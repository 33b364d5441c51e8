"""Generated schemas: attributes and metadata keys of every type, with names and texts that are hard to quote."""

from __future__ import annotations

from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Event, Field, MetadataKey, ModelName, Schema

# What is hard in one place or another: case, quotes, escapes, wildcards, words of the language, letters whose lower
# case is another's or of another length, accents in one letter and in two.
WORDS = [
    "trial",
    "Trial",
    "pro plus",
    "it's",
    'say "hi"',
    "and",
    "unknown",
    "true",
    "5",
    "2026-01-31",
    "Žofie",
    "ß",
    "STRASSE",
    "#1",
    "50%",
    "a_b",
    "back\\slash",
    "\\",
    "`tick`",
    "two\nlines",
    "tab\there",
    "İstanbul",
    "istanbul",
    "ΟΔΟΣ",
    "οδος",
    "Σ",
    "caf\u00e9",
    "cafe\u0301",
    "東京",
    "🎈",
    "{0}",
    "$1",
    "-- x",
    ":name",
    "?",
    " padded ",
]
# Parts of words, to be found inside them.
PARTS = ["tri", "SS", "l", "%", "_", "\\", "'", "İ", "i", "ı", "ς", "Σ", "\u0301", "e", "\n", "🎈", " ", "T"]
# No two differ in case only: to some engines such names are one.
NAMES = [
    "plan",
    "tier",
    "count",
    "last",
    "event",
    "not",
    "company.x",
    "the one ring",
    "größe",
    "in",
    "a-b",
    "is",
    "東京",
    'say "x"',
    "it's so",
    "back`tick",
    "50%_\\",
    "select",
    "Upper Case",
    "$.a[0]",
    "🎈",
]
KEYS = ["format", "where", 'it\'s a "key"', "a/b~c", "größe", "a.b", "back\\slash", "$", "0"]
OPTIONS = ("free", "trial", "pro plus", "not", "it's", "back\\slash", "İ")
EVENTS = ["report exported", "login", "it's.done", "ΟΔΟΣ"]


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    first = draw(st.integers(0, len(NAMES) - 1))
    names = NAMES[first:] + NAMES[:first]
    types = draw(st.lists(st.sampled_from(DataType), min_size=4, max_size=8))
    attributes: dict[tuple[ModelName, str], Attribute] = {}
    for index, (name, type_) in enumerate(zip(names, types, strict=False)):
        model: ModelName = "company" if index % 3 == 2 else "contact"
        options = OPTIONS if type_ is DataType.OPTIONS else ()
        attributes[model, name] = Attribute(model, name, type_, options)
    found = {
        "report exported": Event("report exported", metadata=draw(metadata())),
        "login": Event("login"),
    }
    other = draw(st.sampled_from(EVENTS[2:]))
    found[other] = Event(other, metadata=draw(metadata()))
    return Schema(attributes, found)


@st.composite
def metadata(draw: st.DrawFn) -> tuple[MetadataKey, ...]:
    names = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=3))
    types = [draw(st.sampled_from(DataType)) for _ in names]
    return tuple(
        MetadataKey(name, type_, options=OPTIONS if type_ is DataType.OPTIONS else ())
        for name, type_ in zip(names, types, strict=True)
    )


def fields_in(schema: Schema, model: ModelName) -> list[Field]:
    """The declared fields and a few of Intercom's own."""
    standard = {"contact": ["role", "email", "location.city", "created_at"], "company": ["plan", "size"]}[
        model
    ]
    names = [name for of, name in schema.attributes if of == model] + standard
    return [field for name in dict.fromkeys(names) if (field := schema.field(model, name)) is not None]
