"""The people of a workspace as its API returns them: what `segment preview` and `rule eval` read from files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from intercom_iac.model import is_registrar

from ..client.client import Client
from ..embedded import exporting_transport
from ..target import Target
from . import wire

Json = Mapping[str, Any]

_PAGE = 150  # the largest that contacts and events come in (API 2.16 description)


def export_people(path: Path) -> Iterator[tuple[str, list[Json]]]:
    """`contacts`, `companies`, `events` and `tags` of an embedded workspace, each with all there are.

    The contact that registers events is left out with what it sent.
    """
    with exporting_transport(path) as transport:
        client = Client(Target("sandbox", sandbox=path), transport=transport)
        contacts = [contact for contact in _contacts(client) if not is_registrar(contact)]
        yield "contacts", contacts
        yield "companies", list(_companies(client))
        yield "events", [event for contact in contacts for event in _events(client, str(contact["id"]))]
        yield "tags", wire.items(client.get("/tags"), "data", "GET /tags")


def _contacts(client: Client) -> Iterator[Json]:
    """All contacts, by GET /contacts."""
    query = {"per_page": str(_PAGE)}
    while True:
        page = client.get("/contacts", **query)
        yield from wire.items(page, "data", "GET /contacts")
        following: Any = page["pages"].get("next")
        if following is None:
            return
        query["starting_after"] = following["starting_after"]


def _companies(client: Client) -> Iterator[Json]:
    """All companies that have people, by GET /companies/scroll: the numbered pages end at 10,000."""
    query: dict[str, str] = {}
    while True:
        page = client.get("/companies/scroll", **query)
        found = wire.items(page, "data", "GET /companies/scroll")
        if not found:
            return
        yield from found
        query["scroll_param"] = str(page["scroll_param"])


def _events(client: Client, contact_id: str) -> Iterator[Json]:
    """A contact's events, newest first, by GET /events, which lists those of the last 90 days."""
    query = {"type": "user", "intercom_user_id": contact_id, "per_page": str(_PAGE)}
    while True:
        page = client.get("/events", **query)
        yield from wire.items(page, "events", "GET /events")
        following = page["pages"].get("next")
        if following is None:
            return
        query["before"] = parse_qs(urlsplit(str(following)).query)["before"][0]
