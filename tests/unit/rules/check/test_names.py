"""Names as people copy them from elsewhere, and the fields they stand for."""

from __future__ import annotations

import pytest

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.rules.check.names import Place, find_field

EVENT = Event(
    "paid", metadata=(MetadataKey("total_net", DataType.FLOAT), MetadataKey("due_date", DataType.DATE))
)


def attribute(model: str, name: str, status: str = "active") -> Attribute:
    return Attribute(model, name, DataType.STRING, status=status)


@pytest.fixture(scope="module")
def schema() -> Schema:
    declared = [
        *(attribute("contact", name) for name in ("plan_type", "the one ring", "Twin", "twin", "isPaying")),
        attribute("contact", "gone_for_good", "archived"),
        *(attribute("company", name) for name in ("tier", "plan_type_of_old")),
    ]
    return Schema(
        attributes={(one.model, one.name): one for one in declared}, events={EVENT.name: EVENT}, segments={}
    )


# What is written, and the names that it may stand for; `!` behind one that is certain.
IN_A_RULE = [
    ("Last seen", "last_seen_at!"),
    ("last  SEEN", "last_seen_at!"),
    ("First Seen", "created_at!"),
    ("Signed up", "signed_up_at!"),
    ("Country", "location.country!"),
    ("country", "location.country!"),
    ("locationCountry", "location.country!"),
    ("People", "company.user_count!"),
    ("Company size", "company.size!"),
    ("session_count", "company.session_count"),
    ("tier", "company.tier"),
    ("Tier", "company.tier"),
    ("custom_attributes.plan_type", "plan_type!"),
    ("contact.email", "email!"),
    ("user.custom_attributes.plan_type", "plan_type!"),
    ("users.last_seen_at", "last_seen_at!"),
    ("contact.tier", "company.tier"),
    ("custom_attributes.email", "email"),
    ("company.custom_attributes.tier", "company.tier!"),
    ("companies.tier", "company.tier!"),
    ("company.plan.name", "company.plan!"),
    ("company.Last seen", "company.last_request_at"),
    ("planType", "plan_type!"),
    ("PlanType", "plan_type!"),
    ("plan-type", "plan_type!"),
    ("Plan type", "plan_type!"),
    ("is_paying", "isPaying!"),
    ("The One Ring", "the one ring!"),
    ("the_one_ring", "the one ring!"),
    ("TWIN", "Twin twin"),
    ("twin", "twin!"),
    ("plan_tpye", "plan_type"),
    ("Lst seen", "last_seen_at"),
    ("language", "browser_language language_override"),
    ("user_id", "external_id!"),
    ("sesion_count", "company.session_count"),
    ("gone_for_good", ""),
    ("zzzqq", ""),
    ("", ""),
    ("_", ""),
    ("a" * 300, ""),
]
OF_A_COMPANY = [
    ("Company size", "size!"),
    ("companies.tier", "tier!"),
    ("custom_attributes.tier", "tier!"),
    ("Tier", "tier!"),
    ("ID", "id!"),
    ("email", ""),
    ("contact.tier", ""),
]
OF_AN_EVENT = [
    ("totalNet", "total_net!"),
    ("metadata.total_net", "total_net!"),
    ("total_nte", "total_net"),
    ("email", ""),
    ("Last seen", ""),
]


@pytest.mark.parametrize(
    ("place", "written", "expected"),
    [
        *(("contact", *row) for row in IN_A_RULE),
        *(("company", *row) for row in OF_A_COMPANY),
        *((EVENT, *row) for row in OF_AN_EVENT),
    ],
)
def test_a_written_name_finds_its_fields(place: Place, written: str, expected: str, schema: Schema) -> None:
    found = find_field(written, place, schema)
    names = [f"{'company.' * one.name.company}{one.name.text}{'!' * one.certain}" for one in found]
    assert names == ([expected] if " ring" in expected else expected.split())


def test_a_label_that_is_a_declared_name_too_is_not_certain() -> None:
    declared = attribute("contact", "Last Seen")
    schema = Schema(attributes={("contact", "Last Seen"): declared}, events={}, segments={})
    assert [(one.field.name, one.certain) for one in find_field("last seen", "contact", schema)] == [
        ("Last Seen", False),
        ("last_seen_at", False),
    ]


def test_the_fields_are_those_of_the_schema_that_is_asked(schema: Schema) -> None:
    assert find_field("aB", "contact", schema) == []
    for name in ("a_b", "a-b"):
        other = Schema(attributes={("contact", name): attribute("contact", name)}, events={}, segments={})
        assert [one.field.name for one in find_field("aB", "contact", other)] == [name]
