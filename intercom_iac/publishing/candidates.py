"""Who a rule selects in a workspace: what a search finds, and of these whom the rest of the rule selects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, tzinfo
from threading import Lock
from typing import Any

from intercom_iac.compilers import evaluator, to_search
from intercom_iac.model import NOT_REGISTRAR, Person, Predicate, reads_tags, requires
from intercom_iac.workspace import Belongings, Records

from .record_lists import has_more, listed_records

Json = Mapping[str, Any]

_SINGLE_READS = 20
"""For so many contacts the companies are read one by one; for more of them all companies are read, a page of 60 a
call."""


class Candidates:
    """Reads contacts by rules on one day, with what the rules ask for besides the contacts themselves."""

    def __init__(
        self,
        records: Records,
        belongings: Belongings,
        *,
        tags: Mapping[str, str],
        today: date,
        zone: tzinfo,
        parallelism: int,
    ) -> None:
        """`tags` are the ids of the workspace's tags by name."""
        self._records = records
        self._belongings = belongings
        self._tag_ids = tags
        self._tag_names = {tag_id: name for name, tag_id in tags.items()}
        self.today = today
        self.zone = zone
        self._parallelism = parallelism
        self._everybody: int | None = None
        self._companies: dict[str, Json] | None = None
        self._reads = 0
        self._lock = Lock()

    def count(self, rule: Predicate) -> int | None:
        """How many contacts a rule selects, where one search can tell."""
        search = to_search(rule, today=self.today, zone=self.zone, tag_ids=self._tag_ids)
        return self._records.count_contacts(search.query) if search.exact else None

    def count_all(self) -> int:
        """How many contacts there are, counted once."""
        if self._everybody is None:
            self._everybody = self.count(NOT_REGISTRAR)
        return self._everybody or 0

    def select(self, rule: Predicate) -> Iterator[Json]:
        """The contacts that a rule selects, in the order of the search."""
        search = to_search(rule, today=self.today, zone=self.zone, tag_ids=self._tag_ids)
        pages = self._records.search_contacts(search.query)
        if search.residual is None:
            for page in pages:
                yield from page
            return
        holds = evaluator(search.residual, today=self.today, zone=self.zone)
        person_of = self._reader(search.residual)
        with ThreadPoolExecutor(self._parallelism) as pool:
            for page in pages:
                for contact, person in zip(page, pool.map(person_of, page), strict=True):
                    if holds(person):
                        yield contact

    def _reader(self, rule: Predicate) -> Callable[[Json], Person]:
        """What makes of a contact a person with all that the rule asks for."""
        needs, tags = requires(rule), reads_tags(rule)

        def person_of(contact: Json) -> Person:
            # An address that was taken away reads as an empty text, and a search finds none (recorded, API 2.3).
            known = {**contact, "email": None} if contact.get("email") == "" else contact
            companies = self._companies_of(contact) if "companies" in needs else []
            if tags:
                known = self._with_tag_names(known, self._all_tags(contact))
                companies = [
                    self._with_tag_names(company, listed_records(company, "tags")) for company in companies
                ]
            events = self._belongings.events(str(contact["id"])) if "events" in needs else []
            return Person(known, companies, events)

        return person_of

    def _all_tags(self, contact: Json) -> Sequence[Json]:
        return (
            self._belongings.tags(str(contact["id"]))
            if has_more(contact, "tags")
            else listed_records(contact, "tags")
        )

    def _with_tag_names(self, thing: Json, tags: Sequence[Json]) -> Json:
        """Contacts tell the ids of their tags alone (recorded, API 2.3)."""
        named = [
            {**tag, "name": tag.get("name") or self._tag_names.get(str(tag.get("id")), "")} for tag in tags
        ]
        return {**thing, "tags": {"type": "list", "data": named}}

    def _companies_of(self, contact: Json) -> list[Json]:
        linked = listed_records(contact, "companies")
        if not linked:
            return []
        if has_more(contact, "companies"):
            return self._belongings.companies(str(contact["id"]))
        with self._lock:
            self._reads += 1
            if self._companies is None and self._reads > _SINGLE_READS:
                self._companies = {
                    str(company["id"]): company for page in self._records.companies() for company in page
                }
            companies = self._companies
        ids = [str(company.get("id")) for company in linked]
        if companies is None or any(company_id not in companies for company_id in ids):
            return self._belongings.companies(str(contact["id"]))
        return [companies[company_id] for company_id in ids]
