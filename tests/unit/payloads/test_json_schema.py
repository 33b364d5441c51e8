"""The JSON Schemas of records: what they take, what they refuse, and what they say of a key."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from intercom_iac import payloads
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from support.generators.hostile_specs import hostile_schema

PLAN = ("free", "pro")
DECLARED = (
    Attribute("contact", "plan", DataType.OPTIONS, PLAN, description="What they pay for", owner="growth"),
    Attribute("contact", "team", DataType.OPTIONS, ("a", "b"), open_options=True),
    Attribute("contact", "seen", DataType.BOOLEAN, messenger_writable=True, status="deprecated"),
    Attribute("contact", "old", DataType.STRING, status="archived", description="Gone"),
    Attribute("company", "seats", DataType.INTEGER, messenger_writable=True),
)
PAID = Event(
    "paid it",
    description="Paid an invoice",
    owner="billing",
    metadata=(
        MetadataKey("total", DataType.FLOAT, required=True),
        MetadataKey("invoice", DataType.STRING),
        MetadataKey("due_date", DataType.DATE),
    ),
)
LOGIN = Event("login", status="deprecated")
SCHEMA = Schema(
    attributes={(attribute.model, attribute.name): attribute for attribute in DECLARED},
    events={event.name: event for event in (PAID, LOGIN, Event("gone", status="archived"))},
)
DOCUMENTS = {
    "contact": payloads.contact_json_schema(SCHEMA),
    "company": payloads.company_json_schema(SCHEMA),
    "boot": payloads.boot_json_schema(SCHEMA),
    "paid": payloads.event_json_schema(SCHEMA, PAID),
    "event": payloads.any_event_json_schema(SCHEMA),
}
WHEN = 1_800_000_000
WHO = {"external_id": "u1"}
COMPANY = {"company_id": "c1"}
PAYMENT = {"event_name": "paid it", "created_at": WHEN, "user_id": "u1", "metadata": {"total": 3}}


def custom(**values: Any) -> dict[str, Any]:
    return {"custom_attributes": values}


def payment(**values: Any) -> dict[str, Any]:
    return PAYMENT | {"metadata": {"total": 3} | values}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_they_are_schemas_of_their_own(document: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$comment"]
    assert document["description"]


def test_each_has_an_id() -> None:
    ids = [document["$id"] for document in DOCUMENTS.values()]
    assert ids == [
        f"urn:intercom-iac:{name}" for name in ("contact", "company", "boot", "event:paid%20it", "event")
    ]


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("contact", WHO),
        (
            "contact",
            {"email": "a@b.example", "name": None, "type": "contact"} | custom(plan="pro", seen=None),
        ),
        ("contact", WHO | custom(team="c", plan=None)),
        ("company", COMPANY | {"monthly_spend": 3.5} | custom(seats=3.0)),
        ("boot", {"user_id": "u1", "seen": True, "app_id": "x", "company": COMPANY | {"seats": 3}}),
        ("boot", {"companies": [COMPANY, COMPANY]}),
        ("paid", PAYMENT),
        ("paid", payment(total={"amount": 100, "currency": "eur"}, due_date=WHEN)),
        ("paid", payment(invoice={"url": "https://example.com/1", "value": "1"})),
        ("event", PAYMENT),
        ("event", {"event_name": "login", "created_at": WHEN, "email": "a@b.example"}),
    ],
)
def test_right_records_are_valid(name: str, record: dict[str, Any]) -> None:
    Draft202012Validator(DOCUMENTS[name]).validate(record)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("contact", {}),
        ("contact", {"external_id": ""}),
        ("contact", {"external_id": None}),
        ("contact", custom(plan="free")),
        ("contact", WHO | custom(plan="Pro")),
        ("contact", WHO | custom(plam="pro")),
        ("contact", WHO | custom(old="x")),
        ("contact", WHO | {"plan": "pro"}),
        ("contact", WHO | {"created_at": WHEN}),
        ("contact", WHO | {"signed_up_at": WHEN * 1000}),
        ("contact", WHO | {"signed_up_at": "2026-01-31"}),
        ("contact", WHO | {"name": "x" * 256}),
        ("contact", WHO | {"role": "admin"}),
        ("company", COMPANY | custom(seats="3")),
        ("company", COMPANY | custom(seats=[3])),
        ("boot", {"user_id": "u1", "plan": "pro"}),
        ("boot", {"user_id": "u1", "company": {"name": "Acme"}}),
        ("boot", {"user_id": "u1", "company": COMPANY | {"seats": "3"}}),
        ("paid", {name: value for name, value in PAYMENT.items() if name != "metadata"}),
        ("paid", payment(total=None)),
        ("paid", payment(total={"amount": 1.5, "currency": "eur"})),
        ("paid", payment(invoice={"url": "https://a b", "value": "1"})),
        ("paid", payment(invoice={"url": "https://a\n", "value": "1"})),
        ("paid", PAYMENT | {"created_at": None}),
        ("event", payment(total="3")),
        ("event", PAYMENT | {"event_name": "gone"}),
        ("event", PAYMENT | {"event_name": "Paid It"}),
    ],
)
def test_wrong_records_are_not(name: str, record: dict[str, Any]) -> None:
    assert not Draft202012Validator(DOCUMENTS[name]).is_valid(record)


def test_what_the_specs_say_of_a_key_stands_with_it() -> None:
    keys = DOCUMENTS["contact"]["properties"]["custom_attributes"]["properties"]
    assert keys["plan"] == {
        "description": "What they pay for",
        "type": ["string", "null"],
        "maxLength": 255,
        "enum": ["free", "pro", None],
        "x-owner": "growth",
    }
    assert keys["team"]["examples"] == ["a", "b"]
    assert keys["seen"]["deprecated"]
    assert keys["old"] == {
        "description": "Archived: nothing may send it. Gone",
        "not": {},
        "deprecated": True,
    }
    assert DOCUMENTS["paid"]["x-owner"] == "billing"
    assert DOCUMENTS["event"]["$defs"]["Event_login"]["deprecated"]
    assert "seconds" in DOCUMENTS["paid"]["properties"]["created_at"]["$comment"]


def test_a_key_that_nobody_may_send_says_why() -> None:
    returned = DOCUMENTS["contact"]["properties"]["created_at"]
    assert returned == {"description": "Returned by Intercom, never sent", "not": {}, "readOnly": True}
    refused = DOCUMENTS["boot"]["properties"]["plan"]
    assert "messenger_writable" in refused["description"]
    assert "readOnly" not in refused


@pytest.mark.parametrize("schema", [SCHEMA, Schema(), hostile_schema()], ids=["small", "empty", "hostile"])
def test_every_key_of_a_record_is_described(schema: Schema) -> None:
    for document in (payloads.contact_json_schema(schema), payloads.boot_json_schema(schema)):
        named = {attribute.name for attribute in schema.attributes.values()}
        assert [
            name
            for name, key in document["properties"].items()
            if name not in named and key and "description" not in key
        ] == []
    assert payloads.any_event_json_schema(schema)["properties"]["event_name"]["description"]


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for inner in node for found in references(inner)]
    if not isinstance(node, dict):
        return []
    here = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return here + [found for inner in node.values() for found in references(inner)]


@pytest.mark.parametrize("schema", [SCHEMA, Schema(), hostile_schema()], ids=["small", "empty", "hostile"])
def test_openapi_has_all_of_them_as_components(schema: Schema) -> None:
    document = payloads.openapi_document(schema, "1")
    components = document["components"]["schemas"]
    for component in components.values():
        Draft202012Validator.check_schema(component)
    places = {f"#/components/schemas/{name}" for name in components}
    assert set(references(document)) <= places
    mapping = components.get("Event", {"discriminator": {"mapping": {}}})["discriminator"]["mapping"]
    assert list(mapping) == [event.name for event in schema.events.values() if event.status != "archived"]
    assert len(set(mapping.values())) == len(mapping)


def test_names_of_components_hold_what_openapi_allows_and_none_is_anothers() -> None:
    names = ["paid", "job title", "job_title", "Login", "login", "東京", "🎈", "a.b"]
    components = payloads.openapi_document(Schema(events={name: Event(name) for name in names}), "1")
    mapping = components["components"]["schemas"]["Event"]["discriminator"]["mapping"]
    found = [place.rpartition("/")[2] for place in mapping.values()]
    assert found[0] == "Event_paid"
    assert found[-1] == "Event_a.b"
    assert all(name.isascii() and name.replace("_", "").replace(".", "").isalnum() for name in found)
    assert len({name.lower() for name in found}) == len(names)
