"""Lists, followed to their last page: by number or by cursor, as the answers have it.

A list may move while its pages are read. One deleted on a page that was read already moves the next page up by one,
which then hides what would have been its first: so numbered pages are read until two readings agree, and what a list
says of its length is compared with what came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, cast

from intercom_iac.diagnostics import UnexpectedResponse, Unsettled
from intercom_iac.lazy_dataclass import dataclass

from ..client.unpacking import LARGEST_ANSWER
from . import wire

MOST_PAGES = 1_000
READINGS = 5
"""How often a list is read that does not stand still."""

Get = Callable[..., dict[str, Any]]


@dataclass(slots=True)
class _Reading:
    """What all pages gave. `counts` are the lengths that the pages told, `numbered` those that follow by number."""

    found: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    counts: set[int] = field(default_factory=set[int])
    numbered: bool = False

    @property
    def ids(self) -> list[Any]:
        return [item.get("id", item) for item in self.found]

    @property
    def is_whole(self) -> bool:
        """Whether every page told the same length, which is what came, and nothing came twice."""
        ids = [str(identifier) for identifier in self.ids]
        moved = self.numbered and len(set(ids)) < len(ids)
        return not moved and self.counts <= {len(ids)}


def read_pages(
    get: Get, path: str, key: str, *, pause: Callable[[int], object] = lambda _: None, **query: str
) -> list[Mapping[str, Any]]:
    """The objects in `key` of every page, of a reading that another one bears out where pages follow by number.

    `pause` is called before a list that moved is read again, with the number of the reading. Raises
    `UnexpectedResponse` for a pager that does not advance or whose pages are together larger than one answer may be,
    `Unsettled` for a list that has not come to rest.
    A page without an object is the last, whatever the answer says: page numbers past the end give one.
    """
    reading, before = _Reading(), None
    for number in range(1, READINGS + 1):
        reading = _read_once(get, path, key, query)
        if reading.is_whole and (not reading.numbered or reading.ids == before):
            return reading.found
        before = reading.ids
        if not reading.is_whole and number < READINGS:
            pause(number)
    stated, came = ", ".join(map(str, sorted(reading.counts))), len(reading.found)
    why = (
        f"it says that it has {stated}, and gives {came}"
        if stated and stated != str(came)
        else "it moves as it is read"
    )
    raise Unsettled(
        f"GET {path} was read {READINGS} times, and cannot be relied on: {why}",
        hint="what is missing from it might be made twice: try again when nobody changes it",
    )


def _read_once(get: Get, path: str, key: str, query: Mapping[str, str]) -> _Reading:
    where = f"GET {path}"
    reading = _Reading()
    earlier: list[Mapping[str, Any]] = []
    asked = [query]
    size = 0
    for number in range(1, MOST_PAGES + 1):
        data = get(path, **asked[-1])
        found = wire.items(data, key, where)
        size += getattr(data, "size", 0)
        if size > LARGEST_ANSWER:
            raise UnexpectedResponse(
                f"{where} is larger than {LARGEST_ANSWER >> 20} MiB by its page {number}"
            )
        reading.found += found
        count = wire.total_count(data, where)
        reading.counts |= set() if count is None else {count}
        further = _next_page(data, number, where)
        if further is None or not found:
            return reading
        following = {**query, **further}
        if found == earlier or following in asked:
            raise UnexpectedResponse(f"{where} does not get past its page {number}: it repeats itself")
        reading.numbered = reading.numbered or "page" in further
        earlier = found
        asked.append(following)
    raise UnexpectedResponse(f"{where} still has pages after {MOST_PAGES}")


def _next_page(data: wire.Json, number: int, where: str) -> dict[str, str] | None:
    """What to ask for the next page; None on the last. `number` counts the pages from 1.

    A cursor stands in `pages.next.starting_after`, the number of pages in `total_pages` or `pages.total_pages`
    (API 2.16 description); a list that has neither is whole.
    """
    pager = data.get("pages")
    if isinstance(cast("wire.Json", pager).get("next") if isinstance(pager, Mapping) else None, Mapping):
        cursor = wire.next_cursor(data)
        return None if cursor is None else {"starting_after": cursor}
    return {"page": str(number + 1)} if number < wire.last_page(data, where) else None
