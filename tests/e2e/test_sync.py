"""`sync` as a whole: what is planned, written, left alone and told, and the codes that it ends with."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.sandbox import Sandbox, Switches
from intercom_iac.syncing import sync_schema
from intercom_iac.workspace import Records, Target, embedded, open_workspace

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    seats: {type: integer}
    nickname: {type: string}
  company:
    tier: {type: string}
events:
  upgraded: {metadata: {to: {type: string}}}
"""
PROJECT = """\
version: 1
default_workspace: sandbox
workspaces:
  sandbox: {sandbox: .intercom-iac/sandbox.db}
  live: {sandbox: .intercom-iac/live.db, protected: true}
sources:
  people: {kind: file, path: people.csv, mode: upsert, map: {plan: plan_type}}
  firms: {kind: file, of: companies, path: firms.csv, mode: upsert}
  happened: {kind: file, of: events, path: events.csv}
"""
PEOPLE = "external_id,plan,seats,nickname\nu1,free,1,Countess\nu2,pro,2,Rear Admiral\n"
FIRMS = "company_id,name,tier\nc1,Acme,gold\n"
EVENTS = "external_id,event_name,created_at,to\nu2,upgraded,2026-03-01,pro\n"


@pytest.fixture
def project(scratch):
    scratch.spec(SPECS).write({"intercom-iac.yaml": PROJECT, "people.csv": PEOPLE, "firms.csv": FIRMS})
    scratch.write({"events.csv": EVENTS})
    scratch.apply()
    return scratch


@contextmanager
def live_records(project, name: str = "sandbox") -> Iterator[Records]:
    workspace = open_workspace(Target(name, sandbox=project.root / f".intercom-iac/{name}.db"))
    try:
        yield workspace.records()
    finally:
        workspace.close()


def contacts(project) -> dict[str, dict[str, Any]]:
    """What the workspace has of each person, by external id."""
    with live_records(project) as records:
        found = records.contacts_with("external_id", [f"u{number}" for number in range(1, 10)])
    return {
        contact["external_id"]: {"email": contact.get("email"), **contact["custom_attributes"]}
        for contact in found
    }


def app_id(project, name: str = "sandbox") -> str:
    workspace = open_workspace(Target(name, sandbox=project.root / f".intercom-iac/{name}.db"))
    try:
        return workspace.identity().app_id
    finally:
        workspace.close()


def sync(project, words: str, code: int = 0) -> Any:
    """What the command prints as JSON, which is as its schema says."""
    result = project.run(f"sync {words} --format json")
    assert result.code == code, result
    jsonschema.validate(result.json, sync_schema())
    return result.json


def counts(plan: dict[str, Any]) -> dict[str, int]:
    names = ("create", "update", "unchanged", "not_found", "ambiguous")
    return {name: plan[name] for name in names if plan[name]}


def test_only_what_differs_is_written_and_a_second_run_sends_nothing(project) -> None:
    data = sync(project, "contacts people --auto-approve")
    assert data["source"] | {"rows": 2, "valid": 2, "rejected": 0} == data["source"]
    assert counts(data["plan"]) == {"create": 2}
    assert data["outcome"] | {"done": 2, "failed": 0, "not_tried": 0} == data["outcome"]
    assert (
        contacts(project)["u1"] | {"plan_type": "free", "seats": 1, "nickname": "Countess"}
        == contacts(project)["u1"]
    )
    again = sync(project, "contacts people --auto-approve --detailed-exitcode")
    assert counts(again["plan"]) == {"unchanged": 2}
    assert again["outcome"]["done"] == 0
    project.write({"people.csv": PEOPLE.replace("u1,free,1", "u1,pro,1")})
    changed = sync(project, "contacts people --auto-approve")
    assert counts(changed["plan"]) == {"update": 1, "unchanged": 1}
    assert changed["plan"]["properties"] == {"plan_type": 1}
    assert changed["plan"]["samples"] == {"plan_type": [{"key": "u1", "before": "free", "after": "pro"}]}
    assert contacts(project)["u1"]["plan_type"] == "pro"


def test_a_dry_run_writes_nothing_and_says_what_there_is_to_write(project) -> None:
    assert sync(project, "contacts people --dry-run")["outcome"] is None
    assert sync(project, "contacts people --dry-run --detailed-exitcode", code=2)["plan"]["create"] == 2
    assert not contacts(project)


def test_every_declared_source_is_read_properties_before_events(project) -> None:
    data = sync(project, "--auto-approve")
    assert [part["source"]["of"] for part in data["syncs"]] == ["companies", "contacts", "events"]
    assert (data["source"]["rows"], data["plan"]["create"], data["outcome"]["done"]) == (4, 4, 4)
    again = sync(project, "--auto-approve")
    assert counts(again["plan"]) == {"unchanged": 4}
    assert sync(project, "events --auto-approve")["source"]["name"] == "happened"
    assert sync(project, "happened --dry-run")["source"]["of"] == "events"


def test_who_is_not_found_is_left_out_unless_the_mode_says_otherwise(project) -> None:
    words = "contacts people.csv --map plan=plan_type --auto-approve"
    assert counts(sync(project, words)["plan"]) == {"not_found": 2}
    assert not contacts(project)
    assert counts(sync(project, f"{words} --mode create_only")["plan"]) == {"create": 2}
    project.write({"people.csv": PEOPLE.replace("u1,free,1", "u1,pro,1")})
    assert counts(sync(project, f"{words} --mode create_only")["plan"]) == {"unchanged": 2}
    assert counts(sync(project, words)["plan"]) == {"update": 1, "unchanged": 1}


def test_a_query_a_folder_and_a_glob_are_sources(project) -> None:
    (project.root / "many").mkdir()
    project.write({"many/a.csv": PEOPLE, "many/b.csv": "external_id,plan,seats,nickname\nu3,pro,3,C\n"})
    options = "--map plan=plan_type --mode upsert --dry-run"
    assert sync(project, f"contacts many {options}")["source"]["rows"] == 3
    assert sync(project, f"contacts 'many/*.csv' {options}")["source"]["rows"] == 3
    query = "select external_id, seats from 'many/a.csv' where seats > 1"
    result = project.run("sync contacts --mode upsert --dry-run --format json", query)
    assert (result.code, result.json["source"]["rows"]) == (0, 1)


def test_paths_of_the_project_file_are_relative_to_it(project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.root / "below").mkdir()
    monkeypatch.chdir(project.root / "below")
    assert sync(project, "contacts people --dry-run")["source"]["rows"] == 2
    settings = PROJECT.replace("kind: file, path: people.csv", "kind: duckdb, query: from 'people.csv'")
    project.write({"intercom-iac.yaml": settings})
    assert sync(project, "contacts people --dry-run")["source"]["rows"] == 2


def test_a_row_that_may_not_be_sent_is_rejected_and_the_rest_goes_on(project) -> None:
    project.write({"people.csv": PEOPLE + "u3,trial,3,C\n,free,4,D\n"})
    data = sync(project, "contacts people --auto-approve --rejects rejects.csv", code=1)
    assert (data["source"]["rejected"], data["outcome"]["done"]) == (2, 2)
    assert [(one["row"], one["column"]) for one in data["source"]["rejects"]] == [
        (3, "plan"),
        (4, "external_id"),
    ]
    rejects = (project.root / "rejects.csv").read_text().splitlines()
    assert rejects[0] == "row,column,code,reason,value"
    assert [line.split(",")[:2] for line in rejects[1:]] == [["3", "plan"], ["4", "external_id"]]
    text = project.run("sync contacts people --dry-run")
    assert (text.code, "row 3, plan: " in text.out, "2 rejected" in text.out) == (1, True, True)


def test_of_several_sources_each_rejected_row_has_the_name(project) -> None:
    project.write({"people.csv": PEOPLE + "u3,trial,3,C\n", "firms.csv": FIRMS + ",Beta,gold\n"})
    sync(project, "--dry-run --rejects rejects.csv", code=1)
    rejects = (project.root / "rejects.csv").read_text().splitlines()
    assert [line.rsplit(",", 1)[1] for line in rejects] == ["source", "firms", "people"]


def test_values_of_people_are_masked_unless_they_are_asked_for(project) -> None:
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": PEOPLE.replace("Countess", "Duchess")})
    for output in ("text", "json"):
        masked = project.run(f"sync contacts people --dry-run --format {output}")
        assert "nickname" in masked.out
        assert "Countess" not in masked.out + masked.err
        assert "Duchess" not in masked.out + masked.err
        shown = project.run(f"sync contacts people --dry-run --show-values --format {output}")
        assert "Countess" in shown.out
        assert "Duchess" in shown.out


def test_keys_that_are_addresses_are_masked(project) -> None:
    project.write({"people.csv": "email,plan\nada@example.com,free\n"})
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": "email,plan\nada@example.com,pro\n"})
    for output in ("text", "json"):
        assert "ada@" not in project.run(f"sync contacts people --dry-run --format {output}").out
    assert "ada@example.com" in project.run("sync contacts people --dry-run --show-values").out


@pytest.mark.parametrize(
    ("limit", "table", "number"),
    [
        ("max_create: 1", PEOPLE, "2 contacts"),
        ("max_change_percent: 50", PEOPLE.replace("free", "pro").replace(",2,", ",7,"), "2 of 2"),
    ],
)
def test_a_limit_of_the_project_stops_a_plan(project, limit: str, table: str, number: str) -> None:
    if not limit.startswith("max_create"):
        sync(project, "contacts people --auto-approve")
    before = contacts(project)
    project.write({"intercom-iac.yaml": f"{PROJECT}safety: {{{limit}}}\n", "people.csv": table})
    for words in ("--auto-approve", "--dry-run", "--out a.plan"):
        result = project.run(f"sync contacts people {words}")
        assert result.code == 6, result
        assert number in result.err
        assert limit.partition(":")[0] in result.err
        data = sync(project, f"contacts people {words}", code=6)
        assert data["outcome"] is None
    assert contacts(project) == before
    assert not (project.root / "a.plan").exists()


def test_a_saved_plan_is_what_a_protected_workspace_takes(project) -> None:
    assert project.run("apply -w live --auto-approve").code == 6
    project.run("plan -w live --out specs.plan")
    assert project.run("apply specs.plan").code == 0
    result = project.run("sync contacts people -w live --auto-approve")
    assert (result.code, "PLAN610" in result.err, "--out" in result.err) == (6, True, True)
    saved = project.run("sync contacts people -w live --out a.plan")
    assert (saved.code, "saved the plan: intercom-iac sync --plan a.plan" in saved.err) == (0, True)
    assert stat.S_IMODE((project.root / "a.plan").stat().st_mode) == 0o600
    for command in ("apply a.plan", "show a.plan"):
        wrong = project.run(command)
        assert (wrong.code, "sync --plan a.plan" in wrong.err) == (3, True)
    assert project.run("sync --plan a.plan -w sandbox").code == 3
    assert sync(project, "--plan a.plan --dry-run")["outcome"] is None
    data = sync(project, "--plan a.plan")
    assert (data["workspace"]["name"], data["outcome"]["done"]) == ("live", 2)
    assert sync(project, "contacts people -w live --dry-run")["plan"]["unchanged"] == 2


def test_what_changed_since_a_plan_was_saved_is_left_alone_and_told(project) -> None:
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": PEOPLE.replace("free", "pro").replace("2,Rear", "3,Rear")})
    assert project.run("sync contacts people --out a.plan").code == 0
    with live_records(project) as records:
        contact = records.contact_with_external_id("u1")
        assert contact is not None
        # Somebody else clears it meanwhile.
        records.update_contact(contact["id"], {"custom_attributes": {"plan_type": None}})
    data = sync(project, "--plan a.plan", code=1)
    assert data["changed_meanwhile"] == {
        "count": 1,
        "examples": [{"key": "u1", "why": "changed", "properties": ["plan_type"]}],
    }
    assert data["outcome"]["done"] == 1
    assert contacts(project)["u1"]["plan_type"] is None
    assert contacts(project)["u2"]["seats"] == 3


class Lagging(Sandbox):
    """A workspace whose searches find what was so a minute ago."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, switches=Switches(search_lag=60))


def test_what_changed_a_moment_ago_and_no_search_shows_yet_is_left_alone(project, monkeypatch) -> None:
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": PEOPLE.replace("free", "pro")})
    assert project.run("sync contacts people --out a.plan").code == 0
    monkeypatch.setattr(embedded, "Sandbox", Lagging)
    with live_records(project) as records:
        contact = records.contact_with_external_id("u1")
        assert contact is not None
        records.update_contact(contact["id"], {"custom_attributes": {"plan_type": None}})
        data = sync(project, "--plan a.plan", code=1)
        assert data["outcome"]["failures"][0]["code"] == "API807"
        contact = records.contact_with_external_id("u1")
        assert contact is not None
        assert contact["custom_attributes"]["plan_type"] is None


def test_a_saved_plan_of_other_specs_or_that_was_edited_is_refused(project) -> None:
    assert project.run("sync contacts people --out a.plan").code == 0
    text = (project.root / "a.plan").read_text()
    project.write({"edited.plan": text.replace('"seats":2', '"seats":3')})
    assert text != (project.root / "edited.plan").read_text()
    assert project.run("sync --plan edited.plan").code == 6
    project.spec(SPECS.replace("integer", "string"))
    assert project.run("sync --plan a.plan").code == 6
    assert project.run("sync --plan people.csv").code == 3
    assert project.run("sync --plan missing.plan").code == 3
    assert not contacts(project)


def test_writes_that_failed_are_made_again(project) -> None:
    with live_records(project) as records:
        for number, letter in ((1, "a"), (2, "b"), (9, "c")):
            records.create_contact({"external_id": f"u{number}", "email": f"{letter}@example.com"})
    project.write({"people.csv": "email,external_id,plan\na@example.com,u9,pro\nb@example.com,u2,pro\n"})
    words = "contacts people --key email --mode update_only"
    data = sync(project, f"{words} --auto-approve --failed failed.ndjson", code=1)
    assert data["outcome"] | {"done": 1, "failed": 1, "not_tried": 0} == data["outcome"]
    failure = data["outcome"]["failures"][0]
    assert (failure["action"], failure["row"]) == ("update", 1)
    assert "a@example.com" not in json.dumps(data)
    assert stat.S_IMODE((project.root / "failed.ndjson").stat().st_mode) == 0o600
    with live_records(project) as records:
        other = records.contact_with_external_id("u9")
        assert other is not None
        records.update_contact(other["id"], {"external_id": "u8"})
    assert sync(project, "--retry failed.ndjson --dry-run")["plan"]["update"] == 1
    assert sync(project, "--retry failed.ndjson --auto-approve")["outcome"]["done"] == 1
    assert contacts(project)["u9"]["email"] == "a@example.com"
    assert counts(sync(project, f"{words} --auto-approve")["plan"]) == {"unchanged": 2}
    assert project.run("sync --retry people.csv --auto-approve").code == 3


def test_what_somebody_changed_since_it_failed_is_left_as_it_is(project) -> None:
    with live_records(project) as records:
        for number, letter in ((1, "a"), (9, "c")):
            records.create_contact({"external_id": f"u{number}", "email": f"{letter}@example.com"})
    project.write({"people.csv": "email,external_id,plan\na@example.com,u9,pro\n"})
    sync(project, "contacts people --key email --mode update_only --auto-approve --failed f.ndjson", code=1)
    with live_records(project) as records:
        other, one = records.contact_with_external_id("u9"), records.contact_with_external_id("u1")
        assert other is not None and one is not None
        records.update_contact(other["id"], {"external_id": "u8"})
        records.update_contact(one["id"], {"custom_attributes": {"plan_type": "free"}})
    outcome = sync(project, "--retry f.ndjson --auto-approve", code=1)["outcome"]
    assert [failure["code"] for failure in outcome["failures"]] == ["API807"]
    assert contacts(project)["u1"]["plan_type"] == "free"


def test_events_wait_no_longer_when_a_retry_has_written_the_properties(project) -> None:
    with live_records(project) as records:
        for number, letter in ((2, "a"), (9, "c")):
            records.create_contact({"external_id": f"u{number}", "email": f"{letter}@example.com"})
    project.write({"people.csv": "email,external_id,plan\na@example.com,u9,pro\n"})
    sync(project, "contacts people --key email --auto-approve --failed f.ndjson", code=1)
    assert sync(project, "events happened --dry-run")["plan"]["held_back"] == 1
    with live_records(project) as records:
        other = records.contact_with_external_id("u9")
        assert other is not None
        records.update_contact(other["id"], {"external_id": "u8"})
    sync(project, "--retry f.ndjson --auto-approve")
    assert sync(project, "events happened --dry-run")["plan"]["held_back"] == 0


def test_two_sources_that_send_the_same_property_are_told(project) -> None:
    project.write(
        {
            "intercom-iac.yaml": "version: 1\nsources:\n"
            "  one: {kind: file, path: a.csv}\n  two: {kind: file, path: b.csv}\n",
            "a.csv": "external_id,plan_type,seats\nu1,pro,3\n",
            "b.csv": "external_id,plan_type\nu1,free\n",
        }
    )
    printed = project.run("sync contacts --dry-run --mode upsert").out
    assert "SYNC143" in printed
    assert "`plan_type` of `two` is sent by `one`, too" in " ".join(printed.split())
    assert "SYNC143" not in project.run("sync contacts one --dry-run --mode upsert").out


def test_there_is_nothing_to_do_again_where_nothing_failed(project) -> None:
    sync(project, "contacts people --auto-approve --failed failed.ndjson")
    assert sync(project, "--retry failed.ndjson --auto-approve")["outcome"]["done"] == 0
    assert sync(project, "--retry failed.ndjson --dry-run")["outcome"] is None


def test_attributes_that_are_not_applied_are_told_before_anything_is_written(scratch) -> None:
    scratch.spec(SPECS).write({"people.csv": "external_id,plan_type,name\nu1,pro,Ada\n"})
    shown = sync(scratch, "contacts people.csv --mode upsert --dry-run")
    assert [remark["code"] for remark in shown["source"]["remarks"]] == ["SYNC195"]
    for words in ("--auto-approve", "--out a.plan"):
        result = scratch.run(f"sync contacts people.csv --mode upsert {words}")
        assert (result.code, "SYNC195" in result.err, "run `apply` first" in result.err) == (3, True, True)
    scratch.write({"people.csv": "external_id,name\nu1,Ada\n"})
    assert sync(scratch, "contacts people.csv --mode upsert --auto-approve")["outcome"]["done"] == 1


def test_while_another_writes_nothing_is_done(project) -> None:
    path = journal_path(project.root, app_id(project))
    with workspace_lock(path, "sandbox", "apply"):
        result = project.run("sync contacts people --auto-approve")
    assert (result.code, "an apply to `sandbox` is under way" in result.err) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        "contacts people",
        "contacts people --format json",
        "people.csv --dry-run",
        "people.csv people --dry-run",
        "companies people --dry-run",
        "contacts missing.csv --dry-run",
        "contacts peopel --dry-run",
        "contacts - --dry-run",
        "contacts people --map plan --dry-run",
        "contacts people --memory-limit lots --dry-run",
        "contacts people --mode whatever --dry-run",
        "contacts people --out - ",
        "contacts people --dry-run --out a.plan",
        "contacts people --plan a.plan",
        "--plan a.plan --retry failed.ndjson",
        "--watch 5",
        "--watch 5 --plan a.plan",
        "--key email --dry-run",
        "contacts people --dry-run -w nobody",
    ],
)
def test_what_is_not_understood_is_said(project, words: str) -> None:
    result = project.run(f"sync {words}")
    assert result.code == 3, result
    assert not contacts(project)


def test_a_declared_source_that_is_misspelt_is_proposed(project) -> None:
    assert "did you mean `people`?" in project.run("sync contacts peopel --dry-run").err


def test_a_project_without_sources_says_what_to_name(scratch) -> None:
    result = scratch.spec(SPECS).run("sync --dry-run")
    assert (result.code, "sync contacts people.parquet" in result.err) == (3, True)


def test_a_plan_counts_from_what_to_what_options_change(project) -> None:
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": PEOPLE.replace("u1,free", "u1,pro") + "u3,free,3,\n"})
    sync(project, "contacts people --auto-approve")
    project.write({"people.csv": PEOPLE.replace("pro", "free") + "u3,pro,3,\n"})
    plan = sync(project, "contacts people --dry-run")["plan"]
    assert plan["moves"]["plan_type"] == [
        {"before": "pro", "after": "free", "count": 2},
        {"before": "free", "after": "pro", "count": 1},
    ]
    assert "everything was compared" in project.run("sync contacts people --dry-run --verify").out


def test_what_an_empty_cell_cannot_clear_is_told(project) -> None:
    project.write({"table.csv": "external_id,email,name\nu1,ada@example.com,Ada\n"})
    sync(project, "contacts table.csv --mode upsert --auto-approve")
    project.write({"table.csv": "external_id,email,name\nu1,,\n"})
    plan = sync(project, "contacts table.csv --null clear --out a.plan")["plan"]
    assert (plan["cleared"], plan["never_cleared"]) == ({"name": 1}, ["email"])
    assert "does not clear `email`" in project.run("sync contacts table.csv --null clear --dry-run").out
    assert sync(project, "--plan a.plan")["plan"]["never_cleared"] == ["email"]
    assert sync(project, "contacts table.csv --null keep --dry-run")["plan"]["never_cleared"] == []


def test_a_protected_workspace_is_refused_once_and_not_again_and_again(project) -> None:
    result = project.run("sync contacts people -w live --auto-approve --watch 1")
    assert (result.code, result.err.count("is protected")) == (6, 1)


def test_it_is_done_again_and_again_until_it_is_stopped(project, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            project.write({"people.csv": "external_id,plan\nu1,free\n\x00"})
        elif len(waits) == 2:
            project.write({"people.csv": PEOPLE.replace("u1,free,1", "u1,pro,1")})
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", wait)
    result = project.run("sync contacts people --auto-approve --watch 60 --format json")
    rounds = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0, result
    assert counts(rounds[0]["plan"]) == {"create": 2}
    assert rounds[-1]["plan"]["properties"] == {"plan_type": 1}
    assert 0 < waits[0] <= 60
    assert "stopped" in result.err


def test_nothing_of_a_run_is_left_when_it_is_done(project) -> None:
    sync(project, "--auto-approve")
    sync(project, "contacts people --dry-run")
    assert project.run("sync contacts people").code in (0, 3)
    journal = project.root / ".intercom-iac" / "journal"
    left = [path.name for path in journal.iterdir() if path.suffix != ".lock" and path.name != ".gitignore"]
    assert left == []
    cache: Path = next((project.root / ".intercom-iac" / "cache").glob("*.duckdb"))
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "words",
    [
        "contacts people --dry-run --rejects people.csv",
        "contacts ./people.csv --map plan=plan_type --failed other/../people.csv",
        "contacts people --out people.csv",
        "contacts 'peo*.csv' --map plan=plan_type --rejects people.csv",
        "contacts tables --map plan=plan_type --rejects tables/rejects.csv",
        "contacts people --rejects out.csv --failed out.csv",
    ],
)
def test_a_table_is_not_overwritten_by_what_is_told_of_it(project, words: str) -> None:
    project.write({"tables/people.csv": PEOPLE})
    (project.root / "other").mkdir()
    result = project.run(f"sync {words}")
    assert (result.code, "read as a table" in result.err or "both write" in result.err) == (3, True), result
    assert (project.root / "people.csv").read_text() == PEOPLE
    assert not (project.root / "tables/rejects.csv").exists()
