"""Which changes of a plan file apply would make, and why it makes no other."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.planning.operations import (
    ArchiveEvent,
    BuildAudience,
    BuildSegment,
    ChangeAttributeType,
    CopyValues,
    DeleteSegment,
    FieldChange,
    Operation,
    RebuildAudience,
    RebuildSegment,
    RenameSegment,
    RetireAudience,
    RetireTag,
    operation_flaw,
    read_operation,
)

ATTRIBUTE = "attribute.contact.tier"
FILTER = {"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "gold"}


def change(
    kind: str, action: str, live_id: str | None = None, address: str | None = None, **after: Any
) -> dict[str, Any]:
    """A change of `tier` with these fields."""
    if address is None:
        address = {"data_attribute": ATTRIBUTE, "event": "event.tier"}.get(kind, "segment.gold")
    fields = [{"path": path, "before": None, "after": value} for path, value in after.items()]
    return {
        "address": address,
        "object": kind,
        "name": "tier",
        "action": action,
        "fields": fields,
        "live_id": live_id,
    }


EDITABLE = {"options": ["a"], "description": "text", "messenger_writable": True}


@pytest.mark.parametrize(
    "possible",
    [
        change("data_attribute", "create", type="options", **EDITABLE),
        change("data_attribute", "create", address="attribute.company.tier", type="date"),
        change("data_attribute", "update", "7", **EDITABLE),
        change("data_attribute", "update", "7", options=None, description=None, messenger_writable=None),
        change("data_attribute", "restore", "7", archived=False, **EDITABLE),
        change("data_attribute", "archive", "7", archived=True),
        change("data_attribute", "manual", "7", type="float"),
        change("event", "register", metadata={"amount": "integer", "kind": "options"}),
        change("event", "register"),
        change("event", "manual"),
        change("audience", "create", name="tier", predicates=[FILTER], role_predicates=[FILTER]),
        change("audience", "update", "a1", name="other", predicates=[], role_predicates=[FILTER]),
        change("audience", "delete", "a1", name=None),
        change("audience", "manual"),
        change("tag", "create", name="tier"),
        change("tag", "update", "t1", name="other"),
        change("tag", "delete", "t1", name=None),
        change("segment", "manual", name="tier", rule="tier = gold", meaning="the tier is gold"),
    ],
    ids=lambda each: f"{each['action']} {each['object']}",
)
def test_what_a_plan_says_can_be_made(possible: dict[str, Any]) -> None:
    assert operation_flaw(possible) is None


@pytest.mark.parametrize(
    ("edited", "why"),
    [
        (change("segment", "delete", "1"), "is to delete a segment, which no plan does"),
        (change("event", "archive", "1", archived=True), "is to archive a event, which no plan does"),
        (
            change("data_attribute", "create", address="attribute.contact.tiers", type="date"),
            "is of `tier`, which that address does not name",
        ),
        (
            change("event", "register", address="event.other"),
            "is of `tier`, which that address does not name",
        ),
        (
            change("tag", "create", address=ATTRIBUTE, name="tier"),
            "is of `tier`, which that address does not name",
        ),
        (change("data_attribute", "create"), "has no `type`"),
        (change("data_attribute", "create", type=None), "has no `type`"),
        (change("data_attribute", "restore", "7"), "has no `archived`"),
        (change("audience", "create"), "has no `name`"),
        (change("tag", "update", "t1", name=None), "has no `name`"),
        (
            change("data_attribute", "update", "7", archived=True),
            "has a `archived`, which no such change has",
        ),
        (change("tag", "create", name="tier", predicates=[]), "has a `predicates`, which no such change has"),
        (change("audience", "create", name="other"), "has two names"),
        (change("tag", "create", name="other"), "has two names"),
        (
            change("data_attribute", "archive", "7", archived=False),
            "is to archive and says the opposite of it",
        ),
        (
            change("data_attribute", "restore", "7", archived=True),
            "is to restore and says the opposite of it",
        ),
        *(
            (change(kind, action, **after), "does not name the object that is there")
            for kind, action, after in (
                ("data_attribute", "update", {}),
                ("data_attribute", "restore", {"archived": False}),
                ("data_attribute", "archive", {"archived": True}),
                ("audience", "update", {}),
                ("audience", "delete", {}),
                ("tag", "update", {"name": "other"}),
                ("tag", "delete", {}),
            )
        ),
        (change("data_attribute", "update", "../tags/1"), "names an attribute by no number"),
    ],
)
def test_any_other_change_is_told_apart(edited: dict[str, Any], why: str) -> None:
    assert operation_flaw(edited) == why


@pytest.mark.parametrize(
    ("kind", "action", "path", "value"),
    [
        ("data_attribute", "create", "type", "text"),
        ("data_attribute", "update", "messenger_writable", "yes"),
        ("data_attribute", "update", "options", "ab"),
        ("data_attribute", "update", "options", ["a", 1]),
        ("data_attribute", "update", "description", ["text"]),
        ("event", "register", "metadata", ["integer"]),
        ("event", "register", "metadata", {"amount": "money"}),
        ("audience", "update", "predicates", FILTER),
        ("audience", "update", "predicates", ["attribute"]),
        ("audience", "update", "predicates", [FILTER, {**FILTER, "value": 1}]),
        ("audience", "update", "role_predicates", [{**FILTER, "value": None}]),
        ("audience", "update", "name", 7),
    ],
)
def test_a_value_that_no_call_takes_is_told(kind: str, action: str, path: str, value: Any) -> None:
    edited = change(kind, action, None if action in ("create", "register") else "7", **{path: value})
    assert operation_flaw(edited) == f"has a `{path}` of the wrong kind"


def test_a_field_that_is_there_twice_is_none() -> None:
    twice = change("data_attribute", "create", type="string")
    twice["fields"] *= 2
    assert operation_flaw(twice) == "has a `type`, which no such change has"


@pytest.mark.parametrize(
    ("kind", "live_id", "fields", "expected"),
    [
        ("data_attribute", "7", {"type": ("string", "float")}, ChangeAttributeType),
        ("data_attribute", None, {"values": ("old", "x"), "type": ("string", "date")}, CopyValues),
        ("event", None, {}, ArchiveEvent),
        ("audience", None, {"rule": (None, "a"), "meaning": (None, "b")}, BuildAudience),
        ("audience", "1", {"rule": ("a", "b"), "meaning": (None, "b")}, RebuildAudience),
        ("audience", "1", {"rule": (None, "b")}, RetireAudience),
        ("audience", "1", {}, RetireAudience),
        ("tag", "1", {}, RetireTag),
        ("segment", None, {"name": (None, "S"), "rule": (None, "a")}, BuildSegment),
        ("segment", None, {"name": (None, "S")}, BuildSegment),
        ("segment", None, {"rule": ("a", "b")}, RebuildSegment),
        ("segment", None, {"name": ("S", "T"), "rule": ("a", "b")}, RebuildSegment),
        ("segment", None, {"name": ("S", "T")}, RenameSegment),
        ("segment", None, {}, DeleteSegment),
        ("segment", None, {"rule": (None, "a")}, DeleteSegment),
    ],
)
def test_what_a_person_does_is_told_by_its_fields(
    kind: str, live_id: str | None, fields: dict[str, tuple[Any, Any]], expected: type[Operation]
) -> None:
    changed = tuple(FieldChange(path, *values) for path, values in fields.items())
    operation = read_operation(kind, "manual", address="segment.s", name="S", fields=changed, live_id=live_id)
    assert type(operation) is expected
    assert (operation.kind, operation.by_hand, operation.live_id) == (kind, True, live_id)
