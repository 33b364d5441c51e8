"""examples/pull-request.sh goes its way to the end, and says at each step what a person would look for."""

from __future__ import annotations

from pathlib import Path

from support.example_scripts import assert_in_order, run_example

# What stands in its output, in this order.
SAID = [
    "Applied: ",
    "$ intercom-iac check --against main",
    "error[BACK703]: `attribute.contact.source`: the option `outbound` is removed",
    "$ intercom-iac breaking --against main",
    "Breaking\n  attribute.contact.source",
    "the rule is wider now\n      enters  ada@example.com with plan_type = trial and trial_end_date ",
    "Breaking, accepted\n  attribute.contact.source",
    "$ intercom-iac plan --out plan.json",
    "saved the plan: intercom-iac apply plan.json",
    "$ intercom-iac show plan.json --format markdown",
    "<!-- intercom-iac plan sandbox -->",
    "$ intercom-iac apply plan.json",
    "Applied: 3 done.",
    "attribute.contact.job_role: Edited by hand",
    "$ intercom-iac apply plan.json",
    "error[PLAN608]: the workspace has changed since the plan was made: attribute.contact.job_role has changed",
    "All of that was in ",
]


def test_from_the_branch_to_a_stale_plan(tmp_path: Path, warm: Path) -> None:
    output = run_example("pull-request.sh", tmp_path, warm)
    assert_in_order(output, SAID)
