"""Lists are followed to their end, and a pager that does not advance is found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.diagnostics import UnexpectedResponse, Unsettled
from intercom_iac.workspace.client.answers import Body
from intercom_iac.workspace.client.unpacking import LARGEST_ANSWER
from intercom_iac.workspace.intercom.paging import MOST_PAGES, READINGS, read_pages


class Lists:
    """Answers by the number of the page, or in turn where a cursor is asked for; the last one for ever."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.asked: list[dict[str, str]] = []
        self._answers = answers
        self._at = 0

    def get(self, path: str, **query: str) -> dict[str, Any]:
        self.asked.append(query)
        self._at = self._at + 1 if "starting_after" in query else int(query.get("page", "1"))
        return self._answers[min(self._at, len(self._answers)) - 1]

    def all(self, **query: str) -> list[Any]:
        return [each["id"] for each in read_pages(self.get, "/things", "data", **query)]


def page(*ids: str, **more: Any) -> dict[str, Any]:
    return {"data": [{"id": each} for each in ids], **more}


def cursor(value: Any) -> dict[str, Any]:
    return {"type": "pages", "total_pages": 9, "next": {"page": 2, "starting_after": value}}


def test_numbered_pages() -> None:
    lists = Lists(page("a", total_pages=3), page("b", total_pages=3), page("c", total_pages=3))
    assert lists.all(page="1", per_page="50") == ["a", "b", "c"]
    assert [each["page"] for each in lists.asked] == ["1", "2", "3"] * 2, (
        "read again, to see that it stands still"
    )
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


# --- lists that move ------------------------------------------------------------------------------------------


class Moving:
    """A list of names, three a page by number; `move` is called before each call, with its number from 1."""

    def __init__(self, names: list[str], move: Callable[[int, list[str]], None], *, counted: bool) -> None:
        self.names = names
        self.calls = 0
        self.pauses: list[int] = []
        self._move = move
        self._counted = counted

    def get(self, _: str, **query: str) -> dict[str, Any]:
        self.calls += 1
        self._move(self.calls, self.names)
        start = 3 * (int(query["page"]) - 1)
        pages = -(-len(self.names) // 3)
        count = {"total_count": len(self.names)} if self._counted else {}
        return page(*self.names[start : start + 3], total_pages=pages, **count)

    def all(self) -> list[str]:
        return [
            each["id"] for each in read_pages(self.get, "/things", "data", page="1", pause=self.pauses.append)
        ]


def once(call: int, act: Callable[[list[str]], object]) -> Callable[[int, list[str]], None]:
    return lambda number, names: act(names) and None if number == call else None


def exchange(names: list[str]) -> None:
    """One goes and another comes: the length says nothing."""
    names.remove("b")
    names.append("z")


MOVES: dict[str, Callable[[list[str]], object]] = {
    "one goes": lambda names: names.remove("a"),
    "one comes first": lambda names: names.insert(0, "z"),
    "one comes last": lambda names: names.append("z"),
    "one goes and another comes": exchange,
    "two change places": lambda names: names.insert(0, names.pop()),
}


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("call", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("move", MOVES)
def test_what_stays_in_a_list_that_moves_is_found_and_nothing_twice(
    move: str, call: int, counted: bool
) -> None:
    """Seven on three pages: without a second look, `d` hides on page 1 when `a` goes after that was read."""
    moving = Moving(list("abcdefg"), once(call, MOVES[move]), counted=counted)
    found = moving.all()
    assert sorted(found) == sorted(set(found))
    assert set("cdefg") <= set(found)
    assert found == moving.names or call >= 5  # one that came behind what the last reading had read
    assert moving.calls <= 3 * READINGS


def test_a_list_that_never_stands_still_is_given_up() -> None:
    moving = Moving(list("abcdefg"), lambda _, names: names.insert(0, names.pop()), counted=True)
    with pytest.raises(
        Unsettled, match="GET /things was read 5 times, and cannot be relied on: it moves"
    ) as raised:
        moving.all()
    assert raised.value.exit_code == 1
    assert not raised.value.maybe_done
    assert len(moving.pauses) < READINGS


def test_a_list_that_gives_another_number_than_it_says_is_not_believed() -> None:
    lists = Lists(page("a", total_count=2, total_pages=1))
    paused: list[int] = []
    with pytest.raises(Unsettled, match="it says that it has 2, and gives 1"):
        read_pages(lists.get, "/things", "data", pause=paused.append)
    assert paused == [1, 2, 3, 4]


def test_a_list_that_is_whole_when_it_is_read_again_is_believed() -> None:
    answers = iter([page("a", total_count=2), page("a", "b", total_count=2)])
    found = read_pages(lambda *_, **__: next(answers), "/things", "data")
    assert [each["id"] for each in found] == ["a", "b"]


def test_cursors_do_not_slip_and_are_read_once() -> None:
    lists = Lists(page("a", pages=cursor("x"), total_count=2), page("b", pages={"next": None}, total_count=2))
    assert lists.all() == ["a", "b"]
    assert len(lists.asked) == 2


def test_a_cursor_with_too_few_is_not_believed_either() -> None:
    lists = Lists(page("a", pages=cursor("x"), total_count=3), page("b", pages={"next": None}, total_count=3))
    with pytest.raises(Unsettled, match="it says that it has 3, and gives 2"):
        lists.all()


def test_a_length_that_is_no_number_is_named() -> None:
    with pytest.raises(UnexpectedResponse, match="no whole number in `total_count`"):
        Lists(page("a", total_count="many")).all()


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
