"""Texts in any case, and words in them."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from intercom_iac.model.folding import any_matches, matches
from intercom_iac.model.predicate import TextOperator
from support.generators.schemas import PARTS, WORDS


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("pro plus", "PLUS", True),
        ("pro plus", "plu", False),
        ("pro-plus", "pro", True),
        ("pro_plus", "pro", True),
        ("pro2", "pro", False),
        ("2pro", "pro", False),
        ("professional, pro", "pro", True),
        ("propro", "pro", False),
        ("pro plus", "pro plus", True),
        ("a pro plus b", "pro plus", True),
        ("50%", "50", True),
        ("50%", "50%", True),
        ("50%x", "50%", False),
        ("c++", "c++", True),
        ("c+++", "c++", True),
        ("Größe", "gr", False),
        ("ΟΔΟΣ", "οδος", True),
        ("ΟΔΟΣΑ", "οδος", False),
        ("İa", "a", False),
        ("İ a", "i", True),
        ("cafe\u0301", "cafe", True),
        ("caf\u00e9", "caf", False),
        ("東京都", "東京", False),
        ("東京 都", "東京", True),
        ("x½", "x", False),
        ("", "x", False),
    ],
)
def test_a_word_stands_with_no_letter_and_no_digit_beside_it(text: str, word: str, stands: bool) -> None:
    assert matches("contains word", text, word) is stands


def test_some_text_of_many_matches_where_one_of_them_does() -> None:
    texts = tuple(WORDS)
    for operator, part in product(
        get_args(TextOperator), [*PARTS, *WORDS, "no such text", "\0", "plus\0it's"]
    ):
        assert any_matches(operator, texts, part) is any(matches(operator, text, part) for text in texts)
    assert any_matches("contains", ("a\0b",), "\0b")
