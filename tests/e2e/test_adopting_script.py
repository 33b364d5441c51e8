"""examples/adopting.sh goes its way to the end, and says at each step what a person would look for."""

from __future__ import annotations

from pathlib import Path

from support.example_scripts import assert_in_order, run_example

# What stands in its output, in this order.
SAID = [
    "$ intercom-iac audit -w staging",
    "error[AUDIT141]: card numbers in a custom attribute",
    "error[AUDIT132]: times in milliseconds",
    "`planType`, `plan_type` and `Plan Type` look like one attribute",
    "`renewal` holds dates as text",
    "the same to send round: audit.html, ",
    "$ intercom-iac import -w staging",
    "25 entries written",
    "$ intercom-iac plan -w staging --detailed-exitcode",
    "Nothing differs in what Intercom's API tells.",
    "$ intercom-iac import -w staging",
    "nothing to write",
    "create audience segment.unhappy done",
    "$ intercom-iac mv attribute.contact.nps_score nps_answer",
    "the rule of segment.unhappy",
    "$ intercom-iac breaking --against HEAD",
    "stage 1 of 4",
    "create attribute.contact.nps_answer done",
    "$ intercom-iac sync -w staging --replace nps_answer --auto-approve",
    "Synced: 60 done.",
    "stage 3 of 4",
    "update audience segment.unhappy done",
    "archive attribute.contact.nps_score done",
    "Nothing differs in what Intercom's API tells.",
    "$ intercom-iac drift -w staging --sample 100",
    "attribute.contact.plan_type  changed",
    "$ intercom-iac drift -w staging --sample 100 --adopt attribute.contact.plan_type",
    "Written into the specs",
    "staging: nothing drifted",
    "$ intercom-iac promote --from staging --to production --out plan.json",
    "+ attribute.contact.nps_answer",
    "Applied: 20 done.",
    "$ intercom-iac diff -w staging -w production",
    "6 only in staging, 23 the same",
    "All of that was in ",
]


def test_from_the_audit_to_production(tmp_path: Path, warm: Path) -> None:
    output = run_example("adopting.sh", tmp_path, warm)
    assert_in_order(output, SAID)
    # No value of a person is printed whole.
    assert "4111" not in output
    assert "owner1@example.com" not in output
