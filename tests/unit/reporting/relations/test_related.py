"""What is proved, as text, JSON and a page, from verdicts of the test's own."""

from __future__ import annotations

import json
import re
from datetime import date

import click
import html5lib
import jsonschema
import pytest

from intercom_iac.model import Attribute, DataType, Person, Predicate, Schema
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover import (
    Matrix,
    NamedRule,
    PairRelation,
    RelatedPair,
    RelatedRule,
    RelatedSegments,
    RuleRelation,
    Satisfiable,
    Unknown,
    Unsatisfiable,
    Witness,
    clause_text,
    relate_schema,
)
from intercom_iac.reporting import related_html, related_json, related_json_parts, related_text
from intercom_iac.reporting.relations.words import relation_label
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt, SourceFile, json_text

ATTRIBUTES = {
    "plan": DataType.STRING,
    "seats": DataType.INTEGER,
    "trial_end": DataType.DATE,
    "signed": DataType.DATE,
}
SCHEMA = Schema(
    attributes={
        ("contact", name): Attribute(model="contact", name=name, type=type_)
        for name, type_ in ATTRIBUTES.items()
    }
)
WORLD = World(first=date(2026, 3, 14), zone="Europe/Dublin", without=frozenset({Assumption.SHORT_TEXTS}))
NOBODY = Unsatisfiable()


def rule(text: str, name: str = "<rule>") -> Predicate:
    found, diagnostics = compile_rule(Excerpt.from_text(text, name), SCHEMA)
    assert found is not None, diagnostics
    return found


def somebody(**values: object) -> Satisfiable:
    contact = {"id": "1", "email": "ada@example.com", "custom_attributes": values}
    return Satisfiable(Witness(today=WORLD.first, zone=WORLD.zone, person=Person(contact)))


def related(text: str, inside: object, outside: object) -> RelatedRule:
    return RelatedRule(NamedRule("the rule", rule(text)), RuleRelation(inside, outside), WORLD)


def text_of(value: RelatedRule | RelatedPair | RelatedSegments, width: int = 100) -> list[str]:
    return [line.rstrip() for line in click.unstyle(related_text(value, width)).splitlines()]


NEVER_TEXT = "signed before 2026-01-01 and signed within last 30 days"
NEVER_RULE = rule(NEVER_TEXT)
assert isinstance(NEVER_RULE, And)
NEVER = RelatedRule(
    NamedRule("the rule", NEVER_RULE),
    RuleRelation(Unsatisfiable(NEVER_RULE.parts, last_day=date(2026, 1, 30)), somebody(plan="pro")),
    WORLD,
)


def test_a_conflict_is_underlined_where_it_stands() -> None:
    assert text_of(NEVER) == [
        "never, from 2026-01-31 on: nobody can satisfy the rule",
        "",
        "  satisfies it  nobody",
        "  does not      ada@example.com with no signed, on 2026-03-14",
        "",
        "these clauses together leave nobody",
        " --> <rule>:1:1",
        "  |",
        f"1 | {NEVER_TEXT}",
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "",
        "proved for every day from 2026-03-14 on, days in Europe/Dublin",
    ]


def test_a_conflict_is_json_with_its_places() -> None:
    told = related_json(NEVER)
    jsonschema.validate(told, relate_schema())
    assert told["relation"] == "never"
    assert told["never_from"] == "2026-01-31"
    assert told["conflict"] == [
        {"text": "signed before 2026-01-01", "file": "<rule>", "line": 1, "column": 1},
        {"text": "signed within last 30 days", "file": "<rule>", "line": 1, "column": 30},
    ]
    assert told["witnesses"]["in"] is None
    assert told["witnesses"]["out"]["contact"]["email"] == "ada@example.com"
    assert (told["today"], told["on_day"], told["timezone"]) == ("2026-03-14", None, "Europe/Dublin")
    assert told["without"] == ["short_texts"]


def test_clauses_of_several_lines_and_files_stand_below_each_other() -> None:
    lines = "seats > 5\n  and seats < 3 and seats = 4"
    first = rule(lines, "<first rule>")
    second = rule("seats < 2", "<second rule>")
    assert isinstance(first, And)
    pair = RelatedPair(
        NamedRule("the first rule", first),
        NamedRule("the second rule", second),
        PairRelation(Unsatisfiable((*first.parts, second)), somebody(seats=6), somebody(seats=1)),
        WORLD,
    )
    told = text_of(pair)
    assert told[0] == "disjoint: nobody satisfies both the first rule and the second rule"
    at = told.index("nobody is in both, by these clauses")
    assert told[at + 1 :] == [
        " --> <first rule>:1:1",
        "  |",
        "1 | seats > 5",
        "  | ^^^^^^^^^",
        " --> <first rule>:2:7",
        "  |",
        "2 |   and seats < 3 and seats = 4",
        "  |       ^^^^^^^^^     ^^^^^^^^^",
        " --> <second rule>:1:1",
        "  |",
        "1 | seats < 2",
        "  | ^^^^^^^^^",
    ]


@pytest.mark.parametrize("width", [60, 100])
def test_a_very_long_line_is_not_drawn(width: int) -> None:
    clauses = " or ".join(f"seats = {number}" for number in range(30))
    long = rule(clauses)
    told = text_of(
        RelatedRule(NamedRule("it", long), RuleRelation(Unsatisfiable((long,)), NOBODY), WORLD), width
    )
    assert "these clauses together leave nobody" not in told
    assert any("this clause leaves nobody" in line for line in told)
    assert not any("^" in line for line in told)


def test_a_denied_group_is_told_in_words_and_shown_where_it_stands() -> None:
    group = rule("not (seats > 5 or plan = pro)")
    denied = Not(rule("seats > 5"))
    assert isinstance(group, Not)
    assert clause_text(denied) == "not seats > 5"
    told = related_json(related("seats > 5", Unsatisfiable((denied,)), somebody(seats=2)))
    assert told["conflict"] == [{"text": clause_text(denied), "file": "<rule>", "line": 1, "column": 1}]


def test_what_stands_nowhere_has_no_place() -> None:
    clause = And(parts=rule("seats > 5 and seats < 3").parts)
    told = related_json(related("seats > 5", Unsatisfiable((clause,)), somebody(seats=2)))
    assert told["conflict"] == [
        {"text": "seats > 5 and seats < 3", "file": None, "line": None, "column": None}
    ]
    jsonschema.validate(told, relate_schema())


def test_what_is_not_known_says_why_and_where() -> None:
    open_ = Unknown("the search took too many steps", rule("plan contains x", "<first rule>"))
    pair = RelatedPair(
        NamedRule("the first rule", rule("plan contains x")),
        NamedRule("the second rule", rule("plan contains y")),
        PairRelation(open_, open_, somebody(plan="y")),
        WORLD,
    )
    told = text_of(pair)
    assert told[0].startswith("unknown: it is not known how the first rule and the second rule stand")
    assert "  in both                  not known" in told
    assert told[told.index("what is not known comes from this clause") + 1] == " --> <first rule>:1:1"
    data = related_json(pair)
    jsonschema.validate(data, relate_schema())
    assert data["reason"] == "the search took too many steps"
    assert data["clause"] == {"text": "plan contains x", "file": "<first rule>", "line": 1, "column": 1}


@pytest.mark.parametrize(
    ("both", "first", "second", "sentence"),
    [
        (1, 0, 0, "equivalent: A and B select the same people"),
        (0, 0, 0, "equivalent: nobody can satisfy A, nor B"),
        (1, 0, 1, "narrower: whoever satisfies A satisfies B, and not the other way round"),
        (0, 0, 1, "narrower: nobody can satisfy A, so that it is inside B"),
        (1, 1, 0, "wider: whoever satisfies B satisfies A, and not the other way round"),
        (0, 1, 0, "wider: nobody can satisfy B, so that it is inside A"),
        (1, 1, 1, "overlapping: some people satisfy A and B, and some each of them alone"),
        (0, 1, 1, "disjoint: nobody satisfies both A and B"),
    ],
)
def test_each_relation_is_a_sentence_and_a_page(both: int, first: int, second: int, sentence: str) -> None:
    verdicts = [somebody(seats=1) if each else NOBODY for each in (both, first, second)]
    a, b = NamedRule("A", rule("seats > 5")), NamedRule("B", rule("seats > 3"))
    pair = RelatedPair(a, b, PairRelation(*verdicts), WORLD)
    assert text_of(pair, 120)[0] == sentence
    data = related_json(pair)
    jsonschema.validate(data, relate_schema())
    assert data["relation"] == sentence.partition(":")[0]
    assert [data["witnesses"][side] is not None for side in ("both", "first_only", "second_only")] == [
        bool(both),
        bool(first),
        bool(second),
    ]
    page = html5lib.parse(related_html(pair), namespaceHTMLElements=False)
    shapes = [
        found for found in page.iter("{http://www.w3.org/2000/svg}g") if "shape" in found.get("class", "")
    ]
    assert len(shapes) == (0 if not both and not (first and second) else 1 if not (first or second) else 2)


def test_the_label_has_the_day_only_where_it_is_never() -> None:
    assert relation_label(NEVER.relation) == "never, from 2026-01-31 on"
    assert relation_label(related("seats > 1", NOBODY, somebody()).relation) == "never"
    assert relation_label(related("seats > 1", somebody(seats=2), NOBODY).relation) == "always"


# --- segments -----------------------------------------------------------------------------------------------


def segments(count: int, name: str = "segment") -> RelatedSegments:
    """Segments of which each is inside the one before it; the last is never satisfied."""
    rules = {f"{name}_{n}": rule(f"seats > {n}", "specs/a.yaml") for n in range(count)}
    keys = list(rules)
    empty = {key: key == keys[-1] and count > 2 for key in keys}
    return RelatedSegments(
        rules,
        Matrix(
            rules={
                key: RuleRelation(NOBODY if empty[key] else somebody(seats=n + 1), somebody(seats=n))
                for n, key in enumerate(keys)
            },
            pairs={
                (first, second): PairRelation(
                    NOBODY if empty[second] else somebody(seats=99), somebody(seats=at + 1), NOBODY
                )
                for at, first in enumerate(keys)
                for second in keys[at + 1 :]
            },
        ),
        WORLD,
    )


def test_few_segments_are_a_grid_in_text() -> None:
    assert text_of(segments(3)) == [
        "3 segments, 3 pairs: 3 one inside the other",
        "",
        "             1 2 3",
        "1  segment_0   > >",
        "2  segment_1 <   >",
        "3  segment_2 < <",
        "",
        "             < inside that of the column   > around that of the column",
        "",
        "Nobody can be in",
        "  segment_2",
        "",
        "One inside another",
        "  segment_1 < segment_0",
        "",
        "`segment relate A B` shows the people who tell two of them apart",
    ]
    assert "1  segment_0   > >" not in text_of(segments(60), 100)


def test_many_segments_are_json_and_one_page() -> None:
    many = segments(12)
    data = related_json(many)
    jsonschema.validate(data, relate_schema())
    assert [segment["key"] for segment in data["segments"]] == list(many.rules)
    assert len(data["pairs"]) == 66
    for each in (many, segments(0), many.pair("segment_0", "segment_5")):
        assert "".join(related_json_parts(each)) == f"{json_text(related_json(each))}\n"
    page = related_html(many)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    [grid] = [found for found in tree.iter("table") if found.get("class") == "grid"]
    assert len(list(grid.iter("tr"))) == 13
    anchors = {found.get("id") for found in tree.iter() if found.get("id")}
    links = {found.get("href", "").removeprefix("#") for found in tree.iter("a")}
    assert links <= anchors
    assert "<script" not in page
    assert json.dumps("ada@example.com with seats = 1")[1:-1] in page


def test_a_page_of_very_many_tells_what_is_not_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intercom_iac.reporting.relations.html._MOST_PAIRS", 2)
    monkeypatch.setattr("intercom_iac.reporting.relations.html._LARGEST_GRID", 3)
    assert 'class="grid"' in related_html(segments(3))
    page = related_html(segments(4))
    assert 'class="grid"' not in page
    assert "could not be read" in page


def test_hostile_names_do_nothing_on_the_page() -> None:
    hostile = segments(3, name='<img src=x onerror="alert(1)">`\u202e')
    page = related_html(hostile)
    assert "<img" not in page
    assert "\u202e" not in page
    assert not re.search(r"\u202e", "\n".join(text_of(hostile)))


def test_a_place_in_a_file_is_one() -> None:
    assert isinstance(NEVER_RULE.parts[0].span.file, SourceFile)
