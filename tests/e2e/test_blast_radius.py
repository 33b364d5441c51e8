"""What a change of an attribute does to segments, told before it is made and in reports."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from intercom_iac.breaking import breaking_schema
from intercom_iac.planning import decode
from intercom_iac.planning.plan_differences import plan_differences

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
    rule: segment trials and role = user
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
        "    segment.trials: stops compiling: attribute `plan_type` is archived; "
        "once nobody has a value, it is left with nobody: it loses ada@example.com with plan_type = trial",
        "    segment.new_trials: stops compiling, since `segment.trials` does; "
        "once nobody has a value, it is left with nobody: "
        "it loses ada@example.com with plan_type = trial and role = user",
        "    segment.payers: stops compiling: attribute `plan_type` is archived; "
        "once nobody has a value, it has everybody in it: it gains ada@example.com with plan_type = free",
        "  if the option `free` were removed",
        "    segment.payers: stops compiling: `plan_type` has no option `free`; "
        "once nobody has `free`, it has more people: it gains ada@example.com with plan_type = free",
        "  if the option `trial` were removed",
        "    segment.trials: stops compiling: `plan_type` has no option `trial`; "
        "once nobody has `trial`, it is left with nobody: it loses ada@example.com with plan_type = trial",
        "    segment.new_trials: stops compiling, since `segment.trials` does; "
        "once nobody has `trial`, it is left with nobody: "
        "it loses ada@example.com with plan_type = trial and role = user",
        "    segment.payers: stops compiling: `plan_type` has no option `trial`; "
        "once nobody has `trial`, it has more people: it gains ada@example.com with plan_type = trial",
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
        "`segment.known`: once nobody has `trial`, it has fewer people: "
        "it loses ada@example.com with plan_type = trial"
    ) in words.replace("%25", "%")
    assert "`segment.counted`: while values have the old type, it is left with nobody" in words
    assert "its rule changes with it" in words


def test_a_plan_tells_what_its_changes_do_and_holds_on_other_days(scratch) -> None:
    before = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    count: {type: string}
segments:
  known: {name: Known, rule: plan_type has any value, publish: [tag]}
  only: {name: Only, rule: "plan_type not in (free, pro) and segment known", publish: [tag]}
  counted: {name: Counted, rule: count has any value, publish: [tag]}
"""
    project = scratch.spec(before)
    project.apply()
    assert "PROOF1070" not in project.run("plan").out
    project.spec(
        before.replace("trial, pro", "pro").replace("count: {type: string}", "count: {type: integer}")
    )
    remarks = [remark for remark in project.plan()["diagnostics"] if remark["code"] == "PROOF1070"]
    assert [(remark["severity"], remark["message"]) for remark in remarks] == [
        (
            "info",
            "`attribute.contact.plan_type` changes; `segment.known`: once nobody has `trial`, "
            "it has fewer people: it loses ada@example.com with plan_type = trial",
        ),
        (
            "info",
            "`attribute.contact.plan_type` changes; `segment.only`: once nobody has `trial`, "
            "it is left with nobody: it loses ada@example.com with plan_type = trial",
        ),
        (
            "info",
            "`attribute.contact.count` changes; `segment.counted`: while values have the old type, "
            "it is left with nobody: it loses ada@example.com with count = example",
        ),
    ]
    assert project.run("plan --out plan.json").code == 0
    saved = decode((project.root / "plan.json").read_bytes(), "plan.json")
    # On another day other people may be shown, or nobody.
    remade = replace(saved, remarks=tuple(remark for remark in saved.remarks if remark.code != "PROOF1070"))
    assert remade != saved
    assert plan_differences(saved, remade) == plan_differences(remade, saved) == []
    assert project.run("apply plan.json --auto-approve").code == 0


def test_a_plan_against_a_revision_tells_it_once(changed) -> None:
    changed.spec(BEFORE).apply()
    changed.spec(AFTER)

    def told(command: str) -> list[str]:
        remarks = json.loads(changed.run(f"{command} --format json").out)["diagnostics"]
        return [
            remark["code"] for remark in remarks if "`segment.known`: once nobody has" in remark["message"]
        ]

    assert told("plan") == ["PROOF1070"]
    assert told("plan --against-folder before --today 2026-03-14") == ["BACK703"]


def test_of_very_many_options_some_are_looked_at_and_the_rest_are_counted(project) -> None:
    options = ", ".join(f"o{number}" for number in range(130))
    named = ", ".join(f"o{number}" for number in range(0, 130, 2))
    spec = SPEC.replace("[a, b]", f"[{options}]")
    project.spec(f"{spec}  quiet_ones:\n    name: Quiet\n    rule: quiet in ({named})\n")
    facts = project.run("explain attribute.contact.quiet --today 2026-03-14 --format json").json
    assert len(facts["blast_radius"]) == 131
    assert "options_left_out" not in facts
    noticed = [change["option"] for change in facts["blast_radius"] if change["segments"]]
    assert noticed == [None, *(f"o{number}" for number in range(0, 130, 2))]
    project.spec(f"{spec}  quiet_ones:\n    name: Quiet\n    rule: quiet is known and quiet != o1\n")
    explained = "explain attribute.contact.quiet --today 2026-03-14"
    facts = project.run(f"{explained} --format json").json
    assert (len(facts["blast_radius"]), facts["options_left_out"]) == (101, 30)
    assert "without 30 more options was not looked at" in project.run(explained).out
