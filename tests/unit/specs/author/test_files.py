"""Entries written into spec files: as `fmt` writes them, where they belong."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Segment
from intercom_iac.specs import (
    Entry,
    add_entries,
    attribute_entry,
    event_entry,
    format_file,
    literal_text,
    new_spec_file,
    segment_entry,
)
from intercom_iac.specs.author.entries import FIELD_OF_KEY
from intercom_iac.specs.load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry
from intercom_iac.text import SourceFile
from intercom_iac.yaml.shapes import Shape, keys_of

SEATS = Entry(("attributes", "company", "seats"), {"owner": "growth", "type": "integer"})
VIP = Entry(("segments", "vip"), {"rule": "seats>5", "name": "VIP: all"})


def added(text: str, *entries: Entry) -> str:
    found = add_entries(SourceFile("specs/a.yaml", text), entries)
    if format_file(text, "") == text:
        assert format_file(found, "") == found
    return found


def test_a_new_file_has_its_sections_and_keys_in_the_order_of_the_format() -> None:
    assert new_spec_file([VIP, SEATS], "# ours\n") == (
        "# ours\nversion: 1\nattributes:\n  company:\n    seats:\n      type: integer\n      owner: growth\n"
        'segments:\n  vip:\n    name: "VIP: all"\n    rule: seats > 5\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "version: 1\nattributes:\n  company:\n    seats:\n      type: integer\n      owner: growth\n"),
        (
            "# ours\nevents:\n  a: {}\n",
            "# ours\nversion: 1\nattributes:\n  company:\n    seats:\n      type: integer\n      owner: growth\n"
            "events:\n  a: {}\n",
        ),
        (
            "version: 1\nattributes:\n  contact:\n    a: {type: date}\n  # about companies\n",
            "version: 1\nattributes:\n  contact:\n    a: {type: date}\n  company:\n"
            "    seats:\n      type: integer\n      owner: growth\n  # about companies\n",
        ),
        (
            "version: 1\nattributes:\n  company:\n    a: {type: date}  # one\n\n    b: {type: date}\nsegments:\n",
            "version: 1\nattributes:\n  company:\n    a: {type: date}  # one\n\n    b: {type: date}\n\n"
            "    seats:\n      type: integer\n      owner: growth\nsegments:\n",
        ),
        (
            "version: 1\nattributes: {company: {a: {type: date}}}\n",
            "version: 1\nattributes: {company: {a: {type: date}, seats: {type: integer, owner: growth}}}\n",
        ),
        (
            "version: 1\r\nattributes:\r\n    company:\r\n        a: {type: date}\r\n",
            "version: 1\r\nattributes:\r\n    company:\r\n        a: {type: date}\r\n"
            "        seats:\r\n          type: integer\r\n          owner: growth\r\n",
        ),
        (
            "version: 1\nattributes:\n  company:\nevents:\n",
            "version: 1\nattributes:\n  company:\n    seats:\n      type: integer\n      owner: growth\nevents:\n",
        ),
    ],
)
def test_an_entry_goes_to_the_end_of_its_section(text: str, expected: str) -> None:
    assert added(text, SEATS) == expected


def test_a_wide_rule_is_folded_and_one_between_brackets_is_not() -> None:
    rule = " AND ".join(f"seats_number_{number}>5" for number in range(6))
    entry = Entry(("segments", "wide"), {"rule": rule})
    clauses = [f"seats_number_{number} > 5" for number in range(6)]
    folded = "".join(f"      {'and ' if index else ''}{clause}\n" for index, clause in enumerate(clauses))
    assert added("version: 1\n", entry) == f"version: 1\nsegments:\n  wide:\n    rule: >-\n{folded}"
    text = "version: 1\nsegments: {a: {rule: vip}}\n"
    assert added(text, entry) == text.replace("}}", f"}}, wide: {{rule: {' and '.join(clauses)}}}}}")


def test_an_entry_without_keys_is_written_too() -> None:
    assert added("version: 1\n", Entry(("events", "login"), {})) == "version: 1\nevents:\n  login: {}\n"


def test_an_entry_that_is_there_already_is_the_caller_s_mistake() -> None:
    with pytest.raises(ValueError, match="'vip' stands there already"):
        added("version: 1\nsegments:\n  vip: {rule: a}\n", VIP)
    with pytest.raises(InvalidSpecs):
        added("version: [1\n", VIP)


def test_what_the_schema_declares_becomes_entries() -> None:
    plan = Attribute(
        "contact",
        "plan",
        DataType.OPTIONS,
        options=("free", "no"),
        description="${PLAN} of the person",
        messenger_writable=True,
        labels=(("pii", ("none",)), ("purpose", ("ads", "support"))),
    )
    login = Event("login", metadata=(MetadataKey("k", DataType.STRING, required=True),), status="deprecated")
    vip = Segment("vip", "vip", "plan = free", None, publish=("tag",), owner="growth")
    assert attribute_entry(plan) == Entry(
        ("attributes", "contact", "plan"),
        {
            "type": "options",
            "options": ["free", "no"],
            "description": "$${PLAN} of the person",
            "messenger_writable": True,
            "labels": {"pii": "none", "purpose": ["ads", "support"]},
        },
    )
    assert event_entry(login) == Entry(
        ("events", "login"),
        {"metadata": {"k": {"type": "string", "required": True}}, "status": "deprecated"},
    )
    assert segment_entry(vip) == Entry(
        ("segments", "vip"), {"rule": "plan = free", "publish": ["tag"], "owner": "growth"}
    )
    assert segment_entry(Segment("vip", "VIP", "a", None)).data == {"name": "VIP", "rule": "a"}


@pytest.mark.parametrize(
    ("shape", "kind"),
    [(AttributeEntry, Attribute), (EventEntry, Event), (MetadataEntry, MetadataKey), (SegmentEntry, Segment)],
)
def test_every_key_of_an_entry_is_that_of_what_it_declares(shape: type[Shape], kind: type) -> None:
    # Which workspaces an entry is for is settled before there is a schema, which has the tests of segments itself.
    names = {FIELD_OF_KEY.get(key, key) for key in keys_of(shape)} - {"only", "except", "tests"}
    assert names <= set(kind.__slots__)


def test_text_that_is_no_variable_is_written_so() -> None:
    assert literal_text("a ${B} $${C} $D") == "a $${B} $$${C} $D"
