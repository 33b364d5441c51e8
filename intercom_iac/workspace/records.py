"""Single contacts, companies and events of a workspace, as Intercom's API has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from intercom_iac.diagnostics import Conflict
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

Json = Mapping[str, Any]

ContactState = Literal["present", "merged", "gone"]
"""What a read of a contact by its id says: it is there, it is part of another one, or it is archived or deleted."""

# 409 of POST and PUT /contacts: "A contact matching those details already exists with id=..." (recorded, API 2.3).
_EXISTING = lazy_pattern(
    r"\b(archived )?contact matching those details already exists with id=([0-9A-Za-z-]{1,64})"
)


class Records(Protocol):
    """Reads and writes of records, for any number of threads. Each method may raise a `WorkspaceError`.

    Search lags writes by minutes (API 2.16 description); reads by id and by external id do not. The registrar contact
    is in no result but counts.
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
        them. Addresses are also looked for in lower case."""
        ...

    def contact(self, contact_id: str) -> Json | None:
        """The contact as it is now; None where it is gone, archived, or merged into another."""
        ...

    def contact_state(self, contact_id: str) -> ContactState: ...

    def contact_with_external_id(self, external_id: str) -> Json | None:
        """The same by external id: users only, since those of leads are Intercom's own."""
        ...

    def companies(self) -> Iterator[list[Json]]:
        """The pages of all companies that have people."""
        ...

    def company(self, company_id: str) -> Json | None:
        """The company with this `company_id` of the team's own, whether it has people or not."""
        ...

    def create_contact(self, body: Json) -> Json:
        """Raises `Conflict` where there is one; `existing_contact` finds whose id the message names. A create whose
        answer is lost is not sent again: `maybe_done`."""
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

    def back_off(self, attempt: int) -> None:
        """Waits before another try, twice as long after each."""
        ...


@dataclass(frozen=True, slots=True)
class ExistingContact:
    """The contact that has the identity of one that was to be created or changed."""

    id: str
    archived: bool


def existing_contact(error: Conflict) -> ExistingContact | None:
    """The contact that a refusal names; None where it was refused for something else."""
    found = _EXISTING.search(error.message)
    return None if found is None else ExistingContact(found[2], archived=found[1] is not None)
