"""Values in a few words: cut between characters, and what no one sees spelled out whole."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import printable
from intercom_iac.reporting.values import LONGEST, shown


@pytest.mark.parametrize("hidden", ["\u202e", "\x1b", "\U000e0041"])
@pytest.mark.parametrize("before", range(LONGEST - 12, LONGEST + 3))
def test_no_half_of_an_escape_sequence_is_left(hidden: str, before: int) -> None:
    text = "a" * before + hidden + "b" * 40
    found = shown(text)
    assert len(found) <= LONGEST
    assert found.endswith("…")
    kept = found.removesuffix("…")
    assert any(kept == printable(text[:end]) for end in range(len(text)))


def test_only_what_is_too_long_is_cut() -> None:
    assert shown("a" * LONGEST) == "a" * LONGEST
    assert shown("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
    assert shown("\u202e" * 12 + "abcd") == "\\u202e" * 12 + "abcd"
    assert shown("\u202e" * 100) == "\\u202e" * 12 + "…"
