"""What `explain` prints of an object."""

from __future__ import annotations

from intercom_iac.reporting.explanations import object_text


def test_values_stand_in_one_column_and_a_flag_is_a_word() -> None:
    facts = {
        "address": "attribute.contact.tier",
        "type": "string",
        "messenger_writable": True,
        "renamed_from": "level",
        "owner": None,
        "read_by": [],
    }
    assert object_text(facts).splitlines()[1:] == [
        "  type               string",
        "  messenger writable yes",
        "  renamed from       level",
    ]


def test_the_column_is_as_wide_as_the_longest_label_there_always_is() -> None:
    assert object_text({"address": "event.paid", "owner": "growth"}).splitlines()[1:] == [
        "  owner       growth"
    ]
