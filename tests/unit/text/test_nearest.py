"""Names near a misspelt one, and words that it can only be."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.text import NearNames, did_you_mean, nearest_name, only_slip
from intercom_iac.text.near_names import Work
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


def one_letter_apart(name: str, known: list[str]) -> list[str]:
    """Those that taking a letter out makes the same, out of both."""

    def less(text: str) -> set[str]:
        return {text[:at] + text[at + 1 :] for at in range(len(text))}

    return [other for other in known if less(name) & less(other)]


names = st.one_of(st.text("ab_1", max_size=8), st.text("ab", max_size=5).map("segment_{}".format))


@given(st.lists(names, max_size=12), st.lists(names, max_size=12, unique=True))
@examples(150)
def test_the_nearest_is_the_one_that_all_comparisons_find_or_a_slip_away(
    wanted: list[str], known: list[str]
) -> None:
    near = NearNames(known)
    for name in wanted:
        found = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
        nearest = nearest_name(name, near)
        assert nearest == nearest_name(name, known)
        assert [nearest] == (found or [None]) or nearest in one_letter_apart(name, known)


def test_names_that_look_the_same_come_first() -> None:
    known = ["pläne", "plan", "pla\u0308n"]
    assert nearest_name("plän", known) == nearest_name("plän", NearNames(known)) == "pla\u0308n"


def test_the_work_for_slips_grows_as_the_names_do() -> None:
    def spent(count: int) -> int:
        near, work = NearNames([f"segment_{number:05}" for number in range(count)]), Work(10**12)
        for number in range(count):
            assert near.nearest(f"segmnt_{number:05}", work) == f"segment_{number:05}"
        return 10**12 - work.left

    # Each is asked for by its letters, then compared with what is a slip away, however many there are.
    assert spent(800) < 2.3 * spent(400)


def test_what_is_left_of_the_work_bounds_the_search_and_is_not_remembered() -> None:
    near, work = NearNames([f"name_{number}" for number in range(200)]), Work(300)
    assert near.nearest("nmae_7x", work) is None
    assert work.left < 0
    assert near.nearest("nmae_7x", Work(10**9)) == "name_7"
