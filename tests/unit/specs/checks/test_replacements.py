"""What is said of attributes that take the place of others, and of the values that convert."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

PLAN = "plan: {type: options, options: [free, trial, pro], status: deprecated}"
FLAG = "vip: {type: boolean, status: deprecated}"
COUNT = "seats: {type: integer, status: deprecated}"
DAY = "trial_end: {type: date, status: deprecated}"


def contact(*attributes: str, company: str = "") -> str:
    text = "version: 1\nattributes:\n  contact:\n" + "".join(f"    {each}\n" for each in attributes)
    return text + (f"  company:\n    {company}\n" if company else "")


def billing(replaces: str, options: str = "[free, paid]") -> str:
    return f"billing: {{type: options, options: {options}, replaces: {replaces}}}"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ([PLAN, billing("{attribute: plan, convert: {trial: free, pro: paid}}")], []),
        ([PLAN, billing("{attribute: plan, convert: {trial: free, pro: paid, beta: free}}")], ["SPEC176"]),
        ([PLAN, billing("{attribute: plan, convert: {trial: free, pro: gold}}")], ["SPEC177"]),
        ([PLAN, billing("{attribute: plan, convert: {pro: paid}}")], ["LINT579"]),
        ([PLAN, billing("{attribute: plan}", "[free, trial, pro, paid]")], []),
        # A rename of the same type loses options, too.
        ([PLAN, "billing: {type: options, options: [free, paid], renamed_from: plan}"], ["LINT579"]),
        # Nothing is known of one that the specs do not declare: the workspace may have it.
        ([billing("{attribute: plan, convert: {what: free}}")], []),
        ([billing("{attribute: plan, convert: {what: gold}}")], ["SPEC177"]),
        ([FLAG, "is_vip: {type: string, replaces: {attribute: vip}}"], []),
        ([FLAG, "is_vip: {type: string, replaces: {attribute: vip, convert: {'yes': x}}}"], ["SPEC176"]),
        ([FLAG, "is_vip: {type: date, replaces: {attribute: vip}}"], ["LINT579"]),
        ([FLAG, "is_vip: {type: integer, replaces: {attribute: vip, convert: {'true': 2.5}}}"], ["SPEC177"]),
        ([COUNT, "places: {type: boolean, replaces: {attribute: seats, convert: {'2': true}}}"], []),
        ([COUNT, "places: {type: boolean, replaces: {attribute: seats, convert: {two: true}}}"], ["SPEC176"]),
        ([DAY, "ends: {type: boolean, replaces: {attribute: trial_end}}"], ["LINT579"]),
        ([DAY, "ends: {type: date, replaces: {attribute: trial_end, convert: {2026-01-31: 2026-02-31}}}"],
         ["SPEC177"]),
        # Who takes whose place.
        (["a: {type: string}", "b: {type: string, replaces: {attribute: a}}"], ["LINT578"]),
        (["a: {type: string}", "b: {type: string, renamed_from: a}"], ["REF455"]),
        (["a: {type: string, status: deprecated}", "b: {type: string, renamed_from: a}"], []),
        (["b: {type: string, replaces: {attribute: b}}"], ["REF455"]),
        (["b: {type: string, replaces: {attribute: a}}", "c: {type: string, replaces: {attribute: a}}"],
         ["REF455"]),
        (["b: {type: string, renamed_from: a}", "c: {type: string, replaces: {attribute: a}}"], ["REF455"]),
        (["b: {type: string, renamed_from: a, replaces: {attribute: a}}"], ["SPEC175"]),
        (["b: {type: string, renamed_from: phone}"], ["REF465"]),
        (["b: {type: string, replaces: {attribute: last_seen_at}}"], ["REF465"]),
        (["a: {type: string, status: deprecated, renamed_from: b}",
          "b: {type: string, status: deprecated, renamed_from: a}"], ["REF463"]),
        (["a: {type: string, status: deprecated, renamed_from: c}",
          "b: {type: string, status: deprecated, replaces: {attribute: a}}",
          "c: {type: string, status: deprecated, renamed_from: b}"], ["REF463"]),
        (["a: {type: string, status: deprecated}", "b: {type: string, status: deprecated, renamed_from: a}",
          "c: {type: string, renamed_from: b}"], ["REF464"]),
        (["a: {type: string, status: archived}", "b: {type: string, status: deprecated, renamed_from: a}",
          "c: {type: string, renamed_from: b}"], []),
        # What is archived takes nobody's place.
        (["a: {type: string}", "b: {type: string, status: archived, replaces: {attribute: a}}"], []),
    ],
)  # fmt: skip
def test_what_is_said(attributes: list[str], expected: list[str], loaded: Load) -> None:
    found = loaded(contact(*attributes)).diagnostics
    assert [diagnostic.code for diagnostic in found] == expected, found


def test_an_attribute_of_the_other_kind_is_told(loaded: Load) -> None:
    text = contact("b: {type: string, renamed_from: a}", company="a: {type: string, status: deprecated}")
    (found,) = loaded(text).diagnostics
    assert found.code == "REF465"
    assert found.message == "`a` is an attribute of a company, and `b` one of a contact"


def test_the_options_without_a_target_are_listed(loaded: Load) -> None:
    (found,) = loaded(contact(PLAN, billing("{attribute: plan}", "[paid, gold]"))).diagnostics
    assert found.message == "`free`, `trial`, `pro` of `plan` have no counterpart in `billing`"
    assert found.hint == "say what they become: `convert: {free: paid}`"


# --- rules that read the old one ----------------------------------------------------------------------------

MERGED = billing("{attribute: plan, convert: {trial: paid, pro: paid}}")
CONVERTED = billing("{attribute: plan, convert: {trial: none, pro: paid}}", "[free, none, paid]")
TIER = ("tier: {type: string, status: deprecated}", "level: {type: string, renamed_from: tier}")
IS_VIP = (
    "is_vip: {type: options, options: ['yes', 'no'], "
    "replaces: {attribute: vip, convert: {'true': 'yes', 'false': 'no'}}}"
)
PLACES = (COUNT, "places: {type: float, replaces: {attribute: seats}}")


@pytest.mark.parametrize(
    ("attributes", "rule", "fixed", "applicability"),
    [
        (TIER, "tier contains go", "level contains go", "safe"),
        (TIER, "tier = 'gold'", "level = 'gold'", "safe"),
        ((PLAN, CONVERTED), "plan = trial", "billing = 'none'", "safe"),
        ((PLAN, CONVERTED), "plan in (trial, 'pro')", "billing in ('none', 'paid')", "safe"),
        ((PLAN, CONVERTED), "plan is not free", "billing is not free", "safe"),
        ((PLAN, CONVERTED), "plan has any value", "billing has any value", "safe"),
        ((PLAN, CONVERTED), "plan starts with t", None, None),
        # Two old values are one new value: the rule would take in more people.
        ((PLAN, MERGED), "plan = pro", "billing = paid", "unsafe"),
        ((PLAN, billing("{attribute: plan}")), "plan = free", "billing = free", "unsafe"),
        ((PLAN, billing("{attribute: plan, convert: {pro: paid}}")), "plan = trial", None, None),
        ((PLAN, billing("{attribute: plan, convert: {pro: paid}}")), "plan is unknown", "billing is unknown",
         "unsafe"),
        ((FLAG, IS_VIP), "vip", "is_vip = 'yes'", "safe"),
        ((FLAG, IS_VIP), "vip is false", "is_vip is 'no'", "safe"),
        (PLACES, "seats > 3", "places > 3", "safe"),
        (PLACES, "seats = 3", "places = 3", "safe"),
        ((DAY, "ends: {type: string, replaces: {attribute: trial_end}}"), "trial_end before 2026-01-31", None,
         None),
    ],
)  # fmt: skip
def test_a_rule_that_reads_the_old_one_has_a_fix(
    attributes: tuple[str, str], rule: str, fixed: str | None, applicability: str | None, loaded: Load
) -> None:
    for status in ("deprecated", "archived"):
        text = contact(*attributes).replace("status: deprecated", f"status: {status}")
        segment = f"segments:\n  s:\n    name: S\n    publish: [tag]\n    rule: |\n      {rule}\n"
        found = loaded(text + segment)
        code = "LINT501" if status == "deprecated" else "REF407"
        (told,) = (diagnostic for diagnostic in found.diagnostics if diagnostic.code == code)
        assert "which takes its place" in str(told.hint)
        if fixed is None:
            assert told.fix is None
            continue
        assert told.fix is not None
        text_after, behind = "", 0
        whole = text + segment
        for edit in told.fix.edits:
            text_after += whole[behind : edit.span.start] + edit.text
            behind = edit.span.end
        assert (text_after + whole[behind:]).splitlines()[-1].strip() == fixed
        assert told.fix.applicability == applicability


def test_a_name_that_is_gone_is_found_by_what_was_renamed(loaded: Load) -> None:
    text = contact(TIER[1]) + "segments:\n  s: {name: S, rule: tier = gold, publish: [tag]}\n"
    (found,) = loaded(text).diagnostics
    assert found.code == "REF401"
    assert found.hint == "read `level`, which takes its place, once the values are copied"
    assert found.fix is not None
    assert found.fix.is_safe
