"""What is said of a fault: a code, a message that repeats little, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.model import DataType
from intercom_iac.model.payload import Fault, PayloadField, describe_fault, shown_value, value_fault


def field_of(kind: str, name: str = "x", **values: Any) -> PayloadField:
    values = {"owner": "contact", "options": ("free", "pro"), **values}
    return PayloadField(name=name, type=DataType(kind), **values)


def event_field(kind: str, **values: Any) -> PayloadField:
    return field_of(kind, owner="event", nullable=False, **values)


@pytest.mark.parametrize(
    ("field", "value", "code", "message", "hint"),
    [
        (field_of("integer"), 3.5, "PAYL904", "`x` takes a whole number, not `3.5`", "round it"),
        (field_of("integer"), "three", "PAYL904", '`x` takes a whole number, not the text "three"', None),
        (field_of("date"), 1.5, "PAYL904", "`x` takes a date in Unix seconds, not `1.5`", "seconds: `1`"),
        (field_of("string"), 7, "PAYL904", "`x` takes text, not `7`", 'in quotes: `"7"`'),
        (field_of("boolean"), 1, "PAYL904", "`x` takes `true` or `false`, not `1`", None),
        (
            field_of("options"),
            "fre",
            "PAYL905",
            "`x` has no option `fre`",
            "did you mean `free`? its options are `free` and `pro`",
        ),
        (
            field_of("date"),
            1_767_225_600_000,
            "PAYL910",
            "and `1767225600000` counts milliseconds",
            "`1767225600` is 2026-01-01T00:00:00Z",
        ),
        (field_of("date"), 1_767_225_600_000_000, "PAYL928", "of 1970 to 2100", "it looks like microseconds"),
        (field_of("date"), -1, "PAYL928", "not `-1`", None),
        (field_of("date"), 10**400, "PAYL928", "a number of more digits", None),
        (field_of("integer"), " 12 ", "PAYL911", 'the text " 12 "', "without quotes: `12`"),
        (field_of("integer"), "1.5", "PAYL911", 'the text "1.5"', "send a whole number without quotes"),
        (field_of("date"), "2026-01-01", "PAYL912", 'the text "2026-01-01"', "send `1767225600`, which is"),
        (field_of("date"), "2026-01-01T02:00:00+02:00", "PAYL912", "not the text", "send `1767225600`"),
        (field_of("date"), "2026-02-31", "PAYL912", "not the text", "send whole Unix seconds"),
        (field_of("string"), "é" * 300, "PAYL913", "`x` holds 300 characters", "shorten it to 255"),
        (field_of("string"), {"a": 1}, "PAYL908", "not an object of 1 key", "one by one"),
        (field_of("string"), [1, 2], "PAYL909", "not a list of 2 values", "Intercom has no lists"),
        (field_of("boolean"), "Yes", "PAYL925", 'not the text "Yes"', "send `true` without quotes"),
        (field_of("boolean"), "0", "PAYL925", 'not the text "0"', "send `false` without quotes"),
        (event_field("string"), None, "PAYL926", "`x` takes text, not `null`", "leave the key out"),
        (event_field("string"), {"url": "x"}, "PAYL917", "no rich link", '"url"'),
        (event_field("float"), {"amount": 12.5, "currency": "eur"}, "PAYL918", "no amount", "`1250`"),
        (field_of("float"), float("nan"), "PAYL934", "JSON has no `NaN`", "null to clear it"),
        (event_field("float"), float("-inf"), "PAYL934", "JSON has no `-Infinity`", "leave the key out"),
    ],
)
def test_what_is_said(field: PayloadField, value: Any, code: str, message: str, hint: str | None) -> None:
    fault = value_fault(field, value)
    assert fault is not None
    text = describe_fault(field, fault, value)
    assert text.code.id == code
    assert message in text.message
    assert text.hint is None if hint is None else hint in (text.hint or "")


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_code_of_its_own_or_that_of_its_kind(fault: Fault) -> None:
    values: dict[Fault, Any] = {
        Fault.NOT_AN_OPTION: "x",
        Fault.NUMBER_AS_TEXT: "1",
        Fault.BOOLEAN_AS_TEXT: "true",
        Fault.DATE_AS_TEXT: "2026-01-01",
        Fault.TOO_LONG: "x",
        Fault.MONEY: {},
    }
    text = describe_fault(field_of("string"), fault, values.get(fault, 1))
    assert not text.message.endswith(".")
    assert text.message.startswith("`x` ")


@pytest.mark.parametrize(
    ("name", "custom", "value", "shown"),
    [
        ("email", False, "jo@example.com", '"j•••@•••.com"'),
        ("phone", False, "+353 1 555 0142", '"+•••42"'),
        ("name", False, "Josephine Bloggs", '"J•••"'),
        ("first_name", True, "Josephine", '"J•••"'),
        ("note", True, "write to jo@example.com", '"j•••@•••.com"'),
        ("mobile", True, 35315550142, "`•••`"),
        ("user_hash", False, "0123456789abcdef0123", '"•••"'),
        ("x", True, "a" * 41, '"' + "a" * 39 + '…"'),
        ("x", True, "\x1b[31m", '"\\u001b[31m"'),
        ("x", True, "b" * 10_000, '"' + "b" * 39 + '…"'),
    ],
)
def test_values_of_people_are_masked(name: str, custom: bool, value: Any, shown: str) -> None:
    assert shown_value(field_of("string", name, custom=custom), value) == shown
