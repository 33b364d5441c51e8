"""Plans that would pass a cap of Intercom's: an error before the first call, with a way out that works."""

from __future__ import annotations

from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import Plan, plan

NEW = Attribute("contact", "new", DataType.STRING)
OLD = Attribute("contact", "live_0", DataType.STRING, status="archived")


def full() -> Snapshot:
    made = (LiveAttribute(n, "contact", f"live_{n}", DataType.STRING) for n in range(250))
    return Snapshot(Identity("abc12345", "Acme", "UTC"), tuple(made))


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
