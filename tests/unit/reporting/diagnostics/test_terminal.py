"""Diagnostics on a terminal."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.reporting import diagnostics_text
from intercom_iac.text import SourceFile, Span

FILE = SourceFile("specs/a.yaml", "plan: fre\n名前: 'x'\nlong: " + "y" * 400 + " z\n\x1b[31m: 1\n")


def test_the_line_is_shown_and_underlined() -> None:
    found = Diagnostic("SPEC1", "`fre` is no plan", Span(FILE, 6, 9), "did you mean `free`?")
    assert diagnostics_text([found]) == (
        "error[SPEC1]: `fre` is no plan\n"
        " --> specs/a.yaml:1:7\n"
        "  |\n"
        "1 | plan: fre\n"
        "  |       ^^^\n"
        "  help: did you mean `free`?"
    )


def test_wide_characters_keep_the_mark_under_the_mistake() -> None:
    shown = diagnostics_text(
        [Diagnostic("SPEC1", "x", Span(FILE, FILE.text.index("'x'"), FILE.text.index("'x'") + 3))]
    )
    assert shown.splitlines()[-1] == "  |       ^^^"


def test_a_long_line_is_cut_around_the_mistake() -> None:
    at = FILE.text.index("z")
    shown = diagnostics_text([Diagnostic("SPEC1", "x", Span(FILE, at, at + 1))]).splitlines()
    assert all(len(line) < 180 for line in shown)
    assert shown[-2][shown[-1].index("^")] == "z"


def test_nothing_of_a_file_reaches_the_terminal_as_a_command() -> None:
    at = FILE.text.index("\x1b")
    shown = diagnostics_text([Diagnostic("SPEC1", "odd \x1b[2J", Span(FILE, at, at + 5), "x\x07")])
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_without_a_place_there_is_no_line() -> None:
    assert (
        diagnostics_text([Diagnostic("SPEC1", "none", None, "do", "warning")])
        == "warning[SPEC1]: none\n  help: do"
    )
    assert diagnostics_text([]) == ""


def test_a_second_place_is_a_note() -> None:
    related = (Related(Span(FILE, 0, 4), "the first one stands here"),)
    shown = diagnostics_text([Diagnostic("SPEC1", "x", Span(FILE, 6, 9), related=related)], styled=True)
    assert "the first one stands here" in shown
    assert "\x1b[31m\x1b[1merror[SPEC1]\x1b[0m" in shown


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
    shown = diagnostics_text(
        [Diagnostic("SPEC1", "x", Span(SourceFile("a", text), at, at + 5))]
    ).splitlines()[-1]
    assert shown.index("^") == len("  | ") + columns + len(": ")
