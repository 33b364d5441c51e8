"""What people write, and the one text the language has for it; both read as the same tree."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from intercom_iac.rules import parse
from intercom_iac.rules.print.text import text_of
from intercom_iac.rules.syntax.special_words import begins_other
from intercom_iac.text import Excerpt, Span

# Forms that are canonical themselves.
FORMS = """
n between 3 and 7
n not between -3 and 0.5
d between 2026-01-01 and 2026-02-01
d between 2026-01-01 and today
d between 3 and 7 days ago
d between 1 and 2 weeks from now
d between 7 days ago and 3 days from now
d between yesterday and tomorrow
d between 1 week ago and 3 days ago
d before today
d on yesterday
d after tomorrow
d <= today
d >= tomorrow
t contains word v
t not contains word 'two words'
t contains word
t not contains word
t contains word 'count'
t contains word word
n >= m
n = `the other`
n != m
d before e
d on e
d after e
d <= e
d != `the other`
company.n > company.m
company.n > company.`the m`
d before `company.e`
d within 3 days after `company.e`
company.d within 3 days after company.`the e`
d within 7 days after e
d within 7 days before e
d within 1 week of `the other`
company.d within 7 days of company.e
d more than 3 days after e
d less than 3 days before e
d exactly 3 days after e
d at least 3 days before e
d at most 3 days after e
d != 3 days after e
event e sum of k >= 10
event e where (a = b and c) average of k > 2.5 within last 30 days
event e minimum of `the k` = 0
event e maximum of sum < 5 between 3 and 7 days ago
event e sum of k between 1 and 5
event e count between 3 and 5
event e count between 3 and 5 between 2026-01-01 and today
event e on at least 3 days within last 30 days
event e on at most 1 day
event e on exactly 2 days before 2026-01-31
event e on not exactly 2 days
event e before today
event e not between 3 and 7 days ago
event e more than 3 days after d
event e first between 3 and 7 days ago
event e last within 3 days after signed_up_at
event e where (d within last 3 days) before 2026-01-01
event e where d within last 3 days within last 7 days
event e where k between 3 and 7 within last 7 days
event a then event b
event a where k = v then event b where k2 > 3 within 7 days
event a where (vip) then event b where (vip) within 1 week
not event a then event b and event c
not n between 3 and 7 or company(n between 3 and 7 and d before e)
""".strip().splitlines()

# What is written, and its canonical text.
WORDINGS = {
    "f is unknown": """
        f does not exist
        f doesn't exist
        f doesn’t exist
        f not exists
        f has no value
        f does not have a value
        f doesn't have any value
    """,
    "f has any value": """
        f is not unknown
        f isn't unknown
        f exists
        f has a value
        f has value
        f have some value
    """,
    "d within last 3 days": """
        d is within last 3 days
        d in the last 3 days
        d in last 3 days
        d is in the last 3 days
        d within the last 3 days
        d during the last 3 days
        d over the past 3 days
        d in the past 3 DAYS
    """,
    "d within next 1 week": """
        d within 1 week
        d in the next 1 week
        d within the  next 1 week
        d in the coming 1 week
    """,
    "not d within last 3 days": """
        d not within last 3 days
        d is not within the last 3 days
        d isn't in the last 3 days
        d not in last 3 days
    """,
    "t not contains x": """
        t does not contain x
        t doesn't contain x
        t doesn’t contain x
        t do not contain x
        t don't contain x
        t not contain x
        t !contains x
    """,
    "t starts with x": "t begins with x",
    "t not starts with x": "t does not start with x",
    "t not ends with x": "t doesn't end with x",
    "t contains word x": "t contains the word x",
    "t not contains word x": """
        t does not contain word x
        t doesn't contain the word x
    """,
    "f in (a, b)": """
        f is any of (a, b)
        f is one of (a,b)
        f any of (a, b)
        f one of (a, b)
        f is either of (a, b)
        f is in (a, b)
    """,
    "f not in (a, b)": """
        f is none of (a, b)
        f none of (a, b)
        f is not any of (a, b)
        f is not one of (a, b)
        f isn't one of (a, b)
        f not one of (a, b)
        f isn't in (a, b)
    """,
    "f = a": """
        f is a
        f == a
        f equals a
        f is equal to a
        f equal to a
    """,
    "f != a": """
        f is not a
        f isn't a
        f <> a
        f does not equal a
        f doesn't equal a
        f is not equal to a
        f not equal to a
    """,
    "n >= 3": """
        n greater than or equal to 3
        n is greater than or equal to 3
        n is more than or equal to 3
        n greater or equal 3
        n at least 3
        n is at least 3
        n no less than 3
        n no fewer than 3
    """,
    "n <= 3": """
        n less than or equal to 3
        n is less than or equal to 3
        n at most 3
        n no more than 3
    """,
    "not n > 3": """
        n not more than 3
        n not greater than 3
        n is not more than 3
        n is not greater than 3
    """,
    "not n < 3": """
        n is not less than 3
        n not fewer than 3
    """,
    "n < 3": "n fewer than 3",
    "n between 3 and 7": "n is between 3 and 7",
    "n not between 3 and 7": """
        n is not between 3 and 7
        n isn't between 3 and 7
    """,
    "d between 3 and 7 days ago": """
        d between 7 and 3 days ago
        d between 3 days ago and 7 days ago
        d is between 7 days ago and 3 days ago
        d between 3 days and 7 days ago
    """,
    "d between 3 days ago and 1 week ago": "d between 3 days and 1 week ago",
    "d before 2026-01-31": "d is before 2026-01-31",
    "d >= 2026-01-31": """
        d is on or after 2026-01-31
        d on or after 2026-01-31
        d after or on 2026-01-31
        d since 2026-01-31
        d no earlier than 2026-01-31
    """,
    "not d before 2026-01-31": "d is not earlier than 2026-01-31",
    "d <= 2026-01-31": """
        d is on or before 2026-01-31
        d before or on 2026-01-31
        d until 2026-01-31
        d no later than 2026-01-31
    """,
    "not d after 2026-01-31": "d is not later than 2026-01-31",
    "d <= tomorrow": "d until tomorrow",
    "d at most 3 days ago": "d no more than 3 days ago",
    "not d more than 3 days ago": "d is not more than 3 days ago",
    "d exactly 3 days after e": "d is 3 days after e",
    "d != 3 days after e": "d is not 3 days after e",
    "event e count >= 3": """
        event e at least 3 times
        event e >= 3 times
        event e no less than 3 times
        event e count is at least 3
        event e count not less than 3
    """,
    "event e count = 3": """
        event e 3 times
        event e exactly 3 times
        event e count equals 3
    """,
    "event e count > 3": "event e more than 3 times",
    "event e count = 1": """
        event e once
        event e 1 time
        event e exactly once
    """,
    "event e count >= 1": "event e at least once",
    "event e count = 2": "event e twice",
    "event e count < 2": "event e less than twice",
    "event e count = 0": "event e never",
    "event e count = 0 within last 30 days": """
        event e never in the last 30 days
        event e within the last 30 days never
    """,
    "event e where k = v count >= 3 within last 30 days": """
        event e where k = v at least 3 times in the last 30 days
        event e where k = v in the last 30 days at least 3 times
        event e where k = v within last 30 days count >= 3
    """,
    "event e first before 2026-01-31": """
        event e first occurred before 2026-01-31
        event e first happened before 2026-01-31
    """,
    "event e last within last 7 days": "event e last occurred in the last 7 days",
    "event e sum of k >= 10": """
        event e total of k >= 10
        event e sum of k is at least 10
    """,
    "event e average of k > 2": """
        event e avg of k > 2
        event e mean of k more than 2
    """,
    "event e minimum of k < 2": "event e min of k < 2",
    "event e maximum of k < 2": "event e max of k < 2",
    "event e on at least 3 days": """
        event e on at least 3 different days
        event e on no less than 3 distinct days
    """,
    "event a then event b within 7 days": "event a followed by event b within 7 days",
    "tag vip": """
        tag is vip
        tag is 'vip'
        tag = vip
        tag == 'vip'
        has tag 'vip'
        has the tag vip
        tagged with vip
        is tagged with vip
    """,
    "not tag vip": """
        tag is not vip
        tag isn't vip
        tag != vip
        tag <> vip
        does not have tag vip
        doesn't have the tag vip
        not tagged with vip
        is not tagged with vip
        ! tag vip
    """,
    "company tag vip": """
        company tag is vip
        company has tag vip
        company(tag is vip)
    """,
    "not company tag vip": "company tag is not vip",
    "segment k": """
        segment is k
        segment = k
        in segment k
        is in segment k
        in the segment k
    """,
    "not segment k": """
        segment is not k
        segment != k
        not in segment k
        is not in segment k
    """,
    "a = 1 and b != 2 or not c": """
        a == 1 && b <> 2 || !c
        a=1&&b<>2||!c
    """,
    "not (a and b)": "!(a && b)",
}
PAIRS = [
    (wording.strip(), canonical)
    for canonical, wordings in WORDINGS.items()
    for wording in wordings.strip().splitlines()
]

# Words that begin something somewhere, each of which may be a name.
KEYWORDS = """
is in isn within during over between before after on since until of at last next days weeks ago from now unknown has
value exists exist equals equal contains word starts ends then followed where count sum average minimum maximum total
first occurred times once twice never today yesterday tomorrow tag tagged with segment event company any one none more
less exactly no the null empty set true like does doesn
""".split()  # noqa: SIM905


def tree_of(text: str) -> Any:
    syntax, diagnostics = parse(Excerpt.from_text(text, "<rule>"))
    assert diagnostics == [], text
    assert syntax is not None
    return syntax.root


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_its_own_text(form: str) -> None:
    assert text_of(tree_of(form)) == form


@pytest.mark.parametrize(("written", "canonical"), PAIRS)
def test_a_wording_has_a_canonical_text(written: str, canonical: str) -> None:
    for text, meant in ((written, canonical), (f"x and ({written.upper()} or y)", None)):
        tree = tree_of(text)
        again = tree_of(text_of(tree))
        assert text_of(again) == text_of(tree)
        if meant is not None:
            assert text_of(tree) == meant


@pytest.mark.parametrize("word", KEYWORDS)
def test_a_keyword_is_a_name_where_names_stand(word: str) -> None:
    plain = f"`{word}`" if word in ("tag", "segment", "event", "company") else word
    label = f"`{word}`" if word == "is" else word
    for text, names in (
        (f"{plain} = x", ["field"]),
        (f"{plain} between 3 and 7 and {plain} is unknown and not {plain}", ["field"] * 3),
        (f"company.{word} in ({word}, x)", ["field"]),
        (f"x = {word} and x contains {word} and y in (x, {word})", []),
        (f"d before {word} and d between {word} and x and d within 3 days after {word}", ["other"]),
        (f"tag '{word}' and segment {label} or event {label}", ["tag", "key", "event"]),
        (f"event {label} where {plain} = {word} count > 3", ["event", "field"]),
        (f"event {label} sum of {word} > 3", ["event", "key"]),
        (f"event {label} then event {label} where ({plain} > 3)", ["event", "event", "field"]),
    ):
        tree = tree_of(text)
        assert [name for name, said in named(tree) if said == word] == names
        assert tree_of(text_of(tree)) == tree


def named(node: Any) -> list[tuple[str, str]]:
    """Every name in a tree, with the part of its node that it is."""
    found: list[tuple[str, str]] = []
    for part in fields(node):
        value = getattr(node, part.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if type(inner).__name__ == "Name":
                found.append((part.name, inner.text))
            elif is_dataclass(inner) and not isinstance(inner, Span):
                found += named(inner)
    return found


@pytest.mark.parametrize("word", [word for word in KEYWORDS if begins_other(word)])
def test_a_text_that_begins_something_is_quoted_behind_contains_word(word: str) -> None:
    clause = tree_of(f"t contains word '{word}'").clause
    assert (clause.operator, clause.operand.text) == ("contains word", word)
    assert text_of(tree_of(f"t contains word '{word}'")) == f"t contains word '{word}'"


@pytest.mark.parametrize("text", [*FORMS, *(written for written, _ in PAIRS)])
def test_every_node_knows_its_place(text: str) -> None:
    def places(node: Any) -> None:
        assert node.span is not None
        assert node.span.text
        for part in fields(node):
            value = getattr(node, part.name)
            for inner in value if isinstance(value, tuple) else (value,):
                if is_dataclass(inner) and not isinstance(inner, Span):
                    assert node.span.start <= inner.span.start <= inner.span.end <= node.span.end
                    places(inner)

    places(tree_of(text))
