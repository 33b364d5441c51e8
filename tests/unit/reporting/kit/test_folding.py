"""Which part of a report is told in fewer words, and how text is laid into columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.reporting.kit.columns import cut_text, pad, wrap_text
from intercom_iac.reporting.kit.folding import choose_forms
from intercom_iac.text import columns


def limit(most: int):
    """Fits while the forms left have at most so many lines: 10 for the fullest, 5 less for each one further."""
    return lambda chosen: sum(10 - 5 * each for each in chosen.values()) <= most


@pytest.mark.parametrize(
    ("most", "chosen"),
    [
        (20, {"safe": 0, "risky": 0}),
        (19, {"safe": 1, "risky": 0}),
        (10, {"safe": 2, "risky": 0}),
        (5, {"safe": 2, "risky": 1}),
        (0, {"safe": 2, "risky": 1}),
    ],
)
def test_the_least_risky_first(most: int, chosen: dict[str, int]) -> None:
    assert choose_forms({"safe": 3, "risky": 2}, ["safe", "safe", "risky", "risky"], limit(most)) == chosen


def test_what_made_no_difference_in_the_end_is_taken_back() -> None:
    def fits(chosen):
        return chosen["long"] == 1

    assert choose_forms({"short": 2, "long": 2}, ["short", "long"], fits) == {"short": 0, "long": 1}


@given(st.text(), st.integers(2, 40))
def test_lines_are_no_wider_than_asked_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    found = wrap_text(text, width)
    assert max(map(columns, found)) <= width
    assert "".join("".join(found).split(" ")) == "".join(text.split(" "))


@given(st.text(), st.integers(2, 40))
def test_a_cut_fits(text: str, width: int) -> None:
    assert columns(cut_text(text, width)) <= width
    assert cut_text(text, width) == text or cut_text(text, width).endswith("…")


def test_letters_that_take_two_columns() -> None:
    assert pad("名前", 6) == "名前  "
    assert cut_text("名前の列", 5) == "名前…"
    assert wrap_text("名前 の列です", 4) == ["名前", "の列", "です"]
