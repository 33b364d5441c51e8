"""Lists by page number."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ..wire.json_values import JsonObject
from .parameters import clamp_integer


@dataclass(frozen=True, slots=True)
class Page:
    """A numbered page: `number` from 1, `size` items."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many items lie before the page."""
        return (self.number - 1) * self.size

    def count(self, items: int) -> int:
        """How many pages `items` items fill."""
        return math.ceil(items / self.size)


def numbered_page(query: Mapping[str, str], *, default: int, largest: int) -> Page:
    """The page that the parameters `page` and `per_page` ask for.

    A size outside 1 to `largest` is clamped (assumption); a page past the end is empty.
    """
    number = clamp_integer(query.get("page", "1"), "page", largest=1_000_000)
    return Page(number, clamp_integer(query.get("per_page", str(default)), "per_page", largest=largest))


def render_pages(page: Page, total: int, **links: object) -> JsonObject:
    """`pages` of a list: the page, how many there are for `total` items, and links such as `next`."""
    return {
        "type": "pages",
        **links,
        "page": page.number,
        "per_page": page.size,
        "total_pages": page.count(total),
    }


def cursor_pages(page: Page, total: int) -> JsonObject:
    """`pages` of a list whose schema has a cursor and whose call documents none: the cursor is the next number.

    That a client passes it on as `page` or `starting_after` is an assumption.
    """
    last = page.number >= page.count(total)
    following = None if last else {"per_page": page.size, "starting_after": str(page.number + 1)}
    return render_pages(page, total, next=following)


def next_link(query: Mapping[str, str], page: Page, url: str) -> str:
    """The link to the page after this one."""
    return f"{url}?{urlencode(dict(query) | {'page': page.number + 1, 'per_page': page.size})}"
