"""Who enters and who leaves a segment whose rule changed, and how many, as `breaking`, `plan` and `apply` say it."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from intercom_iac.breaking import breaking_schema
from intercom_iac.planning import plan_schema
from support.git_repositories import commit

PROJECT = "version: 1\ntimezone: Europe/Dublin\n"
OLD = """\
attributes: {contact: {plan_type: {type: options, options: [free, trial, pro]}, seats: {type: integer}}}
segments:
  on_trial: {name: On trial, rule: plan_type = trial and seats > 5}
  large: {name: Large, rule: seats > 10}
"""
NEW = OLD.replace(" and seats > 5", "").replace("> 10", "> 50")
ON = "--today 2026-03-14"
PEOPLE = "".join(
    json.dumps(
        {"type": "contact", "id": str(n), "role": "user", "custom_attributes": {"plan_type": "trial", "seats": n}}
    )
    + "\n"
    for n in range(2, 102, 2)
)  # fmt: skip


@pytest.fixture
def project(scratch):
    """Two segments, one wider and one narrower than at HEAD, and fifty people on trial with 2, 4, ... 100 seats."""
    scratch.write({"intercom-iac.yaml": PROJECT, ".gitignore": ".intercom-iac/\n", "people.ndjson": PEOPLE})
    scratch.spec(OLD)
    commit(scratch.root)
    return scratch.spec(NEW)


def changes(project, command: str) -> dict[str, dict]:
    result = project.run(f"{command} --format json")
    jsonschema.validate(result.json, breaking_schema(), jsonschema.Draft202012Validator)
    return {change["address"]: change for change in result.json["changes"]}


def test_every_format_says_who_enters_and_who_leaves(project) -> None:
    found = changes(project, f"breaking --against HEAD {ON}")
    assert {address: change["relation"] for address, change in found.items()} == {
        "segment.on_trial": "wider",
        "segment.large": "narrower",
    }
    enters = found["segment.on_trial"]["witnesses"]["enters"]
    assert enters["contact"]["custom_attributes"]["plan_type"] == "trial"
    assert (enters["today"], enters["timezone"]) == ("2026-03-14", "Europe/Dublin")
    assert found["segment.on_trial"]["witnesses"]["leaves"] is None
    assert found["segment.on_trial"]["counts"] is None
    # Who enters is somebody whom the new rule holds for and the old one does not.
    project.write({"w.json": json.dumps(enters)})
    for rule, holds in (("plan_type = trial", True), ("plan_type = trial and seats > 5", False)):
        told = project.run("rule eval --witness w.json --format json", rule).json
        assert [found["member"] for found in told["witnesses"]] == [holds]
    for output in ("text", "markdown", "github", "gitlab", "sarif", "junit"):
        printed = " ".join(project.run(f"breaking --against HEAD {ON} --format {output}").out.split())
        assert "the rule is wider now" in printed
        assert "the rule is narrower now" in printed
        assert re.search("enters:? ada@.*leaves:? nobody.*enters:? nobody.*leaves:? ada@", printed)
    for output in ("text --full", "json"):
        printed = project.run(f"plan --against HEAD {ON} --format {output}").out
        assert "the rule is wider now; enters: ada@" in " ".join(printed.split())
    comment = project.run(f"plan --against HEAD {ON} --format markdown").out
    assert "#### Who belongs to segments: 2" in comment
    assert re.search(r"\| segment.on\\_trial \(BACK709\) \| \*\*wider\*\* \| ada@.* \| nobody \|", comment)
    assert "BACK709**" not in comment
    page = project.run(f"plan --against HEAD {ON} --format html").out
    assert re.search(
        r"segment\.on_trial</code> BACK709</td><td>wider</td><td>ada@.*</td><td>nobody</td>", page
    )
    plan = project.run(f"plan --against HEAD {ON} --format json").json
    assert [(change["address"], change["relation"]) for change in plan["segment_changes"]] == [
        ("segment.on_trial", "wider"),
        ("segment.large", "narrower"),
    ]
    assert plan["segment_changes"][0]["witnesses"]["enters"] == enters
    assert "the rule is wider now" in project.run(f"check --against HEAD {ON}").out
    assert "the rule is wider now" in project.run("changelog --against HEAD").out


def test_people_in_files_are_counted_before_and_after(project) -> None:
    found = changes(project, f"breaking --against HEAD {ON} --contacts people.ndjson")
    assert {
        address: [change["counts"][name]["count"] for name in ("before", "after", "enter", "leave")]
        for address, change in found.items()
    } == {"segment.on_trial": [48, 50, 2, 0], "segment.large": [45, 25, 0, 20]}
    assert all(number["exact"] for change in found.values() for number in change["counts"].values())
    text = project.run(f"breaking --against HEAD {ON} --contacts people.ndjson").out
    assert "counted  48 people before, 50 after; 2 enter, 0 leave" in text
    assert "leave" in project.run("breaking --against HEAD --contacts people.ndjson --format markdown").out


@pytest.mark.parametrize(("limit", "code"), [(40, 6), (45, 0), (None, 0)])
def test_more_than_the_project_allows_is_refused(project, limit: int | None, code: int) -> None:
    allowed = "" if limit is None else f"safety: {{max_audience_change_percent: {limit}}}\n"
    project.write({"intercom-iac.yaml": f"{PROJECT}{allowed}"})
    result = project.run(f"breaking --against HEAD {ON} --contacts people.ndjson")
    assert result.code == code
    assert ("error[BACK782]: `segment.large`: 0 people would enter and 20 would leave" in result.out) == (
        code == 6
    )
    # Without people there is nothing to hold it to.
    assert project.run(f"breaking --against HEAD {ON}").code == 0


@pytest.mark.parametrize(
    ("segment", "missing"), [("event paid", "events"), ("company.size > 5", "companies")]
)
def test_a_segment_whose_files_are_missing_is_held_to_the_limit_by_nobody(
    project, segment: str, missing: str
) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    events = f"{OLD}events: {{paid: {{}}}}\n"
    project.spec(events.replace("seats > 10", segment))
    commit(project.root)
    project.spec(events.replace("seats > 10", "seats > 200"))
    result = project.run(f"breaking --against HEAD {ON} --contacts people.ndjson")
    assert f"{missing} are read, and without `--{missing}`" in result.err
    assert "warning[BACK783]: `segment.large`: nobody could be counted who enters or leaves" in result.out
    assert "counted" not in result.out.partition("warning[")[0]


def test_a_limit_is_a_number_that_something_can_exceed(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: .inf}}\n"})
    result = project.run(f"breaking --against HEAD {ON}")
    assert (result.code, "not a finite number" in result.out + result.err) == (3, True)


def test_a_field_of_another_type_is_counted_apart(project) -> None:
    retyped = OLD.replace("seats: {type: integer}", "seats: {type: string}").replace(" and seats > 5", "")
    project.spec(retyped.replace("seats > 10", "seats contains a"))
    found = changes(project, f"breaking --against HEAD {ON} --contacts people.ndjson")
    large = found["segment.large"]
    assert large["relation"] == "unknown"
    assert "was of type integer" in large["reason"]
    assert large["counts"]["before"] == {"count": 45, "exact": True}
    assert large["counts"]["leave"] == {"count": 45, "exact": False}


def test_what_only_intercom_decides_is_left_out_and_told(project) -> None:
    built = "  asked: {name: Asked, built_in_intercom: true, rule: unknown}\n"
    project.spec(NEW.replace("seats > 50", "segment asked") + built)
    result = project.run(f"breaking --against HEAD {ON} --contacts people.ndjson")
    assert "left out, since only Intercom can decide who belongs: `segment.large`" in result.err
    assert "the rule changed not decided" in " ".join(result.out.split())


def test_days_are_counted_as_they_are_proved(project) -> None:
    dated = OLD.replace("seats: {type: integer}", "seats: {type: integer}, ends: {type: date}")
    project.spec(dated.replace("seats > 10", "ends within next 3 days"))
    commit(project.root)
    project.spec(dated.replace("seats > 10", "ends within next 7 days"))
    command = f"breaking --against HEAD {ON} --contacts people.ndjson"
    assert "2026-03-14 in Europe/Dublin, as intercom-iac.yaml says" in project.run(command).err
    other = project.run(f"{command} --timezone Asia/Tokyo --format json")
    assert "2026-03-14 in Asia/Tokyo, as --timezone says" in other.err
    [change] = other.json["changes"]
    assert change["witnesses"]["enters"]["timezone"] == "Asia/Tokyo"


def test_wrong_options_of_people_are_told(project) -> None:
    for options, said in (
        ("--companies c.ndjson", "missing option `--contacts`"),
        ("--contacts nowhere.ndjson", "cannot read `nowhere.ndjson`"),
        ("--database-env NOT_SET", "`NOT_SET` is not set"),
    ):
        result = project.run(f"breaking --against HEAD {options}")
        assert (result.code, result.out) == (3, "")
        assert said in result.err


# --- in a workspace -------------------------------------------------------------------------------------------


def test_a_rule_that_is_proved_to_select_the_same_people_is_said_to(project) -> None:
    project.spec(OLD.replace("seats > 10", "seats >= 11"))
    found = changes(project, f"breaking --against HEAD {ON}")
    assert [(change["relation"], change["level"]) for change in found.values()] == [("equivalent", "safe")]
    plan = project.run(f"plan --against HEAD {ON} --format json").json
    jsonschema.validate(plan, plan_schema(), jsonschema.Draft202012Validator)
    assert [(change["address"], change["relation"]) for change in plan["segment_changes"]] == [
        ("segment.large", "equivalent")
    ]
    comment = project.run(f"plan --against HEAD {ON} --format markdown").out
    assert "| segment.large (BACK738) | **equivalent** | nobody | nobody |" in comment
    page = project.run(f"plan --against HEAD {ON} --format html").out
    assert "BACK738</td><td>equivalent</td><td>nobody</td><td>nobody</td>" in page


def test_a_rule_that_only_intercom_decides_is_in_the_report_with_the_reason(project) -> None:
    built = "  built: {name: Built, rule: unknown, built_in_intercom: true}\n"
    project.spec(OLD.replace("plan_type = trial and seats > 5", "segment built") + built)
    for output in ("markdown", "html", "text"):
        report = project.run(f"plan --against HEAD {ON} --format {output}")
        assert report.code == 0
        assert "only Intercom knows" in " ".join(report.out.split()), report.out


@pytest.fixture
def live(project):
    """The old segments in a workspace of forty people."""
    project.apply()
    assert project.run("sandbox seed --people 40 --today 2026-03-14").code == 0
    return project


def test_a_plan_counts_in_the_workspace_and_is_refused_above_the_limit(live) -> None:
    plan = live.run(f"plan --against HEAD {ON} --format json --out plan.json")
    assert plan.code == 0
    messages = [found["message"] for found in plan.json["diagnostics"] if found["code"] == "BACK709"]
    assert all("; counted: " in message for message in messages), messages
    assert live.run("apply plan.json").code == 0
    live.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    for command in ("plan", "apply --auto-approve", "plan --all"):
        refused = live.run(f"{command} --against HEAD {ON}")
        assert refused.code == 6, refused
        assert "BACK782" in refused.out + refused.err
    assert (
        "not saved, since it cannot be applied" in live.run(f"plan --against HEAD {ON} --out again.json").err
    )
    assert not (live.root / "again.json").exists()
    # The other counts of a plan have nothing to do with it.
    assert live.run("apply --auto-approve").code == 0


def test_what_search_cannot_tell_is_a_bound_and_a_warning(live) -> None:
    live.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    live.spec(OLD.replace("seats > 10", "seats > 10 and company.size > 5"))
    plan = live.run(f"plan --against HEAD {ON} --format json")
    assert plan.code == 0
    [warning] = [found for found in plan.json["diagnostics"] if found["code"] == "BACK783"]
    assert "at most" in warning["message"]
    assert "`breaking --contacts FILE` counts exactly" in warning["hint"]


def test_what_the_workspace_does_not_have_yet_is_not_counted_and_told(project) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    plan = project.run(f"plan --against HEAD {ON} --format json")
    told = [found["message"] for found in plan.json["diagnostics"] if found["code"] == "BACK783"]
    assert len(told) == 2
    assert all("nobody could be counted" in message for message in told)


def test_a_saved_plan_is_not_compared_again(live) -> None:
    assert live.run(f"plan --against HEAD {ON} --out plan.json").code == 0
    refused = live.run("apply plan.json --against HEAD")
    assert refused.code == 3
    assert "a saved plan was compared when it was made" in refused.err


def test_a_saved_plan_is_held_to_the_limit_of_now(live) -> None:
    assert live.run(f"plan --against HEAD {ON} --out plan.json").code == 0
    live.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    refused = live.run("apply plan.json")
    assert refused.code == 6
    assert "BACK782" in refused.err


def test_an_audience_is_held_to_what_the_workspace_has_of_it(project) -> None:
    published = OLD.replace("rule: seats > 10", "rule: seats > 10, publish: [audience]")
    project.spec(published)
    project.apply()
    assert project.run("sandbox seed --people 40 --today 2026-03-14").code == 0
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 5}}\n"})
    project.spec(published.replace("seats > 10", "seats > 50"))
    for command in ("plan", "apply --auto-approve"):
        refused = project.run(command)
        assert refused.code == 6
        assert "error[BACK782]: `segment.large`: 0 people would enter and " in refused.out + refused.err
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{max_audience_change_percent: 90}}\n"})
    assert project.run("apply --auto-approve").code == 0


# --- who may not enter ----------------------------------------------------------------------------------------


def test_a_guarded_segment_fails_the_pull_request_that_widens_it(project) -> None:
    guarded = f"{PROJECT}policy: {{segments: {{no_new_members: [on_trial]}}}}\n"
    project.write({"intercom-iac.yaml": guarded})
    result = project.run(f"breaking --against HEAD {ON}")
    assert result.code == 1
    assert "BACK717" in result.out
    assert project.run(f"check --against HEAD {ON}").code == 1
    accepted = "accept: [{address: segment.on_trial, code: BACK717, reason: agreed, expires: 2027-01-31}]\n"
    project.write({"intercom-iac.yaml": guarded + accepted})
    assert project.run(f"breaking --against HEAD {ON}").code == 0
    project.write({"intercom-iac.yaml": guarded.replace("on_trial", "large")})
    assert project.run(f"breaking --against HEAD {ON}").code == 0


def test_a_pull_request_does_not_take_the_guard_away_and_widen_in_one(project) -> None:
    guarded = f"{PROJECT}policy: {{segments: {{no_new_members: [on_*]}}}}\n"
    project.write({"intercom-iac.yaml": guarded}).spec(OLD)
    commit(project.root)
    project.write({"intercom-iac.yaml": PROJECT}).spec(NEW)
    result = project.run(f"breaking --against HEAD {ON}")
    assert result.code == 1
    assert "`no_new_members` (`on_*`)" in result.out


def test_a_pull_request_does_not_prove_itself_by_an_assumption_that_it_makes(project) -> None:
    guarded = f"{PROJECT}policy: {{segments: {{no_new_members: [on_trial]}}}}\n"
    without = f"{guarded}proofs: {{without: [declared_options]}}\n"
    other = "plan_type is known and plan_type != free and plan_type != pro and seats > 5"
    assert "BACK717" in project.write({"intercom-iac.yaml": guarded}).run(f"breaking --against HEAD {ON}").out
    project.spec(OLD.replace("plan_type = trial and seats > 5", other))
    # Who has no declared option enters, where there may be such people, before the change or after.
    assert project.run(f"breaking --against HEAD {ON}").code == 0
    project.write({"intercom-iac.yaml": without}).spec(OLD)
    commit(project.root)
    project.write({"intercom-iac.yaml": guarded}).spec(OLD.replace("plan_type = trial and seats > 5", other))
    result = project.run(f"breaking --against HEAD {ON}")
    assert (result.code, "BACK717" in result.out) == (1, True)
