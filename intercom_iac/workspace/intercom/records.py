"""Single contacts, companies and events, over Intercom's API."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from intercom_iac.diagnostics import Conflict, NotFound, UnexpectedResponse, Unsettled
from intercom_iac.model import is_registrar
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from ..client.client import Client
from ..records import ContactState
from . import wire
from .reading import start_read

Json = Mapping[str, Any]

SEARCH_PAGE = 150
"""How many contacts a page of a search has at most, and how many values one `IN` names (API 2.16 description for the
first; the second is held to it, so that one page has all that it finds)."""
_COMPANY_PAGE = 60  # the largest of POST /companies/list (API 2.16 description)
_LISTED_COMPANIES = 10_000  # numbered pages end there (API 2.16 description)
# The order in which contacts were made does not change while pages of it are read.
_OLDEST_FIRST: Json = {"field": "created_at", "order": "ascending"}
_SEARCH, _LIST, _SCROLL = "POST /contacts/search", "POST /companies/list", "GET /companies/scroll"
# Pauses while another program scrolls, as numbers of tries: together more than the minute after which it is over.
_SCROLL_PAUSES = (6, 7, 8)
_READINGS = 3


class HttpRecords:
    """The `Records` of a workspace that `client` calls."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def calls(self) -> int:
        return self._client.calls

    def back_off(self, attempt: int) -> None:
        self._client.back_off(attempt)

    def count_contacts(self, query: Json) -> int:
        return count_found(self._client, query)

    def search_contacts(self, query: Json) -> Iterator[list[Json]]:
        seen: set[str] = set()
        cursor: str | None = None
        number = 0
        while True:
            number += 1
            page = self._search_page(query, cursor)
            contacts = _contacts(page)
            yield [contact for contact in contacts if contact["id"] not in seen and not is_registrar(contact)]
            before, last = len(seen), cursor
            seen |= {str(contact["id"]) for contact in contacts}
            cursor = wire.next_cursor(page)
            if cursor is None or not contacts:
                return
            if cursor == last or len(seen) == before:
                raise UnexpectedResponse(f"{_SEARCH} does not get past its page {number}: it repeats itself")

    def _search_page(self, query: Json, cursor: str | None) -> Json:
        pagination = {"per_page": SEARCH_PAGE} | ({} if cursor is None else {"starting_after": cursor})
        body = {"query": query, "sort": _OLDEST_FIRST, "pagination": pagination}
        return self._client.post("/contacts/search", body, repeatable=True)

    def contacts_with(self, field: str, values: Sequence[str]) -> list[Json]:
        """Several searches are under way at once, as far as the client lets them."""
        spellings = ((value, value.lower()) if field == "email" else (value,) for value in values)
        wanted = list(dict.fromkeys(spelling for value in spellings for spelling in value))
        batches = [wanted[start : start + SEARCH_PAGE] for start in range(0, len(wanted), SEARCH_PAGE)]
        found: dict[str, Json] = {}
        for contacts in _read_in_order(
            [partial(self._contacts_in, field, batch) for batch in batches], self._client.parallelism
        ):
            found |= {str(contact["id"]): contact for contact in contacts}
        return list(found.values())

    def _contacts_in(self, field: str, values: Sequence[str]) -> list[Json]:
        query = {"field": field, "operator": "IN", "value": list(values)}
        return [contact for page in self.search_contacts(query) for contact in page]

    def contact(self, contact_id: str) -> Json | None:
        return self._one_contact(f"/contacts/{_path_element(contact_id)}")

    def contact_with_external_id(self, external_id: str) -> Json | None:
        if external_id == REGISTRAR_EXTERNAL_ID:
            return None
        return self._one_contact(f"/contacts/find_by_external_id/{_path_element(external_id)}")

    def contact_state(self, contact_id: str) -> ContactState:
        try:
            self._client.get(f"/contacts/{_path_element(contact_id)}")
        except NotFound:
            return "gone"
        except Conflict as error:
            if error.status != HTTPStatus.GONE:
                raise
            return "merged"
        return "present"

    def _one_contact(self, path: str) -> Json | None:
        try:
            contact = self._client.get(path)
        except NotFound:
            return None
        except Conflict as error:
            if error.status != HTTPStatus.GONE:  # merged into another one (API 2.16 description)
                raise
            return None
        return None if is_registrar(contact) else _check_record(contact, "GET /contacts/{id}")

    def companies(self) -> Iterator[list[Json]]:
        """By numbered pages; by a scroll where there are more than these reach.

        A page of either may hide what moved while it was read: so what came is compared with the length that the list
        has. Raises `Unsettled` where it does not get there.
        """
        seen: set[str] = set()
        total = 0
        for _ in range(_READINGS):
            first = self._company_page(1)
            total = wire.total_count(first, _LIST) or 0
            pages = self._scroll_companies() if total > _LISTED_COMPANIES else self._list_companies(first)
            for page in pages:
                yield [company for company in page if company["id"] not in seen]
                seen |= {str(company["id"]) for company in page}
            if len(seen) >= total:
                return
        raise Unsettled(
            f"the companies were read {_READINGS} times, and {len(seen)} of {total} came",
            hint="what is missing would be looked for one by one: try again when nobody changes them",
        )

    def _company_page(self, number: int) -> Json:
        path = f"/companies/list?page={number}&per_page={_COMPANY_PAGE}"
        return self._client.post(path, {}, repeatable=True)

    def _list_companies(self, page: Json) -> Iterator[list[Json]]:
        number, companies = 1, _companies(page, _LIST)
        while companies:
            yield companies
            if number >= wire.last_page(page, _LIST):
                return
            number += 1
            page = self._company_page(number)
            companies = _companies(page, _LIST)

    def _scroll_companies(self) -> Iterator[list[Json]]:
        page = self._begin_scroll()
        while companies := _companies(page, _SCROLL):
            yield companies
            parameter = page.get("scroll_param")
            if not isinstance(parameter, str):
                raise UnexpectedResponse(f"the answer of {_SCROLL} has no text in `scroll_param`")
            page = self._client.get("/companies/scroll", scroll_param=parameter)

    def _begin_scroll(self) -> Json:
        """A workspace has one scroll at a time, which ends a minute after its last call."""
        for pause in _SCROLL_PAUSES:
            try:
                return self._client.get("/companies/scroll")
            except Conflict:
                self._client.back_off(pause)
        return self._client.get("/companies/scroll")

    def company(self, company_id: str) -> Json | None:
        """The answer is the company, or a list of one (the API 2.16 description has both)."""
        where = "GET /companies"
        try:
            answer = self._client.get("/companies", company_id=company_id)
        except NotFound:
            return None
        companies = [answer] if "data" not in answer else wire.items(answer, "data", where)
        return _check_record(companies[0], where) if companies else None

    def create_contact(self, body: Json) -> Json:
        return _check_record(self._client.post("/contacts", body), "POST /contacts")

    def update_contact(self, contact_id: str, body: Json) -> Json:
        return self._client.put(f"/contacts/{_path_element(contact_id)}", body)

    def upsert_company(self, body: Json) -> Json:
        # The same `company_id` is the same company (API 2.16 description).
        return self._client.post("/companies", body, repeatable=True)

    def send_event(self, body: Json) -> None:
        self._client.post("/events", body, repeatable=True)

    def tag_contact(self, contact_id: str, tag_id: str) -> None:
        self._client.post(f"/contacts/{_path_element(contact_id)}/tags", {"id": tag_id}, repeatable=True)

    def untag_contact(self, contact_id: str, tag_id: str) -> None:
        self._client.delete(f"/contacts/{_path_element(contact_id)}/tags/{_path_element(tag_id)}")

    def tag_company(self, company_id: str, tag: str) -> None:
        self._client.post("/tags", {"name": tag, "companies": [{"id": company_id}]}, repeatable=True)

    def untag_company(self, company_id: str, tag: str) -> None:
        untagged = {"name": tag, "companies": [{"id": company_id, "untag": True}]}
        self._client.post("/tags", untagged, repeatable=True)


def count_found(client: Client, query: Json) -> int:
    """How many contacts a search finds, in one call."""
    body = {"query": dict(query), "pagination": {"per_page": 1}}
    page = client.post("/contacts/search", body, repeatable=True)
    found = wire.total_count(page, _SEARCH)
    return len(wire.items(page, "data", _SEARCH)) if found is None else found


def _read_in_order(reads: Sequence[Callable[[], list[Json]]], at_once: int) -> Iterator[list[Json]]:
    """What each gives, in their order; so many of them are under way at once."""
    waiting: deque[Future[list[Json]]] = deque()
    for read in reads:
        waiting.append(start_read(read))
        if len(waiting) >= at_once:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _contacts(page: Json) -> list[Json]:
    return [_check_record(contact, _SEARCH) for contact in wire.items(page, "data", _SEARCH)]


def _companies(page: Json, where: str) -> list[Json]:
    return [_check_record(company, where) for company in wire.items(page, "data", where)]


def _check_record(record: Json, where: str) -> Json:
    """A record that can be written to and compared. Raises `UnexpectedResponse` for any other."""
    live_id, custom = record.get("id"), record.get("custom_attributes")
    if not isinstance(live_id, str) or not live_id:
        raise UnexpectedResponse(f"the answer of {where} has no id in `id`")
    if custom is not None and not isinstance(custom, Mapping):
        raise UnexpectedResponse(f"the answer of {where} has no object in `custom_attributes`")
    return record


def _path_element(identifier: str) -> str:
    return quote(identifier, safe="")
