"""`segment publish`: who is in a segment has its tag and its attribute, nobody else; only differences are sent."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import httpx
import jsonschema
import pytest

from intercom_iac.application.syncing import table_engines
from intercom_iac.engines import EngineError
from intercom_iac.journal import journal_path, workspace_lock
from intercom_iac.publishing import publish_schema
from intercom_iac.sandbox import Request, Sandbox, Switches
from intercom_iac.workspace import embedded
from intercom_iac.workspace.intercom.records import HttpRecords

REGISTRAR = "intercom-iac-registrar"
ATTRIBUTES = "attributes: {contact: {plan: {type: string}}, company: {seats: {type: integer}}}\n"
EVENTS = "events: {paid: {}}\n"


def specs(*segments: str) -> str:
    return f"{ATTRIBUTES}{EVENTS}segments:\n" + "".join(f"  {segment}\n" for segment in segments)


PRO = "pro: {name: Pro people, rule: plan = pro, publish: [tag, attribute]}"
USERS = "users: {name: Users, rule: role = user, publish: [tag]}"


class People:
    """The contacts of the project's embedded workspace, changed and read as over the wire."""

    def __init__(self, root: Path) -> None:
        self.path = root / ".intercom-iac" / "sandbox.db"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"authorization": "Bearer any", "content-type": "application/json"}
        with Sandbox(self.path) as sandbox:
            sent = b"" if body is None else json.dumps(body).encode()
            answer = sandbox.handle(Request(method, path, {}, headers, sent))
        assert answer.status in (200, 202), answer.body
        return json.loads(answer.body or b"null")

    def add(self, external_id: str, plan: str | None = None, **body: Any) -> str:
        custom = {} if plan is None else {"custom_attributes": {"plan": plan}}
        made = self.call("POST", "/contacts", {"role": "user", "external_id": external_id, **custom, **body})
        return made["id"]

    def set(self, contact_id: str, plan: str) -> None:
        self.call("PUT", f"/contacts/{contact_id}", {"custom_attributes": {"plan": plan}})

    def carriers(self, tag: str) -> set[str]:
        """The external ids of those who carry a tag."""
        ids = {found["name"]: found["id"] for found in self.call("GET", "/tags")["data"]}
        return self._found({"field": "tag_id", "operator": "=", "value": ids[tag]})

    def having(self, attribute: str, value: bool | None) -> set[str]:
        field = f"custom_attributes.{attribute}"
        return self._found({"field": field, "operator": "=", "value": value}) - {REGISTRAR}

    def _found(self, query: Mapping[str, Any]) -> set[str]:
        page = self.call("POST", "/contacts/search", {"query": query, "pagination": {"per_page": 150}})
        return {contact["external_id"] for contact in page["data"]}


@pytest.fixture
def people(scratch) -> People:
    """Eight people, every second of whom is on `pro`; the specs are applied."""
    scratch.spec(specs(PRO)).apply()
    people = People(scratch.root)
    for number in range(8):
        people.add(f"u{number}", "pro" if number % 2 else "free")
    return people


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The writes that the workspace is asked for."""
    made: list[str] = []
    handle = embedded.Embedded.handle_request

    def counted(self: embedded.Embedded, request: httpx.Request) -> httpx.Response:
        if request.method != "GET" and not request.url.path.endswith("/search"):
            made.append(f"{request.method} {request.url.path}")
        return handle(self, request)

    monkeypatch.setattr(embedded.Embedded, "handle_request", counted)
    return made


PUBLISH = "segment publish --auto-approve --format json"


def publish(scratch, command: str = PUBLISH, code: int = 0) -> Any:
    result = scratch.run(command)
    assert result.code == code, result
    jsonschema.validate(result.json, publish_schema())
    return result.json


def counts(report: Any) -> list[tuple[str, str, int, int, int]]:
    return [
        (segment["key"], segment["as"], segment["members"], segment["enter"], segment["leave"])
        for segment in report["segments"]
    ]


def test_members_have_the_tag_and_the_attribute_and_a_second_run_sends_nothing(
    scratch, people: People, calls: list[str]
) -> None:
    report = publish(scratch)
    assert counts(report) == [("pro", "tag", 4, 4, 0), ("pro", "attribute", 4, 4, 0)]
    assert report["outcome"] == {
        "done": 8,
        "failed": 0,
        "not_tried": 0,
        "interrupted": False,
        "stopped": None,
        "failures": [],
    }
    assert people.carriers("Pro people") == people.having("pro", True) == {"u1", "u3", "u5", "u7"}
    # Who never was a member has no value.
    assert people.having("pro", None) == {"u0", "u2", "u4", "u6"}
    assert len(calls) == 8
    again = publish(scratch)
    assert counts(again) == [("pro", "tag", 4, 0, 0), ("pro", "attribute", 4, 0, 0)]
    assert (again["outcome"], len(calls)) == (None, 8)


def test_who_leaves_loses_it_and_comes_back_to_it(scratch, people: People, calls: list[str]) -> None:
    contact_id = people.add("late", "pro")
    publish(scratch)
    for plan, change, having in (("free", (0, 1), False), ("pro", (1, 0), True)):
        people.set(contact_id, plan)
        sent = len(calls)
        report = publish(scratch)
        assert [(enter, leave) for _, _, _, enter, leave in counts(report)] == [change, change]
        assert ("late" in people.carriers("Pro people")) is having
        assert "late" in people.having("pro", having)
        assert {call.split("/")[2] for call in calls[sent:]} == {contact_id}


def test_a_dry_run_shows_what_would_be_written(scratch, people: People, calls: list[str]) -> None:
    assert counts(publish(scratch, "segment publish --dry-run --format json"))[0] == ("pro", "tag", 4, 4, 0)
    text = scratch.run("segment publish pro --dry-run --detailed-exitcode")
    assert text.code == 2
    assert "  pro      tag Pro people    0     4      4      0" in text.out
    assert "8 writes to `sandbox`." in text.out
    assert calls == []
    publish(scratch)
    result = scratch.run("segment publish --dry-run --detailed-exitcode")
    assert (result.code, "Nothing to write" in result.out) == (0, True)


def test_what_search_cannot_decide_is_decided_by_what_belongs_to_people(scratch) -> None:
    big = "big: {name: Big, rule: company.seats > 10 and role = user, publish: [tag]}"
    payers = "payers: {name: Payers, rule: event paid count >= 2 and not tag vip, publish: [attribute]}"
    scratch.spec(specs(big, payers)).apply()
    people = People(scratch.root)
    vip = people.call("POST", "/tags", {"name": "vip"})["id"]
    for number in range(30):
        contact_id = people.add(f"u{number}")
        company = {"company_id": f"c{number}", "name": f"C{number}", "custom_attributes": {"seats": number}}
        company_id = people.call("POST", "/companies", company)["id"]
        people.call("POST", f"/contacts/{contact_id}/companies", {"id": company_id})
        for second in range(number % 3 if number < 6 else 0):
            event = {
                "event_name": "paid",
                "user_id": f"u{number}",
                "created_at": int(time.time()) - 60 - second,
            }
            people.call("POST", "/events", event)
        if number == 5:
            people.call("POST", f"/contacts/{contact_id}/tags", {"id": vip})
    big_count, payer_count = counts(publish(scratch))
    assert (big_count, payer_count) == (("big", "tag", 19, 19, 0), ("payers", "attribute", 1, 1, 0))
    assert people.having("payers", True) == {"u2"}
    assert people.carriers("Big") == {f"u{number}" for number in range(11, 30)}
    assert counts(publish(scratch, f"{PUBLISH} big")) == [("big", "tag", 19, 0, 0)]


def test_a_segment_that_asks_for_the_tag_of_another_is_named(scratch, people: People) -> None:
    asks = "asks: {name: Asks, rule: tag 'Pro people' or pro, publish: [tag]}"
    scratch.spec(specs(PRO, asks)).apply()
    first = scratch.run(PUBLISH)
    said = "note: decided before what their rules ask for is written: `asks`; another run brings them in line"
    assert (first.code, said in first.err, people.carriers("Asks")) == (0, True, set()), first
    assert said not in scratch.run(PUBLISH).err
    assert people.carriers("Asks") == {"u1", "u3", "u5", "u7"}
    assert publish(scratch)["outcome"] is None


def test_days_are_those_of_the_workspace_whatever_the_project_says(scratch, people: People) -> None:
    # 21:00 in New York, where the workspace is.
    people.add("evening", signed_up_at=1_769_824_800)
    scratch.spec(specs("day: {name: Day, rule: signed_up_at on 2026-01-30, publish: [tag]}")).apply()
    project = (scratch.root / "intercom-iac.yaml").read_text()
    scratch.write({"intercom-iac.yaml": f"{project}timezone: UTC\n"})
    published = scratch.run(PUBLISH)
    assert (published.code, people.carriers("Day")) == (0, {"evening"})
    assert (
        "in America/New_York, the time zone of sandbox, not in UTC as intercom-iac.yaml says" in published.err
    )


def test_the_registrar_is_no_member(scratch) -> None:
    scratch.spec(specs(USERS)).apply()
    people = People(scratch.root)
    people.add("u1")
    assert REGISTRAR in people._found({"field": "role", "operator": "=", "value": "user"})
    assert counts(publish(scratch)) == [("users", "tag", 1, 1, 0)]
    assert people.carriers("Users") == {"u1"}
    assert counts(publish(scratch)) == [("users", "tag", 1, 0, 0)]


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("segment publish", 3, "nobody is there to approve the writes"),
        ("segment publish --format json", 3, "nobody can be asked where machines read"),
        ("segment publish prp --dry-run", 3, "the specs have no segment `prp`"),
        ("segment publish plain --dry-run", 3, "`plain` publishes neither a tag nor an attribute"),
        ("segment publish old --dry-run", 3, "`old` is archived"),
        ("segment publish --plan nothing.plan", 3, "cannot read `nothing.plan`"),
        ("segment publish --plan intercom-iac.yaml", 3, "is no plan of `segment publish`"),
        ("segment publish fresh --dry-run", 6, "the workspace has no tag `Fresh` for `fresh` yet"),
        ("segment publish asks --dry-run", 6, "whose rule only Intercom knows"),
    ],
)
def test_what_cannot_be_published_is_refused(
    scratch, people: People, calls: list[str], command: str, code: int, message: str
) -> None:
    others = (
        "plain: {name: Plain, rule: plan = free}",
        "old: {name: Old, rule: plan = old, publish: [tag], status: archived}",
        "fresh: {name: Fresh, rule: plan = new, publish: [tag]}",
        "asks: {name: Asks, rule: segment built or plan = x, publish: [attribute]}",
        "built: {name: Built, built_in_intercom: true}",
    )
    named = any(f" {key} " in command for key in ("plain", "old", "fresh", "asks"))
    scratch.spec(specs(PRO, *(others if named else ())))
    result = scratch.run(command)
    assert (result.code, message in result.err) == (code, True), result
    assert calls == []


def test_a_limit_of_changes_forbids_many_and_lets_one_pass(scratch, people: People, calls: list[str]) -> None:
    project = (scratch.root / "intercom-iac.yaml").read_text()
    publish(scratch)
    scratch.write({"intercom-iac.yaml": f"{project}safety: {{max_change_percent: 20}}\n"})
    two = [people.add(f"new{number}", "pro") for number in range(2)]
    sent = len(calls)
    result = scratch.run("segment publish --auto-approve")
    assert (result.code, len(calls)) == (6, sent)
    assert "2 enter and 0 leave, of 6 who are or were members (33%), and the project allows 20%" in result.err
    assert scratch.run("segment publish --dry-run").code == 6
    people.set(two[0], "free")
    assert counts(publish(scratch))[0] == ("pro", "tag", 5, 1, 0)
    scratch.write({"intercom-iac.yaml": f"{project}safety: {{max_change_percent: 0}}\n"})
    people.set(two[0], "pro")
    assert scratch.run("segment publish --auto-approve").code == 6


def test_the_first_time_a_limit_is_of_everybody(scratch, people: People, calls: list[str]) -> None:
    big = "big: {name: Big firms, rule: company(seats > 10), publish: [company tag]}"
    scratch.spec(specs(PRO, big)).apply()
    calls.clear()
    for number in range(4):
        custom = {"custom_attributes": {"seats": 8 + number}}
        company = people.call("POST", "/companies", {"company_id": f"c{number}", **custom})
        people.call("POST", f"/contacts/{people.add(f'c{number}')}/companies", {"id": company["id"]})
    project = (scratch.root / "intercom-iac.yaml").read_text()
    scratch.write({"intercom-iac.yaml": f"{project}safety: {{max_change_percent: 30}}\n"})
    refused = scratch.run("segment publish pro --auto-approve")
    assert (refused.code, calls) == (6, [])
    assert "4 enter and 0 leave, of 12 contacts, none of which had it (33%)" in refused.err
    scratch.write({"intercom-iac.yaml": f"{project}safety: {{max_change_percent: 40}}\n"})
    assert [changed[3:] for changed in counts(publish(scratch))] == [(4, 0), (4, 0), (1, 0)]


def test_a_tag_that_others_carry_is_not_taken_from_them(scratch, people: People, calls: list[str]) -> None:
    tag = people.call("GET", "/tags")["data"][0]["id"]
    for number in range(3):
        contact_id = people.add(f"vip{number}", "free")
        people.call("POST", f"/contacts/{contact_id}/tags", {"id": tag})
    result = scratch.run("segment publish --auto-approve")
    assert (result.code, calls) == (6, [])
    assert "the tag `Pro people` is on 3 contacts, of whom 3 are not in `pro`" in result.err
    scratch.spec(specs(PRO.replace("}", ", adopt: true}")))
    assert counts(publish(scratch))[0] == ("pro", "tag", 4, 4, 3)
    assert people.carriers("Pro people") == {"u1", "u3", "u5", "u7"}
    # From now on it is known to be published from here.
    scratch.spec(specs(PRO.replace("plan = pro", "plan = max")))
    assert counts(publish(scratch))[0] == ("pro", "tag", 0, 0, 4)


def test_two_at_once_are_refused_and_a_dry_run_is_not(scratch, people: People) -> None:
    app_id = people.call("GET", "/me")["app"]["id_code"]
    with workspace_lock(journal_path(scratch.root, app_id), "sandbox", "publish"):
        result = scratch.run("segment publish --auto-approve")
        assert (result.code, "another publish to `sandbox` is under way" in result.err) == (1, True)
        looked = scratch.run("segment publish --dry-run")
        assert (looked.code, "a publish is under way" in looked.err) == (0, True)
    assert people.carriers("Pro people") == set()


def test_a_saved_plan_is_written_as_far_as_it_still_holds(scratch, people: People, calls: list[str]) -> None:
    project = (scratch.root / "intercom-iac.yaml").read_text()
    scratch.write({"intercom-iac.yaml": project.replace("}", ", protected: true}")})
    refused = scratch.run("segment publish --auto-approve")
    assert (refused.code, "it takes a saved plan only" in refused.err) == (6, True)
    saved = scratch.run("segment publish --out publish.plan")
    assert (saved.code, calls) == (0, [])
    assert "saved the plan: intercom-iac segment publish --plan publish.plan" in saved.err
    assert (scratch.root / "publish.plan").stat().st_mode & 0o777 == 0o600
    people.add("late", "pro")
    gone = people._found({"field": "external_id", "operator": "=", "value": "u1"})
    assert gone == {"u1"}
    contact = people.call("GET", "/contacts/find_by_external_id/u1")
    people.set(contact["id"], "free")
    for beside in ("pro", "-w other", "--out again.plan"):
        refused = scratch.run(f"segment publish {beside} --plan publish.plan")
        assert (refused.code, calls) == (3, []), refused
    for command in ("apply", "show"):
        other = scratch.run(f"{command} publish.plan")
        assert (other.code, "`publish.plan` is the plan of `segment publish`" in other.err) == (3, True)
        assert "carry it out with `intercom-iac segment publish --plan publish.plan`" in other.err
    report = publish(scratch, "segment publish --plan publish.plan --format json")
    assert (report["withheld"], report["gone"], report["outcome"]["done"]) == (2, 2, 6)
    assert people.carriers("Pro people") == {"u3", "u5", "u7"}
    again = scratch.run("segment publish --plan publish.plan")
    assert (again.code, "Nothing of the saved plan is left to write to `sandbox`." in again.out) == (0, True)
    scratch.spec(specs(PRO.replace("plan = pro", "plan = max")))
    stale = scratch.run("segment publish --plan publish.plan")
    assert (stale.code, "made of other specs" in stale.err) == (6, True)


def test_a_plan_file_that_was_cut_off_is_none(scratch, people: People) -> None:
    assert scratch.run("segment publish --out publish.plan").code == 0
    whole = (scratch.root / "publish.plan").read_text().splitlines(keepends=True)
    for text in ("".join(whole[:-1]), "".join(whole[:3] + whole[4:]), whole[0], "{}\n", "[]"):
        (scratch.root / "publish.plan").write_text(text)
        result = scratch.run("segment publish --plan publish.plan")
        assert (result.code, "is no plan of `segment publish`" in result.err) == (3, True), text


class Lagging(Sandbox):
    """A workspace whose searches find what was so a minute ago."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, switches=Switches(search_lag=60))


class Killed(BaseException):
    """Stands for the death of the process, which nothing catches."""


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("is_made", [False, True])
def test_a_publish_that_was_killed_is_carried_on_with(
    scratch, people: People, monkeypatch: pytest.MonkeyPatch, at: int, is_made: bool
) -> None:
    made: list[str] = []
    tag_contact = HttpRecords.tag_contact

    def dying(self: HttpRecords, contact_id: str, tag_id: str) -> None:
        dies = len(made) == at
        if is_made or not dies:
            tag_contact(self, contact_id, tag_id)
            made.append(contact_id)
        if dies:
            raise Killed

    monkeypatch.setattr(HttpRecords, "tag_contact", dying)
    with pytest.raises(Killed):
        scratch.run("segment publish --auto-approve --parallelism 1")

    def counting(self: HttpRecords, contact_id: str, tag_id: str) -> None:
        tag_contact(self, contact_id, tag_id)
        made.append(contact_id)

    monkeypatch.setattr(HttpRecords, "tag_contact", counting)
    result = scratch.run("segment publish --auto-approve")
    assert result.code == 0
    assert f"note: the last publish was cut off with {at} of 8 writes done" in result.err
    assert len(made) == len(set(made)) == 4
    assert people.carriers("Pro people") == people.having("pro", True) == {"u1", "u3", "u5", "u7"}
    assert "Nothing to write" in scratch.run("segment publish --auto-approve").out


def test_what_was_just_written_is_not_sent_again_while_search_lags(
    scratch, people: People, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "Sandbox", Lagging)
    assert publish(scratch)["outcome"]["done"] == 8
    sent = len(calls)
    report = publish(scratch)
    assert counts(report) == [("pro", "tag", 4, 0, 0), ("pro", "attribute", 4, 0, 0)]
    assert len(calls) == sent
    dry_run = "segment publish --dry-run --format json"
    assert counts(publish(scratch, dry_run)) == counts(report)
    # A third run knows what the first wrote, although the second wrote something else.
    people.add("new", "pro")
    assert publish(scratch)["outcome"]["done"] == 2
    assert counts(publish(scratch)) == [("pro", "tag", 5, 0, 0), ("pro", "attribute", 5, 0, 0)]
    assert len(calls) == sent + 2


def test_who_left_a_source_is_no_member_while_search_lags(
    scratch, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_source(scratch, "external_id\nu0\nu1\n")
    publish(scratch)
    with_source(scratch, "external_id\nu1\n")
    monkeypatch.setattr(embedded, "Sandbox", Lagging)
    assert counts(publish(scratch)) == [("pro", "tag", 1, 0, 1)]
    assert counts(publish(scratch)) == [("pro", "tag", 1, 0, 0)]


def test_nothing_published_is_nothing_to_do(scratch) -> None:
    scratch.spec(specs("plain: {name: Plain, rule: plan = free}")).apply()
    result = scratch.run("segment publish")
    assert result.code == 0
    assert result.out == "No segment is published to `sandbox` as a tag or an attribute.\n"
    assert publish(scratch)["segments"] == []


# --- members from a source ----------------------------------------------------------------------------------

FROM = "pro: {name: Pro people, rule: plan = pro, publish: [tag], from: members}"


def with_source(scratch, text: str, settings: str = "") -> None:
    """The segment takes its members from a Parquet file with these lines, texts all of them."""
    project = "version: 1\nworkspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}\n"
    sources = f"sources: {{members: {{kind: file, path: members.parquet{settings}}}}}\n"
    scratch.write({"intercom-iac.yaml": project + sources, "members.csv": text}).spec(specs(FROM))
    rows = f"from read_csv('{scratch.root}/members.csv', header = true, all_varchar = true)"
    duckdb.sql(f"copy ({rows}) to '{scratch.root}/members.parquet'")


def test_members_are_the_rows_of_a_source(scratch, people: People, calls: list[str]) -> None:
    # What else a table has is no matter of its members.
    with_source(scratch, "external_id,plan,score\nu0,gone,1\nu1,pro,x\nnobody,pro,\n")
    (segment,) = publish(scratch)["segments"]
    assert (segment["members"], segment["enter"], segment["leave"]) == (2, 2, 0)
    assert segment["source"] == {
        "name": "members",
        "not_found": 1,
        "ambiguous": 0,
        "rejected": 0,
        "kept": 0,
    }
    assert people.carriers("Pro people") == {"u0", "u1"}
    sent = len(calls)
    with_source(scratch, "external_id\nu1\nu2\n")
    assert counts(publish(scratch)) == [("pro", "tag", 2, 1, 1)]
    assert people.carriers("Pro people") == {"u1", "u2"}
    assert len(calls) == sent + 2
    assert publish(scratch)["outcome"] is None


def test_nobody_leaves_while_rows_are_rejected(scratch, people: People) -> None:
    with_source(scratch, "external_id\nu0\nu1\n")
    publish(scratch)
    with_source(scratch, "external_id,name\nu1,A\n,B\nu2,C\n")
    (segment,) = publish(scratch, code=1)["segments"]
    assert (segment["enter"], segment["leave"]) == (1, 0)
    assert (segment["source"]["rejected"], segment["source"]["kept"]) == (1, 1)
    assert people.carriers("Pro people") == {"u0", "u1", "u2"}
    text = scratch.run("segment publish --dry-run")
    assert "`pro`: 1 would leave, and stays as long as rows of `members` are rejected" in text.out, text
    assert "`pro`: 1 row of `members` has no key that works" in text.out
    assert "as they are" not in text.out
    assert text.code == 1


def test_an_address_that_two_people_have_is_nobodys(scratch, people: People) -> None:
    people.add("twin1", email="twin@example.com", role="user")
    people.call("POST", "/contacts", {"role": "lead", "email": "twin@example.com"})
    people.add("single", email="single@example.com")
    with_source(scratch, "email\ntwin@example.com\nsingle@EXAMPLE.com\n", ", key: email")
    (segment,) = publish(scratch)["segments"]
    assert (segment["members"], segment["source"]["ambiguous"]) == (1, 1)
    assert people.carriers("Pro people") == {"single"}


@pytest.mark.parametrize(("text", "message"), [(None, "members.parquet"), ("name\nA\n", "external_id")])
def test_a_source_that_cannot_be_read_takes_nothing_from_anybody(
    scratch, people: People, calls: list[str], text: str | None, message: str
) -> None:
    with_source(scratch, text or "external_id\nu1\n")
    if text is None:
        (scratch.root / "members.parquet").unlink()
    result = scratch.run("segment publish --auto-approve")
    assert (result.code, message in result.err, calls) == (3, True, []), result


@pytest.mark.parametrize(
    "query", ["select key from nowhere", "selec 1", "select 1 as external_id where 1 / 'x' = 1"]
)
def test_a_query_that_fails_is_an_error_of_its_source(scratch, people: People, query: str) -> None:
    project = "version: 1\nworkspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}\n"
    source = f'sources: {{members: {{kind: duckdb, query: "{query}"}}}}\n'
    scratch.write({"intercom-iac.yaml": project + source}).spec(specs(FROM))
    result = scratch.run("segment publish --dry-run")
    assert (result.code, "cannot read `members`" in result.err) == (3, True), result


def test_a_source_in_spark_is_read_by_spark(scratch, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    with_source(scratch, "external_id\nu1\n", "")
    project = (scratch.root / "intercom-iac.yaml").read_text()
    scratch.write({"intercom-iac.yaml": project.replace("kind: file", "kind: spark")})
    opened: list[bool] = []

    @contextmanager
    def open_other(**_: object) -> Iterator[Any]:
        opened.append(True)
        raise EngineError("Spark is asked")
        yield

    monkeypatch.setattr(table_engines, "open_spark", open_other)
    result = scratch.run("segment publish --dry-run")
    assert ("Spark is asked" in result.err, opened) == (True, [True]), result


# --- what plans say of members ------------------------------------------------------------------------------


def measurements(scratch) -> list[tuple[str, int, int | None]]:
    plan = scratch.run("plan --format json").json
    return [(measured["text"], measured["count"], measured["of"]) for measured in plan["measurements"]]


def plan_codes(scratch) -> list[str]:
    """The codes of remarks about what stands in the workspace."""
    found = scratch.run("plan --format json").json["diagnostics"]
    return [remark["code"] for remark in found if remark["code"].startswith("PLAN")]


def test_a_plan_counts_members_before_and_after(scratch, people: People) -> None:
    before = [
        ("the tag `Pro people` is on 0 now, on 4 after `segment publish`", 0, 4),
        ("the attribute `pro` is true for 0 now, for 4 after `segment publish`", 0, 4),
    ]
    assert measurements(scratch) == before
    publish(scratch)
    assert [(count, of) for _, count, of in measurements(scratch)] == [(4, 4), (4, 4)]
    people.add("late", "pro")
    assert [(count, of) for _, count, of in measurements(scratch)] == [(4, 5), (4, 5)]
    # What a search cannot decide is an upper bound; what is not there yet is on nobody, and may be read by no search.
    big = "big: {name: Big, rule: company.seats > 10 and role = user, publish: [tag]}"
    new = "new: {name: New people, rule: fresh = x, publish: [attribute]}"
    text = specs(PRO, big, new).replace("plan: {type: string}", "plan: {type: string}, fresh: {type: string}")
    scratch.spec(text)
    assert measurements(scratch)[2:] == [
        ("the tag `Big` is on nobody yet, on at most 9 after `segment publish`", 9, None)
    ]


def test_the_registrar_is_in_no_count(scratch) -> None:
    scratch.spec(specs(USERS)).apply()
    people = People(scratch.root)
    people.add("u1")
    assert measurements(scratch) == [("the tag `Users` is on 0 now, on 1 after `segment publish`", 0, 1)]


def test_a_tag_that_was_published_from_here_is_its_own(scratch, people: People) -> None:
    publish(scratch)
    assert plan_codes(scratch) == []
    # Another checkout does not know.
    for file in (scratch.root / ".intercom-iac" / "journal").glob("*.published.jsonl"):
        file.unlink()
    assert plan_codes(scratch) == ["PLAN641"]


def test_a_saved_plan_with_counts_is_applied(scratch, people: People) -> None:
    publish(scratch)
    more = "more: {name: More, rule: plan = free, publish: [tag, attribute]}"
    scratch.spec(specs(PRO, more))
    assert scratch.run("plan --out plan.json").code == 0
    people.add("late", "pro")
    applied = scratch.run("apply plan.json")
    assert applied.code == 0, applied
    assert counts(publish(scratch, f"{PUBLISH} more")) == [
        ("more", "tag", 4, 4, 0),
        ("more", "attribute", 4, 4, 0),
    ]


# --- companies ----------------------------------------------------------------------------------------------


def test_companies_are_tagged_themselves(scratch, calls: list[str]) -> None:
    big = "big: {name: Big firms, rule: 'company(seats > 10 and name starts with C)', publish: [company tag]}"
    scratch.spec(specs(big)).apply()
    people = People(scratch.root)

    def tagged() -> set[str]:
        listed = people.call("POST", "/companies/list")["data"]
        return {
            company["company_id"]
            for company in listed
            if any(tag["name"] == "Big firms" for tag in company["tags"]["tags"])
        }

    for number in (5, 11, 12):
        custom = {"custom_attributes": {"seats": number}}
        company = people.call(
            "POST", "/companies", {"company_id": f"c{number}", "name": f"C{number}", **custom}
        )
        contact_id = people.add(f"u{number}")
        people.call("POST", f"/contacts/{contact_id}/companies", {"id": company["id"]})
    sent = len(calls)
    assert counts(publish(scratch)) == [("big", "company tag", 2, 2, 0)]
    assert (tagged(), people.carriers("Big firms")) == ({"c11", "c12"}, set())
    people.call("POST", "/companies", {"company_id": "c11", "custom_attributes": {"seats": 1}})
    people.call("POST", "/companies", {"company_id": "c5", "custom_attributes": {"seats": 50}})
    assert counts(publish(scratch)) == [("big", "company tag", 2, 1, 1)]
    assert tagged() == {"c5", "c12"}
    assert publish(scratch)["outcome"] is None
    assert len([call for call in calls[sent:] if call == "POST /tags"]) == 4


def test_a_renamed_attribute_without_its_values_takes_the_tag_from_nobody(scratch, people: People) -> None:
    publish(scratch)
    attributes = (
        "attributes: {contact: {plan: {type: string, status: deprecated}, "
        "tier: {type: string, renamed_from: plan}}}\n"
    )
    scratch.spec(
        attributes + "segments: {pro: {name: Pro people, rule: tier = pro, publish: [tag, attribute]}}\n"
    )
    result = scratch.run(PUBLISH)
    assert (result.code, result.err.count("PLAN645")) == (6, 1), result
    assert "the rule of `pro` reads `tier`" in result.err
    scratch.apply()
    result = scratch.run(PUBLISH)
    assert (result.code, result.err.count("PLAN647")) == (6, 2), result
    assert "8 of the 8 contacts that have `plan` have no `tier` yet" in result.err
    assert len(people.carriers("Pro people")) == 4
    assert scratch.run("sync --replace tier --auto-approve").code == 0
    assert counts(publish(scratch)) == [("pro", "tag", 4, 0, 0), ("pro", "attribute", 4, 0, 0)]
    people.add("u8", "pro")
    assert scratch.run(PUBLISH).code == 0, "nobody enters or leaves: the rest of the copy can wait"
