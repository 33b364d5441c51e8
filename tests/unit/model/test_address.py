"""Addresses are printed and read in one place."""

from __future__ import annotations

import pytest

from intercom_iac.model import Address


@pytest.mark.parametrize(
    "text",
    [
        "attribute.contact.plan_type",
        "attribute.company.the one ring",
        "attribute.contact.location.country",
        "attribute.contact.contact",
        "event.order.paid",
        "segment.event.x",
        "audience.VIP",
        "tag.a.b",
    ],
)
def test_an_address_is_read_as_it_is_printed(text: str) -> None:
    address = Address.parse(text)
    assert address is not None
    assert str(address) == text


@pytest.mark.parametrize(
    "text",
    ["", "attribute", "attribute.contact", "attribute.contact.", "attribute.person.x", "event.", "plan.x"],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert Address.parse(text) is None
