"""Bare words for absence, presence, time and comparison: none is ever compiled as a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.model import walk
from intercom_iac.model.predicate import Equals, OneOf
from intercom_iac.rules.syntax.special_words import (
    ABBREVIATIONS,
    ABSENT,
    COMPARISONS,
    DAYS,
    PRESENT,
    TIMES,
    needs_quotes,
)

# `not set` and `not-set` are read like `notset`.
WORDS = sorted(ABSENT | PRESENT | DAYS.keys() | TIMES | COMPARISONS | ABBREVIATIONS)
JOINED = [
    "not-set",
    "not_set",
    "is_null",
    "Not-Null",
    "not.set",
    "n_a",
    "n-a",
    "N.A",
    "ｎｕｌｌ",
    "ｎｅｖｅｒ",
    "ｔｏｄａｙ",
    "null\u200b",
]
JOINED += ["last_week", "this-month", "greater_than", "today-7", "now_3"]
FIELDS = [
    "note",
    "plan",
    "feature_usage",
    "score",
    "vip",
    "trial_end_date",
    "email",
    "signed_up_at",
    "company.tier",
]
FIELDS += ["company.industry", "company.seats", "event report_exported where format"]
CLAUSES = [
    "= {}",
    "!= {}",
    "is {}",
    "is not {}",
    "in ({}, trial)",
    "not in (trial, {})",
    "exactly {}",
    "on {}",
    "> {}",
]


@pytest.mark.parametrize("field", FIELDS)
def test_no_bare_word_that_says_something_else_is_a_text(compiled: Callable[[str], Any], field: str) -> None:
    for word in [*WORDS, *JOINED]:
        for clause in CLAUSES:
            written = f"{field} {clause.format(word.upper() if clause.startswith('!') else word)}"
            rule, told = compiled(written)
            assert rule is None or not texts_of(rule) & {word, word.upper()}, written
            assert rule is not None or any(each.is_error for each in told), written


def texts_of(rule: Any) -> set[Any]:
    """The values that the rule compares with."""
    found: set[Any] = set()
    for node in walk(rule):
        found |= (
            {node.value}
            if isinstance(node, Equals)
            else set(node.values)
            if isinstance(node, OneOf)
            else set()
        )
    return found


@pytest.mark.parametrize("word", WORDS)
def test_in_quotes_each_is_a_text(compiled: Callable[[str], Any], word: str) -> None:
    assert needs_quotes(word)
    for written in (f"note = '{word}'", f"note in ('{word}', a)"):
        rule, told = compiled(written)
        assert (word in texts_of(rule), told) == (True, [])


@pytest.mark.parametrize("word", sorted(TIMES | COMPARISONS | ABBREVIATIONS))
def test_the_quotes_are_the_fix(compiled: Callable[[str], Any], word: str) -> None:
    text = f"note = {word}"
    _, (mistake,) = compiled(text)
    (edit,) = mistake.fix.edits
    assert mistake.code == "TYPE307"
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == f"note = '{word}'"


@pytest.mark.parametrize(
    "word",
    [
        "trialing",
        "expired",
        "monday",
        "high",
        "low",
        "January",
        "NASA",
        "overdue",
        "Nairobi",
        "today-ish",
        "x.y",
    ],
)
def test_other_words_are_texts(compiled: Callable[[str], Any], word: str) -> None:
    rule, told = compiled(f"note = {word}")
    assert (texts_of(rule), told) == ({word}, [])
