"""Lists, followed to their last page: by number or by cursor, as the answers have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from intercom_iac.diagnostics import UnexpectedResponse

from . import wire
from .unpacking import LARGEST_ANSWER

MOST_PAGES = 1_000


def items(
    get: Callable[..., dict[str, Any]], path: str, key: str, **query: str
) -> Iterator[Mapping[str, Any]]:
    """The objects in `key` of every page.

    Raises `UnexpectedResponse` for a pager that does not advance, or whose pages are together larger than one answer
    may be.

    A page without an object is the last, whatever the answer says: page numbers past the end give one.
    """
    where = f"GET {path}"
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
        yield from found
        further = _next(data, number, where)
        if further is None or not found:
            return
        following = {**query, **further}
        if found == earlier or following in asked:
            raise UnexpectedResponse(f"{where} does not get past its page {number}: it repeats itself")
        earlier = found
        asked.append(following)
    raise UnexpectedResponse(f"{where} still has pages after {MOST_PAGES}")


def _next(data: wire.Json, number: int, where: str) -> dict[str, str] | None:
    """What to ask for the next page; None on the last. `number` counts the pages from 1.

    A cursor stands in `pages.next.starting_after`, the number of pages in `total_pages` or `pages.total_pages`
    (API 2.16 description); a list that has neither is whole.
    """
    told = data.get("pages")
    pages = cast("wire.Json", told) if isinstance(told, Mapping) else data
    following = pages.get("next")
    if isinstance(following, Mapping):
        cursor = cast("wire.Json", following).get("starting_after")
        return {"starting_after": cursor} if isinstance(cursor, str) and cursor else None
    return {"page": str(number + 1)} if number < wire.pages(pages, where) else None
