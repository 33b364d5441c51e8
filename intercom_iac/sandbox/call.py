"""One authorized request on its way to the resource that answers it, and the parts every resource reads."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import ApiError, invalid
from .messages import JsonObject, as_object
from .store import Store
from .switches import Switches

ADMIN_ID = "1"
"""The one teammate: who the token belongs to, who creates attributes and applies tags, the only valid owner."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a resource needs to answer: the workspace, the time (unix seconds) and the request taken apart."""

    store: Store
    switches: Switches
    now: int
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: JsonObject
    host: str


@dataclass(frozen=True, slots=True)
class Page:
    """A numbered page: `number` from 1, `size` items."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many items lie before the page."""
        return (self.number - 1) * self.size

    def total(self, items: int) -> int:
        """How many pages `items` items fill."""
        return math.ceil(items / self.size)


def numbered_page(query: Mapping[str, str], *, default: int, largest: int) -> Page:
    """The page `page` and `per_page` ask for.

    A size outside 1 to `largest` is brought inside (assumption: not established); a page past the end is empty.
    """
    number = bounded(query.get("page", "1"), "page", largest=1_000_000)
    return Page(number, bounded(query.get("per_page", str(default)), "per_page", largest=largest))


def cursor_pages(page: Page, total: int) -> JsonObject:
    """`pages` of a list whose schema has a cursor and whose call documents none: `starting_after` is the next number.

    That it is asked for by `page` or `starting_after` is an assumption.
    """
    last = page.number >= page.total(total)
    return {
        "type": "pages",
        "next": None if last else {"per_page": page.size, "starting_after": str(page.number + 1)},
        "page": page.number,
        "per_page": page.size,
        "total_pages": page.total(total),
    }


def bounded(value: object, name: str, *, largest: int) -> int:
    """An integer of a query or body brought into 1 to `largest`; 400 where it is no integer."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise invalid(f"{name} must be an integer")
    try:
        number = int(value)
    except ValueError:
        raise invalid(f"{name} must be an integer") from None
    return min(max(number, 1), largest)


def flag(query: Mapping[str, str], name: str) -> bool:
    """A boolean of the query, `true` or `false` as the official clients send it."""
    return query.get(name, "false").lower() == "true"


def read_body(body: bytes) -> JsonObject:
    """The JSON object of a body; an empty body, `null` and `[]` are an object without keys.

    An empty array is what PHP, and with it Intercom's client for it, makes of no fields.

    Raises a 400 `bad_request` for anything else (code and text: assumption, not established).
    """
    if not body.strip():
        return {}
    try:
        value = json.loads(body, parse_float=_finite, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ApiError(400, "bad_request", "The request body is not valid JSON") from None
    if value is None or value == []:
        return {}
    content = as_object(value)
    if content is None:
        raise ApiError(400, "bad_request", "The request body is not a JSON object")
    return content


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _no_constant(name: str) -> float:
    raise ValueError(name)
