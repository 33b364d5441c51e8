"""What is wrong with one value: the table of faults."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.model import DataType, Schema
from intercom_iac.model.payload import Fault, PayloadField, boot_shape, value_fault
from intercom_iac.model.payload.values import LATEST_SECOND

LINK = {"url": "https://example.com/1", "value": "One"}
MONEY = {"amount": 1200, "currency": "eur"}


def attribute_field(kind: str, **values: Any) -> PayloadField:
    return PayloadField(owner="contact", name="x", type=DataType(kind), options=("free", "pro"), **values)


def metadata_field(kind: str) -> PayloadField:
    return PayloadField(owner="event", name="x", type=DataType(kind), nullable=False)


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("string", "text", None),
        ("string", "é" * 255, None),
        ("string", "e" * 256, Fault.TOO_LONG),
        ("string", 3, Fault.WRONG_TYPE),
        ("string", None, None),
        ("string", ["a"], Fault.LIST),
        ("string", {"a": 1}, Fault.NESTED),
        ("string", LINK, Fault.NESTED),
        ("options", "pro", None),
        ("options", "Pro", Fault.NOT_AN_OPTION),
        ("options", True, Fault.WRONG_TYPE),
        ("integer", 3, None),
        ("integer", 3.0, None),
        ("integer", 3.5, Fault.WRONG_TYPE),
        ("integer", True, Fault.WRONG_TYPE),
        ("integer", "3", Fault.NUMBER_AS_TEXT),
        ("integer", "three", Fault.WRONG_TYPE),
        ("integer", float("nan"), Fault.NOT_FINITE),
        ("float", 3, None),
        ("float", "1e3", Fault.NUMBER_AS_TEXT),
        ("float", float("inf"), Fault.NOT_FINITE),
        ("boolean", False, None),
        ("boolean", "false", Fault.BOOLEAN_AS_TEXT),
        ("boolean", 1, Fault.WRONG_TYPE),
        ("date", 1_800_000_000, None),
        ("date", 0, None),
        ("date", LATEST_SECOND, None),
        ("date", LATEST_SECOND + 1, Fault.MILLISECONDS),
        ("date", 1_800_000_000_000, Fault.MILLISECONDS),
        ("date", 1_800_000_000_000_000, Fault.OUT_OF_CALENDAR),
        ("date", -1, Fault.OUT_OF_CALENDAR),
        ("date", 1_800_000_000.5, Fault.WRONG_TYPE),
        ("date", "2026-01-31", Fault.DATE_AS_TEXT),
        ("date", "2026-01-31T10:00:00Z", Fault.DATE_AS_TEXT),
        ("date", "1800000000", Fault.NUMBER_AS_TEXT),
        ("date", "soon", Fault.WRONG_TYPE),
        ("date", True, Fault.WRONG_TYPE),
    ],
)
def test_values_of_attributes(kind: str, value: Any, fault: Fault | None) -> None:
    assert value_fault(attribute_field(kind), value) == fault


def test_open_options_take_any_text_of_a_length_that_is_kept() -> None:
    assert value_fault(attribute_field("options", open_options=True), "team") is None
    assert value_fault(attribute_field("options", open_options=True), "t" * 256) == Fault.TOO_LONG


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("string", None, Fault.NULL),
        ("string", LINK, None),
        ("string", {**LINK, "more": 1}, Fault.RICH_LINK),
        ("string", {"url": "https://example.com"}, Fault.RICH_LINK),
        ("string", {"url": "javascript:alert(1)", "value": "x"}, Fault.RICH_LINK),
        ("string", MONEY, Fault.NESTED),
        ("integer", MONEY, None),
        ("float", MONEY, None),
        ("integer", {"amount": "12", "currency": "eur"}, Fault.MONEY),
        ("integer", {"amount": True, "currency": "eur"}, Fault.MONEY),
        ("integer", {"amount": 12.5, "currency": "eur"}, Fault.MONEY),
        ("integer", {"amount": 12, "currency": "euro"}, Fault.MONEY),
        ("integer", {"amount": 12}, Fault.MONEY),
        ("date", MONEY, Fault.NESTED),
    ],
)
def test_values_of_metadata(kind: str, value: Any, fault: Fault | None) -> None:
    assert value_fault(metadata_field(kind), value) == fault


def test_a_token_is_as_long_as_it_is() -> None:
    fields = boot_shape(Schema()).fields
    assert value_fault(fields["intercom_user_jwt"], "x" * 1_000) is None
    assert value_fault(fields["email"], "x" * 1_000) == Fault.TOO_LONG
