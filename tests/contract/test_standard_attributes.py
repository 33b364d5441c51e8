"""The table of Intercom's own attributes, held to the official description."""

from __future__ import annotations

import re
from typing import Any

import pytest

from intercom_iac.model import DataType
from intercom_iac.model.standard import STANDARD, StandardAttribute
from intercom_iac.sandbox.search.fields import SEARCH_FIELDS
from support.api_description import description, schemas, where_described

pytestmark = where_described

CONTACT = [attribute for (model, _), attribute in STANDARD.items() if model == "contact"]
# `creation_source`, which Intercom keeps among the custom attributes, is in no description: it was observed.
COMPANY = [
    attribute for (model, _), attribute in STANDARD.items() if model == "company" and not attribute.is_custom
]

# What the description's table of search fields has and our table of attributes does not, each with its reason.
NOT_AN_ATTRIBUTE = {
    "formatted_phone": "no contact that comes back holds it",
    "ios_app_device": "a second name of `ios_device`, which no contact holds",
    "andoid_sdk_version": "misspelt in the description: which spelling search takes is not established",
    "segment_id": "a segment, not an attribute",
    "tag_id": "a tag, not an attribute",
    "custom_attributes.{attribute_name}": "stands for the custom ones",
}
# The description calls every value of a role a string, and lists the two.
TYPES = {
    "String": DataType.STRING,
    "Date": DataType.DATE,
    "Boolean": DataType.BOOLEAN,
    "Integer": DataType.INTEGER,
}


def search_fields() -> dict[str, str]:
    """Field -> type in the table "Accepted Fields" of POST /contacts/search."""
    text: str = description()["paths"]["/contacts/search"]["post"]["description"]
    section = text.partition("### Accepted Fields")[2].partition("### Accepted Operators")[0]
    rows = re.findall(r"^\| (\S+) +\| (\w+)", section, re.MULTILINE)
    table = {field: kind for field, kind in rows if kind in TYPES}
    assert len(table) > 30
    return table


@pytest.mark.parametrize("attribute", CONTACT, ids=lambda attribute: attribute.name)
def test_a_contact_attribute_is_searchable_just_where_the_description_lists_it(
    attribute: StandardAttribute,
) -> None:
    field = attribute.field()
    kind = search_fields().get(attribute.wire)
    assert (field.search is None) == (kind is None)
    if kind is not None:
        role = DataType.OPTIONS if attribute.name == "role" else None
        assert attribute.type == (role or TYPES[kind])
        assert field.search == attribute.wire


def test_every_field_that_search_takes_is_an_attribute_or_named_with_a_reason() -> None:
    names = {attribute.wire for attribute in CONTACT}
    assert {field for field in search_fields() if field not in names} == set(NOT_AN_ATTRIBUTE)


def test_the_embedded_search_takes_the_same_fields() -> None:
    listed = {field for field in search_fields() if "{" not in field}
    assert set(SEARCH_FIELDS) == listed


def properties(name: str) -> dict[str, Any]:
    found: dict[str, Any] = schemas()[name]["properties"]
    return found


@pytest.mark.parametrize("attribute", CONTACT, ids=lambda attribute: attribute.name)
def test_a_contact_that_comes_back_holds_the_attribute_where_the_table_says(
    attribute: StandardAttribute,
) -> None:
    held: Any = {"properties": properties("contact")}
    for step in attribute.field().wire.split("."):
        held = schemas()[held["$ref"].rpartition("/")[2]] if "$ref" in held else held
        # What may be null is its own schema or null.
        held = held.get("anyOf", [held])[0]["properties"][step]


def described_company_attributes() -> dict[str, Any]:
    """full_name -> data attribute, in the example of GET /data_attributes that lists a company's own."""
    operation = description()["paths"]["/data_attributes"]["get"]
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
    return {
        one["full_name"]: one
        for example in examples.values()
        for one in example["value"]["data"]
        if one["model"] == "company" and not one["custom"]
    }


def test_the_companys_own_attributes_are_those_of_the_description() -> None:
    described = described_company_attributes()
    assert set(described) == {attribute.wire for attribute in COMPANY}
    for attribute in COMPANY:
        one = described[attribute.wire]
        assert (attribute.type.value, attribute.label, attribute.api_writable) == (
            one["data_type"],
            one["label"],
            one["api_writable"],
        ), attribute.name
        assert attribute.field().search is None
