"""Names near a misspelt one, and words that it can only be."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.text import did_you_mean, nearest_name, only_slip
from intercom_iac.text.slips import is_one_slip
from support.generators import examples


def test_a_near_name_is_found_in_any_case() -> None:
    assert nearest_name("Plan_Typ", ["plan_type", "seats"]) == "plan_type"
    assert did_you_mean("descripton", ["description", "options"]) == "did you mean `description`?"
    assert did_you_mean("xyz", ["description"]) is None


@pytest.mark.parametrize(
    ("name", "words", "meant"),
    [
        ("tpye", ["type", "options"], "type"),
        ("Type", ["type", "options"], "type"),
        ("messenger-writable", ["messenger_writable"], "messenger_writable"),
        ("messenger_writeable", ["messenger_writable"], "messenger_writable"),
        ("option", ["options", "optional"], "options"),
        ("option", ["options", "optiona"], None),
        ("desc", ["description"], None),
        ("typ", ["type"], None),
        ("nmae", ["name", "nave"], "name"),
        ("type", ["Type", "TYPE"], None),
        ("xyz", [], None),
    ],
)
def test_a_word_is_sure_where_only_one_is_a_slip_away(name: str, words: list[str], meant: str | None) -> None:
    assert only_slip(name, words) == meant


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("type", "tpye", True),
        ("type", "typee", True),
        ("type", "tye", True),
        ("type", "tyle", True),
        ("type", "type", False),
        ("type", "ypte", False),
        ("type", "ty", False),
        ("", "a", True),
    ],
)
def test_a_slip_is_one_character_or_two_swapped(one: str, other: str, slip: bool) -> None:
    assert is_one_slip(one, other) is is_one_slip(other, one) is slip


@given(st.text("ab_1", max_size=8), st.lists(st.text("ab_1", max_size=8), max_size=12, unique=True))
@examples(50)
def test_the_nearest_is_the_one_that_all_comparisons_find(name: str, names: list[str]) -> None:
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.7)
    assert nearest_name(name, names) == (found[0] if found else None)
