"""How many people of a segment a change may exchange."""

from __future__ import annotations

import pytest

from intercom_iac.breaking import MemberCount, MemberCounts
from intercom_iac.breaking.change import schema_change
from intercom_iac.breaking.members import MemberChange, limit_findings
from intercom_iac.diagnostics.codes.breaking import segments as codes
from intercom_iac.model.predicate import Tagged
from intercom_iac.prover import Unknown


def count(text: str) -> MemberCount:
    return MemberCount(int(text.removeprefix("<")), exact=not text.startswith("<"))


def change(counts: str | None):
    """A change with the counts before, after, of who enters and who leaves; `<` says at most."""
    found = None
    if counts is not None:
        before, after, enter, leave = map(count, counts.split())
        found = MemberCounts(before=before, after=after, enter=enter, leave=leave)
    undecided = Unknown("it is not asked here")
    members = MemberChange(
        enters=undecided, leaves=undecided, stays=undecided, rules=(Tagged("a"), Tagged("b")), counts=found
    )
    return schema_change(codes.RULE_CHANGED, "segment.big", "the rule changed", members=members)


@pytest.mark.parametrize(
    ("counts", "limit", "code"),
    [
        ("100 125 25 0", 25, None),
        ("100 126 26 0", 25, "BACK782"),
        ("100 100 13 13", 25, "BACK782"),
        ("100 90 0 10", 0, "BACK782"),
        ("100 100 0 0", 0, None),
        ("0 5 5 0", 25, "BACK782"),
        # A single one is a decision.
        ("2 3 1 0", 25, None),
        ("2 3 1 0", 0, "BACK782"),
        # What is bounded is told where it may be too many, and refused where it is.
        ("<100 <100 <20 <20", 25, "BACK783"),
        ("<100 <100 <0 <0", 25, None),
        ("100 100 <10 <10", 25, None),
        ("100 150 <60 <60", 25, "BACK782"),
        ("<100 <130 30 0", 25, "BACK782"),
        ("<100 <100 20 0", 25, "BACK783"),
        (None, 25, "BACK783"),
        (None, None, None),
        ("100 200 100 0", None, None),
    ],
)
def test_a_change_is_held_to_the_share_of_those_who_belong(
    counts: str | None, limit: float | None, code: str | None
) -> None:
    found = list(limit_findings([change(counts)], limit))
    assert [finding.code for finding in found] == ([] if code is None else [code])


def test_the_message_has_the_numbers() -> None:
    [finding] = limit_findings([change("1000 1400 400 0")], 25)
    assert finding.message == (
        "`segment.big`: 400 people would enter and 0 would leave, of 1,000 who belong to it (40%), and the project "
        "allows 25%"
    )
    [finding] = limit_findings([change("<1000 <1400 <400 0")], 25)
    assert "at most 400 people would enter" in finding.message
    assert "%)" not in finding.message


def test_a_segment_that_several_changes_are_of_is_told_once() -> None:
    assert len(list(limit_findings([change("100 200 100 0")] * 2, 25))) == 1
