"""What a plan says of attributes: every way specs and workspace can differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import Plan, plan

IDENTITY = Identity("abc12345", "Acme", "America/New_York")
DECLARED = Attribute("contact", "tier", DataType.STRING, description="what they pay for")
LIVE = LiveAttribute(7, "contact", "tier", DataType.STRING, description="what they pay for")
LIST = replace(DECLARED, type=DataType.OPTIONS, options=("free", "pro"))
LIVE_LIST = replace(LIVE, type=DataType.OPTIONS, options=("free", "pro"))


def planned(declared: list[Attribute], live: list[LiveAttribute]) -> Plan:
    schema = Schema(attributes={(attribute.model, attribute.name): attribute for attribute in declared})
    return plan(
        schema, Snapshot(IDENTITY, tuple(live)), workspace="sandbox", specs_digest=f"sha256:{'0' * 64}"
    )


def only(made: Plan) -> tuple[str, str, dict[str, tuple[object, object]]]:
    (change,) = made.changes
    return change.action, change.risk, {field.path: (field.before, field.after) for field in change.fields}


@pytest.mark.parametrize(
    ("declared", "live", "expected"),
    [
        pytest.param(
            DECLARED,
            None,
            (
                "create",
                "safe",
                {
                    "type": (None, "string"),
                    "description": (None, "what they pay for"),
                    "messenger_writable": (None, False),
                },
            ),
            id="missing",
        ),
        pytest.param(
            replace(DECLARED, description="other"),
            LIVE,
            ("update", "safe", {"description": ("what they pay for", "other")}),
            id="description",
        ),
        pytest.param(
            replace(DECLARED, messenger_writable=True),
            LIVE,
            ("update", "caution", {"messenger_writable": (False, True)}),
            id="opened to the Messenger",
        ),
        pytest.param(
            DECLARED,
            replace(LIVE, messenger_writable=True),
            ("update", "caution", {"messenger_writable": (True, False)}),
            id="closed to the Messenger",
        ),
        pytest.param(
            replace(LIST, options=("free", "pro", "max")),
            LIVE_LIST,
            ("update", "safe", {"options": (["free", "pro"], ["free", "pro", "max"])}),
            id="option added",
        ),
        pytest.param(
            replace(LIST, options=("free", "max")),
            LIVE_LIST,
            ("update", "caution", {"options": (["free", "pro"], ["free", "max"])}),
            id="option removed",
        ),
        pytest.param(
            LIST, LIVE, ("update", "caution", {"options": (None, ["free", "pro"])}), id="text becomes a list"
        ),
        pytest.param(
            replace(DECLARED, status="archived"),
            LIVE,
            ("archive", "destructive", {"archived": (False, True)}),
            id="archived in the specs",
        ),
        pytest.param(
            replace(DECLARED, description="back"),
            replace(LIVE, archived=True),
            ("restore", "safe", {"archived": (True, False), "description": ("what they pay for", "back")}),
            id="archived in the workspace, restored in one call",
        ),
        pytest.param(
            replace(DECLARED, type=DataType.INTEGER),
            LIVE,
            ("manual", "caution", {"type": ("string", "integer")}),
            id="another type",
        ),
        pytest.param(
            DECLARED, LIVE_LIST, ("manual", "caution", {"type": ("options", "string")}), id="list to text"
        ),
    ],
)
def test_a_difference_is_one_change(
    declared: Attribute, live: LiveAttribute | None, expected: tuple[str, str, dict[str, object]]
) -> None:
    assert only(planned([declared], [live] if live else [])) == expected


@pytest.mark.parametrize(
    ("declared", "live"),
    [
        pytest.param(DECLARED, LIVE, id="the same"),
        pytest.param(replace(DECLARED, description=None), LIVE, id="a description the specs leave alone"),
        pytest.param(LIST, replace(LIVE_LIST, options=("pro", "free")), id="options in another order"),
        pytest.param(replace(DECLARED, status="deprecated"), LIVE, id="deprecated is a word of the specs"),
        pytest.param(replace(DECLARED, status="archived"), None, id="archived and never there"),
        pytest.param(
            replace(DECLARED, status="archived", description="x"),
            replace(LIVE, archived=True),
            id="archived on both sides",
        ),
    ],
)
def test_no_difference_is_no_change(declared: Attribute, live: LiveAttribute | None) -> None:
    assert planned([declared], [live] if live else []).changes == ()


def test_a_type_change_leaves_other_differences_to_the_api() -> None:
    made = planned([replace(DECLARED, type=DataType.INTEGER, description="new")], [LIVE])
    assert [change.action for change in made.changes] == ["update", "manual"]
    assert "cannot change the type" in made.manual[0].reason
    assert any("Number" in step for step in made.manual[0].steps)


def test_an_option_removed_says_what_becomes_of_its_values() -> None:
    (change,) = planned([replace(LIST, options=("free", "max"))], [LIVE_LIST]).changes
    assert change.reason == (
        "option `pro` removed: whoever has the value keeps it, nobody can choose it again"
    )


def test_a_rename_creates_and_leaves_the_old_one_be() -> None:
    made = planned([replace(DECLARED, name="level", renamed_from="tier")], [LIVE])
    (change,) = made.changes
    assert (change.action, change.name) == ("create", "level")
    assert "values stay on `tier`" in change.reason
    assert made.unmanaged == ("attribute.contact.tier",)


def test_a_name_taken_by_the_other_model_is_an_error_before_the_first_call() -> None:
    made = planned([DECLARED], [replace(LIVE, model="company", archived=True)])
    assert [remark.code for remark in made.errors] == ["PLAN604"]


def test_a_name_that_differs_in_case_is_a_warning() -> None:
    made = planned([DECLARED], [replace(LIVE, name="Tier")])
    assert [(remark.code, remark.severity) for remark in made.remarks] == [("PLAN605", "warning")]


def test_a_dollar_in_a_name_is_doubtful_until_intercom_has_taken_it() -> None:
    spent = replace(DECLARED, name="spent_$")
    made = planned([spent], [])
    assert [(remark.code, remark.severity) for remark in made.remarks] == [("PLAN629", "warning")]
    assert "whether Intercom takes the `$` in `spent_$` is not known" in made.remarks[0].message
    assert planned([spent], [replace(LIVE, name="spent_$")]).remarks == ()
    assert planned([replace(DECLARED, name="spent_€")], []).remarks == ()


def test_what_the_specs_do_not_know_is_reported_and_left_alone() -> None:
    made = planned([], [LIVE, replace(LIVE, name="gone", archived=True)])
    assert made.changes == ()
    assert made.unmanaged == ("attribute.contact.tier",)


def many(count: int, **fields: object) -> list[LiveAttribute]:
    return [replace(LIVE, id=n, name=f"field_{n}", **fields) for n in range(count)]  # pyright: ignore


def test_the_cap_is_shown_and_an_error_once_passed() -> None:
    made = planned([DECLARED], many(249))
    assert (made.attributes.used, made.attributes.after, made.attributes.limit) == (249, 250, 250)
    assert not made.errors
    assert [remark.code for remark in planned([DECLARED], many(250)).errors] == ["PLAN601"]


def test_archived_ones_do_not_count_towards_the_cap() -> None:
    assert not planned([DECLARED], many(250, archived=True)).errors


def test_near_the_cap_an_archive_makes_room_first() -> None:
    old = replace(DECLARED, name="field_3", status="archived")
    made = planned([DECLARED, old], many(250))
    assert [change.action for change in made.changes] == ["archive", "create"]
    assert not made.errors


def test_with_room_to_spare_what_is_new_comes_before_what_goes() -> None:
    old = replace(DECLARED, name="field_3", status="archived")
    assert [change.action for change in planned([old, DECLARED], many(10)).changes] == ["create", "archive"]


def test_a_workspace_over_the_cap_can_be_made_smaller() -> None:
    old = [replace(DECLARED, name=f"field_{n}", status="archived") for n in range(2)]
    made = planned(old, many(255))
    assert (made.attributes.used, made.attributes.after) == (255, 253)
    assert not made.errors
    assert [remark.code for remark in planned([DECLARED], many(255)).errors] == ["PLAN601"]


def test_a_rename_whose_old_one_goes_in_the_same_plan_says_so() -> None:
    new = replace(DECLARED, name="level", renamed_from="tier")
    made = planned([new, replace(DECLARED, status="archived")], [LIVE])
    assert [change.action for change in made.changes] == ["create", "archive"]
    assert made.changes[0].risk == "caution"
    assert "the specs archive: that waits for a later apply, after the copy" in made.changes[0].reason
    assert made.changes[1].waits_for == ("attribute.contact.level",)
    assert made.calls == made.changes[:1]
    # Whether the values were copied, Intercom does not tell: the plan after it says so, and waits for nobody.
    made = planned([new, replace(DECLARED, status="archived")], [LIVE, replace(LIVE, id=2, name="level")])
    assert [(change.action, change.waits_for) for change in made.changes] == [("archive", ())]
    assert "to be on `level` by then" in made.changes[0].reason


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_what_is_found_of_attributes_outside_of_a_target_does_not_hold_it_up(severity: str) -> None:
    there = LIVE if severity == "warning" else replace(LIVE, model="company")
    name = "TIER" if severity == "warning" else "tier"
    specs = [replace(DECLARED, name=name), replace(DECLARED, name="level")]
    schema = Schema(attributes={(attribute.model, attribute.name): attribute for attribute in specs})
    live = Snapshot(Identity("abc12345", "Acme", "UTC"), (there,))

    def said(target: str) -> list[str]:
        made = plan(schema, live, workspace="sandbox", specs_digest="", targets=(target,))
        return [remark.severity for remark in made.remarks]

    assert said("attribute.contact.level") == []
    assert said(f"attribute.contact.{name}") == [severity]
