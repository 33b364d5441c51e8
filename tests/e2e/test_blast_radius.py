"""What a change of an attribute does to segments, told before it is made and in reports."""

from __future__ import annotations

import json

import jsonschema
import pytest

from intercom_iac.breaking import breaking_schema

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
        "    segment.trials stops compiling: attribute `plan_type` is archived; "
        "without its values is left with nobody: loses ada@example.com with plan_type = trial",
        "    segment.new_trials stops compiling, since `segment.trials` does; "
        "without its values is left with nobody: "
        "loses ada@example.com with plan_type = trial and signed_up_at 2026-03-10, on 2026-03-14",
        "    segment.payers stops compiling: attribute `plan_type` is archived; "
        "without its values has everybody in it: gains ada@example.com with plan_type = free",
        "  if the option `free` were removed",
        "    segment.payers stops compiling: `plan_type` has no option `free`; "
        "without `free` has more people: gains ada@example.com with plan_type = free",
        "  if the option `trial` were removed",
        "    segment.trials stops compiling: `plan_type` has no option `trial`; "
        "without `trial` is left with nobody: loses ada@example.com with plan_type = trial",
        "    segment.new_trials stops compiling, since `segment.trials` does; "
        "without `trial` is left with nobody: "
        "loses ada@example.com with plan_type = trial and signed_up_at 2026-03-10, on 2026-03-14",
        "    segment.payers stops compiling: `plan_type` has no option `trial`; "
        "without `trial` has more people: gains ada@example.com with plan_type = trial",
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


BEFORE = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    note: {type: string}
    count: {type: string}
    gone: {type: boolean}
segments:
  trials: {name: On trial, rule: plan_type = trial}
  known: {name: Known plan, rule: plan_type has any value}
  noted: {name: Noted, rule: note has any value}
  counted: {name: Counted, rule: count has any value}
  gone_too: {name: Gone too, rule: gone}
"""
AFTER = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    note: {type: string, status: archived}
    count: {type: integer}
segments:
  trials: {name: On trial, rule: plan_type = free}
  known: {name: Known plan, rule: plan_type has any value}
  noted: {name: Noted, rule: role = user}
  counted: {name: Counted, rule: count has any value}
  gone_too: {name: Gone too, rule: role = lead}
"""


@pytest.fixture
def changed(scratch):
    scratch.spec(BEFORE)
    scratch.write({"before/intercom-iac.yaml": (scratch.root / "intercom-iac.yaml").read_text()})
    scratch.write({"before/specs/example.yaml": f"version: 1\n{BEFORE}"})
    return scratch.spec(AFTER)


def test_a_report_of_changes_tells_what_each_does_to_segments(changed) -> None:
    report = changed.run("breaking --against-folder before --today 2026-03-14 --format json")
    changes = json.loads(report.out)["changes"]
    reached = {
        change["address"].removeprefix("attribute.contact."): [
            (effect["segment"], effect["stops_compiling"], effect["outcome"], effect["rule_changed"])
            for effect in change["segments"]
        ]
        for change in changes
        if "segments" in change
    }
    assert reached == {
        "plan_type": [
            ("segment.trials", True, "nobody", True),
            ("segment.known", False, "shrinks", False),
        ],
        "note": [("segment.noted", True, "nobody", True)],
        "count": [("segment.counted", False, "nobody", False)],
        "gone": [("segment.gone_too", True, "nobody", True)],
    }
    jsonschema.validate(json.loads(report.out), breaking_schema())


@pytest.mark.parametrize("form", ["text", "markdown", "github", "sarif"])
def test_every_format_tells_it(changed, form) -> None:
    report = changed.run(f"breaking --against-folder before --today 2026-03-14 --format {form}").out
    words = " ".join(report.replace("\\", "").replace("<!-- -->", "").split())
    assert (
        "`segment.known` without `trial` has fewer people: loses ada@example.com with plan_type = trial"
    ) in words.replace("%25", "%")
    assert "`segment.counted` without values of the old type is left with nobody" in words
    assert "its rule changes with it" in words
