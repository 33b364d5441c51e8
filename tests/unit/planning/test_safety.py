"""What stops an apply: caps, destruction without leave, thresholds, a workspace that moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.diagnostics import StalePlan, UnsafePlan
from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, LiveSegment, Schema, Snapshot
from intercom_iac.planning import Plan, plan, refuse_if_stale, refuse_if_unsafe, with_threshold_warning

IDENTITY = Identity("abc12345", "Acme", "America/New_York")


def live(*names: str) -> Snapshot:
    made = (LiveAttribute(n, "contact", name, DataType.STRING) for n, name in enumerate(names))
    return Snapshot(IDENTITY, tuple(made))


def archiving(snapshot: Snapshot, *names: str) -> Plan:
    declared = [Attribute("contact", name, DataType.STRING, status="archived") for name in names]
    schema = Schema(attributes={(each.model, each.name): each for each in declared})
    return plan(schema, snapshot, workspace="sandbox", specs_digest=f"sha256:{'0' * 64}")


def codes(made: Plan, *, allow: bool, percent: float = 30) -> list[str]:
    try:
        refuse_if_unsafe(made, allow_destructive=allow, max_archive_percent=percent)
    except UnsafePlan as refused:
        return [each.code for each in refused.diagnostics]
    return []


TEN = live(*"abcdefghij")


def test_an_archive_needs_leave() -> None:
    assert codes(archiving(TEN, "a"), allow=False) == ["PLAN606"]
    assert codes(archiving(TEN, "a"), allow=True) == []


@pytest.mark.parametrize(("count", "refused"), [(2, False), (3, False), (4, True), (10, True)])
def test_a_mass_archive_is_refused_whatever_the_flag(count: int, refused: bool) -> None:
    made = archiving(TEN, *"abcdefghij"[:count])
    assert codes(made, allow=True) == (["PLAN607"] if refused else [])


def test_both_reasons_are_said_at_once() -> None:
    assert codes(archiving(TEN, *"abcdef"), allow=False) == ["PLAN607", "PLAN606"]


def test_one_archive_in_a_small_workspace_is_a_decision() -> None:
    assert codes(archiving(live("a"), "a"), allow=True) == []


def test_a_threshold_of_zero_forbids_a_single_archive_too() -> None:
    assert codes(archiving(TEN, "a"), allow=True, percent=0) == ["PLAN607"]
    assert codes(archiving(TEN, "a"), allow=True, percent=0.1) == []


def test_the_project_sets_the_threshold() -> None:
    made = archiving(TEN, *"abcdef")
    assert codes(made, allow=True, percent=60) == []
    assert codes(made, allow=True, percent=59) == ["PLAN607"]


def test_what_apply_will_refuse_is_foretold_once_and_no_error() -> None:
    made = with_threshold_warning(archiving(TEN, *"abcdef"), max_archive_percent=30)
    ((code, severity, message),) = [(each.code, each.severity, each.message) for each in made.remarks]
    assert (code, severity) == ("PLAN607", "warning")
    assert message == "the plan archives 6 of 10 attributes (60%), and the project allows 30%"
    assert not made.errors
    assert codes(made, allow=True) == ["PLAN607"]
    assert codes(made, allow=True, percent=60) == []


def test_what_is_allowed_is_not_foretold() -> None:
    made = archiving(TEN, *"abc")
    assert with_threshold_warning(made, max_archive_percent=30) == made


def test_an_error_of_the_plan_stops_it_first() -> None:
    schema = Schema(attributes={("contact", "a"): Attribute("contact", "a", DataType.STRING)})
    company = Snapshot(IDENTITY, (LiveAttribute(1, "company", "a", DataType.STRING),))
    made = plan(schema, company, workspace="sandbox", specs_digest=f"sha256:{'0' * 64}")
    assert codes(made, allow=True) == ["PLAN604"]


def test_the_same_workspace_is_not_stale() -> None:
    refuse_if_stale(archiving(TEN, "a"), live(*"abcdefghij"))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        pytest.param(live(*"abcdefghijk"), "attribute.contact.k is new", id="new"),
        pytest.param(live(*"abcdefghi"), "attribute.contact.j is gone", id="gone"),
        pytest.param(
            replace(TEN, attributes=(replace(TEN.attributes[0], description="x"), *TEN.attributes[1:])),
            "attribute.contact.a has changed",
            id="changed",
        ),
        pytest.param(
            replace(TEN, segments=(LiveSegment("1", "VIP"),)), "segment `VIP` (1) is new", id="a segment"
        ),
        pytest.param(replace(TEN, events=("signed-up",)), "event.signed-up is new", id="an event"),
        pytest.param(
            replace(TEN, identity=replace(IDENTITY, timezone="UTC")), "workspace has changed", id="time zone"
        ),
    ],
)
def test_a_workspace_that_moved_is_said_to_have(now: Snapshot, said: str) -> None:
    with pytest.raises(StalePlan) as refused:
        refuse_if_stale(archiving(TEN, "a"), now)
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.code == "PLAN608"
    assert said in diagnostic.message


def test_a_tag_somebody_made_moves_nothing() -> None:
    refuse_if_stale(archiving(TEN, "a"), replace(TEN, tags={"vip": "1"}))


def test_an_archive_is_destructive_whatever_a_plan_file_calls_it() -> None:
    made = archiving(TEN, "a")
    tame = replace(made, changes=(replace(made.changes[0], risk="safe"),))
    assert codes(tame, allow=False) == ["PLAN606"]
