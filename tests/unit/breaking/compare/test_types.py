"""One table of what a change of type can be: `breaking` and `plan` say the same of every pair of types."""

from __future__ import annotations

from itertools import product

import pytest

from intercom_iac.breaking import compare_schemas
from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.model.capabilities import type_change
from intercom_iac.planning.compare import compare_attributes

# How it is done -> what a plan makes of it, how risky it is there, and what it is between two revisions.
WAYS = {
    "none": (None, None),
    "api": (("update", "caution"), ("BACK725", "risky")),
    "by hand": (("manual", "caution"), ("BACK702", "breaking")),
}


def declared(kind: DataType) -> Schema:
    options = ("a", "b") if kind is DataType.OPTIONS else ()
    return Schema({("contact", "tier"): Attribute("contact", "tier", kind, options)})


@pytest.mark.parametrize(("was", "now"), list(product(DataType, DataType)))
def test_breaking_and_plan_agree(was: DataType, now: DataType) -> None:
    old, new = declared(was), declared(now)
    live = LiveAttribute(1, "contact", "tier", was, old.attributes["contact", "tier"].options)
    planned, _ = compare_attributes(new, Snapshot(Identity("ws1", "Acme", "UTC"), (live,)))
    told = compare_schemas(old, new)
    plan, breaks = WAYS[type_change(was, now)]
    assert [(change.action, change.risk) for change in planned] == ([] if plan is None else [plan])
    assert [(change.code, change.level) for change in told] == ([] if breaks is None else [breaks])
