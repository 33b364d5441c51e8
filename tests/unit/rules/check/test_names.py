"""Names as people copy them from elsewhere, and the fields they stand for."""

from __future__ import annotations

import pytest

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema, Segment
from intercom_iac.model.predicate import Tagged
from intercom_iac.rules import compile_rule
from intercom_iac.rules.check.names import Place, find_field
from intercom_iac.text import Excerpt

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
        attributes={(one.model, one.name): one for one in declared},
        events={EVENT.name: EVENT},
        segments={"big": Segment("big", "Big spenders", "tag big", Tagged("big"))},
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


# Names that are not declared: what is written, the rule after the fix, and whether the fix is safe.
FIXED = [
    ("Country = Ireland", "location.country = Ireland", True),
    ("country = Ireland", "location.country = Ireland", True),
    ("lastSeenAt before today", "last_seen_at before today", True),
    ("custom_attributes.plan_type = a", "plan_type = a", True),
    ("company.custom_attributes.tier = a", "company.tier = a", True),
    ("companies.tier = a", "company.tier = a", True),
    ("company(Company_Size > 3)", "company(size > 3)", True),
    ("TheOneRing = a", "`the one ring` = a", True),
    ("session_count > 3", "company.session_count > 3", False),
    ("People > 3", "company.user_count > 3", True),
    ("Type is lead", "role is lead", False),
    ("plan_tpye = a", "plan_type = a", False),
    ("event Paid", "event paid", True),
    ("event pade", "event paid", False),
    ("paid", "event paid", False),
    ("Paid within last 3 days", "event paid within last 3 days", False),
    ("event paid where totalNet > 3", "event paid where total_net > 3", True),
    ("event paid sum of totalNet > 3", "event paid sum of total_net > 3", True),
    ("segment 'Big Spenders'", "segment big", True),
    ("segment bigg", "segment big", False),
]


@pytest.mark.parametrize(("text", "right", "safe"), FIXED)
def test_a_name_that_is_not_declared_has_a_fix(text: str, right: str, safe: bool, schema: Schema) -> None:
    rule, (mistake,) = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert rule is None
    assert mistake.fix is not None
    (edit,) = mistake.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == right
    assert mistake.fix.is_safe == safe
    assert compile_rule(Excerpt.from_text(right, "<rule>"), schema)[0] is not None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("session_count > 3", "a contact has no attribute of that name"),
        ("Country = a", "Intercom's screen calls it `Country`"),
        ("language = fr", "did you mean `browser_language` or `language_override`?"),
        ("total_net > 3", "write `event paid where total_net ...`"),
        ("properties.total_net > 3", "write `event paid where total_net ...`"),
        ("zzzqq = 1", "declare it under `attributes`, `contact`"),
    ],
)
def test_the_hint_says_where_the_name_is_from(text: str, hint: str, schema: Schema) -> None:
    _, (mistake,) = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert hint in str(mistake.hint)
