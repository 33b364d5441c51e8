"""Diagnostics as values: their order and their data."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic, Related, sort_diagnostics
from intercom_iac.text import SourceFile, Span

FILE = SourceFile("specs/a.yaml", "plan: fre\nseats: 3\n")


def test_they_are_sorted_by_file_and_place_and_said_once() -> None:
    other = SourceFile("specs/0.yaml", "a\nb\n")
    late = Diagnostic("SPEC2", "x", Span(FILE, 9, 9))
    early = Diagnostic("SPEC9", "x", Span(FILE, 2, 3))
    first = Diagnostic("SPEC5", "x", Span(other, 2, 3))
    anywhere = Diagnostic("SPEC7", "x")
    assert sort_diagnostics([late, early, first, early, anywhere]) == [anywhere, first, early, late]


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
