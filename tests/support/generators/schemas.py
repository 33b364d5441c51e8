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
# Words in them, with all kinds of neighbours.
PARTS += ["plus", "hi", "a", "x", "50", "cafe", "lines"]
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
# Keys whose numbers are added up: they are such that doubles do it exactly.
EXACT_KEYS = ["amount", "it's 50%"]
DATE_KEYS = ["due", "paid.at"]
OPTIONS = ("free", "trial", "pro plus", "not", "it's", "back\\slash", "İ")
EVENTS = ["report exported", "login", "it's.done", "ΟΔΟΣ"]


NUMBERS = st.sampled_from([DataType.INTEGER, DataType.FLOAT])
OTHERS = st.sampled_from([DataType.STRING, DataType.OPTIONS, DataType.BOOLEAN])


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Attributes of which each owner has two numbers and two dates, with Intercom's own, and up to four others."""
    first = draw(st.integers(0, len(NAMES) - 1))
    names = NAMES[first:] + NAMES[:first]
    kinds: list[tuple[ModelName, DataType]] = [
        ("contact", draw(NUMBERS)),
        ("contact", draw(NUMBERS)),
        ("contact", DataType.DATE),
        ("company", draw(NUMBERS)),
        ("company", DataType.DATE),
    ]
    for index, type_ in enumerate(draw(st.lists(OTHERS, min_size=2, max_size=4))):
        kinds.append(("company" if index % 3 == 2 else "contact", type_))
    attributes: dict[tuple[ModelName, str], Attribute] = {}
    for name, (model, type_) in zip(names, kinds, strict=False):
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
    """Two numbers, perhaps two dates, and up to two keys of any type."""
    types = {name: draw(NUMBERS) for name in EXACT_KEYS}
    if draw(st.booleans()):
        types |= dict.fromkeys(DATE_KEYS, DataType.DATE)
    types |= {
        name: draw(st.sampled_from(DataType))
        for name in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=2))
    }
    return tuple(
        MetadataKey(name, type_, options=OPTIONS if type_ is DataType.OPTIONS else ())
        for name, type_ in types.items()
    )


def fields_in(schema: Schema, model: ModelName) -> list[Field]:
    """The declared fields and a few of Intercom's own."""
    standard = {
        "contact": ["role", "email", "location.city", "created_at"],
        "company": ["plan", "size", "created_at"],
    }[model]
    names = [name for of, name in schema.attributes if of == model] + standard
    return [field for name in dict.fromkeys(names) if (field := schema.field(model, name)) is not None]
