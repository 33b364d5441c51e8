"""Equal English only for equal meaning: over rules that differ in one place, with names and texts made to confuse."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given

from intercom_iac.breaking.meaning import semantic_key
from intercom_iac.compilers import to_english
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Predicate, Schema
from intercom_iac.model.predicate import And, Equals, IsKnown, Matches, Not, OneOf, Or, SomeCompany, Tagged
from support.generators import OPTIONS, examples, rules
from support.generators.neighbours import neighbours

# Texts that look like what stands around them in a sentence.
TEXTS = (
    *("x", "y", "x or y", 'x" or "y', "x, y", "unknown", "true", "5", "", '"', '""', "`", "x`"),
    *(
        "x and whose b is y",
        'x" and whose b is "y',
        "x) or (whose b is y",
        'x" or whose `b',
        "within the next 1 day",
    ),
)
NAMES = ("a", "b", "a is x", 'a is "x" and whose b', "and", "b`", "x", "a, if known,", "the tag", "2")
TYPES = (
    DataType.STRING,
    DataType.STRING,
    DataType.STRING,
    DataType.INTEGER,
    DataType.OPTIONS,
    DataType.BOOLEAN,
)
KEYS = ("k", 'k is "x" or l', "l", "1 or 2")
SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, type_, OPTIONS if type_ is DataType.OPTIONS else ())
        for model in ("contact", "company")
        for name, type_ in zip(NAMES, TYPES * 2, strict=False)
    },
    {
        name: Event(name, metadata=tuple(map(MetadataKey, KEYS, TYPES)))
        for name in ("e", 'e (k is "x")', "e for the first time", "e 2 times")
    },
)


def check(asked: list[Predicate]) -> None:
    said: dict[str, set[object]] = defaultdict(set)
    for each in asked:
        said[to_english(each)].add(semantic_key(each))
    unclear = {sentence: means for sentence, means in said.items() if len(means) > 1}
    assert not unclear


@examples(60)
@given(rules(SCHEMA, date(2026, 3, 28)))
def test_rules_that_differ_in_one_place_read_differently(rule: Predicate) -> None:
    check([rule, *neighbours(rule, TEXTS)])


def test_every_pair_of_small_rules_reads_differently() -> None:
    """A few thousand rules of one or two tests, against each other."""
    fields = [SCHEMA.field("contact", name) for name in NAMES[:3]]
    tests: list[Predicate] = []
    for field in fields:
        assert field is not None
        tests += [IsKnown(field), Not(IsKnown(field))]
        for text in TEXTS:
            tests += [Equals(field, text), Not(Equals(field, text)), Matches(field, "contains", text)]
            tests += [OneOf(field, (text, other)) for other in TEXTS]
    tests += [
        each
        for text in TEXTS
        for each in (Tagged(text), SomeCompany(Tagged(text)), Not(SomeCompany(Tagged(text))))
    ]
    some = tests[::17]
    pairs = [kind((one, other)) for kind in (And, Or) for one in some for other in some if one != other]
    check([*tests, *pairs, *(SomeCompany(each) for each in pairs[::5] if _of_a_company(each))])


def _of_a_company(rule: And | Or) -> bool:
    return not any(
        isinstance(each, SomeCompany) or (isinstance(each, Not) and isinstance(each.part, SomeCompany))
        for each in rule.parts
    )
