"""What a change of an attribute does to segments, told before it is made and in reports."""

from __future__ import annotations

import json

import pytest

SPEC = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    quiet: {type: options, options: [a, b]}
segments:
  trials:
    name: On trial
    rule: plan_type = trial
  new_trials:
    name: New on trial
    rule: segment trials and signed_up_at within last 7 days
  payers:
    name: Payers
    rule: plan_type not in (free, trial)
"""


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


def test_explain_tells_what_would_become_of_segments(project) -> None:
    result = project.run("explain attribute.contact.plan_type --today 2026-03-14")
    assert result.code == 0
    after = result.out.partition("read by")[2].splitlines()[1:]
    assert after == [
        "  if it were archived",
        "    segment.trials stops compiling: attribute `plan_type` is archived; nobody is left in it: "
        "it loses ada@example.com with plan_type = trial",
        "    segment.new_trials stops compiling, since `segment.trials` does; nobody is left in it: "
        "it loses ada@example.com with plan_type = trial and signed_up_at 2026-03-10, on 2026-03-14",
        "    segment.payers stops compiling: attribute `plan_type` is archived; everybody is in it: "
        "it gains ada@example.com with plan_type = free",
        "  if the option `free` were removed",
        "    segment.payers stops compiling: `plan_type` has no option `free`; it has more people: "
        "it gains ada@example.com with plan_type = free",
        "  if the option `trial` were removed",
        "    segment.trials stops compiling: `plan_type` has no option `trial`; nobody is left in it: "
        "it loses ada@example.com with plan_type = trial",
        "    segment.new_trials stops compiling, since `segment.trials` does; nobody is left in it: "
        "it loses ada@example.com with plan_type = trial and signed_up_at 2026-03-10, on 2026-03-14",
        "    segment.payers stops compiling: `plan_type` has no option `trial`; it has more people: "
        "it gains ada@example.com with plan_type = trial",
        "  if `pro` were removed",
        "    no segment changes",
    ]


def test_explain_tells_it_as_json_with_witnesses_that_a_rule_can_be_asked_of(project) -> None:
    explained = project.run("explain attribute.contact.plan_type --today 2026-03-14 --format json").out
    changes = json.loads(explained)["blast_radius"]
    assert [(change["change"], change["option"], len(change["segments"])) for change in changes] == [
        ("archive", None, 3),
        ("remove_option", "free", 1),
        ("remove_option", "trial", 3),
        ("remove_option", "pro", 0),
    ]
    effect = changes[2]["segments"][1]
    assert effect["segment"] == "segment.new_trials"
    assert effect["through"] == "segment.trials"
    assert effect["outcome"] == "nobody"
    project.write({"witness.json": json.dumps(effect)})
    evaluated = project.run("rule eval 'segment new_trials' --witness witness.json --format json")
    assert json.loads(evaluated.out)["count"] == 1


def test_explain_has_no_effects_of_what_no_segment_reads(project) -> None:
    explained = project.run("explain attribute.contact.quiet --format json").out
    assert json.loads(explained)["blast_radius"] == []
    assert "if " not in project.run("explain attribute.contact.quiet").out
