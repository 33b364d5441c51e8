"""What of a workspace becomes an entry, and what is told instead."""

from __future__ import annotations

from intercom_iac.adopting import propose_workspace
from intercom_iac.model import DataType, Identity, LiveAttribute, Sample, SampledEvent, Schema, Snapshot
from intercom_iac.text.personal import mask_if_personal


def attribute(number: int, *, archived: bool = False) -> LiveAttribute:
    return LiveAttribute(number, "contact", "plan", DataType.STRING, archived=archived)


def test_of_one_name_the_one_in_use_is_taken_and_the_others_are_told_once() -> None:
    twins = (attribute(1, archived=True), attribute(2), attribute(2), attribute(3))
    snapshot = Snapshot(Identity("abc", "", "UTC"), twins, (), (), (), {})
    proposal = propose_workspace(snapshot, Sample(), Schema())
    assert [entry.place for entry in proposal.entries] == ["data attribute 2"]
    assert [(missing.what, missing.place) for missing in proposal.not_mapped] == [
        ("the contact attribute `plan`", "data attribute 3"),
        ("the contact attribute `plan`, archived", "data attribute 1"),
    ]


def test_metadata_keys_that_are_people_are_written_nowhere() -> None:
    addresses = {"jane.doe@example.com": 1, "joan.doe@example.com": 1, "+49 171 1234567": 1, "plan": "pro"}
    sample = Sample(events=(SampledEvent("invited", 1, addresses),))
    snapshot = Snapshot(Identity("abc", "", "UTC"), (), (), (), (), {})
    proposal = propose_workspace(snapshot, sample, Schema(), mask=mask_if_personal)
    [event] = proposal.entries
    assert list(event.entry.data["metadata"]) == ["plan"]
    assert [missing.what for missing in proposal.not_mapped] == [
        "metadata keys such as `j•••@•••.com` of the event `invited`",
        "metadata keys such as `+•••67` of the event `invited`",
    ]


def test_what_has_no_name_is_told() -> None:
    nameless = LiveAttribute(1, "contact", "", DataType.STRING)
    snapshot = Snapshot(Identity("abc", "", "UTC"), (nameless,), ("",), (), (), {})
    proposal = propose_workspace(snapshot, Sample(), Schema())
    assert not proposal.entries
    assert [missing.what for missing in proposal.not_mapped] == ["`attribute.contact.`", "`event.`"]
