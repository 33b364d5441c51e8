"""Which keys the records of each kind may have."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from intercom_iac.model import STANDARD, Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.model.payload import boot_shape, company_shape, contact_shape, event_shape
from intercom_iac.model.payload.standard import COMPANY_WRITABLE, CONTACT_WRITABLE, EVENT_KEYS

DESCRIPTION = Path(__file__).parents[4] / "shared" / "openapi" / "intercom-2.16.yaml"
SCHEMA = Schema(
    attributes={
        (attribute.model, attribute.name): attribute
        for attribute in (
            Attribute("contact", "plan_type", DataType.STRING),
            Attribute("contact", "seen_tour", DataType.BOOLEAN, messenger_writable=True),
            Attribute("contact", "old", DataType.STRING, status="archived"),
            Attribute("company", "seats", DataType.INTEGER, messenger_writable=True),
        )
    }
)


def test_custom_attributes_stand_where_each_kind_has_them() -> None:
    assert list(contact_shape(SCHEMA).nested) == ["plan_type", "seen_tour", "old"]
    assert list(company_shape(SCHEMA).nested) == ["seats"]
    boot = boot_shape(SCHEMA)
    assert boot.nested_key is None
    assert boot.fields["plan_type"].refusal == "not messenger_writable"
    assert boot.fields["seen_tour"].refusal is None
    assert boot.fields["old"].refusal == "archived"
    assert boot.objects["company"].fields["seats"].refusal is None
    assert boot.lists["companies"] is boot.objects["company"]


def test_an_event_has_its_own_keys_and_its_metadata() -> None:
    shape = event_shape(
        Event("invite_sent", metadata=(MetadataKey("channel", DataType.STRING, required=True),))
    )
    assert {name for name, field in shape.fields.items() if field.required} == {"event_name", "created_at"}
    assert shape.nested["channel"].required
    assert not shape.nested["channel"].nullable


def test_what_intercom_returns_and_takes_from_nobody_is_refused() -> None:
    for shape, model in ((contact_shape(SCHEMA), "contact"), (company_shape(SCHEMA), "company")):
        for (of, name), attribute in STANDARD.items():
            key = name.split(".")[0]
            if of == model and not attribute.is_custom and key != "id":
                written = attribute.api_writable or key in ("company_id", "plan")
                assert (shape.fields[key].refusal is None) == written, (model, name)


def test_the_order_of_keys_is_the_same_in_every_run() -> None:
    """Generated code has it; the order of a set differs between processes."""
    boot = boot_shape(SCHEMA)
    for shape in (contact_shape(SCHEMA), company_shape(SCHEMA), boot, boot.objects["company"]):
        returned = [name for name, field in shape.fields.items() if field.refusal == "returned only"]
        assert returned == sorted(returned)
        assert returned


@pytest.mark.parametrize(
    ("request_schema", "keys"),
    [
        ("create_contact_request", {*CONTACT_WRITABLE, "custom_attributes"}),
        ("update_contact_request", {*CONTACT_WRITABLE, "custom_attributes"}),
        ("create_or_update_company_request", {*COMPANY_WRITABLE, "custom_attributes"}),
        ("create_data_event_request", {*EVENT_KEYS, "metadata"}),
    ],
)
def test_the_keys_are_those_of_the_official_description(request_schema: str, keys: set[str]) -> None:
    if not DESCRIPTION.exists():
        pytest.skip("the official API description is not beside the checkout")
    text = DESCRIPTION.read_text("utf-8")
    start = text.index(f"\n    {request_schema}:\n") + 1
    end = min(
        at
        for at in (text.find(f"\n    {letter}", start + 10) for letter in "abcdefghijklmnopqrstuvwxyz")
        if at > 0
    )
    described = yaml.safe_load(text[start:end])[request_schema]
    parts = [described, *described.get("allOf", [])]
    assert {key for part in parts for key in part.get("properties", {})} == keys
