"""A workspace with one attribute, `tier`, and segments that read it: plans of them, for the tests of planning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from intercom_iac.model import (
    Attribute,
    AudiencePredicate,
    DataType,
    Event,
    Identity,
    LiveAttribute,
    Schema,
    Segment,
    Snapshot,
)
from intercom_iac.planning import Plan, plan
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

TIER = Attribute("contact", "tier", DataType.STRING)
EMPTY = Snapshot(Identity("abc12345", "Acme", "UTC"))
IS_GOLD = AudiencePredicate("custom_attributes.tier", "string", "eq", "gold")
FITS, DOES_NOT_FIT = "tier = gold", "tier = gold or tier = platinum"


def segment(rule: str = FITS, **fields: Any) -> Segment:
    base = Schema(attributes={("contact", "tier"): TIER}, events={"paid": Event("paid")})
    predicate, found = compile_rule(Excerpt.from_text(rule, "<rule>"), base)
    assert predicate is not None, found
    return replace(Segment("gold", "Gold", rule, predicate, publish=("audience",)), **fields)


def planned(*segments: Segment, live: Snapshot = EMPTY, targets: tuple[str, ...] = ()) -> Plan:
    schema = Schema(attributes={("contact", "tier"): TIER}, segments={each.key: each for each in segments})
    digest = f"sha256:{'0' * 64}"
    return plan(schema, live, workspace="sandbox", specs_digest=digest, targets=targets)


def with_tier(**fields: Any) -> Snapshot:
    return replace(EMPTY, attributes=(LiveAttribute(1, "contact", "tier", DataType.STRING),), **fields)


def done(made: Plan) -> list[tuple[str, str, str, str | None]]:
    return [(each.object, each.action, each.name, each.live_id) for each in made.changes]
