"""The Python API: what it returns is what the commands print, what it raises, and that importing it is cheap."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from intercom_iac import api
from intercom_iac.application.rules.targets import DIALECTS, TARGETS
from support.pipelines.team import sandbox

SPECS = """
attributes:
  contact:
    plan: {type: options, options: [free, pro], description: The plan}
    ends: {type: date, description: When the trial ends}
    old: {type: string, description: Old, status: deprecated}
events:
  bought: {description: Bought, metadata: {seats: {type: integer, description: Seats}}}
segments:
  pro: {name: Pro, rule: plan = pro, publish: [tag]}
  gone: {name: Gone, rule: plan = free, status: archived}
"""
RULE = "plan = pro and ends within last 7 days and event bought where seats > 3"


@pytest.fixture
def project(scratch: Any) -> api.Project:
    scratch.spec(SPECS)
    return api.load(scratch.root, today=date(2026, 6, 1), timezone="Europe/Dublin")


def test_its_words_are_those_of_the_commands() -> None:
    assert get_args(api.Target) == TARGETS
    assert get_args(api.Dialect) == DIALECTS


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "audience"])
def test_a_rule_compiles_as_the_command_does(project: api.Project, scratch: Any, target: Any) -> None:
    compiled = project.rule(RULE).compile(target, dialect="postgres")
    days = "--today 2026-06-01 --timezone Europe/Dublin"
    command = f"rule compile '{RULE}' --to {target} --dialect postgres {days}"
    assert scratch.run(f"{command} --format json").json == compiled.data
    assert scratch.run(command).out == f"{compiled.text}\n"
    assert bool(compiled.remarks) == (target == "search")


def test_an_audience_is_one_or_an_error(project: api.Project) -> None:
    assert project.segment("pro").compile("audience").data["predicates"][0]["value"] == "pro"
    with pytest.raises(api.InvalidSpecs) as refusal:
        project.rule(RULE).compile("audience")
    assert all(diagnostic.severity == "error" for diagnostic in refusal.value.diagnostics)


def test_rules_and_segments(project: api.Project) -> None:
    assert project.segments == ("pro",)
    assert project.segment("pro").text == str(project.rule("plan is 'pro'")) == "plan = pro"
    (warning,) = project.rule("old is unknown").warnings
    assert warning.severity == "warning"
    document = project.rule(RULE).compile("tree").data
    for form in (document, json.dumps(document)):
        assert project.rule_from_json(form).text == RULE


def test_who_satisfies_a_rule(project: api.Project) -> None:
    def person(plan: str, **more: Any) -> api.Person:
        custom = {"plan": plan, "ends": 1780272000}  # 2026-06-01
        return api.Person({"id": plan, "role": "user", "custom_attributes": custom}, **more)

    bought = {"event_name": "bought", "created_at": 1780000000, "metadata": {"seats": 4}}
    member, other = person("pro", events=[bought]), person("free", events=[bought])
    assert project.rule(RULE).members(iter([other, member])) == [member]
    assert project.rule("not plan = pro").members([other, member]) == [other]


def test_a_plan_is_the_one_the_command_makes(project: api.Project, scratch: Any) -> None:
    plan = project.plan()
    printed = scratch.plan()
    same = {key: value for key, value in plan.as_json().items() if key not in ("created_at", "digest")}
    assert same == {key: printed[key] for key in same}
    assert [(change.address, change.action) for change in plan.changes] == [
        (change["address"], change["action"]) for change in printed["changes"]
    ]
    plan.save(scratch.root / "plan.json")
    scratch.run("apply plan.json --auto-approve")
    assert not [change for change in project.plan().changes if change.action != "manual"]


def test_a_plan_of_a_snapshot_calls_nobody(project: api.Project, scratch: Any) -> None:
    empty = project.read_snapshot()
    scratch.apply()
    there = project.read_snapshot()
    assert (empty.app_id, empty.timezone) == (there.app_id, there.timezone)
    assert len(project.plan(empty).changes) > len(project.plan(there).changes)
    assert project.plan(project.read_snapshot(embedded="other.db")).changes == project.plan(empty).changes
    only = project.plan(empty, targets=["attribute.contact"])
    assert {change.address for change in only.changes} < {
        change.address for change in project.plan(empty).changes
    }


def test_a_workspace_at_a_url(scratch: Any, warm: Path) -> None:
    scratch.spec(SPECS)
    project = api.load(scratch.root, environment={"INTERCOM_TOKEN": "any"})
    with sandbox(scratch.root, warm) as url:
        assert project.plan(project.read_snapshot(url=url)).changes
        with pytest.raises(api.WorkspaceError):
            api.load(scratch.root, environment={}).read_snapshot(url=url)
        with pytest.raises(api.Misuse, match="one workspace"):
            project.read_snapshot(url=url, embedded="other.db")
    with pytest.raises(api.WorkspaceError, match="not Intercom's"):
        project.read_snapshot(url="https://example.com")


def test_what_is_raised(project: api.Project, scratch: Any, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", scratch.root / "specs" / "example.yaml"):
        with pytest.raises(api.IntercomIacError):
            api.load(path)
    with pytest.raises(api.Misuse, match="no workspace `live`"):
        api.load(scratch.root, workspace="live")
    with pytest.raises(api.Misuse, match="no time zone"):
        api.load(scratch.root, timezone="Nowhere/At_All")
    with pytest.raises(api.Misuse, match="no segment `por`"):
        project.segment("por")
    with pytest.raises(api.Misuse, match="nothing at"):
        project.plan(targets=["attribute.contact.plam"])
    with pytest.raises(api.InvalidSpecs) as refusal:
        project.rule("plam = pro and ends > 3")
    assert len(refusal.value.diagnostics) == 2
    assert "TYPE302: `ends` is a date" in "".join(traceback.format_exception(refusal.value))
    rule: Any = project.segment("pro")
    with pytest.raises(api.Misuse, match="no target `SQL`"):
        rule.compile("SQL")
    with pytest.raises(api.Misuse, match="no dialect `oracle`"):
        rule.compile("sql", dialect="oracle")
    with pytest.raises(api.InvalidSpecs):
        project.rule_from_json({"format_version": "1.0", "node": "Tagged", "tag": "\ud800"})
    scratch.spec("attributes: {contact: {plan: {type: strin}}}\n")
    broken = api.load(scratch.root)
    assert any(diagnostic.severity == "error" for diagnostic in broken.check())
    with pytest.raises(api.InvalidSpecs):
        broken.rule("plan = pro")


def test_importing_it_is_cheap() -> None:
    code = "import sys, intercom_iac.api; print(*sys.modules, sep=',')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.strip().split(","))
    assert not loaded & {"click", "pydantic", "yaml", "lark", "httpx", "jsonschema", "duckdb", "uvicorn"}
    rooms = {name.split(".")[1] for name in loaded if name.startswith("intercom_iac.")}
    assert rooms <= {"api", "diagnostics", "lazy", "lazy_dataclass", "model", "text"}
