"""A plan as JSON: it keeps its promise to the schema, comes back as it was, and nothing else is read."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import PlanError
from intercom_iac.planning import (
    FieldChange,
    Place,
    Plan,
    PlannedWorkspace,
    Remark,
    Usage,
    decode,
    encode,
    plan_digest,
    plan_schema,
)
from intercom_iac.planning.plan import (
    ArchiveProposal,
    Copies,
    NotInSpecs,
    NotPromoted,
    Promotion,
    RoomProposals,
    Stage,
)
from intercom_iac.planning.schema_fit import fits
from support.changes import change_with, make_change
from support.plan_digests import with_digest

DIGEST = f"sha256:{'ab' * 32}"
PLAN = Plan(
    workspace=PlannedWorkspace("production", "abc12345", "Europe/Dublin"),
    specs_digest=DIGEST,
    live_digest=DIGEST,
    changes=(
        make_change(
            address="attribute.contact.job title",
            kind="data_attribute",
            name="job title",
            action="create",
            risk="safe",
            reason="the workspace does not have it",
            fields=(FieldChange("type", None, "options"), FieldChange("options", None, ["a", "b"])),
            needed_by=("segment.bosses",),
            source=Place("specs/people.yaml", 4, 5),
        ),
        make_change(
            "segment.bosses", "segment", "Bosses", "manual", "safe", "by hand", steps=("open", "save")
        ),
    ),
    attributes=Usage(3, 4, 250),
    events=Usage(2, 3, 120),
    unmanaged=("attribute.contact.legacy",),
    remarks=(
        Remark("LINT501", "warning", "deprecated", None, Place("specs/a.yaml", 1, 2)),
        Remark("PLAN604", "error", "taken", "another name"),
    ),
    rests_on={"workspace": "0123456789abcdef"},
    created_at=datetime(2026, 11, 24, 9, 5, 0, tzinfo=UTC),
)


def test_a_plan_is_what_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    jsonschema.validate(encode(PLAN), plan_schema())


def test_a_plan_of_another_program_is_one_without_what_only_apply_needs() -> None:
    data = json.loads(without("rests_on"))
    del data["created_at"], data["digest"]
    for change in data["changes"]:
        for key in ("object", "name", "live_id", "waits_for"):
            del change[key]
    jsonschema.validate(data, plan_schema())
    assert set(data["changes"][0]) == {
        "address", "action", "risk", "fields", "reason", "steps", "needed_by", "source",
    }  # fmt: skip


def test_a_plan_comes_back_as_it_was() -> None:
    assert decode(json.dumps(encode(PLAN)), "plan.json") == PLAN
    assert decode(json.dumps(encode(PLAN), ensure_ascii=False).encode(), "plan.json") == PLAN


def test_what_a_change_is_made_to_comes_back_too() -> None:
    update = change_with(
        PLAN.changes[0], action="update", live_id="7", fields=(FieldChange("description", "a", "b"),)
    )
    plan = replace(PLAN, changes=(update,))
    assert decode(json.dumps(encode(plan)), "plan.json") == plan


def test_stages_proposals_and_a_promotion_come_back_too() -> None:
    stage = Stage(
        address="attribute.contact.level",
        replaces="attribute.contact.tier",
        stage=2,
        due="copy the values",
        by_hand=True,
        waits_for=("segment.gold",),
    )
    plan = replace(
        PLAN,
        stages=(stage, replace(stage, copies=Copies(1, 4))),
        room=RoomProposals(
            needed=2,
            sampled="of 300 contacts",
            proposals=(
                ArchiveProposal(
                    address="attribute.contact.a",
                    reason="empty",
                    source=Place("specs/a.yaml", 1, 1),
                    entry=None,
                ),
                ArchiveProposal(address="attribute.contact.b", reason="empty", source=None, entry="b: {}"),
            ),
            entries="version: 1\n",
        ),
        promotion=Promotion(
            source="staging",
            app_id="abc12345",
            not_promoted=(NotPromoted(address="event.paid", why="missing", reason="not there"),),
            not_in_specs=(NotInSpecs(address="tag.hot", command=None),),
            unverified={"segment.gold": "its rule"},
        ),
    )
    jsonschema.validate(encode(plan), plan_schema())
    assert decode(json.dumps(encode(plan)), "plan.json") == plan


def test_a_digest_is_of_the_whole_plan_and_stays_the_same_when_it_is_read_again() -> None:
    assert plan_digest(PLAN) == "sha256:31dc9fe307b2cb39500035167910855e4ab11ec615d65319b2a51e89d2b08c03"
    assert plan_digest(decode(json.dumps(encode(PLAN)), "plan.json")) == plan_digest(PLAN)
    assert plan_digest(replace(PLAN, unmanaged=())) != plan_digest(PLAN)
    assert with_digest(encode(PLAN)) == encode(PLAN)
    assert encode(PLAN)["digest"] == plan_digest(PLAN)


def test_a_digest_is_of_text_in_ascii() -> None:
    plan = replace(PLAN, unmanaged=("attribute.contact.größe", "tag.💎"))
    assert with_digest(encode(plan)) == encode(plan)
    spelled = json.dumps(encode(plan), ensure_ascii=False)
    assert "größe" in spelled
    assert decode(spelled, "plan.json") == plan


def test_a_file_that_was_only_laid_out_anew_is_still_the_plan() -> None:
    assert decode(json.dumps(encode(PLAN), indent=7, sort_keys=True), "plan.json") == PLAN


def test_its_time_is_in_utc_to_the_second() -> None:
    assert encode(PLAN)["created_at"] == "2026-11-24T09:05:00Z"
    precise = replace(PLAN, created_at=datetime(2026, 11, 24, 9, 5, 0, 999_999, tzinfo=UTC))
    assert encode(precise) == encode(PLAN)
    early = replace(PLAN, created_at=datetime(7, 1, 2, tzinfo=UTC))
    assert decode(json.dumps(encode(early)), "plan.json") == early


def test_the_names_of_the_contract_are_there() -> None:
    data = encode(PLAN)
    assert data["format_version"] == "1.0"
    assert data["summary"] == {
        "create": 1,
        "update": 0,
        "archive": 0,
        "restore": 0,
        "register": 0,
        "delete": 0,
        "manual": 1,
    }
    assert data["limits"] == {
        "attributes": {"used": 3, "after": 4, "limit": 250},
        "events": {"used": 2, "after": 3, "limit": 120},
    }
    assert data["changes"][0]["source"] == {"file": "specs/people.yaml", "line": 4, "column": 5}


def edited(**changes: Any) -> str:
    return json.dumps(with_digest({**encode(PLAN), **changes}))


def changed(**fields: Any) -> str:
    data = encode(PLAN)
    data["changes"][0] |= fields
    if fields.get("action") == "archive":
        data["summary"] |= {"create": 0, "archive": 1}
    return json.dumps(with_digest(data))


def without(key: str) -> str:
    data = encode(PLAN)
    for holder in (data, *data["changes"]):
        holder.pop(key, None)
    return json.dumps(data if key == "digest" else with_digest(data))


CHANGED = "its digest is of another content: it was changed after it was made"
WHY = {"digest": "whether it was changed after it was made", "created_at": "how old it is"}
OF = "the change of attribute.contact.job title"
TYPE = {"path": "type", "before": None, "after": "string"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(json.dumps(encode(PLAN))[:-20], "it is not whole JSON", id="cut short"),
        pytest.param("", "it is not whole JSON", id="empty"),
        pytest.param(b'{"format_version": "1.0\xff"}', "it is not UTF-8 text", id="bytes that are no text"),
        pytest.param(json.dumps(encode(PLAN)).encode("utf-16"), "it is not UTF-8 text", id="UTF-16"),
        pytest.param(
            json.dumps(encode(PLAN)).replace('"risk": "safe"', '"risk": "safe", "risk": "safe"', 1),
            "it has the key `risk` more than once in one object: it was edited",
            id="a key twice",
        ),
        pytest.param("[" * 100_000, "it is not whole JSON", id="deep"),
        pytest.param("[]", "its format_version is missing, and this version reads 1.0", id="a list"),
        pytest.param(
            edited(format_version="2.0"),
            "its format_version is 2.0, and this version reads 1.0",
            id="another version",
        ),
        pytest.param(
            json.dumps(encode(PLAN) | {"format_version": "0.9", "digest": "x", "changes": 7}),
            "its format_version is 0.9, and this version reads 1.0",
            id="another version of another form",
        ),
        pytest.param(json.dumps(encode(PLAN) | {"unmanaged": []}), CHANGED, id="a line taken out"),
        pytest.param(
            json.dumps(encode(PLAN) | {"created_at": "2026-11-24T09:05:01Z"}), CHANGED, id="made younger"
        ),
        pytest.param(json.dumps(encode(PLAN) | {"digest": 5}), CHANGED, id="no digest"),
        pytest.param(
            without("digest"), f"it has no `digest`, which says {WHY['digest']}", id="no digest at all"
        ),
        pytest.param(
            without("created_at"), f"it has no `created_at`, which says {WHY['created_at']}", id="of no time"
        ),
        pytest.param(
            edited(created_at=None),
            f"it has no `created_at`, which says {WHY['created_at']}",
            id="of a time that nobody said",
        ),
        pytest.param(
            edited(created_at="yesterday"), "at $.created_at it is not what a plan has", id="of no real time"
        ),
        pytest.param(
            edited(created_at="2026-02-30T09:05:00Z"),
            "its created_at is 2026-02-30T09:05:00Z, which is no time",
            id="a day that never was",
        ),
        pytest.param(
            edited(changes=[]),
            "its summary does not count its changes: it was edited",
            id="a change taken out",
        ),
        pytest.param(
            edited(changes=[{"address": "x"}]), "at $.changes[0] it is not what a plan has", id="not a change"
        ),
        pytest.param(edited(extra=1), "at $ it is not what a plan has", id="an unknown key"),
        pytest.param(
            changed(object="segment"), f"{OF} is to create a segment, which no plan does", id="impossible"
        ),
        pytest.param(changed(fields=[]), f"{OF} has no `type`", id="a field taken out"),
        pytest.param(changed(action="archive"), f"{OF} has no `archived`", id="an archive of nothing"),
        pytest.param(
            changed(fields=[{"path": "type", "before": None, "after": ["x"]}]),
            f"{OF} has a `type` of the wrong kind",
            id="a list for a type",
        ),
        pytest.param(
            changed(fields=[TYPE, {"path": "archived", "before": False, "after": True}]),
            f"{OF} has a `archived`, which no such change has",
            id="another change's field",
        ),
        pytest.param(
            changed(fields=[TYPE, TYPE]), f"{OF} has a `type`, which no such change has", id="a field twice"
        ),
        pytest.param(
            changed(name="salary"),
            f"{OF} is of `salary`, which that address does not name",
            id="another name",
        ),
        pytest.param(changed(name="job \ud800"), "it holds half a character", id="half a character"),
        pytest.param(
            changed(
                action="archive", live_id="1", fields=[{"path": "archived", "before": 1, "after": False}]
            ),
            f"{OF} is to archive and says the opposite of it",
            id="an archive that restores",
        ),
        pytest.param(
            changed(
                address="segment.bosses",
                object="tag",
                fields=[{"path": "name", "before": None, "after": "Workers"}],
            ),
            "the change of segment.bosses has two names",
            id="a name that is not shown",
        ),
        pytest.param(
            without("rests_on"),
            "it has no `rests_on`, which says what it was made for",
            id="nothing to rest on",
        ),
        pytest.param(without("live_id"), f"{OF} has no `live_id`", id="no word of what is there"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: bytes | str, why: str) -> None:
    with pytest.raises(PlanError) as refused:
        decode(text, "plan.json")
    assert refused.value.exit_code == 6
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.code == "PLAN609"
    assert diagnostic.hint == "make it anew with `plan --out`"
    assert diagnostic.message == f"`plan.json` is no plan that can be read: {why}"
    assert refused.value.message == diagnostic.message


HOSTILE = st.sampled_from(
    (
        *(
            None,
            True,
            False,
            0,
            1,
            -1,
            1.0,
            1.5,
            float("nan"),
            10**30,
            [],
            {},
            [1],
            ["x"],
            [{}],
            [[]],
            {"x": 1},
        ),
        *(
            "",
            "x",
            "1.0",
            "sha256:0",
            "create",
            "segment.x",
            "create\n",
            "segment.\n",
            "BACK700\n",
            {"x": "y"},
        ),
    )
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, value in steps for place in places(value, (*path, step)))]


@st.composite
def changed_plans(draw: Any) -> Any:
    plan = json.loads(json.dumps(encode(PLAN)))
    for _ in range(draw(st.integers(0, 2))):
        *path, last = draw(st.sampled_from(places(plan)[1:]))
        home = plan
        for step in path:
            home = home[step]
        how = draw(st.sampled_from(("put", "leave out", "add")))
        if how == "put":
            home[last] = deepcopy(draw(HOSTILE))
        elif how == "leave out" or isinstance(home, list):
            del home[last]
        else:
            home[draw(st.sampled_from(("extra", "of", "count", "reason")))] = deepcopy(draw(HOSTILE))
    return plan


@given(changed_plans())
def test_what_fits_at_first_sight_is_valid(plan: Any) -> None:
    validator: Any = jsonschema.Draft202012Validator(plan_schema())
    assert not fits(plan, plan_schema()) or validator.is_valid(plan)


def test_a_plan_fits_so_that_jsonschema_is_not_asked() -> None:
    assert fits(encode(PLAN), plan_schema())


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "minProperties": 1},  # a keyword that is not known there
        {"type": "object", "propertyNames": {"pattern": "^b"}},
    ],
)
def test_what_is_not_certain_does_not_fit(schema: dict[str, Any]) -> None:
    assert fits({"b": 1}, {"type": "object"})
    assert not fits({"a": 1}, schema)
