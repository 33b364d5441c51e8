"""Which days a rule counts: the workspace's, as in a plan, unless somebody says otherwise; what was used is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.sandbox import Gateway, Sandbox, serving

SPECS = (
    "attributes: {contact: {ends: {type: date, description: Last day}, plan: {type: string}}}\n"
    "segments:\n  ending: {name: Ending, rule: ends exactly 0 days ago}\n"
)
EMBEDDED = "version: 1\nworkspaces:\n  own: {sandbox: own.db%s}\n%s"
DAY = "2026-06-01"
COMMANDS = [
    f"rule compile 'ends exactly 0 days ago' --to search --today {DAY}",
    f"rule compile 'ends exactly 0 days ago' --to sql --today {DAY}",
    f"segment compile --to search --today {DAY}",
    f"segment compile --to sql --today {DAY}",
    f"segment compile --to sql --counts --today {DAY}",
    f"rule eval 'ends exactly 0 days ago' --contacts people.ndjson --today {DAY}",
]
# Both are that day in Kiritimati, which is ahead of everybody; the first is the day before it in New York.
MOMENTS = [
    int(datetime(2026, 6, 1, hour, 30, tzinfo=ZoneInfo("Pacific/Kiritimati")).timestamp()) for hour in (0, 23)
]


@pytest.fixture
def project(scratch, tmp_path: Path):
    """A project whose embedded workspace is in Kiritimati, and two people whose date is a day there alone."""
    with closing(Sandbox(tmp_path / "own.db", timezone="Pacific/Kiritimati")):
        pass
    people = [{"id": str(moment), "custom_attributes": {"ends": moment}} for moment in MOMENTS]
    scratch.spec(SPECS).write(
        {
            "intercom-iac.yaml": EMBEDDED % ("", ""),
            "people.ndjson": "\n".join(map(json.dumps, people)),
        }
    )
    return scratch


@pytest.mark.parametrize("command", COMMANDS)
def test_the_days_are_the_workspaces(project, command: str) -> None:
    told = project.run(command)
    assert told.code == 0, told
    assert f"days are counted from {DAY} in Pacific/Kiritimati, the time zone of own" in told.err
    assert told.out == project.run(f"{command} --timezone Pacific/Kiritimati").out
    assert told.out != project.run(f"{command} --timezone UTC").out


def test_a_preview_counts_the_days_of_the_workspace(project) -> None:
    told = project.run(f"segment preview --contacts people.ndjson --today {DAY} --format json").json
    assert (told["timezone"], told["segments"][0]["count"]) == ("Pacific/Kiritimati", 2)
    elsewhere = project.run(
        f"segment preview --contacts people.ndjson --today {DAY} --format json --timezone America/New_York"
    ).json
    assert (elsewhere["timezone"], elsewhere["segments"][0]["count"]) == ("America/New_York", 1)


def test_an_evaluation_says_the_day_and_the_zone_where_they_decide(project) -> None:
    told = project.run(
        f"rule eval 'ends exactly 0 days ago' --contacts people.ndjson --today {DAY} --format json"
    )
    assert (told.json["today"], told.json["timezone"], told.json["count"]) == (DAY, "Pacific/Kiritimati", 2)
    assert project.run("rule eval 'plan is unknown' --contacts people.ndjson --format json").json.keys() == {
        "count",
        "members",
    }


@pytest.mark.parametrize(
    ("own", "project_wide", "zone"),
    [
        ("", "timezone: Asia/Tokyo\n", "Asia/Tokyo"),
        (", timezone: Asia/Kolkata", "", "Asia/Kolkata"),
        (", timezone: Asia/Kolkata", "timezone: Asia/Tokyo\n", "Asia/Kolkata"),
    ],
)
def test_the_project_file_says_the_zone(project, own: str, project_wide: str, zone: str) -> None:
    project.write({"intercom-iac.yaml": EMBEDDED % (own, project_wide)})
    told = project.run(COMMANDS[0])
    assert f"days are counted from {DAY} in {zone}, as intercom-iac.yaml says" in told.err
    plan = project.plan()
    assert [each["code"] for each in plan["diagnostics"]] == ["PLAN628"]
    assert zone in plan["diagnostics"][0]["message"]
    assert "timezone: Pacific/Kiritimati" in plan["diagnostics"][0]["hint"]


def test_a_zone_that_is_the_workspaces_is_no_remark_of_the_plan(project) -> None:
    project.write({"intercom-iac.yaml": EMBEDDED % ("", "timezone: Pacific/Kiritimati\n")})
    assert project.plan()["diagnostics"] == []


def test_nothing_is_told_of_days_that_decide_nothing(project) -> None:
    for command in (
        "rule compile 'plan = trial' --to search",
        "rule compile 'ends exactly 0 days ago' --to english",
        "rule compile 'ends exactly 0 days ago' --to tree",
        "rule eval 'plan = trial' --contacts people.ndjson",
    ):
        assert "days" not in project.run(command).err


def test_an_embedded_workspace_that_is_not_there_yet_is_not_made(scratch, tmp_path: Path) -> None:
    scratch.spec(SPECS).write({"intercom-iac.yaml": EMBEDDED % ("", "")})
    told = scratch.run(COMMANDS[0])
    assert not (tmp_path / "own.db").exists()
    # What a plan says, which makes it.
    assert f"in {scratch.plan()['workspace']['timezone']}, the time zone of own" in told.err


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    with (
        Sandbox(tmp_path / "served.db", timezone="Asia/Tokyo") as sandbox,
        serving(Gateway(sandbox)) as address,
    ):
        yield address


REMOTE = "version: 1\nworkspaces:\n  far: {base_url: '%s', token_env: FAR_TOKEN}\n"


def test_a_workspace_behind_a_token_is_asked(scratch, served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.spec(SPECS).write({"intercom-iac.yaml": REMOTE % served})
    monkeypatch.setenv("FAR_TOKEN", "any")
    told = scratch.run(COMMANDS[0])
    assert f"days are counted from {DAY} in Asia/Tokyo, the time zone of far" in told.err


def test_without_a_token_utc_is_used_and_said(scratch, served: str) -> None:
    scratch.spec(SPECS).write({"intercom-iac.yaml": REMOTE % served, "people.ndjson": '{"id": "1"}\n'})
    for command in (*COMMANDS, f"segment preview --contacts people.ndjson --today {DAY}"):
        told = scratch.run(command)
        assert told.code == 0
        assert (
            "warning: days are counted from 2026-06-01 in UTC, and the time zone of far is not known"
            in told.err
        )
        assert "FAR_TOKEN" in told.err
        assert "timezone:" in told.err


def test_a_workspace_is_not_asked_where_no_rule_reads_days(scratch, served: str) -> None:
    scratch.spec(SPECS).write({"intercom-iac.yaml": REMOTE % served})
    told = scratch.run("rule compile 'plan = trial' --to search")
    assert (told.code, told.err) == (0, "")


def test_an_unknown_zone_is_told_at_its_place(scratch) -> None:
    scratch.spec(SPECS).write(
        {"intercom-iac.yaml": EMBEDDED % (", timezone: Mars/Base", "timezone: Europe/Dubln\n")}
    )
    told = scratch.run("check --format json")
    assert told.code == 3
    found = {(each["code"], each["line"], each["hint"]) for each in told.json["diagnostics"]}
    assert ("SPEC147", 4, "did you mean `Europe/Dublin`?") in found
    assert {line for _, line, _ in found} == {3, 4}
