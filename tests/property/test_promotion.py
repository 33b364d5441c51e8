"""A promotion plans nothing that the source does not have as declared, and no rule without what it needs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import NO_ADDRESS, Plan, PromotedSide, plan, promotable
from intercom_iac.rules import compile_rules
from intercom_iac.text import Excerpt
from support.generators import examples

ATTRIBUTES = tuple(
    Attribute("contact", name, DataType.STRING, description="As declared", status=status)
    for name, status in (("a", "active"), ("b", "active"), ("c", "active"), ("d", "archived"))
)
RULES = {
    "tagged": ("a = x", ("tag",)),
    "heard": ("b = x", ("audience",)),
    "both": ("a = x and segment built", ("tag", "audience")),
    "built": ("c = x and email has any value", ()),
}


def declared() -> Schema:
    base = Schema(attributes={(each.model, each.name): each for each in ATTRIBUTES})
    texts = {key: Excerpt.from_text(rule, "<rule>") for key, (rule, _) in RULES.items()}
    predicates, found = compile_rules(texts, base, {})
    assert not any(each.is_error for each in found)
    segments = {
        key: Segment(key, key.title(), rule, predicates[key], publish=publish)
        for key, (rule, publish) in RULES.items()
    }
    return replace(base, segments=segments)


SCHEMA = declared()


def planned(snapshot: Snapshot, targets: tuple[str, ...] = ()) -> Plan:
    return plan(SCHEMA, snapshot, workspace=snapshot.identity.name, specs_digest="", targets=targets)


@st.composite
def workspaces(draw: st.DrawFn, name: str) -> Snapshot:
    """Each thing missing, as declared or otherwise; the archived attribute may be read by an audience."""
    attributes = [
        LiveAttribute(number, "contact", each.name, each.type, description=description, archived=archived)
        for number, each in enumerate(ATTRIBUTES)
        for description in draw(st.sampled_from([(), ("As declared",), ("By hand",)]))
        for archived in [draw(st.booleans()) if description == "By hand" else each.status == "archived"]
    ]
    audiences = [
        LiveAudience(
            f"{name}{key}",
            key.title(),
            (AudiencePredicate(f"custom_attributes.{read}", "string", "eq", "x"),),
        )
        for key in ("heard", "both")
        for read in draw(st.sampled_from(["", "b", "d"]))
    ]
    return Snapshot(
        Identity(name, name, "UTC"),
        tuple(attributes),
        segments=tuple(LiveSegment(key, key) for key in draw(st.sampled_from([(), ("Built",)]))),
        audiences=tuple(audiences),
        tags=dict.fromkeys(draw(st.sets(st.sampled_from(["Tagged", "Both", "vip"]))), name),
    )


@given(
    workspaces("source"),
    workspaces("target"),
    st.sets(st.sampled_from(["attribute", "segment", "a", "built"])),
)
@examples(60)
def test_what_is_planned_stands_in_the_source_and_every_address_is_accounted_for(
    source: Snapshot, target: Snapshot, only: set[str]
) -> None:
    before = PromotedSide(schema=SCHEMA, snapshot=source, plan=planned(source))
    after = PromotedSide(schema=SCHEMA, snapshot=target, plan=planned(target))

    def is_meant(address: str) -> bool:
        return not only or bool(only.intersection(address.split(".")))

    found = promotable(before, after, is_meant)
    made = planned(target, found.addresses or (NO_ADDRESS,))
    changed = {change.address for change in made.changes}
    differing = {change.address for change in before.plan.changes}
    assert not changed & differing
    left_out = {left.address for left in found.promotion.not_promoted}
    every = {address for address in before.addresses if is_meant(address)}
    assert left_out | set(found.addresses) == every
    assert not left_out & set(found.addresses)
    # A rule's needs are planned with it: none of them waits for another plan.
    open_ones = {change.address for change in after.plan.changes} - changed
    for change in made.changes:
        assert not open_ones.intersection(
            address for address, readers in SCHEMA.needed_by().items() if change.address in readers
        )
    if not only and not differing:
        assert made.changes == after.plan.changes
