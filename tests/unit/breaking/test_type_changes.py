"""A type that changes in place: `plan` and `breaking` judge all pairs of types alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from intercom_iac.breaking import compare_schemas
from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.model.capabilities import type_change
from intercom_iac.planning import plan

STRING, LIST = DataType.STRING, DataType.OPTIONS
OPTIONS = {LIST: ("free", "pro")}


def schema(data_type: DataType) -> Schema:
    attribute = Attribute("contact", "tier", data_type, OPTIONS.get(data_type, ()))
    return Schema(attributes={("contact", "tier"): attribute})


def in_breaking(was: DataType, now: DataType) -> str:
    """`none`, `api` where Intercom takes the change, `by hand` where it takes none."""
    changes = compare_schemas(schema(was), schema(now))
    if not changes:
        return "none"
    (change,) = changes
    return {("BACK725", "risky"): "api", ("BACK702", "breaking"): "by hand"}[change.code, change.level]


def in_plan(was: DataType, now: DataType, *, archived: bool = False) -> str:
    live = LiveAttribute(1, "contact", "tier", was, OPTIONS.get(was, ()), archived=archived)
    snapshot = Snapshot(Identity("abc12345", "Acme", "UTC"), attributes=(live,))
    made = plan(schema(now), snapshot, workspace="sandbox", specs_digest=f"sha256:{'0' * 64}")
    changes = [
        change
        for change in made.changes
        if not archived or change.action != "restore" or len(change.fields) > 1
    ]
    if not changes:
        return "none"
    (change,) = changes
    assert change.risk == "caution"
    fields = [field.path for field in change.fields if field.path != "archived"]
    if change.action == "manual":
        assert fields == ["type"]
        return "by hand"
    assert (change.action, fields) == ("restore" if archived else "update", ["options"])
    return "api"


@pytest.mark.parametrize(("was", "now"), [*product(DataType, DataType)])
def test_plan_and_breaking_agree(was: DataType, now: DataType) -> None:
    expected = type_change(was, now)
    assert in_plan(was, now) == in_plan(was, now, archived=True) == in_breaking(was, now) == expected
    assert (expected == "api") == ((was, now) == (STRING, LIST))


def test_the_options_of_a_list_are_judged_by_themselves() -> None:
    more = schema(LIST)
    (attribute,) = more.attributes.values()
    fewer = replace(more, attributes={("contact", "tier"): replace(attribute, options=("free", "team"))})
    assert [change.code for change in compare_schemas(more, fewer)] == ["BACK703", "BACK731"]
