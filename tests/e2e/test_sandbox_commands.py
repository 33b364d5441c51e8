"""The `sandbox` commands: what they refuse, what they leave behind, how a busy file ends them."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.workspace import Client, Target

ACTS = ["sandbox seed", "sandbox reset", "sandbox export", "sandbox segment add x"]


@pytest.fixture
def locked(scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The project's workspace, while another connection is writing to it for longer than anyone waits."""
    monkeypatch.setattr("intercom_iac.sandbox.storage.opening.BUSY_SECONDS", 0.05)
    path = tmp_path / ".intercom-iac" / "sandbox.db"
    Sandbox(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield


@pytest.mark.parametrize("command", ACTS)
def test_an_act_on_a_busy_workspace(scratch, locked: None, command: str) -> None:
    result = scratch.run(command)
    assert result.code == 5
    assert "sandbox.db` is busy: another process is writing to it" in result.err
    assert "try again once that process has ended" in result.err


def test_an_apply_on_a_busy_workspace(scratch, locked: None) -> None:
    scratch.spec("attributes:\n  contact:\n    tier: {type: string}\n")
    assert scratch.plan()["summary"]["create"] == 1
    result = scratch.run("apply --auto-approve")
    assert result.code != 0
    assert "is busy: another process is writing to it" in result.out + result.err


@pytest.mark.parametrize("command", [*ACTS, "sandbox serve --port 0"])
@pytest.mark.parametrize(
    ("db", "reason"),
    [("folder", "it is a folder"), ("file/x.db", "a file stands where its folder would be")],
)
def test_a_db_that_cannot_be_one(scratch, command: str, db: str, reason: str) -> None:
    scratch.write({"folder/kept": "", "file": "kept"})
    result = scratch.run(command, "--db", db)
    assert result.code == 1
    assert f"the embedded workspace `{db}` cannot be opened: {reason}" in result.err
    assert "pass another file as `--db`" in result.err
    assert "remove" not in result.err


@pytest.mark.parametrize("command", [*ACTS, "sandbox serve"])
@pytest.mark.parametrize("db", ["", "  "])
def test_a_db_without_a_name(scratch, command: str, db: str) -> None:
    result = scratch.run(command, "--db", db)
    assert result.code == 3
    assert "invalid value for `--db`: it is empty; leave it out, or give it a value" in result.err


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "`NAME`: it is empty"),
        ("  ", "`NAME`: it is empty"),
        ("a\x1b[2Jb", "a segment's name holds control characters"),
    ],
)
def test_a_segment_no_one_could_see(scratch, name: str, reason: str) -> None:
    result = scratch.run("sandbox segment add", name)
    assert result.code == 3
    assert reason in result.err


def test_a_segment_is_added_by_its_bare_name(scratch) -> None:
    assert "the segment `Big` stands in" in scratch.run("sandbox segment add", " Big ").out
    again = scratch.run("sandbox segment add", "Big")
    assert again.code == 1
    assert "has a segment `Big` already" in again.err


def test_a_port_in_use_leaves_no_file_behind(scratch, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = scratch.run(f"sandbox serve --port {port} --db served/new.db")
    assert result.code == 1
    assert f"port `{port}` is in use" in result.err
    assert "pass another `--port`, or 0 for a free one" in result.err
    assert not (tmp_path / "served").exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar(scratch, day: str) -> None:
    result = scratch.run(f"sandbox seed --today {day}")
    assert result.code == 3
    assert f"people cannot be made around {day}" in result.err
    assert "pass `--today` with a day from 1980-01-01 to 9000-12-31" in result.err


@pytest.mark.parametrize(
    ("option", "bounds"),
    [("--people x", " from 0 to 10000000"), ("--people -1", " from 0 to 10000000"), ("--seed x", "")],
)
def test_a_number_that_is_none(scratch, option: str, bounds: str) -> None:
    name, value = option.split()
    result = scratch.run(f"sandbox seed {option}")
    assert result.code == 3
    assert f"invalid value for `{name}`: `{value}` is no whole number{bounds}\n" in result.err


def test_seeding_says_what_there_was_no_room_for(scratch, tmp_path: Path) -> None:
    assert scratch.run("sandbox seed --people 0").out == "0 people, 0 companies, 0 events\n"
    with Sandbox(tmp_path / ".intercom-iac" / "sandbox.db") as sandbox, sandbox.store(writes=True) as store:
        store.run_many(
            "insert into event_names values (?, ?, '[]')", [(f"e{n}", f"e{n}") for n in range(119)]
        )
    result = scratch.run("sandbox seed")
    assert result.code == 0
    assert "left out for want of room among the workspace's event names: `" in result.err


DECLARED = """
attributes:
  contact:
    tier: {type: options, options: [gold, silver]}
    born: {type: date}
    gone: {type: string, status: archived}
  company:
    seats: {type: integer}
events:
  export_made:
    description: A person exported a report
    metadata:
      rows: {type: integer, required: true}
      format: {type: options, options: [csv, xlsx], required: true}
      made_date: {type: date}
      size: {type: float}
      again: {type: boolean}
  old_one: {description: No longer sent, status: archived}
  invite_sent: {description: A person invited others, metadata: {channel: {type: options, options: [fax, pigeon]}}}
segments:
  s: {name: S, rule: "tag 'VIP' and company(tag 'Partner') and not tag 'Made'"}
  made: {name: Made, rule: tier = gold, publish: [tag]}
"""


def test_seeding_fills_what_the_specs_declare(scratch) -> None:
    scratch.spec(DECLARED)
    early = scratch.run("sandbox seed --people 1")
    assert early.code == 0
    assert early.err == (
        "without values, as the workspace does not have them yet: `attribute.contact.tier`,"
        " `attribute.contact.born`, `attribute.company.seats`; apply the plan and seed again\n"
    )
    scratch.run("sandbox reset")
    scratch.apply()
    result = scratch.run("sandbox seed --people 60")
    assert (result.code, result.err) == (0, "")
    assert re.fullmatch(r"60 people, 10 companies, \d+ events, 2 tags\n", result.out)
    people, companies, events = exported(scratch)
    seeded = [each for each in people if each["external_id"].startswith("user-")]
    values = [each["custom_attributes"] for each in seeded]
    assert sum("tier" in each for each in values) > 40
    assert {each["tier"] for each in values if "tier" in each} == {"gold", "silver"}
    assert all(isinstance(each["born"], int) for each in values if "born" in each)
    assert any("seats" in each["custom_attributes"] for each in companies)
    # Who is the registrar of events is not of the seeded people.
    events = [each for each in events if each["user_id"].startswith("user-")]
    assert {each["event_name"] for each in events} == {"export_made", "invite_sent"}
    for metadata in (each["metadata"] for each in events if each["event_name"] == "export_made"):
        assert metadata.keys() >= {"rows", "format"}
        assert metadata["format"] in ("csv", "xlsx")
    assert {each["metadata"].get("channel") for each in events if each["event_name"] == "invite_sent"} <= {
        "fax",
        "pigeon",
        None,
    }
    with (
        Sandbox(scratch.root / ".intercom-iac" / "sandbox.db") as sandbox,
        sandbox.store(writes=False) as store,
    ):
        tagged = (
            "select name, count(contact) as n from tags left join contact_tags on tag = seq group by name"
        )
        counts = {row["name"]: row["n"] for row in store.all(tagged)}
        assert store.number("select count(*) from company_tags join tags on tag = seq where name = 'Partner'")
    # A tag that apply makes is for apply to give.
    assert (counts["VIP"] > 0, counts["Made"], counts["Partner"]) == (True, 0, 0)
    assert scratch.run("sandbox seed --people 60").out == result.out
    assert exported(scratch) == (people, companies, exported(scratch)[2])


def exported(scratch) -> tuple[list[Any], ...]:
    assert scratch.run("sandbox export --into out").code == 0
    return tuple(
        [json.loads(line) for line in (scratch.root / "out" / f"{name}.ndjson").read_text().splitlines()]
        for name in ("contacts", "companies", "events")
    )


def test_seeding_with_broken_specs_says_so(scratch) -> None:
    scratch.spec("attributes: 5\n")
    result = scratch.run("sandbox seed --people 1")
    assert result.code == 3
    assert "error[" in result.err


TIER = "attributes:\n  contact:\n    tier: {type: string}\n"


def test_a_segment_has_the_members_of_a_compiled_rule(scratch, tmp_path: Path) -> None:
    scratch.spec(TIER).apply()
    compiled = scratch.run("rule compile 'tier = gold' --to search").out
    bare = '{"field": "role", "operator": "=", "value": "lead"}'
    scratch.write({"gold.json": compiled, "leads.json": bare})
    for name in ("gold", "leads"):
        result = scratch.run(f"sandbox segment add {name} --query {name}.json")
        assert (result.code, result.err) == (0, "")
    with Sandbox(tmp_path / ".intercom-iac" / "sandbox.db") as sandbox, sandbox.store(writes=False) as store:
        stored = store.all("select query from segments where query is not null order by seq")
    assert [json.loads(row["query"]) for row in stored] == [json.loads(compiled)["query"], json.loads(bare)]


def test_a_query_that_is_less_than_its_rule_is_told_of(scratch) -> None:
    scratch.write(
        {"q.json": '{"query": {"field": "role", "operator": "=", "value": "user"}, "exact": false}'}
    )
    result = scratch.run("sandbox segment add most --query q.json")
    assert result.code == 0
    assert "the query selects more people than its rule" in result.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "`q.json` is not JSON"),
        ("[" * 100_000, "`q.json` is not JSON"),
        ("[]", "`q.json` holds no contact search"),
        ("{}", "a group's operator must be one of: AND, OR"),
        ('{"query": null}', "a group's operator must be one of: AND, OR"),
        (
            '{"field": "custom_attributes.nope", "operator": "=", "value": 1}',
            "a segment's query is no contact search: custom_attributes.nope is not a valid search field",
        ),
    ],
)
def test_a_file_that_is_no_query(scratch, text: str, message: str) -> None:
    scratch.write({"q.json": text})
    result = scratch.run("sandbox segment add x --query q.json")
    assert result.code == 3
    assert message in result.err
    assert "rule compile --to search" in result.err
    assert scratch.run("sandbox segment add x").code == 0


def test_a_query_file_that_is_not_there(scratch) -> None:
    result = scratch.run("sandbox segment add x --query nope.json")
    assert result.code == 3
    assert "cannot read `nope.json`" in result.err


def test_an_export_is_everybody_as_the_api_answers(scratch, tmp_path: Path) -> None:
    scratch.spec(TIER).apply()
    assert scratch.run("sandbox seed --people 320").code == 0
    result = scratch.run("sandbox export --into some/folder")
    assert (result.code, result.err) == (0, "")
    found = {
        name: list(
            map(json.loads, (tmp_path / "some" / "folder" / f"{name}.ndjson").read_text().splitlines())
        )
        for name in ("contacts", "companies", "events")
    }
    assert result.out.splitlines() == [
        *(f"wrote some/folder/{name}.ndjson: {len(each)} {name}" for name, each in found.items()),
        "wrote some/folder/tags.json: 0 tags",
    ]
    tags = json.loads((tmp_path / "some" / "folder" / "tags.json").read_text())
    assert tags == {"type": "list", "data": []}
    ids = {each["id"] for each in found["contacts"]}
    assert len(ids) == len(found["contacts"]) == 320
    linked = {each["id"] for contact in found["contacts"] for each in contact["companies"]["data"]}
    assert linked == {each["id"] for each in found["companies"]}
    assert {each["intercom_user_id"] for each in found["events"]} < ids
    files = "--contacts some/folder/contacts.ndjson --companies some/folder/companies.ndjson"
    assert scratch.run(f"rule eval 'company.name has any value' {files}").code == 0


def test_what_was_taken_away_is_none_to_rules_on_an_export(scratch, tmp_path: Path) -> None:
    """The API shows an address as an empty text then, and a value as null; tags have names in a file of their own."""
    scratch.spec(TIER).apply()
    client = Client(Target("sandbox", sandbox=tmp_path / ".intercom-iac" / "sandbox.db"))
    kept = {"external_id": "kept", "email": "a@x.example", "custom_attributes": {"tier": "gold"}}
    lost = {"external_id": "lost", "email": "b@x.example", "custom_attributes": {"tier": "gold"}}
    ids = {body["external_id"]: client.post("/contacts", body)["id"] for body in (kept, lost)}
    client.put(f"/contacts/{ids['lost']}", {"email": None, "custom_attributes": {"tier": None}})
    tag = client.post("/tags", {"name": "VIP"})
    client.post(f"/contacts/{ids['lost']}/tags", {"id": tag["id"]})
    client.close()
    assert scratch.run("sandbox export").code == 0
    for rule, members in (
        ("email has any value", {"kept"}),
        ("email is unknown", {"lost"}),
        ("tier has any value", {"kept"}),
        ("tier is unknown", {"lost"}),
        ("tag VIP", {"lost"}),
    ):
        result = scratch.run(f"rule eval '{rule}' --contacts contacts.ndjson --tags tags.json")
        assert result.code == 0, (rule, result.err)
        assert set(result.out.splitlines()) & set(ids.values()) == {ids[name] for name in members}, rule


def test_an_export_has_all_events_of_a_person_who_has_many(scratch, tmp_path: Path) -> None:
    scratch.spec(TIER).apply()
    assert scratch.run("sandbox seed --people 1").code == 0
    now = int(time.time())
    with Sandbox(tmp_path / ".intercom-iac" / "sandbox.db") as sandbox, sandbox.store(writes=True) as store:
        store.run("delete from events")
        name = store.first_row("select folded from event_names")
        assert name is not None
        (seq,) = store.first_row("select seq from contacts where external_id = 'user-1-00001'")
        store.run_many(
            "insert into events values (?, ?, ?, '{}')",
            [(seq, name["folded"], now - 60 * n) for n in range(400)],
        )
    assert "400 events" in scratch.run("sandbox export").out
    assert "400 events" in scratch.run("sandbox export").out


def test_an_export_into_what_is_no_folder(scratch) -> None:
    scratch.write({"file": ""}).run("sandbox seed --people 1")
    result = scratch.run("sandbox export --into file/x")
    assert result.code == 1
    assert "cannot make the folder `file/x`" in result.err


def test_an_export_overwrites_nothing_through_a_link_and_makes_no_workspace(scratch, tmp_path) -> None:
    missing = scratch.run("sandbox export --db none.db")
    assert (missing.code, missing.out) == (3, "")
    assert "there is no embedded workspace at `none.db`" in missing.err
    assert not (tmp_path / "none.db").exists()
    assert scratch.run("sandbox seed --people 3").code == 0
    assert (tmp_path / ".intercom-iac" / "sandbox.db").stat().st_mode & 0o777 == 0o600
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "contacts.ndjson").symlink_to(tmp_path / "mine.txt")
    refused = scratch.run("sandbox export")
    assert refused.code == 1
    assert "is a link to a file" in refused.err
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_intercom_made_itself_is_neither_foreign_nor_to_be_declared(scratch) -> None:
    """A company made by a call brings `creation_source` with it, a custom attribute that nobody declared."""
    scratch.spec("segments: {made: {name: Made, rule: company.creation_source = api, publish: [tag]}}\n")
    with Sandbox(scratch.root / ".intercom-iac" / "sandbox.db") as sandbox:
        headers = {"authorization": "Bearer x"}
        for path, body in (
            ("/companies", {"company_id": "1", "name": "One"}),
            ("/contacts", {"external_id": "1"}),
        ):
            request = Request("POST", path, headers=headers, body=json.dumps(body).encode())
            made = json.loads(sandbox.handle(request).body)
            if path == "/companies":
                company = made
        link = json.dumps({"id": company["id"]}).encode()
        joined = Request("POST", f"/contacts/{made['id']}/companies", headers=headers, body=link)
        assert sandbox.handle(joined).status == 200
    plan = scratch.plan()
    assert plan["unmanaged"] == []
    # It takes room, as any custom attribute does.
    assert plan["limits"]["attributes"] == {"used": 1, "after": 1, "limit": 250}
    assert [change["address"] for change in plan["changes"]] == ["segment.made"]
    exported(scratch)
    files = "--contacts out/contacts.ndjson --companies out/companies.ndjson"
    found = scratch.run(f"rule eval 'company.creation_source = api' {files} --format json").json
    assert found == {"count": 1, "members": [made["id"]]}
    for model in ("company", "contact"):
        scratch.spec(f"attributes: {{{model}: {{creation_source: {{type: string}}}}}}\n")
        result = scratch.run("check")
        assert result.code == 3
        assert (
            f"`creation_source` is Intercom's own {'' if model == 'company' else 'custom '}attribute"
            in result.out
        )
        assert "undeclared" in result.out
