"""Lists are followed to their end, and a pager that does not advance is found out."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.diagnostics import UnexpectedResponse
from intercom_iac.workspace.answers import Body
from intercom_iac.workspace.paging import MOST_PAGES, items
from intercom_iac.workspace.unpacking import LARGEST_ANSWER


class Lists:
    """Answers in turn; the last one for ever."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.asked: list[dict[str, str]] = []
        self._answers = answers

    def get(self, path: str, **query: str) -> dict[str, Any]:
        self.asked.append(query)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]

    def all(self, **query: str) -> list[Any]:
        return [each["id"] for each in items(self.get, "/things", "data", **query)]


def page(*ids: str, **more: Any) -> dict[str, Any]:
    return {"data": [{"id": each} for each in ids], **more}


def cursor(value: Any) -> dict[str, Any]:
    return {"type": "pages", "total_pages": 9, "next": {"page": 2, "starting_after": value}}


def test_numbered_pages() -> None:
    lists = Lists(page("a", total_pages=3), page("b", total_pages=3), page("c", total_pages=3))
    assert lists.all(page="1", per_page="50") == ["a", "b", "c"]
    assert [each["page"] for each in lists.asked] == ["1", "2", "3"]
    assert {each["per_page"] for each in lists.asked} == {"50"}


def test_cursors() -> None:
    lists = Lists(page("a", pages=cursor("x")), page("b", pages=cursor("y")), page("c", pages={"next": None}))
    assert lists.all(per_page="1") == ["a", "b", "c"]
    assert lists.asked[2] == {"per_page": "1", "starting_after": "y"}


@pytest.mark.parametrize(
    "end", [{}, {"pages": None}, {"pages": {"next": {}}}, {"pages": {"next": {"starting_after": None}}}]
)
def test_a_list_that_says_nothing_of_pages_is_whole(end: dict[str, Any]) -> None:
    lists = Lists(page("a", **end))
    assert lists.all() == ["a"]
    assert len(lists.asked) == 1


def test_an_empty_page_is_the_last() -> None:
    assert Lists(page("a", total_pages=9), page(total_pages=9)).all() == ["a"]


@pytest.mark.parametrize(
    "answers",
    [
        [page("a", total_pages=9)],
        [page("a", pages=cursor("x")), page("b", pages=cursor("x"))],
        [page("a", pages=cursor("x")), page("b", pages=cursor("y")), page("c", pages=cursor("x"))],
    ],
)
def test_a_pager_that_does_not_advance_is_named(answers: list[dict[str, Any]]) -> None:
    with pytest.raises(UnexpectedResponse, match="GET /things does not get past its page"):
        Lists(*answers).all()


def test_a_list_without_an_end_is_given_up() -> None:
    class Endless(Lists):
        def get(self, path: str, **query: str) -> dict[str, Any]:
            self.asked.append(query)
            return page(f"{len(self.asked)}", total_pages=10**6)

    endless = Endless()
    with pytest.raises(UnexpectedResponse, match="still has pages after 1000"):
        endless.all()
    assert len(endless.asked) == MOST_PAGES


def test_pages_together_may_be_as_large_as_one_answer() -> None:
    def numbered(count: int) -> Lists:
        pages = [Body(page(str(number), total_pages=count)) for number in range(count)]
        for each in pages:
            each.size = LARGEST_ANSWER // 4
        return Lists(*pages)

    assert len(numbered(4).all()) == 4
    lists = numbered(6)
    with pytest.raises(UnexpectedResponse, match="GET /things is larger than 64 MiB by its page 5"):
        lists.all()
    assert len(lists.asked) == 5
