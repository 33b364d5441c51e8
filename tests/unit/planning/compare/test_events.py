"""What a plan says of events: registered once, retired by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.model import DataType, Event, Identity, MetadataKey, Schema, Snapshot
from intercom_iac.planning import Plan, plan

PAID = Event("Paid.Invoice", metadata=(MetadataKey("amount", DataType.INTEGER),))
EMPTY = Snapshot(Identity("abc12345", "Acme", "UTC"))


def planned(*events: Event, registered: tuple[str, ...] = ()) -> Plan:
    schema = Schema(events={event.name: event for event in events})
    return plan(schema, replace(EMPTY, events=registered), workspace="sandbox", specs_digest="")


def test_a_new_event_is_registered_with_its_metadata() -> None:
    (change,) = planned(PAID).changes
    assert (change.action, change.risk, change.after("metadata")) == (
        "register",
        "safe",
        {"amount": "integer"},
    )


@pytest.mark.parametrize("spelling", ["Paid.Invoice", "paid-invoice", "PAID-INVOICE"])
def test_a_registered_event_is_known_however_intercom_spells_it(spelling: str) -> None:
    made = planned(PAID, registered=(spelling,))
    assert (made.changes, made.unmanaged) == ((), ())


def test_an_archived_event_is_retired_by_hand() -> None:
    archived = replace(PAID, status="archived")
    (change,) = planned(archived, registered=("paid-invoice",)).changes
    assert change.action == "manual"
    assert any("Archive" in step for step in change.steps)
    assert planned(archived).changes == ()


def test_an_event_the_specs_do_not_know_is_reported() -> None:
    assert planned(registered=("left",)).unmanaged == ("event.left",)


def test_the_cap_on_events() -> None:
    registered = tuple(f"e{n}" for n in range(120))
    assert [remark.code for remark in planned(PAID, registered=registered).errors] == ["PLAN602"]
    assert not planned(PAID, registered=registered[:-1]).errors


def test_a_workspace_over_the_cap_may_still_be_planned_for() -> None:
    registered = tuple(f"e{n}" for n in range(125))
    assert not planned(registered=registered).errors


@pytest.mark.parametrize(
    ("metadata", "unverified"),
    [(PAID.metadata, "that it was sent, or its metadata keys"), ((), "that it was sent")],
)
def test_an_event_that_something_else_sends_is_not_registered_and_not_verified(
    metadata: tuple[MetadataKey, ...], unverified: str
) -> None:
    made = planned(replace(PAID, adopt=True, metadata=metadata))
    assert made.changes == ()
    assert [verification.unverified for verification in made.verifications] == [unverified]
