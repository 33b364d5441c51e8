"""A saved plan is worked out again: nothing of a file is believed that the specs and the workspace say themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.diagnostics import PlanError, StalePlan
from intercom_iac.model import (
    Attribute,
    DataType,
    Event,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Schema,
    Snapshot,
)
from intercom_iac.planning import (
    FieldChange,
    Place,
    Plan,
    Remark,
    Usage,
    plan,
    refuse_if_stale,
    unverifiable_remarks,
    verify_saved_plan,
    verify_shown_plan,
    with_threshold_warning,
)
from support.changes import change_with, make_change
from support.tier_workspace import EMPTY, IS_GOLD, segment

SPECS, OTHER = f"sha256:{'0' * 64}", f"sha256:{'1' * 64}"
LISTED = Attribute("contact", "tier", DataType.OPTIONS, options=("gold", "silver"), description="new")
OLD = Attribute("contact", "old", DataType.STRING, status="archived")
BACK = Attribute("contact", "back", DataType.STRING)
WIDER = Attribute("contact", "wider", DataType.OPTIONS, options=("a", "b", "c"))
GOLD, RENAMED = segment(), segment(key="plain", name="Plain", renamed_from="Old plain")
GONE = segment(key="gone", name="Gone", status="archived", publish=("audience", "tag"))
TAGGED, RETAGGED = (
    segment(key="t", name="T", publish=("tag",)),
    segment(key="u", name="U", renamed_from="Old u", publish=("tag",)),
)
SCHEMA = Schema(
    {(each.model, each.name): each for each in (LISTED, OLD, BACK, WIDER)},
    {"opened": Event("opened")},
    {each.key: each for each in (GOLD, RENAMED, GONE, TAGGED, RETAGGED)},
)
BEFORE = replace(
    EMPTY,
    attributes=(
        LiveAttribute(2, "contact", "old", DataType.STRING),
        LiveAttribute(3, "contact", "back", DataType.STRING, archived=True),
        LiveAttribute(4, "contact", "wider", DataType.OPTIONS, options=("a",)),
        LiveAttribute(9, "contact", "theirs", DataType.STRING),
    ),
    audiences=(LiveAudience("5", "Old plain", (IS_GOLD,)), LiveAudience("6", "Gone", (IS_GOLD,))),
    tags={"Gone": "7", "Old u": "8"},
)
TIER = LiveAttribute(1, "contact", "tier", DataType.OPTIONS, options=("silver", "gold"), description="new")
AFTER = replace(
    EMPTY,
    attributes=(
        TIER,
        replace(BEFORE.attributes[0], archived=True),
        replace(BEFORE.attributes[1], archived=False),
        replace(BEFORE.attributes[2], options=("c", "b", "a")),
        BEFORE.attributes[3],
    ),
    events=("Opened",),
    audiences=(LiveAudience("5", "Plain", (IS_GOLD,)), LiveAudience("10", "Gold", (IS_GOLD,))),
    tags={"t": "11", "U": "8"},
)
ADDRESSES = [
    "attribute.contact.tier", "attribute.contact.old", "attribute.contact.back", "attribute.contact.wider",
    "event.opened", "segment.gold", "segment.plain", "segment.gone", "segment.t", "segment.u",
]  # fmt: skip


def planned(live: Snapshot = BEFORE, *, specs: str = SPECS, schema: Schema = SCHEMA, **more: Any) -> Plan:
    return plan(schema, live, workspace="sandbox", specs_digest=specs, **more)


def refused(saved: Plan, live: Snapshot = BEFORE, again: Plan | None = None) -> list[tuple[str, str]]:
    """The codes and messages of the refusal; none where the plan holds."""
    again = planned(live) if again is None else again
    try:
        verify_saved_plan(saved, again, live, ADDRESSES)
    except PlanError as error:
        assert error.exit_code == 6
        assert error.message == error.diagnostics[0].message
        return [(each.code, each.message) for each in error.diagnostics]
    return []


def test_there_is_a_change_of_each_kind() -> None:
    kinds = {(each.object, each.action) for each in planned().calls}
    assert kinds == {
        ("data_attribute", "create"), ("data_attribute", "archive"), ("data_attribute", "restore"),
        ("data_attribute", "update"), ("event", "register"), ("audience", "create"), ("audience", "update"),
        ("audience", "delete"), ("tag", "create"), ("tag", "update"),
    }  # fmt: skip


def test_the_plan_of_these_specs_and_this_workspace_holds() -> None:
    assert refused(planned()) == []


# --- edited ---------------------------------------------------------------------------------------------------


def change(**fields: Any) -> Any:
    def edit(saved: Plan) -> Plan:
        at = next(at for at, each in enumerate(saved.changes) if each.address == "attribute.contact.wider")
        changes = list(saved.changes)
        changes[at] = change_with(changes[at], **fields)
        return replace(saved, changes=tuple(changes))

    return edit


def whole(**fields: Any) -> Any:
    return lambda saved: replace(saved, **fields)


EXTRA = make_change(
    "attribute.contact.theirs", "data_attribute", "theirs", "update", "safe", "why", live_id="9"
)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        pytest.param(
            change(fields=(FieldChange("options", ["a", "b"], ["a", "b", "c"]),)),
            'of `attribute.contact.wider`, its `options before` is ["a", "b"], and should be ["a"]',
            id="before",
        ),
        pytest.param(
            change(fields=(FieldChange("options", ["a"], ["a", "b", "d"]),)),
            '`options after` is ["a", "b", "d"], and should be ["a", "b", "c"]',
            id="after",
        ),
        pytest.param(
            change(fields=(FieldChange("options", ["a"], ["a", "b", "c"]), FieldChange("description", "", "x"))),
            'its `description before` is "", and there should be none',
            id="a field more",
        ),
        pytest.param(change(fields=()), "`options before` is null, and should be", id="a field less"),
        pytest.param(change(risk="caution"), 'its `risk` is "caution", and should be "safe"', id="risk"),
        pytest.param(change(reason="no reason"), "its `reason` is", id="reason"),
        pytest.param(change(steps=("open",)), 'its `steps` is ["open"]', id="steps"),
        pytest.param(change(needed_by=("segment.x",)), 'its `needed_by` is ["segment.x"]', id="needed by"),
        pytest.param(change(source=Place("specs/b.yaml", 1, 1)), "it names `specs/b.yaml:1:1` for what", id="source"),
        pytest.param(change(live_id="9"), 'its `live_id` is "9", and should be "4"', id="id"),
        pytest.param(
            change(address="attribute.contact.theirs", name="theirs"),
            "it would update the attribute `theirs` of `attribute.contact.theirs`, which is not to be done; it would "
            "not update the attribute `wider`",
            id="address",
        ),
        pytest.param(lambda saved: replace(saved, changes=(*saved.changes, EXTRA)), "not to be done", id="one more"),
        pytest.param(lambda saved: replace(saved, changes=saved.changes[1:]), "which is to be done", id="one less"),
        pytest.param(
            lambda saved: replace(saved, changes=saved.changes[::-1]), "changes stand in another order", id="order"
        ),
        pytest.param(whole(attributes=Usage(1000, 1001, 2000)), "its `limits.attributes.used` is 1000", id="share"),
        pytest.param(whole(events=Usage(0, 0, 120)), "its `limits.events.after` is 0", id="events"),
        pytest.param(whole(unmanaged=()), "its `unmanaged` is [], and", id="unmanaged"),
        pytest.param(whole(targets=("segment.x",)), "its `targets` is", id="targets"),
        pytest.param(
            lambda saved: replace(saved, workspace=replace(saved.workspace, timezone="UTC+1")),
            "its `workspace.timezone` is",
            id="time zone",
        ),
        pytest.param(whole(live_digest=OTHER), "its `live_digest` is", id="digest of the workspace"),
        pytest.param(
            whole(remarks=(Remark("LINT501", "warning", "all is well"),)), "it says LINT501, `all is", id="remark"
        ),
        pytest.param(
            whole(remarks=(Remark("PLAN607", "warning", "the plan archives nothing"),)),
            "it says PLAN607",
            id="the threshold warning in other words",
        ),
        pytest.param(
            whole(remarks=(Remark("PLAN607", "warning", "of 4 attributes, and the project allows 9%"),)),
            "it says PLAN607",
            id="a threshold warning of another share",
        ),
    ],
)  # fmt: skip
def test_what_a_file_says_otherwise_is_refused(edit: Any, said: str) -> None:
    ((code, message),) = refused(edit(planned()))
    assert code == "PLAN616"
    assert said in message


def at(line: int, file: str = "specs/a.yaml") -> Plan:
    """The plan with everything in it told from there."""
    place = Place(file, line, 3)
    warned = planned(remarks=(Remark("LINT501", "warning", "deprecated").diagnostic(),) * 2)
    return replace(
        warned,
        changes=tuple(replace(each, source=place) for each in warned.changes),
        remarks=tuple(replace(each, source=place) for each in warned.remarks),
    )


@pytest.mark.parametrize("now", [at(5), at(4, "specs/b.yaml")], ids=["line", "file"])
def test_lines_that_moved_are_told_as_that_and_counted(now: Plan) -> None:
    with pytest.raises(PlanError) as raised:
        verify_saved_plan(at(4), now, BEFORE, ADDRESSES)
    (told,) = raised.value.diagnostics
    assert told.code == "PLAN616"
    place, more = now.changes[0].source, len(now.changes) + 1
    assert told.message.endswith(
        f": it names `specs/a.yaml:4:3` for what stands at `{place}`, and {more} more"
    )
    assert told.hint is not None
    assert told.hint.startswith(
        "lines of the specs have moved since it was made, or it was edited: make a new plan"
    )
    assert refused(at(4), again=at(4)) == []


def test_lines_that_moved_hide_nothing_else() -> None:
    ((_, message),) = refused(replace(at(4), unmanaged=("event.x",)), again=at(5))
    assert "its `unmanaged` is" in message
    assert "it names" in message


@pytest.mark.parametrize(
    "tags", [{}, {**BEFORE.tags, "of somebody": "99"}, {**BEFORE.tags, "x": "98", "y": "97"}]
)
def test_tags_that_people_make_and_delete_are_no_other_plan(tags: dict[str, str]) -> None:
    """They are none of its changes: `tag.of somebody` is only among what is left alone."""
    ours = {name: tag_id for name, tag_id in BEFORE.tags.items() if name in ("Gone", "Old u")}
    live = replace(BEFORE, tags={**ours, **tags})
    assert refused(planned(replace(BEFORE, tags={**BEFORE.tags, "of all": "96"})), live) == []


def test_a_remark_that_was_taken_out_is_missed() -> None:
    warned = planned(remarks=(Remark("LINT501", "warning", "deprecated").diagnostic(),))
    ((code, message),) = refused(planned(), again=warned)
    assert (code, message.rpartition(": ")[2]) == ("PLAN616", "it does not say LINT501, `deprecated`")


def test_many_differences_are_counted_and_long_values_cut() -> None:
    saved = planned()
    saved = replace(saved, changes=tuple(replace(each, reason="x" * 99) for each in saved.changes))
    ((_, message),) = refused(saved)
    assert message.endswith(f"and {len(saved.changes) - 8} more")
    assert f'"{"x" * 59}..., and should be' in message


def test_the_share_that_the_project_allows_may_be_raised_between_plan_and_apply() -> None:
    more = replace(
        SCHEMA, attributes={**SCHEMA.attributes, ("contact", "theirs"): replace(OLD, name="theirs")}
    )
    made = planned(schema=more)
    warned = with_threshold_warning(made, max_archive_percent=12.5)
    assert [each.code for each in warned.remarks] == ["PLAN607"]
    assert refused(warned, again=made) == []
    assert refused(made, again=warned) == []


def test_what_a_revision_had_is_not_compared_and_is_told() -> None:
    said = Remark("BACK703", "warning", "an option is gone")
    assert unverifiable_remarks(planned()) == ()
    assert unverifiable_remarks(replace(planned(), remarks=(said,))) == (said,)
    assert refused(replace(planned(), remarks=(said,))) == []


# --- other specs ----------------------------------------------------------------------------------------------


def test_a_change_that_the_specs_no_longer_declare_is_named() -> None:
    saved = planned(specs=OTHER, schema=replace(SCHEMA, events={"closed": Event("closed")}))
    ((code, message),) = refused(saved)
    assert code == "PLAN615"
    assert message == (
        "the specs here are not those that the plan was made from: the plan is to register `event.closed`, which "
        "they do not declare"
    )


def test_what_other_specs_ask_for_is_named() -> None:
    text = replace(
        SCHEMA, attributes={**SCHEMA.attributes, ("contact", "tier"): replace(LISTED, description="old")}
    )
    ((code, message),) = refused(planned(specs=OTHER, schema=text))
    assert code == "PLAN615"
    assert message.endswith(
        'of `attribute.contact.tier`, its `description after` is "old", and should be "new"'
    )


def test_other_specs_that_ask_for_the_same_are_other_specs() -> None:
    message = "the specs here are not those that the plan was made from"
    assert refused(planned(specs=OTHER)) == [("PLAN615", message)]


def test_other_specs_and_another_workspace_are_both_told() -> None:
    moved = replace(BEFORE, segments=(LiveSegment("1", "VIP"),))
    found = refused(planned(specs=OTHER), moved)
    assert [code for code, _ in found] == ["PLAN615", "PLAN608"]
    assert found[0][1] == "the specs here are not those that the plan was made from"
    assert "segment `VIP` (1) is new" in found[1][1]


# --- already applied ------------------------------------------------------------------------------------------


def test_a_plan_that_was_applied_is_told_as_that() -> None:
    assert planned(AFTER).calls == ()
    ((code, message),) = refused(planned(), AFTER)
    assert code == "PLAN608"
    assert message.startswith("the plan is already applied: the workspace has `")
    assert message.endswith("and 2 more as the plan wants it")


def test_what_else_has_moved_is_told_besides() -> None:
    (_, first), (_, second) = refused(planned(), replace(AFTER, segments=(LiveSegment("1", "VIP"),)))
    assert first.startswith("the plan is already applied")
    assert second == "the workspace has changed since the plan was made: segment `VIP` (1) is new"


def one(schema: Schema, live: Snapshot = EMPTY) -> Plan:
    return plan(schema, live, workspace="sandbox", specs_digest=SPECS)


def test_of_a_plan_that_was_applied_in_part_it_is_said_what_is_done_and_what_is_not() -> None:
    schema = Schema({("contact", "tier"): LISTED, ("contact", "back"): BACK})
    with pytest.raises(StalePlan) as raised:
        refuse_if_stale(one(schema), replace(EMPTY, attributes=(TIER,)))
    assert raised.value.message == (
        "the plan is already applied in part: the workspace has `attribute.contact.tier` as the plan wants it, and "
        "not `attribute.contact.back`"
    )


@pytest.mark.parametrize(
    "live",
    [
        pytest.param(replace(TIER, archived=True), id="archived"),
        pytest.param(replace(TIER, description="theirs"), id="another description"),
        pytest.param(replace(TIER, options=("gold",)), id="fewer options"),
        pytest.param(replace(TIER, type=DataType.STRING, options=()), id="another type"),
        pytest.param(replace(TIER, messenger_writable=True), id="open to the Messenger"),
        pytest.param(replace(TIER, model="company"), id="of companies"),
    ],
)
def test_what_is_there_otherwise_is_not_applied(live: LiveAttribute) -> None:
    with pytest.raises(StalePlan, match="the workspace has changed since the plan was made") as raised:
        refuse_if_stale(one(Schema({("contact", "tier"): LISTED})), replace(EMPTY, attributes=(live,)))
    assert f"{live.address} is new" in raised.value.message


@pytest.mark.parametrize("at", range(10))
def test_each_change_alone_is_found_to_be_left(at: int) -> None:
    """The workspace of after the plan, but for one thing of it."""
    undone: list[Snapshot] = [
        *(replace(AFTER, attributes=(*AFTER.attributes[:n], *AFTER.attributes[n + 1 :])) for n in range(4)),
        replace(AFTER, events=("closed",)),
        *(replace(AFTER, audiences=(AFTER.audiences[n],)) for n in range(2)),
        replace(AFTER, audiences=(*AFTER.audiences, BEFORE.audiences[1])),
        replace(AFTER, tags={"U": "8"}),
        replace(AFTER, tags={"t": "11", "Old u": "8"}),
    ]
    with pytest.raises(StalePlan, match="already applied in part"):
        refuse_if_stale(planned(), undone[at])


def test_a_plan_of_nothing_is_never_applied_already() -> None:
    refuse_if_stale(one(Schema()), EMPTY)


# --- while somebody was asked ---------------------------------------------------------------------------------


def test_what_moved_and_changes_nothing_of_the_plan_is_no_reason_to_stop() -> None:
    theirs = replace(BEFORE, segments=(LiveSegment("1", "VIP"),))
    verify_shown_plan(planned(), planned(theirs))


def test_a_plan_that_is_another_by_now_is_not_the_one_that_was_approved() -> None:
    edited = replace(BEFORE.attributes[2], options=("a", "theirs"))
    theirs = replace(BEFORE, attributes=(*BEFORE.attributes[:2], edited, BEFORE.attributes[3]))
    with pytest.raises(StalePlan) as raised:
        verify_shown_plan(planned(), planned(theirs))
    assert raised.value.message == (
        "the workspace has changed since the plan was shown: attribute.contact.wider has changed"
    )


def test_a_tag_that_moved_is_told_by_what_it_changes() -> None:
    with pytest.raises(
        StalePlan, match=r"it would create the tag `T` of `segment.t`, which is not to be done"
    ):
        verify_shown_plan(planned(), planned(replace(BEFORE, tags={**BEFORE.tags, "T": "99"})))


def test_an_error_that_came_up_meanwhile_stops_it() -> None:
    again = planned()
    again = replace(again, remarks=(Remark("PLAN601", "error", "too many"),), rests_on={})
    with pytest.raises(StalePlan):
        verify_shown_plan(planned(), again)


def test_remarks_in_another_order_are_told() -> None:
    first, second = Remark("LINT501", "warning", "one"), Remark("LINT501", "warning", "two")
    made = planned(remarks=(first.diagnostic(), second.diagnostic()))
    ((_, message),) = refused(replace(made, remarks=(second, first)), again=made)
    assert message.endswith(": its diagnostics stand in another order")
