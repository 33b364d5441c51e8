"""`fmt` never changes what a rule says, whatever the specs call things: names and options here are words of rules."""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Schema
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse, settle_words
from intercom_iac.text import Excerpt
from support.generators import DAYS, examples, rules
from support.generators.rules import pick
from support.generators.synonyms import reworded

PLAIN = """
none null empty unset nil known set exists any is in has not and or today yesterday tomorrow now between count sum
average then first once twice never times contains word starts with within last next the days weeks ago from of before
after on since until more than at exactly event tag segment company where role true false yes equals no all
""".split()  # noqa: SIM905
JOINED = [
    "company.today",
    "sum.of",
    "not-set",
    "in the last",
    "is not",
    "contains word",
    "a`b",
    "it's",
    "# x",
    "3",
]
HOSTILE = [*PLAIN, *map(str.title, PLAIN), *map(str.upper, PLAIN), *JOINED]
PRESENCE = ["{field} is {word}", "{field} is not {word}", "{field} isn't {word}", "not {field} is {word}"]
CLAUSES = {
    "text": [
        *PRESENCE,
        "{field} = {word}",
        "{field} does not equal {word}",
        "{field} is in ({word}, {other})",
        "{field} is none of ({word}, {other})",
        "{field} contains {word}",
        "{field} doesn't contain word {word}",
        "tag is {word}",
        "event {event} where ({key} is {word}) once",
        "event {event} then event {event} where {key} = {word}",
        "event {event} where {key} is {word} on at least 3 days since today",
    ],
    "number": [
        *PRESENCE,
        "{field} >= {word}",
        "{field} is no more than {word}",
        "{field} is exactly {word}",
        "event {event} sum of {number} between 1 and 3",
        "event {event} where {number} >= {number} 3 times",
    ],
    "date": [
        *PRESENCE,
        "{field} before {word}",
        "{field} is on or after {word}",
        "{field} isn't between {word} and {other}",
        "{field} in the last 3 days and {field} is after {word}",
        "{field} within 3 days of {word}",
        "event {event} at least 3 times since {word}",
        "event {event} last occurred before {word}",
        "event {event} where {key} is unknown within 3 days after {word}",
    ],
}
CONTACT = {
    "number": (DataType.INTEGER, DataType.FLOAT, DataType.INTEGER),
    "date": (DataType.DATE,) * 3,
    "text": (DataType.OPTIONS, DataType.STRING),
}


@st.composite
def hostile_rules(draw: st.DrawFn) -> tuple[Schema, str]:
    """A schema of such names, and a rule over it in other words than ours, with a comment."""
    first = pick(draw, range(len(HOSTILE)))
    names = iter([*HOSTILE[first:], *HOSTILE[:first]][:: pick(draw, (1, 3, 5, 7))])
    options = (next(names), next(names), next(names), next(names))

    def attribute(model: ModelName, type_: DataType) -> Attribute:
        return Attribute(model, next(names), type_, options if type_ is DataType.OPTIONS else ())

    contact = {kind: [attribute("contact", type_) for type_ in types] for kind, types in CONTACT.items()}
    company = [attribute("company", type_) for type_ in (DataType.OPTIONS, DataType.DATE, DataType.INTEGER)]
    keys = (MetadataKey(next(names), DataType.STRING), MetadataKey(next(names), DataType.INTEGER))
    happened = Event(next(names), metadata=keys)
    attributes = [*(one for fields in contact.values() for one in fields), *company]
    schema = Schema({(one.model, one.name): one for one in attributes}, {happened.name: happened})
    written = reworded(draw, format_rule(draw(rules(schema, draw(st.sampled_from(DAYS))))))
    kind = pick(draw, ("text", "number", "date"))
    field, *others = draw(st.permutations(contact[kind]))
    words = {"text": [*options, *PLAIN], "date": ["today", "Tomorrow"], "number": ["3"]}[kind]
    words = [*words, *(one.name for one in others)] if kind != "text" else words
    spelled = (str, in_quotes) if kind == "text" else (str, in_backticks)
    clause = pick(draw, CLAUSES[kind]).format(
        field=in_backticks(field.name),
        event=in_backticks(happened.name),
        key=in_backticks(keys[0].name),
        number=in_backticks(keys[1].name),
        word=pick(draw, spelled)(pick(draw, words)),
        other=pick(draw, spelled)(pick(draw, words)),
    )
    around = pick(draw, ("{1}", "{0}\nand # why\n{1}", "{1} # why\nor {0}", "not ({0}\nor {1})"))
    return schema, around.format(written, clause)


def in_backticks(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def in_quotes(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def declared(schema: Schema) -> frozenset[str]:
    """The words of the specs as `fmt` finds them there."""
    fields = [*schema.attributes.values(), *(key for of in schema.events.values() for key in of.metadata)]
    words = [*schema.events, *(word for field in fields for word in (field.name, *field.options))]
    return frozenset(map(str.casefold, words))


@examples(150)
@given(case=hostile_rules(), broken=st.booleans())
def test_a_formatted_rule_is_the_same_rule(case: tuple[Schema, str], *, broken: bool) -> None:
    schema, written = case
    syntax, _ = parse(Excerpt.from_text(written, "<rule>"))
    rule, _ = compile_rule(Excerpt.from_text(written, "<rule>"), schema)
    event("does not read" if syntax is None else "has a mistake" if rule is None else "compiles")
    if syntax is None:
        return
    formatted = format_syntax(settle_words(syntax, lambda: declared(schema)), broken=broken)
    again, _ = parse(Excerpt.from_text(formatted, "<rule>"))
    assert again is not None
    assert format_syntax(settle_words(again, lambda: declared(schema)), broken=broken) == formatted
    assert len(again.comments) == len(syntax.comments)
    if rule is not None:
        assert compile_rule(Excerpt.from_text(formatted, "<rule>"), schema)[0] == rule
