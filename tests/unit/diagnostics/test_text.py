"""Diagnostics as people read them."""

from __future__ import annotations

import json

import pytest

from intercom_iac.diagnostics import Diagnostic, Related, in_order, render
from intercom_iac.text import SourceFile, Span, did_you_mean, json_text, near, printable

FILE = SourceFile("specs/a.yaml", "plan: fre\n名前: 'x'\nlong: " + "y" * 400 + " z\n\x1b[31m: 1\n")


def test_the_line_is_shown_and_underlined() -> None:
    found = Diagnostic("SPEC1", "`fre` is no plan", Span(FILE, 6, 9), "did you mean `free`?")
    assert render([found]) == (
        "error[SPEC1]: `fre` is no plan\n"
        " --> specs/a.yaml:1:7\n"
        "  |\n"
        "1 | plan: fre\n"
        "  |       ^^^\n"
        "  help: did you mean `free`?"
    )


def test_wide_characters_keep_the_mark_under_the_mistake() -> None:
    shown = render([Diagnostic("SPEC1", "x", Span(FILE, FILE.text.index("'x'"), FILE.text.index("'x'") + 3))])
    assert shown.splitlines()[-1] == "  |       ^^^"


def test_a_long_line_is_cut_around_the_mistake() -> None:
    at = FILE.text.index("z")
    shown = render([Diagnostic("SPEC1", "x", Span(FILE, at, at + 1))]).splitlines()
    assert all(len(line) < 180 for line in shown)
    assert shown[-2][shown[-1].index("^")] == "z"


def test_nothing_of_a_file_reaches_the_terminal_as_a_command() -> None:
    at = FILE.text.index("\x1b")
    shown = render([Diagnostic("SPEC1", "odd \x1b[2J", Span(FILE, at, at + 5), "x\x07")])
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_without_a_place_there_is_no_line() -> None:
    assert render([Diagnostic("SPEC1", "none", None, "do", "warning")]) == "warning[SPEC1]: none\n  help: do"
    assert render([]) == ""


def test_a_second_place_is_a_note() -> None:
    related = (Related(Span(FILE, 0, 4), "the first one stands here"),)
    shown = render([Diagnostic("SPEC1", "x", Span(FILE, 6, 9), related=related)], colour=True)
    assert "the first one stands here" in shown
    assert "\x1b[1;31merror[SPEC1]\x1b[0m" in shown


def test_they_are_sorted_by_file_and_place_and_said_once() -> None:
    other = SourceFile("specs/0.yaml", "a\nb\n")
    late = Diagnostic("SPEC2", "x", Span(FILE, 9, 9))
    early = Diagnostic("SPEC9", "x", Span(FILE, 2, 3))
    first = Diagnostic("SPEC5", "x", Span(other, 2, 3))
    anywhere = Diagnostic("SPEC7", "x")
    assert in_order([late, early, first, early, anywhere]) == [anywhere, first, early, late]


def test_as_data_they_have_all_places() -> None:
    data = Diagnostic("SPEC1", "x", Span(FILE, 6, 9), related=(Related(Span(FILE, 0, 4), "y"),)).as_json()
    assert (data["file"], data["line"], data["column"], data["end_line"], data["end_column"]) == (
        "specs/a.yaml",
        1,
        7,
        1,
        10,
    )
    assert data["related"][0]["label"] == "y"
    assert Diagnostic("SPEC1", "x").as_json()["line"] is None


def test_a_near_name_is_found_in_any_case() -> None:
    assert near("Plan_Typ", ["plan_type", "seats"]) == "plan_type"
    assert did_you_mean("descripton", ["description", "options"]) == "did you mean `description`?"
    assert did_you_mean("xyz", ["description"]) is None


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("กั", 1),  # a mark above, which is of no combining class
        ("कि", 2),  # a vowel that takes a column of its own
        ("e\u0301", 1),
        ("名前", 4),
        ("❤️", 2),  # a sign that is drawn as an emoji
        ("\t", 1),
    ],
)
def test_the_mark_stands_under_the_mistake_whatever_stands_before_it(before: str, columns: int) -> None:
    text = f"{before}: wrong\n"
    at = text.index("wrong")
    shown = render([Diagnostic("SPEC1", "x", Span(SourceFile("a", text), at, at + 5))]).splitlines()[-1]
    assert shown.index("^") == len("  | ") + columns + len(": ")


def test_what_is_drawn_as_nothing_is_spelled_out_and_what_an_emoji_needs_is_not() -> None:
    for each, spelled in (
        ("\U0001d159", "\\U0001d159"),
        ("\U00016fe4", "\\U00016fe4"),
        ("\ufdd0", "\\ufdd0"),
        ("\ufe00", "\\ufe00"),
        ("\U000e0101", "\\U000e0101"),
        ("\u180b", "\\u180b"),
    ):
        assert printable(f"a{each}b") == f"a{spelled}b"
        assert json.loads(json_text({"a": f"a{each}b"})) == {"a": f"a{each}b"}
        assert each not in json_text([f"a{each}b", each])
    assert printable("❤\ufe0f 葛\U000e0100") == "❤\ufe0f 葛\U000e0100"
