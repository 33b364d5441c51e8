"""Plans that would pass a cap of Intercom's: an error before the first call, with a way out that works."""

from __future__ import annotations

import pytest

from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import Plan, plan

NEW = Attribute("contact", "new", DataType.STRING)
OLD = Attribute("contact", "live_0", DataType.STRING, status="archived")


def filled(attributes: int, events: int = 0) -> Snapshot:
    made = (LiveAttribute(n, "contact", f"live_{n}", DataType.STRING) for n in range(attributes))
    return Snapshot(
        Identity("abc12345", "Acme", "UTC"), tuple(made), events=tuple(f"event_{n}" for n in range(events))
    )


def full() -> Snapshot:
    return filled(250)


def planned(*declared: Attribute, targets: tuple[str, ...] = ()) -> Plan:
    schema = Schema(attributes={(each.model, each.name): each for each in declared})
    return plan(schema, full(), workspace="sandbox", specs_digest="", targets=targets)


def test_a_create_in_a_full_workspace_is_an_error() -> None:
    (error,) = planned(NEW).errors
    assert (error.code, error.hint) == ("PLAN601", "archive 1 that no rule reads")


def test_an_archive_makes_room() -> None:
    made = planned(NEW, OLD)
    assert made.errors == ()
    assert [each.action for each in made.changes] == ["archive", "create"]


def test_a_target_that_leaves_the_archive_out_is_told_so() -> None:
    (error,) = planned(NEW, OLD, targets=("attribute.contact.new",)).errors
    assert error.code == "PLAN601"
    assert "leave `--target` out" in (error.hint or "")


def test_a_target_is_not_blamed_where_the_whole_would_not_fit_either() -> None:
    (error,) = planned(NEW, targets=("attribute.contact.new",)).errors
    assert "--target" not in (error.hint or "")


@pytest.mark.parametrize(
    ("snapshot", "declared", "told"),
    [
        (filled(198), (NEW,), []),
        (filled(199), (NEW,), ["would have 200 active custom attributes, 80% of the 250"]),
        (filled(200), (), ["has 200 active custom attributes, 80% of the 250"]),
        (filled(200), (OLD,), []),
        (filled(0, 95), (), []),
        (filled(0, 96), (), ["has 96 registered events, 80% of the 120"]),
        (full(), (), ["has 250 active custom attributes, 100% of the 250"]),
        (filled(251, 121), (), []),
    ],
)
def test_a_plan_that_ends_near_a_cap_warns(
    snapshot: Snapshot, declared: tuple[Attribute, ...], told: list[str]
) -> None:
    schema = Schema(attributes={(each.model, each.name): each for each in declared})
    made = plan(schema, snapshot, workspace="sandbox", specs_digest="")
    assert [(each.code, each.severity) for each in made.remarks] == [("PLAN660", "warning")] * len(told)
    assert all(words in each.message for words, each in zip(told, made.remarks, strict=True))
