"""A comma that ends a text between brackets: told as that, with the text in quotes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.scalar_edits import quoted_text

Load = Callable[..., Loaded]

PLAN = "version: 1\nattributes: {contact: {tier: {type: options, options: [free, pro, team]}}}\n"


@pytest.mark.parametrize(
    ("segment", "whole"),
    [
        ("{name: Known, rule: tier in (free, pro)}", "tier in (free, pro)"),
        ("{rule: tier in (free, pro), name: Known}", "tier in (free, pro)"),
        (
            "{rule: tier in (free, pro, team) and email is unknown}",
            "tier in (free, pro, team) and email is unknown",
        ),
        ("{rule: tier in (free, pro, pro, pro)}", "tier in (free, pro, pro, pro)"),
        ("{rule: tier in (free,\n    pro), owner: x}", "tier in (free, pro)"),
        ("{rule: tier in ('free', 'pro'), owner: x}", "tier in ('free', 'pro')"),
        ('{rule: tier in ("free", "pro")}', 'tier in ("free", "pro")'),
        ("{rule: tier in (free, 'pro') or tier = team, owner: x}", "tier in (free, 'pro') or tier = team"),
    ],
)
def test_in_a_rule(loaded: Load, segment: str, whole: str) -> None:
    text = f"{PLAN}segments:\n  known: {segment}\n"
    wrong = [diagnostic for diagnostic in loaded(text).diagnostics if diagnostic.code != "SPEC134"]
    [comma] = wrong
    assert (comma.code, comma.is_error) == ("SPEC155", True)
    assert comma.span is not None
    assert comma.span.text == ","
    assert comma.hint == f"put the text in quotes: `rule: {quoted_text(whole)}`"
    # What the hint says is what works.
    right = loaded(f"{PLAN}segments:\n  known: {{rule: {quoted_text(whole)}}}\n")
    assert not right.errors


def test_in_a_description_and_in_a_list(loaded: Load) -> None:
    found = loaded(
        "version: 1\nattributes:\n  contact:\n"
        "    tier: {type: options, description: Free, or paid, options: [up to 3 (a, b), more]}\n"
        "    seats: {type: integer, description: How many (paid, or not), owner: growth}\n"
    )
    assert [diagnostic.hint for diagnostic in found.diagnostics] == [
        'put the text in quotes: `description: "Free, or paid"`',
        'put the text in quotes: `"up to 3 (a, b)"`',
        'put the text in quotes: `description: "How many (paid, or not)"`',
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("events: {e: {description: x, owner}}", []),
        ("events: {e: {owner}}", []),
        ("attributes: {contact: {a: {type: string, messenger_writable}}}", ["SPEC120"]),
        ("attributes: {contact: {a: {type: options, options: [':(', ':)']}}}", []),
        ("attributes: {contact: {a: {type: options, options: [a (b), (c) d]}}}", []),
        ("attributes: {contact: {a: {type: options, options: [a (b, c]}}}", []),
    ],
)
def test_what_is_no_torn_text_is_told_as_before(loaded: Load, text: str, codes: list[str]) -> None:
    assert [diagnostic.code for diagnostic in loaded(f"version: 1\n{text}\n").errors] == codes


def test_quotes_are_those_that_need_no_escapes() -> None:
    for text in ("a", "it's", 'a "b"', "\\d", "'a' \"b\""):
        root, _ = build(SourceFile("x", f"k: {quoted_text(text)}\n"))
        assert root is not None
        assert root.data == {"k": text}


def test_many_of_them_are_found_in_time(loaded: Load) -> None:
    found = loaded("version: 1\na: [" + "(, " * 20_000 + "]\nb: {c: d, " + "e, " * 20_000 + "}\n")
    assert found.errors
    assert loaded("version: 1\nb: {" + "a: x, " * 20_000 + "'y')}\n").errors
