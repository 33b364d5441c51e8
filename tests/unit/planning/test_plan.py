"""What a plan says of its changes: of which model they are, which a call makes, which destroy, how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.planning import ACTIONS, Change, Plan, PlannedWorkspace, Remark
from intercom_iac.planning.operations import Action, CreateAttribute
from support.changes import change_with, make_change

TIER = make_change("attribute.contact.tier", "data_attribute", "tier", "create", "safe", "missing")
KINDS = {"register": "event", "delete": "audience"}
ONE_OF_EACH = tuple(
    change_with(TIER, kind=KINDS.get(action, "data_attribute"), action=action) for action in ACTIONS
)
PLAN = Plan(PlannedWorkspace("production", "abc12345", "UTC"), "", "", ONE_OF_EACH)


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("attribute.contact.tier", "contact"),
        ("attribute.company.tier", "company"),
        ("attribute.contact.company", "contact"),
        ("attribute.contact.attribute.company.tier", "contact"),
        ("attribute.company.contact", "company"),
    ],
)
def test_an_attribute_is_of_the_model_of_its_address(address: str, model: str) -> None:
    operation = change_with(TIER, address=address).operation
    assert isinstance(operation, CreateAttribute)
    assert operation.owner == model


def actions(changes: tuple[Change, ...]) -> list[Action]:
    return [each.action for each in changes]


def test_all_but_what_is_left_to_a_person_are_calls() -> None:
    assert actions(PLAN.calls) == ["create", "update", "archive", "restore", "register", "delete"]
    assert actions(PLAN.manual) == ["manual"]


@pytest.mark.parametrize("risk", ["safe", "caution", "destructive"])
def test_what_archives_or_deletes_is_destructive_whatever_its_risk_is_called(risk: str) -> None:
    called = replace(PLAN, changes=tuple(replace(each, risk=risk) for each in ONE_OF_EACH))
    assert actions(called.destructive) == ["archive", "delete"]


def test_changes_are_counted_in_one_order_and_zeros_are_told() -> None:
    plan = replace(PLAN, changes=(ONE_OF_EACH[5], TIER, ONE_OF_EACH[5]))
    assert list(plan.summary.items()) == [
        ("create", 1),
        ("update", 0),
        ("archive", 0),
        ("restore", 0),
        ("register", 0),
        ("delete", 2),
        ("manual", 0),
    ]


def test_only_errors_forbid() -> None:
    remarks = tuple(Remark("PLAN604", severity, "taken") for severity in ("warning", "error", "info"))
    assert [each.severity for each in replace(PLAN, remarks=remarks).errors] == ["error"]
