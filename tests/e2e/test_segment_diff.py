"""`segment diff`: who entered and who left a segment, between two files of people or since one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

SPECS = (
    "attributes: {contact: {plan: {type: string}}}\n"
    "segments:\n"
    "  pro: {name: Pro people, rule: plan = pro}\n"
    "  fresh: {name: Fresh, rule: signed_up_at within last 7 days}\n"
    "  payers: {name: Payers, rule: event paid}\n"
    "  firm: {name: Firm, rule: not plan = pro or company.size > 10}\n"
    "  asks: {name: Asks, rule: segment built}\n"
    "  built: {name: Built, built_in_intercom: true}\n"
    "events: {paid: {}}\n"
)


def contacts(plans: dict[str, str], **more: Any) -> str:
    rows: Iterable[Any] = (
        {"id": contact_id, "role": "user", "custom_attributes": {"plan": plan}, **more}
        for contact_id, plan in plans.items()
    )
    return "".join(f"{json.dumps(row)}\n" for row in rows)


@pytest.fixture
def project(scratch):
    registrar = json.dumps(
        {"id": "9", "external_id": "intercom-iac-registrar", "custom_attributes": {"plan": "pro"}}
    )
    return scratch.spec(SPECS).write(
        {
            "old.ndjson": contacts({"1": "pro", "2": "pro", "3": "free", "4": "pro"}),
            "new.ndjson": f"{contacts({'1': 'pro', '2': 'free', '3': 'pro', '5': 'pro'})}{registrar}\n",
        }
    )


DIFF = "segment diff pro --between old.ndjson new.ndjson"


def test_who_entered_and_who_left(project) -> None:
    found = project.run(f"{DIFF} --today 2026-01-31 --format json")
    assert found.code == 0
    assert found.json == {
        "format_version": "1.0",
        "segment": {"key": "pro", "name": "Pro people"},
        "timezone": "UTC",
        "before": {"source": "old.ndjson", "today": "2026-01-31", "contacts": 4, "members": 3},
        "after": {"source": "new.ndjson", "today": "2026-01-31", "contacts": 4, "members": 3},
        "entered": [{"id": "3", "new": False}, {"id": "5", "new": True}],
        "left": [{"id": "2", "gone": False}, {"id": "4", "gone": True}],
    }
    text = project.run(f"{DIFF} --today 2026-01-31 --detailed-exitcode")
    assert text.code == 2
    assert text.out == (
        "pro (Pro people)\n"
        "  old.ndjson: 3 members of 4 contacts, 2026-01-31\n"
        "  new.ndjson: 3 members of 4 contacts, 2026-01-31\n"
        "entered: 2, 1 of them new\n"
        "  + 3\n"
        "  + 5  (new)\n"
        "left: 2, 1 of them gone\n"
        "  - 2\n"
        "  - 4  (gone)\n"
    )
    same = project.run("segment diff pro --between old.ndjson old.ndjson --detailed-exitcode")
    assert (same.code, "Nobody entered, and nobody left." in same.out) == (0, True)


def test_each_moment_may_have_a_day_of_its_own(project) -> None:
    project.write({"people.ndjson": contacts({"1": "pro"}, signed_up_at=1_769_000_000)})
    command = "segment diff fresh --between people.ndjson people.ndjson --timezone UTC --format json"
    assert project.run(f"{command} --today 2026-01-25").json["left"] == []
    left = project.run(f"{command} --on 2026-01-25 2026-02-25").json
    assert (left["left"], left["after"]["today"]) == ([{"id": "1", "gone": False}], "2026-02-25")


def test_each_moment_may_have_events_of_its_own(project) -> None:
    paid = {"event_name": "paid", "created_at": 1, "intercom_user_id": "1"}
    project.write({"none.ndjson": "", "paid.ndjson": f"{json.dumps(paid)}\n"})
    command = "segment diff payers --between old.ndjson new.ndjson --format json"
    found = project.run(f"{command} --events none.ndjson --events paid.ndjson").json
    assert (found["entered"], found["left"]) == ([{"id": "1", "new": False}], [])
    assert project.run(f"{command} --events paid.ndjson").json["entered"] == []
    assert "events are read, and without `--events` nobody has any" in project.run(command).err


def test_a_rule_of_any_form_is_compared(project) -> None:
    found = project.run("segment diff firm --between old.ndjson new.ndjson --format json").json
    assert (found["before"]["members"], found["before"]["contacts"]) == (1, 4)
    assert [who["id"] for who in found["entered"]] == ["2"]


def test_a_file_is_compared_with_the_workspace(project) -> None:
    project.apply()
    assert project.run("sandbox seed --people 12").code == 0
    assert project.run("sandbox export --into people").code == 0
    exported = project.root / "people" / "contacts.ndjson"
    rows = [json.loads(line) for line in exported.read_text().splitlines()]
    now = {row["id"] for row in rows if row["custom_attributes"].get("plan") == "pro"}
    for number, row in enumerate(rows):
        row["custom_attributes"]["plan"] = "pro" if number < 2 else "free"
    exported.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    command = "segment diff pro --between people/contacts.ndjson workspace --format json"
    found = project.run(command)
    assert found.code == 0, found
    before = {row["id"] for row in rows[:2]}
    left, entered = ({who["id"] for who in found.json[side]} for side in ("left", "entered"))
    assert (left, entered) == (before - now, now - before)
    assert {who["gone"] for who in found.json["left"]} <= {None}
    assert found.json["after"]["contacts"] is None


def test_the_workspace_is_asked_in_its_own_days(project) -> None:
    project.apply()
    command = "segment diff fresh --between old.ndjson workspace"
    refused = project.run(f"{command} --timezone UTC")
    assert (refused.code, "pass `--timezone America/New_York`" in refused.err) == (3, True), refused
    assert project.run(command).code == 0
    assert project.run(command.replace("fresh", "pro") + " --timezone UTC").code == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("segment diff prp --between old.ndjson new.ndjson", "the specs have no segment `prp`"),
        ("segment diff pro --between old.ndjson gone.ndjson", "gone.ndjson"),
        ("segment diff pro --between workspace workspace", "compared with itself"),
        ("segment diff pro --between old.ndjson", "requires 2 arguments"),
        ("segment diff pro", "--between"),
        (f"{DIFF} --on 2026-01-31 soon", "`soon` is no day"),
        (f"{DIFF} --events a --events b --events c", "more files than moments"),
        ("segment diff asks --between old.ndjson new.ndjson", "built in Intercom"),
        ("segment diff asks --between old.ndjson workspace", "built in Intercom"),
    ],
)
def test_what_cannot_be_compared_is_refused(project, command: str, message: str) -> None:
    result = project.run(command)
    assert (result.code, message in result.err) == (3, True), result
