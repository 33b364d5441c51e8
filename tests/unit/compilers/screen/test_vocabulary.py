"""What the screen can say: shown by an article, or assumed and said to be so. docs/rules.md lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.compilers.screen import vocabulary
from intercom_iac.compilers.screen.filters import Filter
from intercom_iac.compilers.screen.steps import filter_text
from intercom_iac.compilers.screen.vocabulary import OPERATORS, Kind, Operator

PAGE = (Path(__file__).parents[4] / "docs" / "rules.md").read_text("utf-8")
ROWS = [(kind, operator) for kind, operators in OPERATORS.items() for operator in operators]


@pytest.mark.parametrize(("kind", "operator"), ROWS)
def test_what_no_article_shows_is_marked_in_the_step(kind: Kind, operator: Operator) -> None:
    words = OPERATORS[kind][operator]
    assert (words.source is None) is (words.doubt is not None)
    marked = f" (not certain: {words.doubt})" if words.doubt else ""
    assert filter_text(Filter(("x",), kind, operator, "y")) == f"x · {operator} · y{marked}"
    if words.source:
        assert f"{words.source}" in (vocabulary.__doc__ or "")


@pytest.mark.parametrize("kind", OPERATORS)
def test_the_docs_list_them(kind: Kind) -> None:
    shown, assumed = (
        ", ".join(
            f"`{operator}`"
            for operator, words in OPERATORS[kind].items()
            if (words.source is None) is is_assumed
        )
        for is_assumed in (False, True)
    )
    assert f"| {kind} | {shown or 'none'} | {assumed or 'none'} |" in PAGE
