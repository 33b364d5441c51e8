"""What belongs to a contact and does not stand in what a search returns of it: companies, tags, events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast
from urllib.parse import parse_qs, quote, urlsplit

from intercom_iac.diagnostics import NotFound, UnexpectedResponse

from ..client.client import Client
from . import wire
from .paging import read_pages

Json = Mapping[str, Any]

EVENT_DAYS = 90
"""For how many days Intercom lists what a contact did (API 2.16 description, GET /events)."""
_PAGE = 150


class Belongings:
    """Reads of what belongs to single contacts, for any number of threads. Of one that is gone there is nothing."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def companies(self, contact_id: str) -> list[Json]:
        """The company objects of a contact, as the companies themselves are returned."""
        return self._list(f"/contacts/{quote(contact_id, safe='')}/companies", "data")

    def tags(self, contact_id: str) -> list[Json]:
        """The tags of a contact: an object of a search has the first ten."""
        return self._list(f"/contacts/{quote(contact_id, safe='')}/tags", "data")

    def events(self, contact_id: str) -> list[Json]:
        """What a contact did in the last `EVENT_DAYS` days, newest first."""
        try:
            return list(self._events(contact_id))
        except NotFound:
            return []

    def _list(self, path: str, key: str) -> list[Json]:
        try:
            return read_pages(self._client.get, path, key, pause=self._client.back_off)
        except NotFound:
            return []

    def _events(self, contact_id: str) -> Iterator[Json]:
        query = {"type": "user", "intercom_user_id": contact_id, "per_page": str(_PAGE)}
        while True:
            page = self._client.get("/events", **query)
            events = wire.items(page, "events", "GET /events")
            yield from events
            pages: Any = page.get("pages")
            following = cast("Json", pages).get("next") if isinstance(pages, Mapping) else None
            if following is None or not events:
                return
            before = parse_qs(urlsplit(str(following)).query).get("before", [""])[0]
            if not before or before == query.get("before"):
                raise UnexpectedResponse("GET /events does not get past a page: it repeats itself")
            query["before"] = before
