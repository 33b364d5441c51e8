"""Patterns of the project file: matched in a time that is bounded, and what is wrong with them in few words."""

from __future__ import annotations

from time import perf_counter

import pytest

from intercom_iac.project.policy.patterns import Patterns, pattern_mistake


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(?:a?){30}a{30}$", "(.*)*x"])
def test_no_pattern_takes_long(pattern: str) -> None:
    begin = perf_counter()
    assert not Patterns([pattern]).search("a" * 29 + "!", 1)
    assert not Patterns([pattern]).search("a" * 20_000 + "!", 1)
    assert perf_counter() - begin < 5


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "unclosed group"),
        ("[", "unclosed character class"),
        ("*", "repetition operator missing expression"),
        ("a(?=b)", "look-around, including look-ahead and look-behind, is not supported"),
        (r"(a)\1", "backreferences are not supported"),
        ("a{1000}{1000}", "it is too large once its repetitions are written out"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, said: str) -> None:
    assert pattern_mistake(pattern) == said


def test_nothing_is_wrong_with_a_pattern_that_works() -> None:
    assert pattern_mistake(r"(?i)^(tmp|test)_\w+$") is None
