"""Names that are nearly the same, and that the search for them grows with the names alone."""

from __future__ import annotations

import pytest

from intercom_iac.auditing import likenesses
from intercom_iac.auditing.likenesses import join_groups, like_names, same_but_spelling


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("plan_type", "planType", {"case", "separators"}),
        ("plan_type", "plan type", {"separators"}),
        ("Plan", "plan", {"case"}),
        ("seat", "seats", {"plural"}),
        ("company", "companies", {"plural"}),
        ("box_size", "boxes_size", {"plural"}),
        ("licence", "license", {"one letter"}),
        ("recieved_at", "received_at", {"one letter"}),
        ("subscripton", "subscription", {"one letter"}),
        ("größe", "GRÖSSE", {"case"}),
        ("вид_плана", "ВидПлана", {"case", "separators"}),
        ("名前", "名 前", {"separators"}),
        ("ﬁeld", "field", {"case"}),
    ],
)
def test_pairs_that_are_alike(one: str, other: str, likeness: set[str]) -> None:
    (pair,) = like_names([one, other])
    assert set(pair.likeness) == likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paid", "said"),
        ("field_1", "field_2"),
        ("utm_2024", "utm_2025"),
        ("plan_a", "plan_b"),
        ("status", "state"),
        ("min_seats", "max_seats"),
        ("address", "addres_line"),
        ("bus", "buses_count"),
        ("!!", "??"),
        ("名前", "名称"),
    ],
)
def test_pairs_that_are_not(one: str, other: str) -> None:
    assert like_names([one, other]) == []


def test_groups_are_joined_through_others() -> None:
    assert join_groups([(0, 2), (2, 5), (1, 3)]) == [(0, 2, 5), (1, 3)]
    assert same_but_spelling(["VIP", "vip", "v i p", "other", "vip"]) == [("VIP", "vip", "v i p")]


@pytest.mark.parametrize("name", ["{:05d} tag", "same name {:06d}x", "aaaaaaa{}", "{}aaaaaaa"])
def test_the_comparisons_grow_with_the_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def count(*_: object) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr(likenesses, "is_one_slip", count)
    counts: list[int] = []
    for size in (200, 400, 800):
        compared = 0
        letters = ("".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(size))
        like_names([name.format(number) for number in range(size)])
        like_names([f"aaaaaa{word}" for word in letters])
        counts.append(compared)
    assert counts[2] <= 40 * 1_600
    assert counts[2] <= 3 * max(counts[1], 1)
