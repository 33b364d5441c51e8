"""Which old schema each workspace is compared with, where workspaces are added, removed and renamed."""

from __future__ import annotations

from intercom_iac.breaking import compare_workspaces, pair_schemas
from intercom_iac.model import Attribute, DataType, Schema


def having(**types: str) -> Schema:
    made = [Attribute("contact", name, DataType(kind)) for name, kind in types.items()]
    return Schema({(attribute.model, attribute.name): attribute for attribute in made})


BOTH = having(both="string")
MORE = having(both="string", only="date")


def told(old: dict[str, Schema], new: dict[str, Schema], before: dict[str, str]) -> list[tuple[str, ...]]:
    found = compare_workspaces(pair_schemas(old, new, before))
    return [(change.code, change.address.rpartition(".")[2], *change.workspaces) for change in found]


def test_what_only_a_workspace_that_is_gone_had_is_gone() -> None:
    old = {"staging": BOTH, "production": MORE}
    assert told(old, {"staging": BOTH}, {"staging": "staging"}) == [("BACK701", "only", "production")]


def test_what_it_had_may_be_for_another_one_now() -> None:
    old = {"staging": BOTH, "production": MORE}
    assert told(old, {"staging": MORE}, {"staging": "staging"}) == [("BACK730", "only", "staging")]
    changed = having(both="string", only="integer")
    assert ("BACK702", "only", "production") in told(old, {"staging": changed}, {"staging": "staging"})


def test_a_workspace_of_another_name_is_compared_with_itself() -> None:
    old = {"staging": having(vary="string"), "production": having(vary="integer", only="date")}
    new = {"staging": having(vary="string"), "prod": having(vary="integer")}
    assert told(old, new, {"staging": "staging", "prod": "production"}) == [("BACK701", "only", "prod")]


def test_a_new_workspace_is_compared_by_what_no_other_one_had() -> None:
    old = {"staging": having(vary="string")}
    new = {"staging": having(vary="string"), "eu": having(vary="integer", fresh="date")}
    assert told(old, new, {"staging": "staging"}) == [("BACK730", "fresh", "eu")]


def test_without_any_that_stayed_all_is_compared() -> None:
    assert told({"old": MORE}, {"new": BOTH}, {}) == [("BACK701", "only")]
    assert told({"old": MORE}, {"new": having(both="date", only="date")}, {}) == [("BACK702", "both")]


def test_of_nothing_all_is_added_and_told_once() -> None:
    assert told({}, {"staging": BOTH, "production": BOTH}, {}) == [("BACK730", "both")]
