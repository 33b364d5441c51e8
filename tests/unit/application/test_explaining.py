"""`explain_code` and `explain_object`."""

from __future__ import annotations

import pytest

from intercom_iac.application import explain_code, explain_object, is_code
from intercom_iac.diagnostics import InvalidSpecs, Misuse


def test_a_code_and_an_address_are_told_apart() -> None:
    assert is_code("spec101")
    assert not is_code("attribute.contact.plan")


def test_a_code_is_found_in_either_case() -> None:
    assert explain_code("spec101") is explain_code("SPEC101")


def test_a_code_that_is_not_there_is_misuse() -> None:
    with pytest.raises(Misuse, match="no code `SPEC999`"):
        explain_code("spec999")


def test_an_attribute_says_what_reads_it(session) -> None:
    facts = explain_object(session, "attribute.contact.tier")
    assert next(iter(facts)) == "address"
    assert facts["type"] == "options"
    assert facts["options"] == ["free", "pro"]
    assert facts["read_by"] == ["segment.free_riders"]
    assert facts["declared_at"] == "specs/example.yaml:4:5"


def test_a_segment_says_what_it_reads(session) -> None:
    facts = explain_object(session, "segment.free_riders")
    assert facts["published"] == "audience, tag"
    assert facts["reads"] == ["attribute.contact.tier", "attribute.contact.seats_used"]
    assert facts["meaning"]
    assert len(facts["api_can"]) == 2


def test_an_event_and_a_standard_attribute(session) -> None:
    assert explain_object(session, "event.signed_up")["metadata"] == ["source (string)"]
    assert explain_object(session, "attribute.company.size")["read_by"] == ["segment.big_companies"]


def test_an_address_that_is_not_there_is_misuse(session) -> None:
    with pytest.raises(Misuse) as raised:
        explain_object(session, "attribute.contact.tir")
    assert raised.value.hint == "did you mean `attribute.contact.tier`?"


def test_an_address_of_another_workspace_is_said_so(write) -> None:
    project = "version: 1\nworkspaces:\n  one: {sandbox: one.db}\n  two: {sandbox: two.db}\n"
    session = write("attributes: {contact: {tier: {type: string, only: [one]}}}\n", project, workspace="two")
    with pytest.raises(Misuse, match="is only for `one`"):
        explain_object(session, "attribute.contact.tier")


def test_wrong_specs_explain_nothing(write) -> None:
    with pytest.raises(InvalidSpecs):
        explain_object(write("attributes: []\n"), "attribute.contact.tier")
