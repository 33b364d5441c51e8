"""Single contacts, companies and events of a workspace, as Intercom's API has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

Json = Mapping[str, Any]


class Records(Protocol):
    """Reads and writes of records, for any number of threads. Each method may raise a `WorkspaceError`.

    Search lags writes by minutes (API 2.16 description); reads by id do not. The registrar contact is in no result.
    """

    @property
    def calls(self) -> int: ...

    def count_contacts(self, query: Json) -> int:
        """How many contacts a search finds."""
        ...

    def search_contacts(self, query: Json) -> Iterator[list[Json]]:
        """The pages of a search, 150 contacts each; of a list that moves, each contact once."""
        ...

    def contacts_with(self, field: str, values: Sequence[str]) -> list[Json]:
        """The contacts that have one of these values of `external_id`, `email` or `id`, by as few searches as hold
        them."""
        ...

    def contact(self, contact_id: str) -> Json | None:
        """The contact as it is now; None where it is gone, archived, or merged into another."""
        ...

    def contact_with_external_id(self, external_id: str) -> Json | None:
        """The same by external id."""
        ...

    def companies(self) -> Iterator[list[Json]]:
        """The pages of all companies that have people."""
        ...

    def company(self, company_id: str) -> Json | None:
        """The company with this `company_id` of the team's own."""
        ...

    def create_contact(self, body: Json) -> Json:
        """Raises `Conflict` where there is one; `existing_id` finds whose id the message names."""
        ...

    def update_contact(self, contact_id: str, body: Json) -> Json: ...

    def upsert_company(self, body: Json) -> Json: ...

    def send_event(self, body: Json) -> None:
        """Sending it again is harmless: Intercom knows an event by its person, name and second."""
        ...

    def tag_contact(self, contact_id: str, tag_id: str) -> None: ...

    def untag_contact(self, contact_id: str, tag_id: str) -> None: ...

    def tag_company(self, company_id: str, tag: str) -> None:
        """`company_id` is Intercom's id, `tag` the tag's name."""
        ...

    def untag_company(self, company_id: str, tag: str) -> None: ...
