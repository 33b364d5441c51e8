"""`segment preview` and `rule debug`, over the people of the embedded workspace."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from intercom_iac.sandbox import Request, Sandbox

ROOT = Path(__file__).parents[2]
TODAY = "2026-06-01"
FILES = "--contacts contacts.ndjson --companies companies.ndjson"


class Exported:
    """The embedded workspace, read as a program would over the wire."""

    def __init__(self, path: Path) -> None:
        self.sandbox = Sandbox(path)

    def call(self, method: str, path: str, query: dict[str, str] | None = None, body: Any = None) -> Any:
        headers = {"authorization": "Bearer any", "content-type": "application/json"}
        sent = b"" if body is None else json.dumps(body).encode()
        answer = self.sandbox.handle(Request(method, path, query or {}, headers, sent))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def search(self, query: Any) -> Iterator[dict[str, Any]]:
        pagination: dict[str, Any] = {"per_page": 150}
        while True:
            page = self.call("POST", "/contacts/search", body={"query": query, "pagination": pagination})
            yield from page["data"]
            if "next" not in page["pages"]:
                return
            pagination["starting_after"] = page["pages"]["next"]["starting_after"]

    def companies(self) -> Iterator[dict[str, Any]]:
        number = 1
        while page := self.call("POST", "/companies/list", {"page": str(number), "per_page": "60"})["data"]:
            yield from page
            number += 1


@pytest.fixture
def project(scratch, tmp_path: Path):
    """The reference specs, applied to a workspace of 400 people, whose contacts and companies lie in files."""
    shutil.copytree(ROOT / "specs", tmp_path / "specs", dirs_exist_ok=True)
    shutil.copy(ROOT / "intercom-iac.yaml", tmp_path)
    scratch.apply()
    assert scratch.run(f"sandbox seed --people 400 --today {TODAY}").code == 0
    workspace = Exported(tmp_path / ".intercom-iac" / "sandbox.db")
    everybody = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
    scratch.write(
        {
            "contacts.ndjson": "".join(f"{json.dumps(each)}\n" for each in workspace.search(everybody)),
            "companies.ndjson": "".join(f"{json.dumps(each)}\n" for each in workspace.companies()),
        }
    )
    yield scratch, workspace
    workspace.sandbox.close()


def test_a_preview_has_the_members_of_search_and_residual(project) -> None:
    scratch, workspace = project
    zone = workspace.sandbox.timezone
    asked = f"--today {TODAY} --timezone {zone} --format json"
    preview = scratch.run(f"segment preview {FILES} --ids {asked}").json
    assert preview["contacts"] == 400  # without the registrar
    compiled = scratch.run(f"segment compile {asked}").json
    counts = {}
    for each in preview["segments"]:
        search = compiled[each["key"]]
        found = list(workspace.search(search["query"]))
        if search["residual"] is not None:
            scratch.write({"found.ndjson": "".join(f"{json.dumps(contact)}\n" for contact in found)})
            files = "--contacts found.ndjson --companies companies.ndjson"
            members = scratch.run(f"rule eval {files} {asked}", search["residual"]).json["members"]
        else:
            members = [contact["id"] for contact in found]
        assert sorted(each["ids"]) == sorted(members)
        assert each["count"] == len(members) == len(set(members))
        counts[each["key"]] = each["count"]
    assert all(counts.values())
    assert {tuple(each["segments"]) for each in preview["overlap"]} == {
        ("trial_ending_soon", "power_users_not_paid"),
        ("trial_ending_soon", "at_risk_enterprise"),
        ("power_users_not_paid", "at_risk_enterprise"),
    }


def test_a_preview_for_people_is_a_bar_a_segment(project) -> None:
    scratch, _ = project
    result = scratch.run(f"segment preview trial_ending_soon {FILES} --today {TODAY}")
    assert (result.code, result.err) == (0, "")
    first, blank, bar = result.out.splitlines()
    assert (first, blank) == (f"400 contacts, {TODAY} in America/New_York", "")
    assert bar.startswith("  trial_ending_soon  ")
    assert "%" in bar
    assert bar.endswith(tuple("▏▎▍▌▋▊▉█"))


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_bar_goes_past_the_terminal(scratch, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = "a_segment_with_a_key_of_more_than_seventy_letters_" + 30 * "x"
    scratch.spec(
        "segments:\n"
        + "".join(
            f"  {key}: {{name: {key}, rule: role = user, publish: [tag]}}\n"
            for key in ("short", "x" * 30, long)
        )
    )
    scratch.write({"contacts.ndjson": '{"id": "a", "role": "user"}\n'})
    result = scratch.run("segment preview --contacts contacts.ndjson")
    assert result.code == 0, result
    bars = [line for line in result.out.splitlines() if "%" in line]
    assert len(bars) == 3
    assert all(len(line) <= columns for line in bars), bars
    assert (f"  {long}  " in result.out) is (columns == 200)
    lengths = {line.count("█") for line in bars}
    assert len(lengths) == 1
    assert lengths.pop() == {20: 5, 40: 20, 80: 30, 200: 30}[columns]


def test_a_file_of_another_shape_ends_a_preview_in_one_line(scratch) -> None:
    scratch.spec("segments:\n  vip: {name: VIP, rule: tag vip, publish: [tag]}\n")
    duckdb.sql("select 'a' as id, 'vip' as tags").write_parquet("c.parquet")
    result = scratch.run("segment preview --contacts c.parquet")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("error: the column `tags` of `c.parquet` is VARCHAR\n")


def test_a_preview_says_what_it_was_not_given(project) -> None:
    scratch, _ = project
    result = scratch.run("segment preview --contacts contacts.ndjson --format json")
    assert result.code == 0
    assert result.err == "warning: companies are read, and without `--companies` nobody has any\n"
    wrong = scratch.run("segment preview nope --contacts contacts.ndjson")
    assert (wrong.code, wrong.out) == (3, "")
    assert "no segment `nope`" in wrong.err
    assert scratch.run("segment preview --contacts nope.ndjson").code == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--memory-limit 1G", "`1G` is no amount of memory; amounts are like 512MB or 1.5GB"),
        ("--memory-limit 0MB", "`0MB` is no amount of memory"),
        ("--memory-limit 9999999999TB", "`9999999999TB` is no amount of memory"),
        ("--threads 0", "`0` is no whole number from 1 to 256"),
        ("--threads two", "`two` is no whole number from 1 to 256"),
    ],
)
def test_what_is_no_limit_is_refused(scratch, asked: str, said: str) -> None:
    result = scratch.run(f"segment preview --contacts nope.parquet {asked}")
    assert (result.code, result.out) == (3, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--memory-limit 20MB", "`--memory-limit 20MB` is too little: one thread takes 100MB"),
        ("--memory-limit 0.05GB", "`--memory-limit 0.05GB` is too little: one thread takes 100MB"),
        ("--memory-limit 200MB --threads 8", "`--memory-limit 200MB` is too little: 8 threads take 450MB"),
    ],
)
def test_memory_that_is_too_little_is_told_before_anything_is_read(scratch, asked: str, said: str) -> None:
    scratch.spec("segments: {users: {name: Users, rule: role = user, publish: [tag]}}\n")
    result = scratch.run(f"segment preview --contacts nope.parquet {asked}")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith(f"error: {said}\n  help: raise it to ")


def test_people_are_counted_in_the_least_memory(scratch) -> None:
    scratch.spec("segments: {users: {name: Users, rule: role = user, publish: [tag]}}\n")
    duckdb.sql("select 'c' || range as id, 'user' as role from range(300000)").write_parquet("c.parquet")
    result = scratch.run("segment preview --contacts c.parquet --memory-limit 100MB --format json")
    assert result.json["segments"][0]["count"] == 300_000


# The statement has no end that anybody would see: wherever Ctrl-C meets it, it is under way or about to be.
ENDLESS = """
import sys
from intercom_iac.preview.tables import Tables

def make(tables, files):
    print("at work", flush=True)
    tables.connection.execute("create temp table t as select sum(range) from range(1000000000000000)")

Tables.make = make
from intercom_iac.__main__ import main

sys.argv = ["intercom-iac", "segment", "preview", "--contacts", "c.parquet"]
main()
"""


def test_ctrl_c_ends_a_preview_without_a_trace(scratch, tmp_path: Path) -> None:
    scratch.spec("segments: {users: {name: Users, rule: role = user, publish: [tag]}}\n")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "at work\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err.split()) == (1, "", ["interrupted"])
    assert list(temporary.iterdir()) == []


def test_no_limit_is_for_a_database(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.spec("segments: {users: {name: Users, rule: role = user, publish: [tag]}}\n")
    monkeypatch.setenv("PEOPLE", "postgresql://nowhere.invalid/people")
    for option, value in (("--memory-limit", "1GB"), ("--threads", "2")):
        result = scratch.run(f"segment preview --database-env PEOPLE {option} {value}")
        assert (result.code, result.out) == (3, "")
        assert result.err.startswith(f"error: `{option}` is for people in files\n")


@pytest.mark.parametrize(
    ("stage", "first", "data"),
    [
        ("tokens", "1:1     name         plan_type", [{"kind": "name"}]),
        ("tree", "Negation", {"node": "Negation"}),
        ("types", "Not", {"node": "Not"}),
        ("normal", "plan_type != trial", {"rule": "plan_type != trial"}),
    ],
)
def test_each_stage_of_a_rule_can_be_seen(scratch, stage: str, first: str, data: Any) -> None:
    rule = "plan_type = trial" if stage == "tokens" else "not (plan_type = trial)"
    result = scratch.run(f"rule debug {stage} --project {ROOT}", rule)
    assert result.code == 0
    assert result.out.splitlines()[0] == first
    found = scratch.run(f"rule debug {stage} --project {ROOT} --format json", rule).json
    if isinstance(data, list):
        assert found[0]["kind"] == "name"
        assert [each["text"] for each in found] == ["plan_type", "=", "trial"]
    else:
        assert data.items() <= found.items()


def test_a_rule_with_a_mistake_gets_no_further(scratch) -> None:
    for stage in ("tokens", "tree", "types", "normal"):
        result = scratch.run(f"rule debug {stage} --project {ROOT}", "plan_type = = x")
        assert (result.code, result.out) == (3, "")
        assert "PARSE201" in result.err
