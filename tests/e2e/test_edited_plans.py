"""Whatever is edited in a saved plan by one who knows the format: what is shown is what is done, or nothing is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.workspace import Target, open_workspace
from support.plan_digests import with_digest

BEFORE = """
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: Tier}
    legacy: {type: string}
    seats: {type: string}
events: {closed: {}}
segments:
  pro: {name: Pro, rule: tier = pro, publish: [audience]}
  left: {name: Left, rule: tier = free, publish: [audience, tag]}
"""
AFTER = """
attributes:
  contact:
    tier: {type: options, options: [free, pro, team], description: Plan the person is on}
    legacy: {type: string, status: archived}
    seats: {type: integer}
    Legacy: {type: boolean, messenger_writable: true}
  company:
    size_of_team: {type: integer, description: People}
events:
  opened: {metadata: {page: {type: string}}}
segments:
  pro: {name: Pro, rule: tier = pro or tier = team, publish: [audience]}
  team: {name: Team, rule: tier = team, publish: [audience, tag]}
  left: {name: Left, rule: tier = free, publish: [audience, tag], status: archived}
  built: {name: Built, rule: "event opened count >= 2 within last 30 days"}
"""
# What is somebody's word and cannot be worked out again, and what other exit codes are for.
INERT = {"created_at"}
OTHER_EXITS = {"workspace.name": 3, "workspace.app_id": 4, "format_version": 6}

Way = tuple[str | int, ...]


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """To every value of a JSON document that is no object."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ways(inner, (*way, key))
        return
    yield way
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from ways(inner, (*way, at))


def otherwise(value: Any) -> list[Any]:
    """Values of the same kind, or of those that may stand in its place."""
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1]
        case list():
            return [value[1:], value[::-1]] if len(value) > 1 else [["x"]] if not value else [[]]
        case None:
            return ["x", 7, ["x"]]
        case str() if value.startswith("sha256:"):
            return [f"sha256:{'0' * 64}"]
        case _:
            return [f"{value}x", "", "attribute.contact.tier"]


def edited(plan: dict[str, Any], way: Way, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(plan)
    inner: Any = changed
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    return with_digest(changed)


@pytest.fixture
def saved(scratch) -> dict[str, Any]:
    scratch.spec(BEFORE).apply()
    scratch.write({"intercom-iac.yaml": PROJECT})
    assert scratch.spec(AFTER).run("plan --out plan.json").code == 0
    plan = json.loads((scratch.root / "plan.json").read_text())
    kinds = {each["action"] for each in plan["changes"]}
    assert kinds == {"create", "update", "archive", "register", "delete", "manual"}
    assert plan["unmanaged"]
    assert plan["diagnostics"]
    return plan


PROJECT = """version: 1
workspaces:
  sandbox: {sandbox: .intercom-iac/sandbox.db}
safety: {max_archive_percent: 100}
"""


def state(scratch) -> Any:
    plan = scratch.plan()
    return {key: plan[key] for key in plan if key not in ("created_at", "digest")}


def test_whatever_value_is_edited_nothing_is_done(scratch, saved: dict[str, Any]) -> None:
    before = state(scratch)
    tried = 0
    for way in ways({key: value for key, value in saved.items() if key != "digest"}):
        name = ".".join(map(str, way))
        if name in INERT:
            continue
        value: Any = saved
        for key in way:
            value = value[key]
        for other in otherwise(value):
            if other == value:
                continue
            (scratch.root / "bad.json").write_text(json.dumps(edited(saved, way, other)))
            refused = scratch.run("apply bad.json --allow-destructive")
            assert refused.code == OTHER_EXITS.get(name, 6), (name, other, refused)
            assert "error" in refused.err, (name, other)
            assert refused.out == "", (name, other)
            tried += 1
    assert tried > 300
    assert state(scratch) == before


@pytest.mark.parametrize("key", ["targets", "changes", "rests_on", "diagnostics"])
def test_whatever_is_added_nothing_is_done(scratch, saved: dict[str, Any], key: str) -> None:
    more: dict[str, Any] = {
        "targets": ["segment.team"],
        "changes": [*saved["changes"], saved["changes"][0]],
        "rests_on": {**saved["rests_on"], "event.x": "0" * 16},
        "diagnostics": [*saved["diagnostics"], {**saved["diagnostics"][0], "message": "this was reviewed"}],
    }
    before = state(scratch)
    plan = {**saved, key: more[key]}
    if key == "changes":
        plan["summary"] = {**saved["summary"], "create": saved["summary"]["create"] + 1}
        assert saved["changes"][0]["action"] == "create"
    (scratch.root / "bad.json").write_text(json.dumps(with_digest(plan)))
    refused = scratch.run("apply bad.json --allow-destructive")
    assert (refused.code, refused.out) == (6, "")
    assert state(scratch) == before


def test_the_plan_itself_is_applied_and_then_is_applied_already(scratch, saved: dict[str, Any]) -> None:
    assert scratch.run("apply plan.json --allow-destructive").code == 0
    again = scratch.run("apply plan.json --allow-destructive")
    assert again.code == 6
    assert "PLAN608" in again.err
    assert "the plan is already applied: the workspace has `" in again.err
    assert "has changed" not in again.err


def test_a_bounded_plan_is_compared_with_as_much(scratch, saved: dict[str, Any]) -> None:
    assert scratch.run("plan --out part.json --target segment.team --target event").code == 0
    part = json.loads((scratch.root / "part.json").read_text())
    assert part["targets"] == ["segment.team", "event"]
    assert len(part["changes"]) < len(saved["changes"])
    (scratch.root / "bad.json").write_text(json.dumps(with_digest({**part, "targets": []})))
    assert scratch.run("apply bad.json").code == 6
    assert scratch.run("apply part.json").code == 0


def test_when_it_was_made_is_the_word_of_the_file(scratch, saved: dict[str, Any]) -> None:
    """It says nothing of what is done, and is of no use to `--max-age` where it lies ahead."""
    later = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    (scratch.root / "bad.json").write_text(json.dumps(with_digest({**saved, "created_at": later})))
    assert scratch.run("apply bad.json --allow-destructive --max-age 1h").code == 6
    assert scratch.run("apply bad.json --allow-destructive").code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "events:\n  opened: {metadata: {page: {type: string}}}\n",
            "",
            "register `event.opened`, which they do not",
        ),
        (
            "description: People",
            "description: Heads",
            "of `attribute.company.size_of_team`, its `description after`",
        ),
        ("[free, pro, team]", "[free, pro, team, max]", "of `attribute.contact.tier`, its `options after`"),
    ],
)
def test_other_specs_are_told_with_what_they_ask_for(
    scratch, saved: dict[str, Any], old: str, new: str, said: str
) -> None:
    specs = AFTER.replace(old, new)
    if "event opened" in specs and not new:
        specs = specs[: specs.index("  built:")]
    scratch.spec(specs)
    refused = scratch.run("apply plan.json --allow-destructive")
    assert refused.code == 6
    assert "PLAN615" in refused.err
    assert "the specs here are not those that the plan was made from" in refused.err
    assert said in refused.err


def test_specs_that_say_the_same_elsewhere_are_not_where_the_plan_says(
    scratch, saved: dict[str, Any]
) -> None:
    scratch.spec(f"# A line more\n{AFTER}")
    refused = scratch.run("apply plan.json --allow-destructive")
    assert refused.code == 6
    assert "PLAN616" in refused.err
    assert (
        "it names `specs/example.yaml:8:5` for what stands at `specs/example.yaml:9:5`, and " in refused.err
    )
    assert "lines of the specs have moved since it was made" in refused.err


def test_a_setting_that_says_something_else_now_is_told_and_blames_nobody(
    scratch, saved: dict[str, Any]
) -> None:
    scratch.write({"intercom-iac.yaml": f"{PROJECT}naming: {{attributes: camelCase}}\n"})
    refused = scratch.run("apply plan.json --allow-destructive")
    assert refused.code == 6
    assert "it does not say LINT551" in refused.err
    assert "or the project has other settings or files by now" in refused.err


def test_a_tag_that_somebody_makes_is_no_reason_to_refuse(scratch, saved: dict[str, Any]) -> None:
    live = open_workspace(Target("sandbox", sandbox=scratch.root / ".intercom-iac" / "sandbox.db"))
    live.create_tag("of somebody")
    live.close()
    assert "tag.of somebody" in scratch.plan()["unmanaged"]
    assert scratch.run("apply plan.json --allow-destructive").code == 0


def test_specs_that_are_wrong_or_missing_give_no_plan_to_compare(scratch, saved: dict[str, Any]) -> None:
    scratch.spec("attributes: {contact: {tier: {type: text}}}\n")
    assert scratch.run("apply plan.json --allow-destructive").code == 3
    (scratch.root / "specs" / "example.yaml").unlink()
    refused = scratch.run("apply plan.json --allow-destructive")
    assert refused.code == 3
    assert "the specs folder `specs` holds no spec file" in refused.err


def test_a_plan_is_compared_from_wherever_it_is_applied(
    scratch, saved: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Places are told from the project's folder."""
    monkeypatch.chdir(tmp_path / "specs")
    assert scratch.run("apply ../plan.json --allow-destructive").code == 0


def test_without_a_project_there_is_nothing_to_compare_with(
    scratch, saved: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert scratch.run(f"show {scratch.root / 'plan.json'}").code == 0
    refused = scratch.run(f"apply {scratch.root / 'plan.json'} --allow-destructive")
    assert refused.code == 3


def test_what_breaks_was_found_against_a_revision_and_is_not_compared(scratch, saved: dict[str, Any]) -> None:
    said = {
        **saved["diagnostics"][0],
        "code": "BACK703",
        "message": "an option is gone",
        "severity": "warning",
    }
    plan = {**saved, "diagnostics": [*saved["diagnostics"], said]}
    (scratch.root / "with.json").write_text(json.dumps(with_digest(plan)))
    applied = scratch.run("apply with.json --allow-destructive")
    assert applied.code == 0
    assert "found by `plan --against`, and is not compared again" in applied.err
