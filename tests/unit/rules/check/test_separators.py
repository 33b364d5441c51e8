"""Numbers with what may be a separator of thousands are told of, and others are not."""

from __future__ import annotations

import pytest

from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.near_misses import near_miss_schema

SCHEMA = near_miss_schema()


def hints_of(text: str) -> list[str | None]:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None, diagnostics
    return [diagnostic.hint for diagnostic in diagnostics if diagnostic.code == "LINT544"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("score in (1,250)", "1250"),
        ("score not in (12,500, 3)", "12500"),
        ("score > 1.000", "1000"),
        ("score >= -12.500", "-12500"),
        ("score = 2.500", "2500"),
        ("score in (0.5, 1.000)", "1000"),
        ("score between 1.000 and 2.5", "1000"),
        ("event report_exported average of pages > 1.000", "1000"),
    ],
)
def test_a_number_that_may_be_in_thousands_is_told_of(text: str, joined: str) -> None:
    (hint,) = hints_of(text)
    assert f"`{joined}`" in str(hint)


@pytest.mark.parametrize(
    "text",
    [
        "score in (1, 250)",
        "score in (100,200,300)",
        "score in (1,2,3)",
        "score > 0.500",
        "score > 1.125",
        "score > 1.50",
        "note in (a, b)",
        "event report_exported average of pages > 1.5",
    ],
)
def test_a_plain_number_is_not(text: str) -> None:
    assert hints_of(text) == []
