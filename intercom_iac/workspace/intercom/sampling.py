"""A sample of a workspace's people, and of what they did: a bounded number of calls, whatever the workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from intercom_iac.diagnostics import NotFound, Unauthorized
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import EventSummary, Sample, SampledEvent, SampleRequest, UnreadList, is_registrar
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.model.sample import COMPANY_PAGE, PAGE

from ..client.client import Client
from . import wire
from .reading import start_read

Json = Mapping[str, Any]
T = TypeVar("T")

# A contact is a user or a lead (API 2.16 description, contacts), so this test passes every contact. The one that
# registers events is nobody, and is not counted either.
_ANY_ROLE: Json = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
# `!=` finds contacts without a value, too (API 2.16 description).
_NO_REGISTRAR: Json = {"field": "external_id", "operator": "!=", "value": REGISTRAR_EXTERNAL_ID}
_EVERYBODY: Json = {"operator": "AND", "value": [_ANY_ROLE, _NO_REGISTRAR]}
# `sort` is in the API 2.16 description; a contact who was never seen comes last (assumption).
_LAST_SEEN: Json = {"field": "last_seen_at", "order": "descending"}


def read_sample(client: Client, request: SampleRequest, on_call: Callable[[], object]) -> Sample:
    """Some of the people, the most recently seen first. `on_call` is called after each call of the API.

    What the token may not read is left out and told in `unread`. Raises any other `WorkspaceError`.
    """
    companies = start_read(
        lambda: _read_if_allowed(
            "companies", "POST /companies/list", ([], None), lambda: _companies(client, request, on_call)
        )
    )
    contacts = _read_if_allowed(
        "contacts", "POST /contacts/search", ([], None), lambda: _contacts(client, request, on_call)
    )
    people, contact_total = contacts.found
    known = [person for person in people if "id" in person]
    ids = [str(person["id"]) for person in _choose_spread(known, max(request.summaries, request.occurrences))]
    events = _read_if_allowed(
        "events", "GET /events", ({}, []), lambda: _events(client, request, ids, on_call)
    )
    summaries, occurrences = events.found
    their_companies, company_total = companies.result().found
    return Sample(
        contacts=tuple(people),
        companies=tuple(their_companies),
        contact_total=contact_total,
        company_total=company_total,
        summaries=summaries,
        events=tuple(occurrences),
        unread=(*contacts.unread, *companies.result().unread, *events.unread),
    )


@dataclass(frozen=True, slots=True)
class _Allowed(Generic[T]):
    """What was read as far as the token may, and what it may not."""

    found: T
    unread: tuple[UnreadList, ...] = ()


def _read_if_allowed(what: str, call: str, nothing: T, read: Callable[[], T]) -> _Allowed[T]:
    try:
        return _Allowed(read())
    except Unauthorized as error:
        if error.status != HTTPStatus.FORBIDDEN:
            raise
        return _Allowed(nothing, (UnreadList(what, call, error.message),))


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


def _choose_spread(contacts: Sequence[Json], number: int) -> list[Json]:
    """So many of them, at even distances: those seen last and those seen long ago did different things."""
    if number >= len(contacts):
        return list(contacts)
    return [contacts[index * len(contacts) // number] for index in range(number)]


def _events(
    client: Client, request: SampleRequest, ids: Sequence[str], on_call: Callable[[], object]
) -> tuple[dict[str, tuple[EventSummary, ...]], list[SampledEvent]]:
    def summary(contact_id: str) -> tuple[EventSummary, ...]:
        asked = {"type": "user", "intercom_user_id": contact_id, "summary": "true"}
        return tuple(map(wire.event_summary, _first_page(client, asked, on_call)))

    def occurrences(asked: Mapping[str, str]) -> Iterator[SampledEvent]:
        query = {"type": "user", **asked, "per_page": str(PAGE)}
        return map(wire.occurrence, _first_page(client, query, on_call))

    owners = [{"user_id": REGISTRAR_EXTERNAL_ID}, *({"intercom_user_id": one} for one in ids)]
    # All are under way at once, as far as the client lets them.
    summaries = [start_read(partial(summary, one)) for one in ids[: request.summaries]]
    events = [start_read(partial(occurrences, asked)) for asked in owners[: request.occurrences]]
    found = {one: read.result() for one, read in zip(ids, summaries, strict=False)}
    return found, [event for read in events for event in read.result()]


def _first_page(client: Client, query: Mapping[str, str], on_call: Callable[[], object]) -> list[Json]:
    """The first page of a contact's events; none where the contact is gone by now."""
    try:
        return list(wire.items(client.get("/events", **query), "events", "GET /events"))
    except NotFound:
        return []
    finally:
        on_call()
