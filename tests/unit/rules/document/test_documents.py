"""A rule as a JSON document: what is read of it, and what is told of one that is not as its format has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Predicate, Schema, Segment
from intercom_iac.rules import encode_rule, read_rule_document
from intercom_iac.text import SourceFile

RULE = (
    "plan = trial and (score > 1 or not vip) and company(seats > 5 and tag `key account`)"
    " and event report_exported where (format = pdf and pages > 3) count >= 2 within last 7 days"
)
Compiled = Callable[[str], tuple[Predicate | None, list[Diagnostic]]]


@pytest.fixture
def document(compiled: Compiled) -> dict[str, Any]:
    rule, _ = compiled(RULE)
    assert rule is not None
    return encode_rule(rule)


def at(document: Any, pointer: str) -> Any:
    """What the pointer leads to."""
    for part in pointer.split("/")[1:]:
        document = document[int(part) if isinstance(document, list) else part]
    return document


def read(text: str, schema: Schema) -> tuple[Predicate | None, list[Diagnostic]]:
    rule, diagnostics = read_rule_document(SourceFile("rule.json", text), schema)
    assert (rule is None) == any(diagnostic.is_error for diagnostic in diagnostics)
    return rule, diagnostics


def test_the_rule_of_a_document_is_the_one_that_was_written(
    document: dict[str, Any], compiled: Compiled, schema: Schema
) -> None:
    assert document["format_version"] == "1.0"
    assert at(document, "/parts/3/where/parts/0/field") == {
        "owner": "event",
        "model": "contact",
        "name": "format",
        "type": "string",
    }
    for indent in (None, 2):
        assert read(json.dumps(document, indent=indent), schema) == compiled(RULE)


def test_what_has_a_default_may_be_left_out_and_a_whole_number_is_any_number(schema: Schema) -> None:
    field = {"owner": "contact", "name": "score", "type": "float"}
    bought = {"node": "Occurrences", "event": "report_exported"}
    more = {"node": "Compares", "field": field, "comparison": ">", "value": 2}
    rule, _ = read(json.dumps({"format_version": "1.0", "node": "And", "parts": [bought, more]}), schema)
    assert rule is not None
    assert encode_rule(rule)["parts"] == [
        {**bought, "where": None, "comparison": ">=", "count": 1, "window": None},
        {**more, "field": {**field, "model": "contact"}, "value": 2.0},
    ]


# Where in the document, what is put there, and the pointer and the message of what is told; the pointer is the place
# itself where it is "".
GONE = object()
MISTAKES: list[tuple[str, Any, str, str]] = [
    ("/format_version", "2.0", "", '`"2.0"` is no version that is read here'),
    ("/format_version", 1.0, "", "`1.0` is no version"),
    ("/format_version", GONE, "root", "`format_version` is missing"),
    ("/node", "Both", "", '`"Both"` is no node that stands here'),
    ("/node", GONE, "root", "`node` is missing"),
    ("/node", ["And"], "", "a list is no node"),
    ("/parts/0/node", "Within", "", "is no node that stands here"),
    ("/parts", {}, "", "a list stands here, not an object"),
    ("/parts", [], "", "the list has 0, and 2 is the least"),
    ("/parts/0", None, "", "an object with a `node` stands here, not `null`"),
    ("/parts/0/value", GONE, "/parts/0", "`value` is missing"),
    ("/parts/0/value", None, "", "stands here, not `null`"),
    ("/parts/0/value", [], "", "a text or a number or true or false stands here, not a list"),
    ("/parts/0/value", "gone", "/parts/0", "has no option `gone`"),
    ("/parts/0/value", 3, "/parts/0", "`plan` has no option `3`"),
    ("/parts/0/vlue", 3, "", "there is no such key"),
    ("/parts/0/field", "plan", "", "an object with `owner`, `name` and `type` stands here"),
    ("/parts/0/field/name", "plam", "/parts/0", "`plam` is not an attribute of a contact"),
    ("/parts/0/field/name", "gone", "/parts/0", "attribute `gone` is archived"),
    (
        "/parts/0/field/type",
        "string",
        "",
        '`"string"` stands here, and against these specs it is `"options"`',
    ),
    ("/parts/0/field", {"owner": "company", "name": "plan", "type": "options"}, "/owner", '`"contact"`'),
    ("/parts/0/field/model", "company", "", "beside the owner `contact` stands `company` here"),
    ("/parts/0/field/more~", 1, "/parts/0/field/more~0", "there is no such key"),
    ("/parts/1/parts/1/part", {"node": "Not"}, "", "no `Not` stands right inside a `Not`"),
    ("/parts/1/node", "And", "/parts/1", "no `And` stands right inside a `And`"),
    ("/parts/1/parts/0/value", True, "", "a number stands here, not `true`"),
    ("/parts/1/parts/0/comparison", "=>", "", "one of `<`, `<=`, `>`, `>=` stands here"),
    ("/parts/2/rule/parts/0/field/name", "seat", "/parts/2/rule/parts/0", "is not an attribute of a company"),
    (
        "/parts/2/rule/parts/0/field",
        {"owner": "contact", "name": "seats", "type": "integer"},
        "/owner",
        "company",
    ),
    ("/parts/2/rule/parts/0/value", 10**30, "/parts/2/rule/parts/0", "is larger than"),
    (
        "/parts/2/rule/parts/1",
        {"node": "SomeCompany", "rule": {"node": "Tagged", "tag": "a"}},
        "/rule",
        "place",
    ),
    ("/parts/3/event", "report", "/parts/3", "event `report` is not declared"),
    ("/parts/3/count", -1, "", "`-1` is less than 0"),
    ("/parts/3/count", 1.5, "", "a whole number stands here, not `1.5`"),
    ("/parts/3/window/days", 10**6, "/parts/3", "is too far away"),
    (
        "/parts/3/window",
        {"node": "Calendar", "comparison": "<", "day": "2026-02-30"},
        "/day",
        "a day such as",
    ),
    ("/parts/3/window", {"node": "Calendar", "comparison": "<", "day": "20260228"}, "/day", "a day such as"),
    ("/parts/3/where/parts/1/field/name", "page", "/parts/3/where/parts/1", "has no metadata key `page`"),
    ("/parts/3/where/parts/1/field/type", "string", "", '`"integer"`'),
]


@pytest.mark.parametrize(("pointer", "value", "place", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_pointer_and_its_place(
    document: dict[str, Any], schema: Schema, pointer: str, value: Any, place: str, message: str
) -> None:
    parent, _, key = pointer.rpartition("/")
    holder = at(document, parent)
    if value is GONE:
        del holder[key]
    else:
        holder[int(key) if isinstance(holder, list) else key] = value
    _, diagnostics = read(json.dumps(document, indent=1), schema)
    (mistake,) = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    assert message in mistake.message
    where = mistake.message.partition(": ")[0]
    if place == "root":
        assert where == "at the root"
    elif place in ("/rule", "/day", "/owner"):
        assert where.startswith(f"at `{pointer}{place}")
    else:
        assert where == f"at `{place or pointer}`"
    assert mistake.span is not None
    assert mistake.span.file.path == "rule.json"
    assert mistake.fix is None


def test_all_mistakes_are_told_in_one_run(document: dict[str, Any], schema: Schema) -> None:
    at(document, "/parts/0/field")["name"] = "plam"
    at(document, "/parts/1/parts/0")["comparison"] = "=>"
    at(document, "/parts/3")["event"] = "report"
    at(document, "/parts/3/where/parts/0/field")["name"] = (
        "forma"  # of an event that there is not: not looked at
    )
    _, diagnostics = read(json.dumps(document), schema)
    assert [diagnostic.message.partition(":")[0] for diagnostic in diagnostics] == [
        "at `/parts/1/parts/0/comparison`",
        "at `/parts/0`",
        "at `/parts/3`",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is no JSON"),
        ("nothing", "this is no JSON"),
        ('{"node": NaN}', "JSON has no `NaN`"),
        ('{"node": -Infinity}', "JSON has no `-Infinity`"),
        ('{"node": 1e999}', "`1e999` is beyond every number"),
        (f'{{"node": {"9" * 5000}}}', "a number of too many digits"),
        ('{"node": "\\ud800"}', "half a character"),
        ("[" * 100_000, "nested too deep"),
        ("[" * 500 + "]" * 500, "a rule is an object"),
        ("7", "a rule is an object"),
        (
            '{"format_version": "1.0", "a": {"b": 1, "b": 2}}',
            "at `/a/b`: the key stands in this object more than once",
        ),
    ],
)
def test_what_is_no_document_at_all(text: str, message: str, schema: Schema) -> None:
    rule, (mistake,) = read(text, schema)
    assert rule is None
    assert message in mistake.message
    assert mistake.code == "PARSE220"


@pytest.mark.parametrize(
    ("levels", "message"), [(99, None), (149, "nested"), (151, "150 levels"), (300, "150")]
)
def test_a_document_of_many_levels(levels: int, message: str | None, schema: Schema) -> None:
    rule: dict[str, Any] = {"node": "Tagged", "tag": "a"}
    for level in range(levels):
        other = {"node": "Tagged", "tag": "b"}
        rule = {"node": "Or" if level % 2 else "And", "parts": [other, rule]}
    found, diagnostics = read(json.dumps({"format_version": "1.0", **rule}), schema)
    if message is None:
        assert found is not None
    else:
        assert message in diagnostics[0].message


def test_a_document_of_too_many_tests(schema: Schema) -> None:
    tags = [{"node": "Tagged", "tag": f"the {number}th"} for number in range(12_000)]
    _, (mistake,) = read(json.dumps({"format_version": "1.0", "node": "Or", "parts": tags}), schema)
    assert "more than 10,000 nodes" in mistake.message
    _, (mistake,) = read(json.dumps({"format_version": "1.0", "node": "Or", "parts": tags[:9_000]}), schema)
    assert mistake.message.startswith("at the root: the rule has ")


def test_of_many_mistakes_the_first_are_told(schema: Schema) -> None:
    for wrong in ({"node": "Tagged"}, {"node": "InSegment", "segment": "x"}):
        text = json.dumps({"format_version": "1.0", "node": "Or", "parts": [wrong] * 500})
        assert len(read(text, schema)[1]) == 20


def test_a_segment_is_the_one_of_the_specs(compiled: Compiled, schema: Schema) -> None:
    rule, _ = compiled("plan = trial")
    assert rule is not None
    segment = Segment("on_trial", "On trial", "plan = trial", rule, ("tag",))
    known = Schema(schema.attributes, schema.events, {"on_trial": segment})
    document = {"format_version": "1.0", "node": "InSegment", "segment": "on_trial"}
    found, _ = read(json.dumps(document), known)
    assert found is not None
    whole = encode_rule(found)
    assert whole["rule"]["value"] == "trial"
    assert read(json.dumps(whole), known)[0] == found
    whole["rule"]["value"] = "free"
    _, (mistake,) = read(json.dumps(whole), known)
    assert mistake.message.startswith('at `/rule/value`: `"free"` stands here')


def test_warnings_stand_in_the_text_of_the_rule(compiled: Compiled, schema: Schema) -> None:
    rule, _ = compiled("old = 'x'")
    assert rule is not None
    found, (warning,) = read(json.dumps(encode_rule(rule)), schema)
    assert found == rule
    assert warning.span is not None
    assert warning.span.text == "old"


NEW = (
    "trial_end_date between yesterday and 2026-01-31 and event report_exported where shared sum of pages >= 3"
    " and event report_exported where format = pdf then event report_exported where pages > 3 within 7 days"
    " and trial_end_date within 3 days after signed_up_at and feature_usage between 3 and 7"
)


@pytest.mark.parametrize(
    ("pointer", "value", "place", "message"),
    [
        ("/parts/0/test/first", -1.5, "/parts/0/test/first", "a whole number or a day"),
        ("/parts/0/test/first", 40_000, "/parts/0", "too far away"),
        ("/parts/1/key/name", "format", "/parts/1", "`sum of` takes a number"),
        ("/parts/1/key/name", "page", "/parts/1", "`page`"),
        ("/parts/1/function", "median", "/parts/1/function", "one of `average`"),
        ("/parts/2/then", "exported", "/parts/2", "event `exported` is not declared"),
        ("/parts/2/then_where/field/name", "page", "/parts/2/then_where", "has no metadata key `page`"),
        ("/parts/2/where/field/name", "page", "/parts/2/where", "has no metadata key `page`"),
        ("/parts/3/test/other/name", "plan", "/parts/3", "`plan`"),
        ("/parts/3/test/other/owner", "company", "/parts/3/test/other/model", "beside the owner"),
        ("/parts/4/last", "7", "/parts/4/last", "a number stands here"),
    ],
)
def test_mistakes_in_what_reads_several_fields_days_and_events(
    compiled: Compiled, schema: Schema, pointer: str, value: Any, place: str, message: str
) -> None:
    rule, _ = compiled(NEW)
    assert rule is not None
    document = encode_rule(rule)
    assert read(json.dumps(document), schema)[0] == rule
    parent, _, key = pointer.rpartition("/")
    at(document, parent)[key] = value
    (mistake, *_) = read(json.dumps(document), schema)[1]
    assert mistake.message.startswith(f"at `{place}`")
    assert message in mistake.message
