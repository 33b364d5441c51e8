"""A sample of a workspace's people, and of what they did: a bounded number of calls, whatever the workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, TypeVar

from intercom_iac.diagnostics import NotFound, Unauthorized
from intercom_iac.model import EventSummary, Sample, SampledEvent, SampleRequest, UnreadList, is_registrar
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.model.sample import COMPANY_PAGE, PAGE

from ..client.client import Client
from . import wire

Json = Mapping[str, Any]
T = TypeVar("T")

# A contact is a user or a lead (API 2.16 description, contacts), so this test passes every contact.
_EVERYBODY: Json = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
# `sort` is in the API 2.16 description; a contact who was never seen comes last (assumption).
_LAST_SEEN: Json = {"field": "last_seen_at", "order": "descending"}


def read_sample(client: Client, request: SampleRequest, on_call: Callable[[], object]) -> Sample:
    """Some of the people, the most recently seen first. `on_call` is called after each call of the API.

    What the token may not read is left out and told in `unread`. Raises any other `WorkspaceError`.
    """
    unread: list[UnreadList] = []
    contacts, contact_total = _allowed(
        "contacts", "POST /contacts/search", unread, ([], None), lambda: _contacts(client, request, on_call)
    )
    companies, company_total = _allowed(
        "companies", "POST /companies/list", unread, ([], None), lambda: _companies(client, request, on_call)
    )
    known = [contact for contact in contacts if "id" in contact]
    ids = [str(contact["id"]) for contact in _spread(known, max(request.summaries, request.occurrences))]
    summaries, events = _allowed(
        "events", "GET /events", unread, ({}, []), lambda: _events(client, request, ids, on_call)
    )
    return Sample(
        contacts=tuple(contacts),
        companies=tuple(companies),
        contact_total=contact_total,
        company_total=company_total,
        summaries=summaries,
        events=tuple(events),
        unread=tuple(unread),
    )


def _allowed(what: str, call: str, unread: list[UnreadList], nothing: T, read: Callable[[], T]) -> T:
    try:
        return read()
    except Unauthorized as error:
        if error.status != HTTPStatus.FORBIDDEN:
            raise
        unread.append(UnreadList(what, call, error.message))
        return nothing


def _contacts(
    client: Client, request: SampleRequest, on_call: Callable[[], object]
) -> tuple[list[Json], int | None]:
    where = "POST /contacts/search"
    found: dict[str, Json] = {}
    total: int | None = None
    cursor: str | None = None
    for _ in range(-(-request.contacts // PAGE)):
        size = min(PAGE, request.contacts - len(found))
        pagination = {"per_page": size} | ({} if cursor is None else {"starting_after": cursor})
        body = {"query": _EVERYBODY, "sort": _LAST_SEEN, "pagination": pagination}
        page = client.post("/contacts/search", body, repeatable=True)
        on_call()
        total = wire.total_count(page, where)
        before = len(found)
        found |= {str(contact.get("id", len(found))): contact for contact in wire.items(page, "data", where)}
        cursor = wire.next_cursor(page)
        # A pager that does not get on gives people who are there already.
        if cursor is None or len(found) == before or len(found) >= request.contacts:
            break
    return [contact for contact in [*found.values()][: request.contacts] if not is_registrar(contact)], total


def _companies(
    client: Client, request: SampleRequest, on_call: Callable[[], object]
) -> tuple[list[Json], int | None]:
    """By POST /companies/list, which sorts by the last request and leaves out companies without people."""
    where = "POST /companies/list"
    found: dict[str, Json] = {}
    total: int | None = None
    for number in range(1, -(-request.companies // COMPANY_PAGE) + 1):
        query = f"page={number}&per_page={min(COMPANY_PAGE, request.companies)}"
        page = client.post(f"/companies/list?{query}", {}, repeatable=True)
        on_call()
        total = wire.total_count(page, where)
        items = wire.items(page, "data", where)
        before = len(found)
        found |= {str(item.get("id", len(found))): item for item in items}
        if len(found) == before or number >= wire.last_page(page, where):
            break
    return list(found.values())[: request.companies], total


def _spread(contacts: Sequence[Json], number: int) -> list[Json]:
    """So many of them, at even distances: those seen last and those seen long ago did different things."""
    if number >= len(contacts):
        return list(contacts)
    return [contacts[index * len(contacts) // number] for index in range(number)]


def _events(
    client: Client, request: SampleRequest, ids: Sequence[str], on_call: Callable[[], object]
) -> tuple[dict[str, tuple[EventSummary, ...]], list[SampledEvent]]:
    def summary(contact_id: str) -> tuple[EventSummary, ...]:
        asked = {"type": "user", "intercom_user_id": contact_id, "summary": "true"}
        return tuple(map(wire.event_summary, _listed(client, asked, on_call)))

    def occurrences(asked: Mapping[str, str]) -> Iterator[SampledEvent]:
        query = {"type": "user", **asked, "per_page": str(PAGE)}
        return map(wire.occurrence, _listed(client, query, on_call))

    owners = [{"user_id": REGISTRAR_EXTERNAL_ID}, *({"intercom_user_id": one} for one in ids)]
    with ThreadPoolExecutor(client.parallelism) as pool:
        summaries = pool.map(summary, ids[: request.summaries])
        events = pool.map(occurrences, owners[: request.occurrences])
        found = dict(zip(ids, summaries, strict=False))
        return found, [event for of_one in events for event in of_one]


def _listed(client: Client, query: Mapping[str, str], on_call: Callable[[], object]) -> list[Json]:
    """The first page of a contact's events; none where the contact is gone by now."""
    try:
        return list(wire.items(client.get("/events", **query), "events", "GET /events"))
    except NotFound:
        return []
    finally:
        on_call()
