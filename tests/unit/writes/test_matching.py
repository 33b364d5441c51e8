"""What a record has of a body, and what it has not."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.writes import Write
from intercom_iac.writes.matching import body_before, changed_names, remaining_body

CUSTOM = "custom_attributes"


def write(body: Any, before: Any = None, record: Any = "contact") -> Write:
    return Write(
        number=0,
        action="update",
        record=record,
        key_name="external_id",
        key="u0",
        body=body,
        before=before or {},
    )


@pytest.mark.parametrize(
    ("body", "live", "rest"),
    [
        ({}, {}, {}),
        ({"name": "Ann"}, {"name": "Ann"}, {}),
        ({"name": "Ann"}, {"name": "Bob"}, {"name": "Ann"}),
        ({"email": None}, {"email": ""}, {}),
        ({"phone": ""}, {}, {}),
        ({"phone": None}, {"phone": "1"}, {"phone": None}),
        ({"company_id": "a", "plan": "gold"}, {"plan": {"type": "plan", "id": "1", "name": "gold"}}, {}),
        ({"plan": "gold"}, {"plan": {}}, {"plan": "gold"}),
        ({CUSTOM: {"a": 1, "b": 2}}, {CUSTOM: {"a": 1, "b": 3}}, {CUSTOM: {"b": 2}}),
        ({CUSTOM: {"a": 1}}, {CUSTOM: {"a": 1.0}}, {}),
        ({CUSTOM: {"a": 1}}, {CUSTOM: {"a": True}}, {CUSTOM: {"a": 1}}),
        ({CUSTOM: {"a": False}}, {CUSTOM: {"a": 0}}, {CUSTOM: {"a": False}}),
        ({CUSTOM: {"a": False}}, {CUSTOM: {"a": None}}, {CUSTOM: {"a": False}}),
        ({CUSTOM: {"a": None}}, {}, {}),
        ({CUSTOM: {"a": "1"}}, {CUSTOM: {"a": 1}}, {CUSTOM: {"a": "1"}}),
    ],
)
def test_what_is_left(body: Any, live: Any, rest: Any) -> None:
    record: Any = "company" if "plan" in body else "contact"
    assert remaining_body(write(body, record=record), live) == rest


def test_what_was_there_before() -> None:
    body = {"name": "Ann", CUSTOM: {"a": 1, "b": 2}}
    before = {"name": "Bob", CUSTOM: {"a": 5}}
    assert body_before(write(body, before)) == {"name": "Bob", CUSTOM: {"a": 5, "b": None}}
    assert body_before(write({"name": "Ann"})) == {"name": None}


@pytest.mark.parametrize(
    ("before", "live", "names"),
    [
        ({"name": "Bob", CUSTOM: {"a": 5}}, {"name": "Bob", CUSTOM: {"a": 5}}, []),
        ({"name": "Bob", CUSTOM: {"a": 5}}, {"name": "Eve", CUSTOM: {"a": 6}}, ["name", "a"]),
        ({"name": None, CUSTOM: {"a": None}}, {}, []),
        ({}, {"name": "Eve", CUSTOM: {"a": 6}}, []),
    ],
)
def test_what_somebody_else_changed(before: Any, live: Any, names: list[str]) -> None:
    body = {"name": "Ann", CUSTOM: {"a": 1}}
    assert changed_names(body, write(body, before), live) == names
