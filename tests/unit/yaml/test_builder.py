"""YAML text -> nodes: what values mean, and what is refused where other readers keep quiet."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest
import yaml

from intercom_iac.text import SourceFile
from intercom_iac.yaml import builder
from intercom_iac.yaml.nodes import Mapping, Node, Scalar, Sequence


def build(text: str) -> tuple[Node | None, list[str]]:
    node, diagnostics = builder.build(SourceFile("x.yaml", text))
    return node, [
        f"{diagnostic.span.line}:{diagnostic.span.column} {diagnostic.code}"
        for diagnostic in diagnostics
        if diagnostic.span
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("NULL", None),
        ("none", "none"),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("-12", -12),
        ("+7", 7),
        ("1_000", "1_000"),
        ("0b101", "0b101"),
        ("12:30:45", "12:30:45"),
        ("12e3", 12000.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e", "1e"),
        ("+", "+"),
        ("-.inf", -math.inf),
        (".INF", math.inf),
        ("2026-01-31", "2026-01-31"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
        ("'~'", "~"),
        ("9" * 30, int("9" * 30)),
        ("9" * 5_000, "9" * 5_000),
        ("0x" + "f" * 3_900, "0x" + "f" * 3_900),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, value: Any) -> None:
    node, mistakes = build(f"key: {text}\n")
    assert mistakes == (["1:6 SPEC117"] if text.startswith("!") else [])
    assert isinstance(node, Mapping)
    assert node.data == {"key": value}
    assert type(node.data["key"]) is type(value)


def test_not_a_number_is_a_number() -> None:
    node, _ = build("key: .nan\n")
    assert isinstance(node, Mapping)
    assert math.isnan(node.data["key"])


def test_keys_are_text() -> None:
    node, mistakes = build("no: 1\n012: 2\ntrue: 3\n'x y': 4\n1.5: 5\n~: 6\n")
    assert mistakes == []
    assert node is not None
    assert list(node.data) == ["no", "012", "true", "x y", "1.5", "~"]


def test_a_key_twice_shows_both_places() -> None:
    file = SourceFile("x.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n")
    node, diagnostics = builder.build(file)
    [twice] = diagnostics
    assert (str(twice.span), twice.code) == ("x.yaml:4:3", "SPEC112")
    assert [str(related.span) for related in twice.related] == ["x.yaml:2:3"]
    assert node is not None
    assert node.data == {"a": {"b": 1, "c": 2}}


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("a: 1\n---\nb: 2\n", ["2:1 SPEC113"]),
        ("a: *x\n", ["1:4 SPEC114"]),
        ("a: &x [1, *x]\n", ["1:11 SPEC114"]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", ["3:3 SPEC116"]),
        ("a: !!str 1\n", ["1:4 SPEC117"]),
        ("a: !custom {b: 1}\n", ["1:4 SPEC117"]),
        ("!t a: 1\n", ["1:1 SPEC117"]),
        ("a: {{ name }}: 1\n", ["1:5 SPEC118"]),
        ("{{ name }}: 1\n", ["1:1 SPEC118"]),
        ("? [a, b]\n: 1\n", ["1:3 SPEC118"]),
        ("? {a: b}\n: {c: d}\ne: 1\n", ["1:3 SPEC118"]),
        (": 1\n", ["1:1 SPEC110"]),
        ("'': 1\n", ["1:1 SPEC118"]),
        ("a: " + "[" * 40 + "]" * 40, ["1:33 SPEC119"]),
        ("a:\n\tb: 1\n", ["2:1 SPEC111"]),
        ("a:\n  b: |\n\t x\n", ["3:1 SPEC111"]),
        ("a: 'b\nc: d\n", ["1:4 SPEC110"]),
        ("a: [1, 2\nb: 3\n", ["1:4 SPEC110"]),
        ("a: {b: 1\n", ["1:4 SPEC110"]),
        ("a: b: c\n", ["1:5 SPEC110"]),
        ("a: 1\nb\nc: 2\n", ["2:1 SPEC110"]),
        ("a: 1\n  b: 2\n", ["2:4 SPEC110"]),
        ("  a: 1\nb: 2\n", ["2:1 SPEC110"]),
        ("a: @b\n", ["1:4 SPEC110"]),
        ("a: %b\n", ["1:4 SPEC110"]),
        ('a: "\\q"\n', ["1:5 SPEC110"]),
        ("a: - b\n", ["1:4 SPEC110"]),
        ("%YAML 3.0\n---\na: 1\n", ["1:1 SPEC110"]),
    ],
)
def test_what_is_not_in_the_format_is_refused_where_it_stands(text: str, mistakes: list[str]) -> None:
    assert build(text)[1] == mistakes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("%FOO bar\n---\na: 1\n", "this line is not understood"),
        ("%YAML 1.1 x\n---\na: 1\n", "this line is not understood"),
        ("%", "this line is not understood"),
        ("%YAML 1.2\na: 1\n", "this does not belong to what stands above it"),
        ("a: 1\n...\nb: 2\n", "this does not belong to what stands above it"),
        ("a: !foo!bar 1\n", "this `!` starts a YAML tag that cannot be read"),
        ("a: !<x y\n", "this `!` starts a YAML tag that cannot be read"),
        ("a: & b\n", "an anchor or an alias has no name here"),
        ("a: *\n", "an anchor or an alias has no name here"),
        ("a: |0\n  x\n", "what stands behind `|` or `>` is not understood"),
        ("a: |x\n  x\n", "what stands behind `|` or `>` is not understood"),
        ('a: "\\ud800"\n', "this escape stands for no character"),
        (": 1\n", "a key is missing before this `:`"),
    ],
)
def test_the_parsers_own_words_reach_nobody(text: str, message: str) -> None:
    _, [wrong] = builder.build(SourceFile("x.yaml", text))
    assert wrong.message == message
    assert wrong.hint


def test_a_merge_key_in_quotes_is_a_key() -> None:
    assert build("'<<': 1\n")[1] == []


def test_what_a_merge_key_brings_along_is_not_missing() -> None:
    node, mistakes = build("a: &a {b: 1, c: 2}\nd:\n  <<: [*a]\n  c: 3\n")
    assert mistakes == ["3:3 SPEC116"]
    assert node is not None
    assert node.data["d"] == {"b": 1, "c": 3}


def test_anchors_and_aliases_repeat_values() -> None:
    node, mistakes = build("a: &x [1, 2]\nb: *x\nc: &y text\nd: *y\n")
    assert mistakes == []
    assert node is not None
    assert node.data == {"a": [1, 2], "b": [1, 2], "c": "text", "d": "text"}


def test_aliases_that_explode_are_stopped_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, below in zip("bcdefghij", "abcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n"
    begin = time.perf_counter()
    node, mistakes = build(bomb)
    assert node is None
    assert mistakes == ["4:36 SPEC115"]
    assert time.perf_counter() - begin < 1


def test_many_small_aliases_are_fine() -> None:
    node, mistakes = build("a: &a growth\nb: [" + ", ".join(["*a"] * 5_000) + "]\n")
    assert mistakes == []
    assert node is not None
    assert len(node.data["b"]) == 5_000


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_a_file_without_anything_has_no_mistake(text: str) -> None:
    node, mistakes = build(text)
    assert mistakes == []
    assert node is None or node.data is None


def _shape(node: Node | None) -> Any:
    match node:
        case Scalar():
            return (node.data, node.style, node.start, node.end)
        case Sequence():
            return [_shape(item) for item in node.items]
        case Mapping():
            return {key: (start, end, _shape(value)) for key, (start, end, value) in node.entries.items()}
        case None:
            return None


def test_without_libyaml_the_nodes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        'é: "😀 \\u00e9"\r\n'
        "list: [a, 'b''c', {d: no}]\r\n"
        "block: |\r\n  one\r\n  two\r\n\r\nfolded: >-\r\n  three\r\n  four\r\nlast: x # c\r\n"
    )
    fast = builder.build(SourceFile("x", text))
    monkeypatch.setattr(builder, "PARSER", yaml.SafeLoader)
    slow = builder.build(SourceFile("x", text))
    assert fast[1] == slow[1] == []
    assert _shape(fast[0]) == _shape(slow[0])
