"""How near the workspace is to Intercom's caps."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.model import Snapshot
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS

from .finding import Finding, Thing

NEAR = 0.8
"""The share of a cap from which on it is near."""


def near_caps(snapshot: Snapshot) -> Iterator[Finding]:
    """Findings for the caps that are near: of attributes, of events as far as they are registered.

    Their addresses are the words of a plan's limits.
    """
    active = sum(not attribute.archived for attribute in snapshot.attributes)
    yield from _near_cap("attributes", "attribute", active, MAX_ATTRIBUTES, "active custom attributes")
    yield from _near_cap("events", "event", len(snapshot.events), MAX_EVENTS, "registered events")


def _near_cap(address: str, thing: Thing, count: int, limit: int, what: str) -> Iterator[Finding]:
    if count >= NEAR * limit:
        yield Finding(
            address=address,
            kind="near_cap",
            thing=thing,
            reason=f"the workspace has {count} {what} of the {limit} that Intercom holds",
            hint="archive what no rule reads and nobody fills; `audit` ranks it",
        )
