"""How specs fit Intercom with what an import adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.adopting.fit import fit_of
from intercom_iac.adopting.proposal import Capacity, Proposal, ProposedEntry
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema, Status
from intercom_iac.specs.author.entries import attribute_entry, event_entry
from support.tracking_plans import propose, track, traits

TEXT = {"type": "string"}


def proposal_of(*things: Attribute | Event) -> Proposal:
    """What an import from a workspace would propose."""
    return Proposal(
        entries=tuple(
            ProposedEntry(
                entry=attribute_entry(thing) if isinstance(thing, Attribute) else event_entry(thing),
                address=thing.address,
            )
            for thing in things
        )
    )


def contact(name: str, status: Status = "active") -> Attribute:
    return Attribute("contact", name, DataType.STRING, status=status)


def company(name: str) -> Attribute:
    return Attribute("company", name, DataType.STRING)


def schema_of(*things: Attribute | Event) -> Schema:
    return Schema(
        attributes={(thing.model, thing.name): thing for thing in things if isinstance(thing, Attribute)},
        events={thing.name: thing for thing in things if isinstance(thing, Event)},
    )


def test_caps_count_what_is_declared_already_once(tmp_path: Path) -> None:
    declared = schema_of(
        contact("plan_type"),
        contact("old", status="archived"),
        Event("order paid"),
        Event("gone", status="archived"),
    )
    rules = [
        track("Order Paid"),
        track("gone"),
        track("new"),
        traits("IDENTIFY", plan_type=TEXT, old=TEXT, seats=TEXT),
    ]
    fit = fit_of(declared, propose(tmp_path, {"a.json": {"rules": rules}}))
    assert fit.attributes == Capacity(count=2, limit=250)
    assert fit.events == Capacity(count=2, limit=120)


@pytest.mark.parametrize(
    ("events", "attributes", "codes"), [(120, 250, []), (121, 251, ["FIT101", "FIT102"])]
)
def test_a_cap_that_is_passed_is_told_and_nothing_left_out(
    tmp_path: Path, events: int, attributes: int, codes: list[str]
) -> None:
    rules = [track(f"e{at}") for at in range(events)]
    rules.append(traits("IDENTIFY", **{f"t{at}": TEXT for at in range(attributes)}))
    proposal = propose(tmp_path, {"a.json": {"rules": rules}})
    fit = fit_of(Schema(), proposal)
    assert len(proposal.entries) == events + attributes
    assert [finding.code for finding in fit.findings] == codes
    assert all("--only" in finding.message for finding in fit.findings)


def test_entries_of_a_workspace_are_held_to_the_same() -> None:
    keys = tuple(MetadataKey(f"k{number}", DataType.STRING) for number in range(11))
    proposal = proposal_of(
        contact("email"),
        contact("bad.name"),
        contact("region"),
        company("region"),
        Event("Paid", metadata=keys),
        Event("paid"),
        Event("a.b"),
    )
    fit = fit_of(schema_of(Event("A-B"), company("other"), contact("mine")), proposal)
    assert [(finding.code, finding.addresses) for finding in fit.findings] == [
        ("FIT103", ("event.Paid",)),
        ("FIT104", ("event.Paid", "event.paid")),
        ("FIT104", ("event.A-B", "event.a.b")),
        ("FIT107", ("attribute.contact.region", "attribute.company.region")),
        ("FIT106", ("attribute.contact.email",)),
        ("FIT105", ("attribute.contact.bad.name",)),
    ]


def test_what_is_as_declared_has_no_findings() -> None:
    things = (contact("plan_type"), company("seats"), Event("paid"))
    assert fit_of(schema_of(*things), proposal_of(*things)).findings == ()


def test_what_was_found_while_reading_comes_with_it(tmp_path: Path) -> None:
    proposal = propose(tmp_path, {"a.json": {"rules": [track("Paid", items={"type": "array"})]}})
    assert [finding.code for finding in fit_of(Schema(), proposal).findings] == ["FIT108"]
