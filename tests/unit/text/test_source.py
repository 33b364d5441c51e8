"""Places: lines and columns as editors count them, and excerpts that know where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from intercom_iac.text import Excerpt, SourceFile, Span, source


def test_positions_count_lines_and_characters_from_one() -> None:
    file = SourceFile("a.yaml", "é😀b\r\nc\n\nd")
    assert [file.position(each) for each in (0, 2, 3, 5, 6, 7, 8, 9)] == [
        (1, 1),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
        (3, 1),
        (4, 1),
        (4, 2),
    ]
    assert [file.line(number) for number in (1, 2, 3, 4)] == ["é😀b", "c", "", "d"]


def test_lines_end_where_editors_and_forges_end_them() -> None:
    file = SourceFile("a.yaml", "a\rb\x85c\u2028d\u2029e\x0b\x0cf\r\ng\r\r\nh")
    assert [file.position(file.text.index(each)) for each in "afgh"] == [(1, 1), (1, 12), (2, 1), (3, 1)]
    assert [file.line(number) for number in (1, 2, 3)] == ["a\rb\x85c\u2028d\u2029e\x0b\x0cf", "g\r", "h"]


def test_a_span_says_where_it_begins_and_ends() -> None:
    span = Span(SourceFile("a.yaml", "a: b\nc: d\n"), 3, 6)
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 4, 2, 2)
    assert (str(span), span.text) == ("a.yaml:1:4", "b\nc")


def test_an_empty_file_has_one_empty_line() -> None:
    file = SourceFile("a.yaml", "")
    assert (file.position(0), file.line(1)) == ((1, 1), "")


def test_an_excerpt_maps_to_its_file() -> None:
    file = SourceFile("a.yaml", "rule: |\n  a\n  b\n")
    excerpt = Excerpt(file, "a\nb\n", [10, 11, 14, 15, 16])
    assert excerpt.span(2, 3).text == "b"
    assert (excerpt.span(0, 3).start, excerpt.span(0, 3).end) == (10, 15)
    assert (excerpt.span(4, 4).start, excerpt.span(4, 4).end) == (16, 16)


def test_a_whole_text_is_its_own_excerpt() -> None:
    excerpt = Excerpt.from_text("a = b", "<rule>")
    assert str(excerpt.span(4, 5)) == "<rule>:1:5"
    assert excerpt.span(0, 5).text == "a = b"


def test_a_text_by_another_name_finds_its_lines_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    class Breaks:
        def finditer(self, text: str) -> Iterator[re.Match[str]]:
            searched.append(text)
            return re.finditer("\n", text)

    monkeypatch.setattr(source, "_BREAK", Breaks())
    file = SourceFile("a.yaml", "a\nb\n")
    others = [file.named(f"HEAD~{number}:a.yaml") for number in range(3)]
    assert [str(Span(other, 2, 3)) for other in others] == [
        f"HEAD~{number}:a.yaml:2:1" for number in range(3)
    ]
    assert file.position(2) == (2, 1)
    assert searched == ["a\nb\n"]
