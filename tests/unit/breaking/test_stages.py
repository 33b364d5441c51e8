"""The stages of a rename: a step along them is not breaking, a jump is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from intercom_iac.breaking import compare_schemas
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

SAME = ("tier: {type: string%s}", "level: {type: string, renamed_from: tier}")
CONVERTED = (
    "plan: {type: options, options: [free, trial, pro]%s}",
    "billing: {type: options, options: [free, none, paid], "
    "replaces: {attribute: plan, convert: {trial: none, pro: paid}}}",
)
MERGED = (
    "plan: {type: options, options: [free, trial, pro]%s}",
    "billing: {type: options, options: [free, paid], "
    "replaces: {attribute: plan, convert: {trial: paid, pro: paid}}}",
)
FLAG = (
    "vip: {type: boolean%s}",
    "is_vip: {type: options, options: ['yes', 'no'], "
    "replaces: {attribute: vip, convert: {'true': 'yes', 'false': 'no'}}}",
)
DEPRECATED, ARCHIVED = ", status: deprecated", ", status: archived"


def specs(attributes: str, rule: str) -> str:
    return (
        f"version: 1\nattributes:\n  contact:\n    {attributes}\n"
        f'segments:\n  s: {{name: S, rule: "{rule}", publish: [audience, tag]}}\n'
    )


@pytest.mark.parametrize(
    ("pair", "before", "after"),
    [
        (SAME, "tier = gold", "level = gold"),
        (SAME, "tier contains gold and role = user", "role = user and level contains gold"),
        (CONVERTED, "plan = trial", "billing = 'none'"),
        (CONVERTED, "plan in (trial, pro)", "billing in ('none', paid)"),
        (CONVERTED, "plan is unknown or plan != free", "billing is unknown or billing != free"),
        (FLAG, "vip", "is_vip = 'yes'"),
        (FLAG, "not vip", "is_vip != 'yes'"),
        (FLAG, "vip is false", "is_vip = 'no'"),
    ],
)
def test_each_step_is_safe_or_needs_a_look_and_none_breaks(
    pair: tuple[str, str], before: str, after: str, loaded: Load
) -> None:
    old, new = pair
    revisions = [
        specs(old % "", before),
        specs(f"{old % DEPRECATED}\n    {new}", before),
        specs(f"{old % DEPRECATED}\n    {new}", after),
        specs(f"{old % ARCHIVED}\n    {new}", after),
        specs(new, after),
    ]
    schemas = [loaded(text).or_raise() for text in revisions]
    told = [
        sorted((change.code, change.level) for change in compare_schemas(one, other))
        for one, other in pairwise(schemas)
    ]
    assert told == [
        [("BACK730", "safe"), ("BACK733", "safe")],
        [("BACK746", "safe")],
        [("BACK722", "risky")],
        [("BACK740", "safe")],
    ]


@pytest.mark.parametrize(
    ("pair", "before", "after"),
    [
        (SAME, "tier = gold", "level = silver"),
        # Those on a trial are among those who pay now.
        (MERGED, "plan = pro", "billing = paid"),
        (FLAG, "vip", "is_vip = 'no'"),
    ],
)
def test_a_rule_that_comes_to_select_others_is_not_just_moved(
    pair: tuple[str, str], before: str, after: str, loaded: Load
) -> None:
    old, new = pair
    one, other = (
        loaded(specs(f"{old % DEPRECATED}\n    {new}", rule)).or_raise() for rule in (before, after)
    )
    assert [change.code for change in compare_schemas(one, other)] == ["BACK709"]


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (specs(SAME[1], "level = gold"), "BACK714"),
        (specs(f"{SAME[0] % ARCHIVED}\n    {SAME[1]}", "level = gold"), "BACK704"),
        (specs("tier: {type: integer}", "tier = 3"), "BACK702"),
    ],
    ids=["gone at once", "archived while rules read it", "another type in place"],
)
def test_a_jump_is_breaking(after: str, code: str, loaded: Load) -> None:
    old = loaded(specs(SAME[0] % "", "tier = gold")).or_raise()
    new = loaded(after).or_raise()
    assert [change.code for change in compare_schemas(old, new) if change.level == "breaking"] == [code]
