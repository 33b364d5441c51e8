"""What a plan says of each kind of difference, and why it is refused, to the letter: steps, reasons, hints.

UPDATE_GOLDENS=1 writes the file anew; read the diff.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import Diagnostic, IntercomIacError
from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    MetadataKey,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import (
    Base,
    ComparedWith,
    Place,
    Plan,
    Remark,
    encode,
    plan,
    refuse_if_stale,
    refuse_if_unsafe,
    verify_saved_plan,
)
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt, SourceFile, Span
from support.changes import change_with, make_change

GOLDEN = Path(__file__).parent / "words" / "plan.json"
EMPTY = Snapshot(Identity("abc12345", "Acme", "Europe/Dublin"))
TEXT, LIST = DataType.STRING, DataType.OPTIONS
TIER = Attribute("contact", "tier", TEXT)
AT = Span(SourceFile("specs/all.yaml", "version: 1\n  name\n"), 13, 17)


def schema(*declared: Attribute | Event | Segment) -> Schema:
    return Schema(
        {(each.model, each.name): each for each in declared if isinstance(each, Attribute)},
        {each.name: each for each in declared if isinstance(each, Event)},
        {each.key: each for each in declared if isinstance(each, Segment)},
    )


def segment(key: str, rule: str, **fields: Any) -> Segment:
    predicate, found = compile_rule(
        Excerpt.from_text(rule, "<rule>"), schema(TIER, Event("paid"), Event("bought"))
    )
    assert predicate is not None, found
    return replace(Segment(key, key.title(), rule, predicate), **fields)


def planned(specs: Schema, live: Snapshot, *targets: str) -> Plan:
    return plan(specs, live, workspace="sandbox", specs_digest=f"sha256:{'0' * 64}", targets=targets)


def holding(*attributes: LiveAttribute, **fields: Any) -> Snapshot:
    return replace(EMPTY, attributes=attributes, **fields)


def attribute(name: str, **fields: Any) -> Attribute:
    return replace(Attribute("contact", name, TEXT), **fields)


def live(number: int, name: str, **fields: Any) -> LiveAttribute:
    return replace(LiveAttribute(number, "contact", name, TEXT), **fields)


GOLD = AudiencePredicate("custom_attributes.tier", "string", "eq", "gold")
AUDIENCE, TAG = ("audience",), ("tag",)
FULL = tuple(live(at, f"a{at}") for at in range(250))


def in_use() -> Plan:
    return planned(
        schema(attribute("tier", status="archived")),
        holding(
            live(1, "tier"),
            audiences=(
                LiveAudience("1", "Gold", (GOLD,)),
                LiveAudience("2", "Golden", (GOLD,)),
                LiveAudience("3", "Any"),
            ),
        ),
    )


def plans() -> dict[str, Plan]:
    attributes = planned(
        schema(
            attribute(
                "new", type=LIST, options=("a", "b"), description="of this kind", messenger_writable=True
            ),
            attribute("opened", messenger_writable=True, span=AT),
            attribute("closed", description="for staff"),
            attribute("job_role", renamed_from="job"),
            attribute("region", renamed_from="area's"),
            attribute("area's", status="archived"),
            attribute("retired", status="archived"),
            attribute("long_gone", status="archived"),
            attribute("back"),
            attribute("listed", type=LIST, options=("a", "b")),
            attribute("wider", type=LIST, options=("a", "b", "c", "d")),
            attribute("wide", type=LIST, options=("a", "b")),
            attribute("narrower", type=LIST, options=("b",)),
            attribute("narrow", type=LIST, options=("c",)),
            attribute("seats", type=DataType.INTEGER),
            attribute("plan", type=LIST, options=("free", "pro")),
            replace(attribute("size", type=DataType.FLOAT), model="company"),
            attribute("taken", span=AT),
            replace(attribute("other"), model="company"),
            attribute("Case", span=AT),
        ),
        holding(
            live(1, "opened"),
            live(2, "closed", messenger_writable=True),
            live(3, "job"),
            live(4, "area's"),
            live(5, "retired"),
            live(6, "long_gone", archived=True),
            live(7, "back", archived=True),
            live(8, "listed"),
            live(9, "wider", type=LIST, options=("a", "b")),
            live(10, "wide", type=LIST, options=("a",)),
            live(11, "narrower", type=LIST, options=("a", "b", "c")),
            live(12, "narrow", type=LIST, options=("c", "d")),
            live(13, "seats"),
            live(14, "plan", type=DataType.INTEGER),
            replace(live(15, "size"), model="company"),
            replace(live(16, "taken"), model="company"),
            live(17, "other"),
            live(18, "case"),
            live(19, "stranger"),
        ),
    )
    events = planned(
        schema(
            Event("paid", metadata=(MetadataKey("amount", DataType.INTEGER),)),
            Event("bought", renamed_from="sold", span=AT),
            Event("left", status="archived", span=AT),
            Event("gone", status="archived"),
            Event("known"),
            segment("buyers", "event bought"),
        ),
        replace(EMPTY, events=("left", "known", "theirs")),
    )
    segments = planned(
        schema(
            TIER,
            Event("paid"),
            segment("made", "tier = gold", publish=AUDIENCE, span=AT),
            segment("differs", "tier = gold", publish=AUDIENCE),
            segment("called", "tier = gold", publish=AUDIENCE, renamed_from="Caller"),
            segment("deleted", "tier = gold", publish=AUDIENCE, status="archived"),
            segment("foreign", "tier = gold", publish=AUDIENCE, status="archived"),
            segment("unread", "tier = gold", publish=AUDIENCE, status="archived", predicate=None),
            segment("too_much", "tier = gold or tier = platinum", publish=AUDIENCE),
            segment("unverified", "tier = gold or tier = platinum", publish=AUDIENCE, span=AT),
            segment("marked", "tier = gold", publish=TAG),
            segment("there", "tier = gold", publish=TAG),
            segment("remarked", "tier = gold", publish=TAG, renamed_from="Marks"),
            segment("unmarked", "tier = gold", publish=TAG, status="archived"),
            segment("nobody", "tier = gold", publish=TAG, status="archived"),
            segment("build", "tier = gold and event paid count >= 2 within last 30 days"),
            segment("built", "tier = gold"),
            segment("rebuilt", "tier = gold", renamed_from="Old"),
            segment("torn_down", "tier = gold", status="archived"),
            segment("renamed_then_gone", "tier = gold", status="archived", renamed_from="Before"),
            segment("never_was", "tier = gold", status="archived"),
        ),
        holding(
            live(1, "tier"),
            events=("paid",),
            audiences=(
                LiveAudience("1", "Differs", (replace(GOLD, value="silver"),)),
                LiveAudience("2", "Caller", (GOLD,)),
                LiveAudience("3", "Deleted", (GOLD,)),
                LiveAudience("6", "Foreign"),
                LiveAudience("7", "Unread", (GOLD,)),
                LiveAudience("4", "Unverified"),
                LiveAudience("5", "Theirs"),
            ),
            tags={"THERE": "11", "Marks": "12", "Unmarked": "13", "made": "14"},
            segments=tuple(
                LiveSegment(str(at), name)
                for at, name in enumerate(["Built", "Old", "Torn_Down", "Before", "Theirs", "Active"])
            ),
        ),
    )
    was = {
        "built": segment("built", "tier = silver"),
        "unverified": segment("unverified", "tier = silver or tier = tin", publish=AUDIENCE),
        "gone": segment("gone", "tier = gold", name="Left", publish=("audience", "tag")),
        "lost": segment("lost", "tier = gold"),
    }
    changed_segments = {each.address: each for key, each in was.items() if key in ("built", "unverified")}
    rebuilt = plan(
        schema(
            TIER,
            segment("built", "tier = gold"),
            segment("unverified", "tier = gold or tier = platinum", publish=AUDIENCE, span=AT),
            segment("again", "tier = gold", publish=TAG, renamed_from="Before", span=AT),
        ),
        holding(
            live(1, "tier"),
            audiences=(LiveAudience("4", "Unverified"), LiveAudience("5", "Left")),
            tags={"Left": "1", "Again": "2", "Before": "3"},
            segments=(LiveSegment("1", "Built"), LiveSegment("2", "Lost")),
        ),
        workspace="sandbox",
        specs_digest="",
        base=Base(ComparedWith("main", "0" * 40), schema(*was.values()), changed_segments),
    )
    waiting = planned(
        schema(
            attribute("tier", type=DataType.INTEGER, span=AT),
            segment("gold", "tier = gold", publish=("audience", "tag")),
            segment("silver", "tier = silver"),
        ),
        replace(holding(live(1, "tier")), has_registrar=False),
    )
    making_room = (attribute("a0", status="archived"), attribute("new"))
    return {
        "attributes": attributes,
        "events": events,
        "segments": segments,
        "against an earlier revision": rebuilt,
        "waiting": waiting,
        "an archive that audiences hold": in_use(),
        "no room for two attributes": planned(schema(attribute("x"), attribute("y")), holding(*FULL)),
        "room but for the target": planned(schema(*making_room), holding(*FULL), "attribute.contact.new"),
        "no room on the way": planned(
            schema(
                attribute("a0", status="archived"), TIER, segment("gold", "tier = gold", publish=AUDIENCE)
            ),
            holding(
                *FULL,
                audiences=(LiveAudience("1", "Gold", (replace(GOLD, attribute="custom_attributes.a0"),)),),
            ),
        ),
        "no room for two events": planned(
            schema(Event("x"), Event("y")), replace(EMPTY, events=tuple(f"e{at}" for at in range(120)))
        ),
    }


def refused(check: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
    with pytest.raises(IntercomIacError) as raised:
        check(*arguments, **options)
    return {
        "error": type(raised.value).__name__,
        "message": raised.value.message,
        "diagnostics": [
            [each.code, each.severity, each.message, each.hint] for each in raised.value.diagnostics
        ],
    }


def words() -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, made in plans().items():
        data = encode(made)
        said[name] = {key: data[key] for key in ("limits", "summary", "changes", "standing", "diagnostics")}
        if len(made.unmanaged) < 10:  # others are there to fill the workspace
            said[name] |= {key: data[key] for key in ("workspace", "specs_digest", "rests_on", "unmanaged")}
    twelve = holding(*FULL[:12])
    archiving = planned(schema(*(attribute(f"a{at}", status="archived") for at in range(11))), twelve)
    taken = replace(archiving, attributes=replace(archiving.attributes, used=13))
    other = replace(archiving, changes=(change_with(archiving.changes[0], live_id="5"),))
    tag = make_change(
        "segment.s", "tag", "S", "delete", "destructive", fields=archiving.changes[0].fields, live_id="1"
    )
    deleting = replace(archiving, changes=(tag,))
    elsewhere = replace(archiving, specs_digest=f"sha256:{'1' * 64}")
    declared = [each.address for each in archiving.changes][:10]
    limits = {"allow_destructive": False, "max_archive_percent": 12.5}
    said["refusals"] = {
        "errors": refused(refuse_if_unsafe, in_use(), **limits),
        "too much and without leave": refused(refuse_if_unsafe, archiving, **limits),
        "a tag to delete": refused(refuse_if_unsafe, deleting, **limits | {"allow_destructive": True}),
        "stale": refused(refuse_if_stale, archiving, holding(*FULL[1:20], live(0, "a0", description="x"))),
        "stale by as many as are named": refused(refuse_if_stale, archiving, holding(*FULL[:20])),
        "a little stale": refused(refuse_if_stale, archiving, holding(*FULL[:11])),
        "another number": refused(verify_saved_plan, taken, archiving, twelve, declared),
        "another attribute": refused(verify_saved_plan, other, archiving, twelve, declared),
        "other specs": refused(verify_saved_plan, elsewhere, archiving, twelve, declared),
        "applied": refused(
            refuse_if_stale,
            archiving,
            holding(*(replace(each, archived=True) for each in FULL[:11]), FULL[11]),
        ),
        "applied in part": refused(
            refuse_if_stale,
            archiving,
            holding(*(replace(each, archived=True) for each in FULL[:3]), *FULL[3:13]),
        ),
    }
    return said


def test_every_difference_and_refusal_is_told_in_just_these_words() -> None:
    text = json.dumps(words(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text, "utf-8")
    assert json.loads(text) == json.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_remark_kept_in_a_plan_is_the_diagnostic_again_without_its_place(severity: Any) -> None:
    again = Remark("PLAN605", severity, "said", "hint", Place("specs/a.yaml", 1, 2)).diagnostic()
    assert again == Diagnostic("PLAN605", "said", None, "hint", severity)
