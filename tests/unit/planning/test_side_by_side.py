"""Plans of several workspaces side by side."""

from __future__ import annotations

from dataclasses import replace

import jsonschema

from intercom_iac.diagnostics import Unreachable
from intercom_iac.planning import Change, Plan, PlannedWorkspace, PlansSideBySide, matrix_schema
from support.changes import make_change


def plan(name: str, *changes: Change) -> Plan:
    return Plan(
        PlannedWorkspace(name, f"app_{name}", "UTC"), f"sha256:{'0' * 64}", f"sha256:{'1' * 64}", changes
    )


TIER = make_change("attribute.contact.tier", "data_attribute", "tier", "create", "safe", "missing")
OLD = make_change("attribute.contact.old", "data_attribute", "old", "archive", "destructive", "archived")
PAID = make_change("event.paid", "event", "paid", "register", "safe", "missing")
AUDIENCE = make_change("segment.vip", "audience", "VIP", "create", "safe", "missing")
TAG = make_change("segment.vip", "tag", "VIP", "create", "caution", "missing")
RENAMED = make_change("segment.vip", "tag", "VIP", "update", "caution", "renamed")


def test_rows_are_addresses_in_the_order_of_plans_kind_by_kind() -> None:
    made = PlansSideBySide({"a": plan("a", TIER, AUDIENCE), "b": plan("b", OLD, PAID, TAG)})
    assert [row.address for row in made.rows] == [
        "attribute.contact.tier",
        "attribute.contact.old",
        "event.paid",
        "segment.vip",
    ]


def test_the_models_of_attributes_and_names_with_dots_leave_the_order_of_plans() -> None:
    dotted = [
        replace(TIER, address=address)
        for address in (
            "attribute.contact.b.c",
            "attribute.company.a",
            "attribute.contact.a.d",
        )
    ]
    events = [replace(PAID, address=address) for address in ("event.b.a", "event.a")]
    made = PlansSideBySide({"a": plan("a", *events, *dotted)})
    assert [row.address for row in made.rows] == [each.address for each in (*dotted, *events)]


def test_a_row_holds_each_workspaces_own_changes() -> None:
    [row] = PlansSideBySide({"a": plan("a", AUDIENCE, TAG), "b": plan("b", RENAMED), "c": plan("c")}).rows
    assert row.changes == {"a": (AUDIENCE, TAG), "b": (RENAMED,)}


def test_a_row_says_each_action_of_a_workspace_once() -> None:
    [row] = PlansSideBySide({"a": plan("a", AUDIENCE, TAG, RENAMED), "b": plan("b")}).rows
    assert row.actions("a") == ("create", "update")
    assert row.actions("b") == ()


def test_a_row_is_as_grave_as_the_gravest_of_its_changes() -> None:
    made = PlansSideBySide({"a": plan("a", TIER, OLD, AUDIENCE), "b": plan("b", TAG)})
    assert [row.risk for row in made.rows] == ["safe", "destructive", "caution"]
    [row] = PlansSideBySide({"a": plan("a", AUDIENCE, TAG), "b": plan("b", AUDIENCE)}).rows
    assert row.risk == "caution"


def test_what_has_no_plan_has_its_reason() -> None:
    error = Unreachable("no answer")
    made = PlansSideBySide({"a": error, "b": plan("b", TIER)})
    assert list(made.plans) == ["b"]
    assert made.failures == {"a": error}
    assert len(made.rows) == 1


def test_its_schema_holds_that_of_a_plan() -> None:
    schema = matrix_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    empty = {"format_version": "1.0", "plans": {}, "matrix": [], "errors": {}}
    validator.validate(empty)
    assert not validator.is_valid({**empty, "plans": {"a": {"format_version": "1.0"}}})
    assert not validator.is_valid({**empty, "matrix": [{"address": "x", "actions": {}}]})
    assert not validator.is_valid({**empty, "errors": {"a": {"message": "x"}}})
