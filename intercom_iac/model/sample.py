"""What was read of a workspace beside its definitions: some of its people, and what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from intercom_iac.lazy_dataclass import dataclass

from .snapshot import Snapshot

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventSummary:
    """How often a contact did something, over all time. `first` and `last` are Unix seconds, None where not told.

    `description` is the one that people gave the event in Intercom; no other call returns it (API 2.16 description,
    GET /events with `summary`).
    """

    name: str
    count: int
    first: int | None = None
    last: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class SampledEvent:
    """One occurrence of an event, of the last 90 days. `created_at` is in Unix seconds."""

    name: str
    created_at: int
    metadata: Json


@dataclass(frozen=True, slots=True)
class UnreadList:
    """What the token was not allowed to read: the `call`, such as `GET /audiences`, and why, in Intercom's words.

    `what` names it for people: `audiences`.
    """

    what: str
    call: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """A snapshot as far as the token may read it. What is in `unread` is empty in the snapshot."""

    snapshot: Snapshot
    unread: tuple[UnreadList, ...] = ()

    def is_unread(self, what: str) -> bool:
        return any(unread.what == what for unread in self.unread)


PAGE = 150
"""The largest page of contacts and of events (API 2.16 description)."""
COMPANY_PAGE = 60
"""The largest page of companies, as Intercom's own clients ask for it; the description names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRequest:
    """How much to read at most: so many contacts and companies, of so many contacts the summary of their events, and
    of so many the last page of their events."""

    contacts: int = 0
    companies: int = 0
    summaries: int = 0
    occurrences: int = 0

    @property
    def calls(self) -> int:
        """How many calls of the API it takes at most."""
        return (
            -(-self.contacts // PAGE) + -(-self.companies // COMPANY_PAGE) + self.summaries + self.occurrences
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """Contacts and companies in the shapes of the API, the most recently seen first, without the registrar contact.

    `contact_total` and `company_total` are how many the workspace says it has. `summaries` are of some of the
    contacts, by their Intercom ids; `events` are occurrences of the last 90 days, of some of them and of the
    registrar contact.
    """

    contacts: tuple[Json, ...] = ()
    companies: tuple[Json, ...] = ()
    contact_total: int | None = None
    company_total: int | None = None
    summaries: Mapping[str, tuple[EventSummary, ...]] = field(
        default_factory=dict[str, tuple[EventSummary, ...]]
    )
    events: tuple[SampledEvent, ...] = ()
    unread: tuple[UnreadList, ...] = ()
