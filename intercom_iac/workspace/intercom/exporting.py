"""The people of a workspace as its API returns them: what `segment preview` and `rule eval` read from files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from intercom_iac.model import is_registrar

from ..embedded import Get, exporting_reads
from . import wire

Json = Mapping[str, Any]

_PAGE = 150  # the largest that contacts and events come in (API 2.16 description)


def export_people(path: Path) -> Iterator[tuple[str, Iterator[Json]]]:
    """`contacts`, `companies`, `events` and `tags` of an embedded workspace, one after the other: each is read to its
    end before the next.

    The contact that registers events is left out with what it sent.
    """
    with exporting_reads(path) as get:
        exported: list[str] = []

        def contacts() -> Iterator[Json]:
            for contact in _contacts(get):
                if not is_registrar(contact):
                    exported.append(str(contact["id"]))
                    yield contact

        yield "contacts", contacts()
        yield "companies", _companies(get)
        yield "events", (event for contact_id in exported for event in _events(get, contact_id))
        yield "tags", iter(wire.items(get("/tags"), "data", "GET /tags"))


def _contacts(get: Get) -> Iterator[Json]:
    """All contacts, by GET /contacts."""
    query = {"per_page": str(_PAGE)}
    while True:
        page = get("/contacts", **query)
        yield from wire.items(page, "data", "GET /contacts")
        following: Any = page["pages"].get("next")
        if following is None:
            return
        query["starting_after"] = following["starting_after"]


def _companies(get: Get) -> Iterator[Json]:
    """All companies that have people, by GET /companies/scroll: the numbered pages end at 10,000."""
    query: dict[str, str] = {}
    while True:
        page = get("/companies/scroll", **query)
        found = wire.items(page, "data", "GET /companies/scroll")
        if not found:
            return
        yield from found
        query["scroll_param"] = str(page["scroll_param"])


def _events(get: Get, contact_id: str) -> Iterator[Json]:
    """A contact's events, newest first, by GET /events, which lists those of the last 90 days."""
    query = {"type": "user", "intercom_user_id": contact_id, "per_page": str(_PAGE)}
    while True:
        page = get("/events", **query)
        yield from wire.items(page, "events", "GET /events")
        following = page["pages"].get("next")
        if following is None:
            return
        query["before"] = parse_qs(urlsplit(str(following)).query)["before"][0]
