"""Others write to the workspace while an apply is under way: before which call they do, nothing of theirs is lost.

One window is left, and a test is of it: between the call that reads an object and the next one, which writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import httpx
import pytest

from intercom_iac.applying import Outcome, apply
from intercom_iac.diagnostics import ChangedMeanwhile
from intercom_iac.planning import Plan, plan
from intercom_iac.project import find_project
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.specs import digest, load_specs
from intercom_iac.workspace import Client, HttpWorkspace, Target, open_workspace
from support.silent_progress import SilentProgress

TARGET = Target("sandbox", base_url="http://127.0.0.1")
PROJECT = "version: 1\nworkspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}\n"
BEFORE = """version: 1
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: Tier}
    seats: {type: integer, description: Seats}
    back: {type: string, status: archived}
    gone: {type: string}
segments:
  vip: {name: VIP, rule: tier = pro, publish: [audience, tag]}
  left: {name: Left, rule: tier = free, publish: [audience, tag]}
"""
AFTER = """version: 1
attributes:
  contact:
    tier: {type: options, options: [free, pro, team], description: Plan}
    seats: {type: integer, description: Seats they pay for}
    back: {type: string, description: Is back}
    gone: {type: string, status: archived}
segments:
  vip: {name: Very important, renamed_from: VIP, rule: tier = team, publish: [audience, tag]}
  left: {name: Left, rule: tier = free, publish: [audience, tag], status: archived}
"""


OPENED: list[Sandbox] = []


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """Closes the workspaces that a test has made."""
    yield
    while OPENED:
        OPENED.pop().close()


class Shared(httpx.BaseTransport):
    """A workspace in memory. `before` is called before each call of the apply, with its number from 1."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(None)
        OPENED.append(self.sandbox)
        self.calls: list[str] = []
        self.before: Callable[[int], None] = lambda _: None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        self.before(len(self.calls))
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.url.raw_path.partition(b"?")[0].decode()
        return self._answer(Request(request.method, path, dict(request.url.params), headers, request.read()))

    def _answer(self, request: Request) -> httpx.Response:
        got = self.sandbox.handle(request)
        return httpx.Response(got.status, headers=dict(got.headers), content=got.body)

    def other(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A call of somebody else's."""
        headers = {"authorization": "Bearer theirs", "content-type": "application/json"}
        asked, _, query = path.partition("?")
        parameters = dict(httpx.QueryParams(query))
        answer = self._answer(
            Request(method, asked, parameters, headers, b"" if body is None else json.dumps(body).encode())
        )
        return answer.json() if answer.content else None

    def workspace(self) -> HttpWorkspace:
        return HttpWorkspace(TARGET, Client(TARGET, transport=self, sleep=lambda _: None))

    def attribute(self, name: str) -> dict[str, Any]:
        listed = self.other("GET", "/data_attributes?include_archived=true")["data"]
        return next(each for each in listed if each["name"] == name and each["custom"])

    def named(self, path: str, *names: str) -> dict[str, Any] | None:
        return next((each for each in self.other("GET", path)["data"] if each["name"] in names), None)


@pytest.fixture
def planned(tmp_path: Path) -> Callable[[str, HttpWorkspace], Plan]:
    (tmp_path / "specs").mkdir()
    (tmp_path / "intercom-iac.yaml").write_text(PROJECT)

    def make(specs: str, live: HttpWorkspace) -> Plan:
        (tmp_path / "specs" / "all.yaml").write_text(specs)
        schema = load_specs(find_project(tmp_path, None)).or_raise()
        return plan(schema, live.snapshot(), workspace="sandbox", specs_digest=digest(schema))

    return make


def before_them(planned: Callable[[str, HttpWorkspace], Plan]) -> Shared:
    """A workspace to which the first specs were applied, and an attribute that is in the archive."""
    made = Shared()
    assert apply(planned(BEFORE, made.workspace()), made.workspace(), SilentProgress()).complete
    made.other("POST", "/data_attributes", {"name": "back", "model": "contact", "data_type": "string"})
    made.other("PUT", f"/data_attributes/{made.attribute('back')['id']}", {"archived": True})
    return made


def options(shared: Shared) -> None:
    found = shared.attribute("tier")["options"]
    body = {"options": [{"value": each} for each in (*found, "theirs")]}
    shared.other("PUT", f"/data_attributes/{shared.attribute('tier')['id']}", body)


def described(name: str) -> Callable[[Shared], None]:
    def write(shared: Shared) -> None:
        shared.other("PUT", f"/data_attributes/{shared.attribute(name)['id']}", {"description": "theirs"})

    return write


def filters(*names: str) -> Callable[[Shared], None]:
    def write(shared: Shared) -> None:
        found = shared.named("/audiences", *names)
        if found is not None:
            body = {"predicates": [{**found["predicates"][0], "value": "theirs"}]}
            shared.other("PUT", f"/audiences/{found['id']}", body)

    return write


def tag(*names: str) -> Callable[[Shared], None]:
    def write(shared: Shared) -> None:
        found = shared.named("/tags", *names)
        if found is not None:
            shared.other("POST", "/tags", {"id": found["id"], "name": "theirs"})

    return write


def has_filters(shared: Shared) -> bool:
    return any(
        predicate["value"] == "theirs"
        for each in shared.other("GET", "/audiences")["data"]
        for predicate in each["predicates"]
    )


# What somebody writes; whether it is still there; the call that overwrites it right after it was read again.
WRITES: dict[str, tuple[Callable[[Shared], None], Callable[[Shared], bool], str]] = {
    "an option": (options, lambda shared: "theirs" in shared.attribute("tier")["options"], "PUT tier"),
    "a description": (
        described("seats"),
        lambda shared: shared.attribute("seats")["description"] == "theirs",
        "PUT seats",
    ),
    "a description of what is restored": (
        described("back"),
        lambda shared: shared.attribute("back")["description"] == "theirs",
        "PUT back",
    ),
    "filters of what is changed": (filters("VIP", "Very important"), has_filters, "PUT /audiences"),
    "filters of what is deleted": (filters("Left"), has_filters, "DELETE /audiences"),
    "the name of a tag that is renamed": (
        tag("VIP"),
        lambda shared: shared.named("/tags", "theirs") is not None,
        "POST /tags",
    ),
}


def writes_of(shared: Shared, which: str) -> tuple[str, str]:
    """The method and the path of the call that would overwrite it."""
    method, _, name = WRITES[which][2].partition(" ")
    path = name if name.startswith("/") else f"/data_attributes/{shared.attribute(name)['id']}"
    return method, path


@pytest.mark.parametrize("which", WRITES)
def test_what_others_write_before_any_call_is_there_after_it(
    which: str, planned: Callable[[str, HttpWorkspace], Plan]
) -> None:
    write, is_there, _ = WRITES[which]
    at, ends = 0, []
    while True:
        at += 1
        shared = before_them(planned)
        made = planned(AFTER, shared.workspace())
        assert {each.action for each in made.calls} == {"update", "restore", "archive", "delete"}
        method, path = writes_of(shared, which)
        shared.calls.clear()
        written: list[str] = []

        def before(number: int, shared: Shared = shared, written: list[str] = written, at: int = at) -> None:
            if number == at:
                written.append(shared.calls[-1])
                write(shared)

        shared.before = before
        outcome = apply(made, shared.workspace(), SilentProgress())
        if not written:
            break
        if written[0].startswith(f"{method} {path}"):
            ends.append("the window")
        elif is_there(shared):
            ends.append("kept" if outcome.complete else "refused")
            assert outcome.complete or isinstance(outcome.failed and outcome.failed.error, ChangedMeanwhile)
        else:
            # It was not there any more to be written to: the apply was done with it.
            assert outcome.complete, (at, written)
            ends.append("later")
    assert ends.count("the window") == 1, ends
    assert ends.index("the window") > 0, ends
    before_it = set(ends[: ends.index("the window")])
    assert before_it == ({"kept"} if which == "an option" else {"refused"}), ends


def test_two_applies_at_once_keep_the_options_of_both(planned: Callable[[str, HttpWorkspace], Plan]) -> None:
    """The other one, from another machine, is made whole before one of the calls of this one."""
    ends: list[str] = []
    while True:
        shared = before_them(planned)
        mine = planned(AFTER, shared.workspace())
        theirs = planned(BEFORE.replace("[free, pro]", "[free, pro, max]"), shared.workspace())
        put = f"PUT /data_attributes/{shared.attribute('tier')['id']}"
        shared.calls.clear()
        ran: list[tuple[str, Outcome]] = []

        def before(
            number: int,
            shared: Shared = shared,
            theirs: Plan = theirs,
            ran: list[tuple[str, Outcome]] = ran,
            at: int = len(ends) + 1,
        ) -> None:
            if number == at:
                shared.before = lambda _: None
                ran.append((shared.calls[-1], apply(theirs, shared.workspace(), SilentProgress())))

        shared.before = before
        outcome = apply(mine, shared.workspace(), SilentProgress())
        assert outcome.complete
        if not ran:
            break
        there = set(shared.attribute("tier")["options"])
        ((call, other),) = ran
        assert other.complete
        assert "team" in there
        ends.append("window" if call == put else "both" if "max" in there else "lost")
        if "max" in there and "both" in ends:
            assert [each.options for each in (*outcome.kept, *other.kept)] in ([("max",)], [("team",)])
    assert ends.count("window") == 1
    assert "lost" not in ends
    assert ends.count("both") > 5


@pytest.mark.parametrize("which", WRITES)
def test_what_others_write_between_the_last_look_and_the_write_is_lost(
    which: str, planned: Callable[[str, HttpWorkspace], Plan]
) -> None:
    """Intercom takes no condition with a write, so this is what is left. docs/reliability.md says so."""
    write, is_there, _ = WRITES[which]
    shared = before_them(planned)
    made = planned(AFTER, shared.workspace())
    method, path = writes_of(shared, which)
    written: list[str] = []

    def before(_: int) -> None:
        if shared.calls[-1].startswith(f"{method} {path}") and not written:
            written.append(shared.calls[-1])
            write(shared)

    shared.before = before
    outcome = apply(made, shared.workspace(), SilentProgress())
    assert written
    assert outcome.complete
    assert not is_there(shared)


# --- at the prompt --------------------------------------------------------------------------------------------


@pytest.fixture
def asked(scratch, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[HttpWorkspace], None]], Any]:
    """`apply`, which asks; before it is answered with yes, somebody writes to the workspace."""
    scratch.write({"intercom-iac.yaml": PROJECT, "specs/all.yaml": BEFORE}).apply()
    scratch.write({"specs/all.yaml": AFTER})

    def run(write: Callable[[HttpWorkspace], None]) -> Any:
        def confirm(_: str) -> bool:
            live = open_workspace(Target("sandbox", sandbox=scratch.root / ".intercom-iac" / "sandbox.db"))
            write(live)
            live.close()
            return True

        monkeypatch.setattr(click, "confirm", confirm)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        return scratch.run("apply --allow-destructive")

    return run


def of(live: HttpWorkspace, name: str) -> int:
    return next(each.id for each in live.snapshot().attributes if each.name == name)


def test_what_changed_while_somebody_was_asked_is_told_and_nothing_is_done(scratch, asked) -> None:
    refused = asked(
        lambda live: live.update_attribute(of(live, "tier"), {"options": ["free", "pro", "theirs"]})
    )
    assert refused.code == 6
    assert (
        "the workspace has changed since the plan was shown: attribute.contact.tier has changed"
        in refused.err
    )
    assert "run `apply` again" in refused.err
    fields = [each for change in scratch.plan()["changes"] for each in change["fields"]]
    assert ["free", "pro", "theirs"] in [each["before"] for each in fields if each["path"] == "options"]


def test_what_does_not_concern_the_plan_is_no_reason_to_stop(scratch, asked) -> None:
    applied = asked(lambda live: live.create_attribute("contact", "theirs", {"type": "string"}))
    assert applied.code == 0
    (by_hand,) = scratch.plan()["changes"]
    assert (by_hand["action"], by_hand["object"], by_hand["name"]) == ("manual", "tag", "Left")


def test_options_that_were_kept_are_told(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody adds one when the apply has begun."""
    scratch.write({"intercom-iac.yaml": PROJECT, "specs/all.yaml": BEFORE}).apply()
    scratch.write({"specs/all.yaml": AFTER})
    read = HttpWorkspace.attribute

    def late(live: HttpWorkspace, *which: Any) -> Any:
        found = read(live, *which)
        if found is not None and found.name == "tier" and "theirs" not in found.options:
            live.update_attribute(found.id, {"options": [*found.options, "theirs"]})
        return read(live, *which)

    monkeypatch.setattr(HttpWorkspace, "attribute", late)
    applied = scratch.run("apply --auto-approve --allow-destructive")
    assert applied.code == 0
    assert "kept in attribute.contact.tier: the options `theirs`, which were added meanwhile" in applied.out
    monkeypatch.undo()


def test_as_json_too(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.write({"intercom-iac.yaml": PROJECT, "specs/all.yaml": BEFORE}).apply()
    scratch.write({"specs/all.yaml": AFTER})
    read = HttpWorkspace.attribute

    def late(live: HttpWorkspace, *which: Any) -> Any:
        found = read(live, *which)
        return found and replace(found, options=(*found.options, "theirs")) if found.options else found

    monkeypatch.setattr(HttpWorkspace, "attribute", late)
    applied = scratch.run("apply --auto-approve --allow-destructive --format json")
    assert applied.code == 0
    kept = {"address": "attribute.contact.tier", "object": "data_attribute", "action": "update"}
    assert applied.json["kept"] == [{**kept, "options": ["theirs"]}]


# --- lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["1", "2"])
def test_an_audience_that_slips_past_a_page_is_not_made_again(
    planned: Callable[[str, HttpWorkspace], Plan], page: str
) -> None:
    """60 on two pages; one of the first goes before a page is read, and the one behind the first 50 moves up."""
    shared = before_them(planned)
    for number in range(60):
        shared.other("POST", "/audiences", {"name": f"Audience {number}", "predicates": []})
    listed = shared.other("GET", "/audiences?per_page=50&page=2")["data"]
    specs = AFTER.replace("VIP, rule: tier = team", f"{listed[0]['name']}, rule: tier = team")
    asked: list[str] = []

    class Slipping(Shared):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/audiences" and request.url.params.get("page") == page and not asked:
                asked.append(str(request.url))
                first = self.other("GET", "/audiences?per_page=50&page=1")["data"][4]
                self.other("DELETE", f"/audiences/{first['id']}")
            return super().handle_request(request)

    slipping = Slipping()
    slipping.sandbox = shared.sandbox
    made = planned(specs, slipping.workspace())
    assert asked
    kinds = [(each.object, each.action, each.name) for each in made.calls if each.object == "audience"]
    assert ("audience", "update", listed[0]["name"]) in kinds
    assert ("audience", "create", "Very important") not in kinds
