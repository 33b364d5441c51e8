"""What is a finding and what is none, where a workspace of a command would take long to make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.auditing import shown_value
from intercom_iac.drift import (
    Counts,
    Finding,
    Moment,
    SegmentEvidence,
    adoptions,
    compare_workspace,
    was_saved_again,
)
from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    EventSummary,
    History,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    OtherWorkspaces,
    Replaced,
    Sample,
    Schema,
    Segment,
    Snapshot,
    Survey,
    UnreadList,
)
from intercom_iac.model.predicate import Equals
from support.tier_workspace import IS_GOLD, TIER, segment

EMPTY = Snapshot(Identity("abc12345", "Acme", "UTC"))
NOTHING = SegmentEvidence(counts={}, changed_at={})
LIVE_TIER = LiveAttribute(1, "contact", "tier", DataType.STRING)
AT = Moment("HEAD", 1000)


def schema(*segments: Segment, attributes: tuple[Attribute, ...] = (TIER,), **more: Any) -> Schema:
    return Schema(
        attributes={(each.model, each.name): each for each in attributes},
        segments={each.key: each for each in segments},
        **more,
    )


def findings(
    declared: Schema,
    live: Snapshot,
    *,
    evidence: SegmentEvidence = NOTHING,
    sample: Sample | None = None,
    unread: tuple[UnreadList, ...] = (),
) -> tuple[Finding, ...]:
    live = replace(live, attributes=(*live.attributes, LIVE_TIER))
    return compare_workspace(declared, Survey(live, unread), sample, evidence, AT).findings


def kinds(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(each.address, each.thing, each.kind) for each in found]


def test_a_thing_that_waits_to_be_renamed_has_changed_its_name() -> None:
    new = segment(name="New", renamed_from="Old", publish=("audience", "tag"))
    live = replace(EMPTY, audiences=(LiveAudience("1", "Old", (IS_GOLD,)),), tags={"old": "7"})
    assert kinds(findings(schema(new), live)) == [
        ("segment.gold", "audience", "changed"),
        ("segment.gold", "tag", "changed"),
    ]
    hand = replace(new, publish=())
    built = replace(EMPTY, segments=(LiveSegment("1", "Old"),))
    [finding] = findings(schema(hand), built)
    assert (finding.kind, finding.confidence) == ("changed", "certain")
    [adopted], refused = adoptions([finding], schema(hand))
    assert refused == []
    assert [(each.key, each.value) for each in adopted.updates] == [("name", "Old"), ("renamed_from", None)]


@pytest.mark.parametrize(("adopt", "count"), [(False, 2), (True, 0)])
def test_what_is_archived_and_still_there_was_restored_unless_it_is_somebodys(
    adopt: bool, count: int
) -> None:
    gone = segment(status="archived", publish=("audience", "tag"), adopt=adopt)
    live = replace(EMPTY, audiences=(LiveAudience("1", "Gold", (IS_GOLD,)),), tags={"Gold": "7"})
    assert [each.kind for each in findings(schema(gone), live)] == ["restored"] * count


def test_a_tag_of_another_case_is_the_tag_and_others_are_left_alone() -> None:
    live = replace(EMPTY, tags={"GOLD": "1", "other": "2"})
    assert findings(schema(segment(publish=("tag",))), live) == ()


def test_predefined_segments_and_standard_attributes_are_intercoms() -> None:
    live = replace(
        EMPTY,
        segments=(LiveSegment("1", "Active"), LiveSegment("2", "Slipping Away")),
        attributes=(LiveAttribute(9, "contact", "name", DataType.STRING),),
    )
    assert findings(schema(), live) == ()


def test_what_is_for_another_workspace_is_unmanaged_and_not_written_twice() -> None:
    declared = schema(other_workspaces={"attribute.contact.x": OtherWorkspaces(("staging",))})
    live = replace(EMPTY, attributes=(LiveAttribute(2, "contact", "x", DataType.STRING),))
    [finding] = findings(declared, live)
    assert "for `staging` alone" in finding.reason
    adopted, [refused] = adoptions([finding], declared)
    assert adopted == []
    assert "`only`" in (refused.hint or "")


def test_an_event_is_known_by_the_registrar_by_people_or_by_its_entry() -> None:
    names = ("sent", "seen", "adopted", "missed")
    declared = replace(schema(), events={name: Event(name, adopt=name == "adopted") for name in names})
    sample = Sample(summaries={"1": (EventSummary("Seen", 2, 5), EventSummary("rogue", 1, 2000))})
    found = findings(declared, replace(EMPTY, events=("Sent", "extra")), sample=sample)
    assert kinds(found) == [
        ("event.missed", "event", "missing"),
        ("event.extra", "event", "unmanaged"),
        ("event.rogue", "event", "undeclared"),
    ]
    assert found[0].confidence == "likely"
    assert found[2].since == "new"


def test_nothing_is_found_in_what_could_not_be_read() -> None:
    declared = replace(schema(segment(publish=("audience", "tag"))), events={"x": Event("x")})
    unread = tuple(
        UnreadList(what, f"GET /{what}", "no")
        for what in ("attributes", "events", "segments", "audiences", "tags")
    )
    assert findings(declared, EMPTY, unread=unread) == ()


# --- segments that a person builds --------------------------------------------------------------------------

HAND = segment(publish=())
MADE, LATER = 500, 2000


def built(count: int | None, updated_at: int = MADE) -> Snapshot:
    history = History(created_at=MADE, updated_at=updated_at)
    return replace(EMPTY, segments=(LiveSegment("1", "Gold", history, "contact", count),))


@pytest.mark.parametrize(
    ("count", "search", "exact", "updated_at", "confidence"),
    [
        (4, 4, True, MADE, None),
        (4, 4, True, LATER, None),  # saved again, and as many people as before
        (4, 5, True, MADE, "likely"),
        (4, 5, True, LATER, "likely"),
        (0, 0, True, LATER, "unknown"),  # nobody on both sides proves nothing
        (0, 5, True, MADE, None),  # nobody has entered it yet
        (0, 5, True, LATER, "likely"),
        (4, 5, False, MADE, None),
        (4, 5, False, LATER, "unknown"),
        (6, 5, False, MADE, "unknown"),
        (6, 5, False, LATER, "likely"),
        (None, 5, True, MADE, None),
        (None, 5, True, LATER, "unknown"),
    ],
)
def test_how_sure_it_is_that_a_segment_was_edited(
    count: int | None, search: int, exact: bool, updated_at: int, confidence: str | None
) -> None:
    evidence = SegmentEvidence(
        counts={HAND.address: Counts(count, search, exact)}, changed_at={HAND.address: 1000}
    )
    found = findings(schema(HAND), built(count, updated_at), evidence=evidence)
    assert [each.confidence for each in found] == ([] if confidence is None else [confidence])
    assert {each.kind for each in found} <= {"edited"}


def test_a_rule_that_changed_after_the_segment_was_saved_is_no_edit() -> None:
    evidence = SegmentEvidence(counts={}, changed_at={HAND.address: LATER + 1})
    assert findings(schema(HAND), built(None, LATER), evidence=evidence) == ()
    live = built(None, LATER).segments[0]
    assert was_saved_again(live, LATER - 1)
    assert not was_saved_again(live, LATER)
    assert not was_saved_again(live, None)


def test_a_segment_whose_rule_is_a_persons_was_not_edited() -> None:
    evidence = SegmentEvidence(counts={HAND.address: Counts(4, 9, True)}, changed_at={HAND.address: 0})
    assert findings(schema(replace(HAND, built_in_intercom=True)), built(4, LATER), evidence=evidence) == ()


# --- renames under way --------------------------------------------------------------------------------------


def test_copies_are_measured_by_those_who_have_an_old_value() -> None:
    new = Attribute("contact", "level", DataType.STRING, replaces=Replaced("tier"))
    company = Attribute("company", "size_now", DataType.INTEGER, renamed_from="size_then")
    people = ({"tier": "a", "level": "b"}, {"tier": "a"}, {"level": "b"}, {"tier": None}, {})
    sample = Sample(
        contacts=tuple({"id": str(at), "custom_attributes": each} for at, each in enumerate(people))
    )
    declared = schema(attributes=(TIER, new, company))
    live = replace(EMPTY, attributes=(LIVE_TIER,))
    compared = compare_workspace(declared, Survey(live), sample, NOTHING, AT)
    [copy] = compared.copies
    assert (copy.address, copy.replaced) == ("attribute.contact.level", "tier")
    assert [(each.filled, each.of) for each in (copy.old, copy.new, copy.copied)] == [(2, 5), (2, 5), (1, 2)]


@pytest.mark.parametrize("old", [(), (replace(LIVE_TIER, archived=True),)], ids=["gone", "archived"])
def test_a_rename_whose_old_attribute_is_gone_or_archived_is_over(old: tuple[LiveAttribute, ...]) -> None:
    new = Attribute("contact", "level", DataType.STRING, renamed_from="tier")
    sample = Sample(contacts=({"id": "1", "custom_attributes": {"tier": "a"}},))
    live = Survey(replace(EMPTY, attributes=old))
    assert compare_workspace(schema(attributes=(new,)), live, sample, NOTHING, AT).copies == ()
    unverified = compare_workspace(schema(attributes=(new,)), live, None, NOTHING, AT).unverified
    assert not [each for each in unverified if "renamed" in each.what]


def test_the_values_that_a_copy_loses_are_listed_and_only_shared_ones_whole() -> None:
    new = Attribute(
        "contact", "level", DataType.OPTIONS, options=("gold",), replaces=Replaced("tier", (("old", "gold"),))
    )
    values = ("gold", "old", "silver", "silver", "Ada Lovelace", "ada@example.com", "ada@example.com")
    sample = Sample(
        contacts=tuple({"id": str(at), "custom_attributes": {"tier": each}} for at, each in enumerate(values))
    )
    live = Survey(replace(EMPTY, attributes=(LIVE_TIER,)))
    [copy] = compare_workspace(
        schema(attributes=(TIER, new)), live, sample, NOTHING, AT, show_value=shown_value
    ).copies
    assert (copy.lost.objects, copy.lost.different) == (5, 3)
    assert [(each.value, each.times) for each in copy.lost.values] == [
        ("silver", 2),
        ("a•••", 2),
        ("A•••", 1),
    ]
    [hidden] = compare_workspace(schema(attributes=(TIER, new)), live, sample, NOTHING, AT).copies
    assert {each.value for each in hidden.lost.values} == {"•••"}


LEVEL = Attribute("contact", "level", DataType.STRING, renamed_from="tier")


@pytest.mark.parametrize(
    ("old", "held", "is_drift"),
    [
        (replace(TIER, status="deprecated"), IS_GOLD, False),
        (None, IS_GOLD, False),
        (replace(TIER, status="archived"), IS_GOLD, True),
        (replace(TIER, status="deprecated"), replace(IS_GOLD, value="silver"), True),
    ],
    ids=["waits", "undeclared", "let go", "edited"],
)
def test_an_audience_that_waits_for_the_copy_was_not_edited(
    old: Attribute | None, held: AudiencePredicate, is_drift: bool
) -> None:
    attributes = (LEVEL,) if old is None else (old, LEVEL)
    gold = Segment("gold", "Gold", "level = gold", Equals(LEVEL.field(), "gold"), publish=("audience",))
    live = replace(
        EMPTY,
        attributes=(LIVE_TIER, replace(LIVE_TIER, id=2, name="level")),
        audiences=(LiveAudience("9", "Gold", (held,)),),
    )
    compared = compare_workspace(schema(gold, attributes=attributes), Survey(live), None, NOTHING, AT)
    assert ("edited" in [each.kind for each in compared.findings]) is is_drift
    assert any("time to change the audience" in each.what for each in compared.unverified) is not is_drift
