"""The table of fields: whole, and compared by its own rules."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from intercom_iac.changes import (
    FieldRow,
    attributes,
    audiences,
    compare_revisions,
    compare_with_live,
    creation_differences,
    events,
    fields_without,
    live_values,
    metadata,
    segments,
    shown_values,
    sort_differences,
)
from intercom_iac.changes.audiences import DeclaredAudience
from intercom_iac.compilers import AudienceFilters
from intercom_iac.diagnostics import codes_of
from intercom_iac.diagnostics.family import Family
from intercom_iac.model import (
    CAPABILITIES,
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    LiveAttribute,
    LiveAudience,
    MetadataKey,
    Segment,
)
from intercom_iac.specs.author.entries import FIELD_OF_KEY
from intercom_iac.specs.load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry
from intercom_iac.yaml import keys_of

# What decides the operation, which workspace has the entry at all, and what `check` runs and no plan reads.
NO_FIELDS = {"status", "only", "except", "tests"}
# What names an entry, and where it stands.
IDENTITY = {"model", "name", "key", "span", "predicate", "segment"}
TABLES: list[Any] = [attributes.FIELDS, events.FIELDS, metadata.FIELDS, segments.FIELDS, audiences.FIELDS]
DECLARED = Attribute("contact", "tier", DataType.OPTIONS, ("free", "pro"), "what they pay for")
LIVE = LiveAttribute(7, "contact", "tier", DataType.OPTIONS, ("pro", "free"), "what they pay for")


@pytest.mark.parametrize(
    ("entry", "table"),
    [
        (AttributeEntry, attributes.FIELDS),
        (EventEntry, events.FIELDS),
        (MetadataEntry, metadata.FIELDS),
        (SegmentEntry, segments.FIELDS),
    ],
)
def test_every_key_of_an_entry_has_a_row(entry: type, table: tuple[FieldRow[Any, Any], ...]) -> None:
    assert {field.key for field in table} == keys_of(entry).keys() - NO_FIELDS


@pytest.mark.parametrize(
    ("model", "table"),
    [
        (Attribute, attributes.FIELDS),
        (Event, events.FIELDS),
        (MetadataKey, metadata.FIELDS),
        (Segment, segments.FIELDS),
    ],
)
def test_every_field_of_the_model_has_a_row(model: Any, table: tuple[FieldRow[Any, Any], ...]) -> None:
    keys = {field.key for field in table}
    key_of_field = {field: key for key, field in FIELD_OF_KEY.items()}
    names = {key_of_field.get(field.name, field.name) for field in fields(model)}
    assert names - NO_FIELDS - IDENTITY == keys - IDENTITY


@pytest.mark.parametrize("table", TABLES)
def test_no_key_has_two_rows(table: tuple[FieldRow[Any, Any], ...]) -> None:
    keys = [field.key for field in table]
    assert len(keys) == len(set(keys))


def test_what_a_plan_may_change_is_read_and_what_it_creates_is_taken_by_the_api() -> None:
    for kind, table in (
        ("data_attribute", (*attributes.FIELDS, attributes.ARCHIVED)),
        ("audience", audiences.FIELDS),
    ):
        can = CAPABILITIES[kind]
        assert {field.key for field in table if field.live is not None} == can.change | can.create
        assert {field.key for field in table if field.created is not None} == can.create
    assert {field.key for field in events.FIELDS if field.created is not None} == CAPABILITIES["event"].create


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("type", "string", "integer"),
        ("type", "string", "options"),
        ("options", ["a", "b"], ["b", "c"]),
        ("messenger_writable", False, True),
        ("messenger_writable", True, False),
        ("description", None, "words"),
        ("owner", "growth", None),
        ("labels", {}, {"pii": ["none"]}),
        ("renamed_from", "old", None),
    ],
)
def test_each_difference_of_revisions_has_an_impact_with_a_level(key: str, before: Any, after: Any) -> None:
    (field,) = (field for field in attributes.FIELDS if field.key == key)
    assert field.impacts is not None
    impacts = list(field.impacts(before, after))
    assert impacts
    assert all(impact.code.level is not None for impact in impacts)
    assert {impact.code.id for impact in impacts} <= codes_of(Family.BACK).keys()


def test_an_order_that_says_nothing_is_no_difference() -> None:
    assert list(compare_with_live(attributes.FIELDS, declared=DECLARED, live=LIVE)) == []
    other_order = replace(DECLARED, options=("pro", "free"))
    assert list(compare_revisions(attributes.FIELDS, old=DECLARED, new=other_order)) == []
    filters = (
        AudiencePredicate("a", "string", "eq", "1"),
        AudiencePredicate("b", "string", "eq", "2"),
    )
    declared = DeclaredAudience(name="Big", filters=AudienceFilters(filters))
    live = LiveAudience("1", "Big", filters[::-1])
    assert list(compare_with_live(audiences.FIELDS, declared=declared, live=live)) == []


def test_what_the_specs_do_not_say_and_what_intercom_does_not_return_never_differs() -> None:
    silent = replace(DECLARED, description=None, owner="growth", labels=(("pii", ("none",)),))
    assert list(compare_with_live(attributes.FIELDS, declared=silent, live=LIVE)) == []
    unreadable = DeclaredAudience(name="Big", filters=None)
    live = LiveAudience("1", "Big", (AudiencePredicate("a", "string", "eq", "1"),))
    assert list(compare_with_live(audiences.FIELDS, declared=unreadable, live=live)) == []


def test_a_difference_has_both_values_and_their_risk() -> None:
    declared = replace(DECLARED, description="other", options=("free", "max"))
    options, description = compare_with_live(attributes.FIELDS, declared=declared, live=LIVE)
    assert (options.key, options.before, options.after) == ("options", ["pro", "free"], ["free", "max"])
    assert options.risk.risk == "caution"
    assert (description.risk.risk, description.risk.reason) == ("safe", "the description differs")
    assert [difference.key for difference in sort_differences([options, description], ("description",))] == [
        "description",
        "options",
    ]


def test_what_is_created_and_shown_leaves_out_what_is_empty() -> None:
    plain = Attribute("contact", "seats", DataType.INTEGER, description="")
    created = creation_differences(attributes.FIELDS, declared=plain)
    assert {difference.key: difference.after for difference in created} == {
        "type": "integer",
        "messenger_writable": False,
    }
    assert shown_values(attributes.FIELDS, declared=plain) == {"type": "integer", "description": ""}
    assert live_values(fields_without(attributes.FIELDS, "options", "description"), live=LIVE) == {
        "type": "options",
        "messenger_writable": False,
    }
