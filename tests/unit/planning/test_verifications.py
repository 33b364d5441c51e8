"""What a plan verified, what it could not, what is built anew and what is left behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.model import DataType, Event, LiveAudience, LiveSegment, MetadataKey, Schema, Segment
from intercom_iac.planning import Base, ComparedWith, Plan, decode, encode, plan
from support.tier_workspace import DOES_NOT_FIT, IS_GOLD, TIER, segment, with_tier

KEYS = (MetadataKey("amount", DataType.INTEGER),)


def planned(*segments: Segment, base: Base | None = None, **live: Any) -> Plan:
    schema = Schema(
        attributes={("contact", "tier"): TIER},
        events={"paid": Event("paid", metadata=KEYS), "bare": Event("bare"), "new": Event("new", metadata=KEYS)},
        segments={each.key: each for each in segments},
    )  # fmt: skip
    digest = f"sha256:{'0' * 64}"
    return plan(schema, with_tier(**live), workspace="sandbox", specs_digest=digest, base=base)


def base(*segments: Segment, changed_segments: bool = False) -> Base:
    schema = Schema(segments={each.key: each for each in segments})
    return Base(
        ComparedWith("main", "0" * 40),
        schema,
        {each.address: each for each in segments} if changed_segments else {},
    )


HAND = segment(publish=())


@pytest.mark.parametrize(
    ("specs", "live", "expected"),
    [
        pytest.param(
            HAND, {"segments": (LiveSegment("1", "Gold"),)}, ("segment", "its name", "its rule"), id="built"
        ),
        pytest.param(
            segment(), {"audiences": (LiveAudience("9", "Gold", (IS_GOLD,)),)},
            ("audience", "its name and its filters", "who made it"), id="audience",
        ),
        pytest.param(
            segment(DOES_NOT_FIT), {"audiences": (LiveAudience("9", "Gold", (IS_GOLD,)),)},
            ("audience", "its name", "its filters or who made it"), id="audience by hand",
        ),
        pytest.param(
            segment(publish=("tag",)), {"tags": {"GOLD": "4"}},
            ("tag", "its name", "who made it or who carries it"), id="tag",
        ),
        pytest.param(HAND, {}, None, id="to build"),
        pytest.param(
            replace(HAND, renamed_from="Old"), {"segments": (LiveSegment("1", "Old"),)}, None, id="to rename"
        ),
        pytest.param(segment(), {"audiences": (LiveAudience("9", "Gold"),)}, None, id="other filters"),
        pytest.param(segment(publish=("tag",)), {}, None, id="tag to make"),
        pytest.param(
            segment(publish=("tag",), status="archived"), {"tags": {"Gold": "4"}}, None, id="tag to delete"
        ),
    ],
)  # fmt: skip
def test_what_stands_is_verified_as_far_as_intercom_tells(
    specs: Segment, live: dict[str, Any], expected: tuple[str, str, str] | None
) -> None:
    made = planned(specs, **live)
    found = [(each.object, each.verified, each.unverified) for each in made.verifications]
    assert found == ([] if expected is None else [expected])
    assert decode(_saved(made), "plan.json").verifications == made.verifications


def _saved(made: Plan) -> str:
    import json
    from datetime import UTC, datetime

    return json.dumps(encode(replace(made, created_at=datetime(2026, 1, 1, tzinfo=UTC))))


def test_of_an_event_that_was_sent_its_metadata_cannot_be_compared() -> None:
    made = planned(events=("Paid", "bare"))
    assert [(each.address, each.verified, each.unverified) for each in made.verifications] == [
        ("event.paid", "that it was sent", "its metadata keys")
    ]


def test_what_is_verified_is_bounded_by_the_target() -> None:
    schema = Schema(attributes={("contact", "tier"): TIER}, segments={"gold": HAND})
    live = with_tier(segments=(LiveSegment("1", "Gold"),))
    for target, count in (("segment", 1), ("segment.gold", 1), ("attribute", 0)):
        made = plan(schema, live, workspace="w", specs_digest="", targets=(target,))
        assert (len(made.verifications), made.targets) == (count, (target,))


@pytest.mark.parametrize("has", [True, False])
def test_the_contact_that_apply_makes_is_part_of_the_plan(has: bool) -> None:
    made = planned(has_registrar=has)
    assert made.makes_registrar is not has
    assert encode(made)["registrar"] == (
        None if has else {"external_id": "intercom-iac-registrar", "action": "create"}
    )
    assert decode(_saved(made), "plan.json").makes_registrar is not has
    assert set(made.summary) == {"create", "update", "archive", "restore", "register", "delete", "manual"}
    # Where no event is to be registered, nobody is made.
    assert not planned(has_registrar=has, events=("paid", "bare", "new")).makes_registrar


def test_a_segment_is_built_anew_where_its_rule_is_known_to_have_changed() -> None:
    stands = {"segments": (LiveSegment("1", "Gold"),)}
    was = replace(segment("tier = silver"), publish=())
    assert planned(HAND, **stands, base=base(was)).manual == ()
    (change,) = planned(HAND, **stands, base=base(was, changed_segments=True)).manual
    rule = change.fields[0]
    assert (rule.path, rule.before, rule.after) == ("rule", "tier = silver", "tier = gold")
    assert "add filter: tier · is · gold" in change.steps
    assert planned(HAND, **stands, base=base(was, changed_segments=True)).verifications == ()
    # One that does not stand there is built, one under its old name is renamed too.
    (build,) = planned(HAND, base=base(was, changed_segments=True)).manual
    assert build.fields[0].path == "name"
    old = replace(HAND, renamed_from="Old")
    both = planned(old, segments=(LiveSegment("1", "Old"),), base=base(was, changed_segments=True)).manual
    assert [each.fields[0].path for each in both] == ["rule", "name"]


def test_so_is_an_audience_that_no_call_can_express() -> None:
    stands = {"audiences": (LiveAudience("9", "Gold", (IS_GOLD,)),)}
    was = replace(segment("tier = silver"), predicate=None)
    made = planned(segment(DOES_NOT_FIT), **stands, base=base(was, changed_segments=True))
    (change,) = made.manual
    assert (change.object, change.live_id, change.fields[1].before) == ("audience", "9", None)
    assert decode(_saved(made), "plan.json").manual == made.manual
    # What a call can express, it does.
    assert planned(segment(), **stands, base=base(was, changed_segments=True)).manual == ()


EVERYTHING = {
    "segments": (LiveSegment("1", "Gold"),),
    "audiences": (LiveAudience("9", "Gold", (IS_GOLD,)),),
    "tags": {"gold": "4"},
}


@pytest.mark.parametrize(
    ("specs", "was", "expected"),
    [
        pytest.param((), (segment(publish=("tag",)),), ["tag `gold`"], id="a tag whose segment went"),
        pytest.param((), (segment(),), ["audience `Gold`"], id="an audience whose segment went"),
        pytest.param((), (HAND,), ["segment `Gold`"], id="a segment that was built"),
        pytest.param((), (replace(HAND, status="archived"),), [], id="one that was archived"),
        pytest.param(
            (segment(name="Other", publish=("audience", "tag")),), (segment(publish=("audience", "tag")),),
            ["tag `gold`", "audience `Gold`"], id="a name that changed",
        ),
        pytest.param((segment(),), (segment(publish=("tag",)),), ["tag `gold`"], id="published no more, told once"),
        pytest.param((segment(publish=("tag",)),), (segment(publish=("tag",)),), [], id="published still"),
    ],
)  # fmt: skip
def test_what_the_specs_left_behind_is_told(
    specs: tuple[Segment, ...], was: tuple[Segment, ...], expected: list[str]
) -> None:
    made = planned(*specs, base=base(*was), **EVERYTHING)
    found = [each for each in made.remarks if each.code == "PLAN620"]
    assert len(found) == len(expected)
    assert all(want in each.message for want, each in zip(expected, found, strict=True))
    assert {each.severity for each in found} <= {"info"}
    assert not any(each.action == "delete" for each in made.changes)


def test_without_a_base_only_names_of_the_specs_are_known() -> None:
    def told(*specs: Segment, **live: Any) -> list[str]:
        return [each.message for each in planned(*specs, **live).remarks if each.code == "PLAN620"]

    assert told(segment(name="Other")) == []
    (dropped,) = told(segment(), tags={"gold": "4"})
    assert "`gold` has the name of `gold`, which publishes no tag" in dropped
    archived = planned(replace(segment(), status="archived"), tags={"gold": "4"})
    assert [each.hint is not None and "publish" in each.hint for each in archived.remarks] == [False]
    (renamed,) = told(segment(publish=("tag",), renamed_from="Old"), tags={"Gold": "4", "old": "5"})
    assert "the tag `old` has the name that `gold` was renamed from" in renamed
    # What another segment publishes is not left.
    other = segment(key="other", name="GOLD", publish=("tag",))
    assert told(segment(), other, tags={"gold": "4"}) == []
