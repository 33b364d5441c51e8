"""Operations: what Intercom's API allows, what undoes them, and what others need of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from intercom_iac.model import CAPABILITIES, AudiencePredicate, LiveAudience
from intercom_iac.planning import FieldChange, Plan, PlannedWorkspace, encode
from intercom_iac.planning.codec import decode
from intercom_iac.planning.operations import (
    OPERATIONS,
    ArchiveAttribute,
    ArchiveEvent,
    AttributeOperation,
    BuildAudience,
    BuildSegment,
    ChangeAttributeType,
    CopyValues,
    CreateAttribute,
    CreateAudience,
    CreateTag,
    DeleteAudience,
    DeleteSegment,
    DeleteTag,
    Operation,
    Rank,
    RebuildAudience,
    RebuildSegment,
    RegisterEvent,
    RenameSegment,
    RenameTag,
    RestoreAttribute,
    RetireAudience,
    RetireTag,
    UpdateAttribute,
    UpdateAudience,
    attributes_of,
)
from support.changes import make_change

CALLS = [operation for operation in OPERATIONS if operation.action != "manual"]
MANUAL = [operation for operation in OPERATIONS if operation.action == "manual"]
# What a person does although the API could: whose a tag or an audience is, it does not tell; and of some rules an
# audience made through it cannot express all.
POLICY = {BuildAudience, RebuildAudience, RetireAudience, RetireTag}


def operation(
    cls: type[Operation], *fields: FieldChange, name: str = "x", live_id: str | None = None
) -> Operation:
    if issubclass(cls, AttributeOperation):
        return cls(owner="company", name=name, fields=fields, live_id=live_id)
    return cls(name=name, fields=fields, live_id=live_id)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_every_call_is_one_that_the_api_has(call: type[Operation]) -> None:
    api = CAPABILITIES[call.kind]
    match call.action:
        case "create" | "register":
            assert call.takes == api.create != frozenset()
            assert not call.of_live
        case "update" | "restore":
            assert frozenset() != call.takes <= api.change
            assert call.of_live
        case action:
            assert action == api.retire
            assert call.of_live
            assert call.destructive
    assert call.requires <= call.takes
    assert call.rank < Rank.WAITING


def test_every_capability_has_its_call() -> None:
    for kind, api in CAPABILITIES.items():
        calls = [call for call in CALLS if call.kind == kind]
        assert any(call.action in ("create", "register") for call in calls) == bool(api.create)
        changed = frozenset[str]().union(
            *(call.takes for call in calls if call.action not in ("create", "register", "delete"))
        )
        assert changed == api.change
        assert {call.action for call in calls if call.destructive} == {api.retire} - {"by hand"}


def test_what_the_api_cannot_do_is_done_by_hand() -> None:
    """Where the API comes to do one of these, its call is to be written."""
    attribute, event, segment = (CAPABILITIES[kind] for kind in ("data_attribute", "event", "segment"))
    lacking = {
        ChangeAttributeType: "type" not in attribute.change,
        CopyValues: "values" not in attribute.change,
        ArchiveEvent: event.retire == "by hand",
        BuildSegment: not segment.create,
        RebuildSegment: not segment.change,
        RenameSegment: "name" not in segment.change,
        DeleteSegment: segment.retire == "by hand",
    }
    assert all(lacking.values())
    assert {*lacking, *POLICY} == {*MANUAL}
    assert {manual.rank for manual in MANUAL} == {Rank.MANUAL}
    # A person who deletes a tag takes it from everybody.
    assert [manual for manual in MANUAL if manual.destructive] == [RetireTag]


DESCRIPTION = FieldChange("description", "a", "b")
OPTIONS = FieldChange("options", ["a"], ["a", "b"])
LISTED = FieldChange("options", None, ["a", "b"])
ARCHIVED = FieldChange("archived", False, True)
RESTORED = FieldChange("archived", True, False)
RENAMED = FieldChange("name", "x", "y")
RENAMED_BACK = FieldChange("name", "y", "x")
RULE = FieldChange("rule", "a", "b")


@pytest.mark.parametrize(
    ("done", "undone"),
    [
        (operation(UpdateAttribute, DESCRIPTION, OPTIONS, live_id="7"), None),
        (
            operation(ArchiveAttribute, ARCHIVED, live_id="7"),
            operation(RestoreAttribute, RESTORED, live_id="7"),
        ),
        (
            operation(RestoreAttribute, RESTORED, live_id="7"),
            operation(ArchiveAttribute, ARCHIVED, live_id="7"),
        ),
        (operation(ChangeAttributeType, FieldChange("type", "string", "date"), live_id="7"), None),
        (
            operation(UpdateAudience, RENAMED, live_id="9"),
            operation(UpdateAudience, RENAMED_BACK, name="y", live_id="9"),
        ),
        (operation(UpdateAudience, FieldChange("predicates", [], [{"value": "x"}]), live_id="9"), None),
        (operation(RebuildAudience, RULE, live_id="9"), None),
        (
            operation(RenameTag, RENAMED, live_id="3"),
            operation(RenameTag, RENAMED_BACK, name="y", live_id="3"),
        ),
        (operation(RenameSegment, RENAMED), operation(RenameSegment, RENAMED_BACK, name="y")),
        (operation(RebuildSegment, RULE), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_can_be_undone_comes_back(done: Operation, undone: Operation | None) -> None:
    reverse = done.reverse()
    assert reverse is not None
    if undone is not None:
        assert reverse == undone
    assert type(reverse) is type(undone or done)
    assert [(field.before, field.after) for field in reverse.fields] == [
        (field.after, field.before) for field in done.fields
    ]
    assert reverse.reverse() == done


@pytest.mark.parametrize(
    ("done", "undone"),
    [
        (
            operation(CreateAttribute, FieldChange("type", None, "date")),
            operation(ArchiveAttribute, ARCHIVED),
        ),
        (
            operation(RestoreAttribute, RESTORED, DESCRIPTION, live_id="7"),
            operation(ArchiveAttribute, ARCHIVED, live_id="7"),
        ),
        (operation(RegisterEvent), operation(ArchiveEvent)),
        (operation(CreateAudience), operation(DeleteAudience, FieldChange("name", "x", None))),
        (operation(CreateTag), operation(RetireTag)),
        (operation(BuildSegment), operation(DeleteSegment)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_made_is_retired(done: Operation, undone: Operation) -> None:
    assert done.reverse() == undone


@pytest.mark.parametrize(
    "done",
    [
        operation(UpdateAttribute, LISTED, live_id="7"),
        operation(DeleteAudience, live_id="9"),
        operation(DeleteTag, live_id="3"),
        operation(ArchiveEvent),
        operation(BuildAudience),
        operation(RetireAudience, live_id="9"),
        operation(RetireTag, live_id="3"),
        operation(DeleteSegment),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_undone_has_no_reverse(done: Operation) -> None:
    assert done.reverse() is None


def test_an_audience_needs_the_attributes_that_its_filters_name() -> None:
    names = ("custom_attributes.tier", "company.custom_attributes.seats", "email")
    filters = [{"attribute": name, "type": "string", "comparison": "eq", "value": "x"} for name in names]
    create = operation(CreateAudience, FieldChange("predicates", None, filters))
    assert create.attributes_read == {"tier", "seats", "email"}
    assert operation(CreateAudience).attributes_read == frozenset()
    assert operation(CreateTag).attributes_read == frozenset()
    live = LiveAudience(
        id="9", name="x", predicates=tuple(AudiencePredicate(name, "", "", "") for name in names)
    )
    assert attributes_of(live) == {"tier", "seats", "email"}
    assert attributes_of(None) == frozenset()


@pytest.mark.parametrize(
    ("done", "frees", "needs"),
    [
        (operation(CreateAudience), False, True),
        (operation(UpdateAudience, FieldChange("predicates", [], [])), True, True),
        (operation(UpdateAudience, RENAMED), False, False),
        (operation(DeleteAudience), True, False),
        (operation(BuildAudience), False, True),
        (operation(RebuildAudience), True, True),
        (operation(RetireAudience), True, False),
        (operation(CreateTag), False, True),
        (operation(RenameTag, RENAMED), False, False),
        (operation(RetireTag), False, False),
        (operation(BuildSegment), False, True),
        (operation(RebuildSegment), False, True),
        (operation(RenameSegment), False, False),
        (operation(DeleteSegment), False, False),
        (operation(ArchiveAttribute), False, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Operation) else str(value),
)
def test_which_operations_free_attributes_and_which_need_the_rule(
    done: Operation, frees: bool, needs: bool
) -> None:
    assert (done.frees_attributes, done.needs_rule) == (frees, needs)


FIELDS: dict[type[Operation], tuple[FieldChange, ...]] = {
    CreateAttribute: (FieldChange("type", None, "date"),),
    RestoreAttribute: (RESTORED,),
    ArchiveAttribute: (ARCHIVED,),
    CreateAudience: (FieldChange("name", None, "x"),),
    CreateTag: (FieldChange("name", None, "x"),),
    RenameTag: (RENAMED,),
    RebuildAudience: (RULE,),
    RebuildSegment: (RULE,),
    BuildSegment: (FieldChange("name", None, "x"),),
    RenameSegment: (RENAMED,),
    CopyValues: (FieldChange("values", "old", "x"),),
}


@pytest.mark.parametrize("cls", OPERATIONS, ids=lambda cls: cls.__name__)
def test_every_operation_comes_back_from_a_plan_file(cls: type[Operation]) -> None:
    address = {"data_attribute": "attribute.company.x", "event": "event.x"}.get(cls.kind, "segment.x")
    live_id = "7" if cls.of_live or cls in (RebuildAudience, RetireAudience) else None
    fields = FIELDS.get(cls, ())
    change = make_change(
        address,
        cls.kind,
        "x",
        cls.action,
        "destructive" if cls.destructive else "safe",
        fields=fields,
        live_id=live_id,
    )
    assert change.operation == operation(cls, *fields, live_id=live_id)
    plan = Plan(
        workspace=PlannedWorkspace("w", "a", "UTC"),
        specs_digest=f"sha256:{'0' * 64}",
        live_digest=f"sha256:{'1' * 64}",
        changes=(change,),
        rests_on={"x": "y"},
        created_at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    )
    assert decode(json.dumps(encode(plan)), "plan.json") == plan
