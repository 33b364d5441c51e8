"""A change of members is counted for each form a segment is published in."""

from __future__ import annotations

from intercom_iac.publishing import MembershipChange


def test_a_segment_in_two_forms_has_two_changes() -> None:
    tag = MembershipChange(key="hot", published_as="tag", members=3, enter=1, leave=0)
    attribute = MembershipChange(key="hot", published_as="attribute", members=3, enter=3, leave=0)
    assert {tag, attribute} == {tag, attribute, tag}
