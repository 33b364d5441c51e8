"""What differs between a row and its record, and the body that makes it the same."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.model import DataType
from intercom_iac.model.payload import PayloadField
from intercom_iac.syncing.planner.values import differences, live_value, unreturned_values, wire_body
from intercom_iac.tables import TableColumn
from support.sync_tables import payload_field

TEXT = payload_field("note", DataType.STRING)
WHOLE = payload_field("seats", DataType.INTEGER)
NUMBER = payload_field("score", DataType.FLOAT)
FLAG = payload_field("active", DataType.BOOLEAN)
DAY = payload_field("renewal", DataType.DATE)
NAME = payload_field("name", DataType.STRING, custom=False)
EMAIL = payload_field("email", DataType.STRING, custom=False, nullable=False)
OWNER = payload_field("owner_id", DataType.STRING, custom=False)
AVATAR = payload_field("avatar", DataType.STRING, custom=False)
VERIFIED = payload_field("email_verified", DataType.BOOLEAN, custom=False)
PLAN = payload_field("plan", DataType.STRING, owner="company", custom=False, nullable=False)
SPEND = payload_field("monthly_spend", DataType.FLOAT, owner="company", custom=False, nullable=False)


def _column(field: PayloadField) -> TableColumn:
    return TableColumn(name=field.name, field=field, column="p0")


def _differs(field: PayloadField, value: Any, record: dict[str, Any], null: Any = "keep") -> bool:
    return bool(differences([_column(field)], [value], {field.name: live_value(field, record)}, null))


@pytest.mark.parametrize(
    ("field", "value", "record", "differs"),
    [
        (TEXT, "a", {"custom_attributes": {"note": "a"}}, False),
        (TEXT, "a", {"custom_attributes": {"note": "A"}}, True),
        (TEXT, "a", {"custom_attributes": {"note": None}}, True),
        (TEXT, "a", {"custom_attributes": {}}, True),
        (TEXT, "a", {}, True),
        (TEXT, "1", {"custom_attributes": {"note": 1}}, True),
        (WHOLE, 3, {"custom_attributes": {"seats": 3.0}}, False),
        (WHOLE, 1, {"custom_attributes": {"seats": True}}, True),
        (WHOLE, 0, {"custom_attributes": {"seats": None}}, True),
        (WHOLE, 2**53 + 1, {"custom_attributes": {"seats": 2**53}}, True),
        (WHOLE, 3, {"custom_attributes": {"seats": "3"}}, True),
        (NUMBER, 0.1, {"custom_attributes": {"score": 0.1}}, False),
        (NUMBER, 3.0, {"custom_attributes": {"score": 3}}, False),
        (NUMBER, 0.30000000000000004, {"custom_attributes": {"score": 0.3}}, True),
        (FLAG, False, {"custom_attributes": {"active": False}}, False),
        (FLAG, False, {"custom_attributes": {"active": 0}}, True),
        (FLAG, False, {"custom_attributes": {}}, True),
        (DAY, 1_800_000_000, {"custom_attributes": {"renewal": 1_800_000_000}}, False),
        (NAME, "Ann", {"name": "Ann"}, False),
        (NAME, "Ann", {"name": None}, True),
        (EMAIL, "ann@example.com", {"email": ""}, True),
        (OWNER, "127", {"owner_id": 127}, False),
        (AVATAR, "https://a", {"avatar": {"type": "avatar", "image_url": "https://a"}}, False),
        (AVATAR, "https://a", {"avatar": None}, True),
        (VERIFIED, True, {}, False),
        (PLAN, "gold", {"plan": {"type": "plan", "id": "1", "name": "gold"}}, False),
        (PLAN, "gold", {"plan": {}}, True),
        (SPEND, 99.9, {"monthly_spend": 99}, False),
        (SPEND, 100.0, {"monthly_spend": 99}, True),
    ],
)
def test_values_are_the_same_in_any_form(
    field: PayloadField, value: Any, record: dict[str, Any], differs: bool
) -> None:
    assert _differs(field, value, record) is differs


@pytest.mark.parametrize(
    ("field", "record", "clears"),
    [
        (TEXT, {"custom_attributes": {"note": "a"}}, True),
        (TEXT, {"custom_attributes": {"note": ""}}, False),
        (TEXT, {"custom_attributes": {"note": None}}, False),
        (FLAG, {"custom_attributes": {"active": False}}, True),
        (NAME, {"name": "Ann"}, True),
        (EMAIL, {"email": "ann@example.com"}, False),
        (SPEND, {"monthly_spend": 0}, False),
    ],
)
def test_an_empty_cell_clears_what_is_there_and_may_be_cleared(
    field: PayloadField, record: dict[str, Any], clears: bool
) -> None:
    assert _differs(field, None, record, "clear") is clears
    assert not _differs(field, None, record)


def test_what_is_never_returned_is_sent_with_others() -> None:
    columns = [_column(EMAIL), _column(VERIFIED), _column(WHOLE)]
    values = ["ann@example.com", True, 3]
    unreturned = unreturned_values(columns, values)
    changes = differences(columns, values, {"email": "old@example.com", "seats": 3}, "keep")
    assert wire_body(changes, unreturned) == {"email": "ann@example.com", "email_verified": True}
    changes = differences(columns, values, {"email": "ann@example.com", "seats": 1}, "keep")
    assert wire_body(changes, unreturned) == {"custom_attributes": {"seats": 3}}
