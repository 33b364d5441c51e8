"""Every request the project's own client sends, and every answer it gets, judged by the official description."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from intercom_iac.workspace.client.transport import open_transport
from support.api_description import DESCRIPTION, description, where_described
from support.description_judge import described, judge_request, judge_response

pytestmark = where_described

REFERENCE = Path(__file__).parents[2] / "specs"


VERSIONS = description()["components"]["schemas"]["intercom_version"]["enum"] if DESCRIPTION.exists() else ()


@dataclass
class Recorder(httpx.BaseTransport):
    """Passes calls on, and keeps what the description holds against them."""

    inner: httpx.BaseTransport
    calls: set[str]
    mistakes: list[str]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body, url, method = request.read(), str(request.url), request.method
        response = self.inner.handle_request(request)
        content = response.read()
        found = described(method, request.url.path)
        self.calls.add(f"{method} {found[0] if found else request.url.path}")
        if response.is_success:
            # What the workspace refuses need not be of the right form.
            self._note("sends", request, judge_request(method, url, body))
        kind = response.headers.get("content-type", "")
        self._note("gets", request, judge_response(method, url, response.status_code, kind, content))
        if request.headers.get("intercom-version") not in VERSIONS:
            self._note("sends", request, ["a version the description does not have"])
        return response

    def _note(self, act: str, request: httpx.Request, found: list[str]) -> None:
        self.mistakes += [f"{act} {request.method} {request.url}: {each}" for each in found]

    def close(self) -> None:
        self.inner.close()


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The calls made by the commands of this test, as the description names them; none may be held against."""
    calls: set[str] = set()
    mistakes: list[str] = []

    def recording(target):
        inner = open_transport(target)
        assert inner is not None
        return Recorder(inner, calls, mistakes)

    monkeypatch.setattr("intercom_iac.workspace.client.client.open_transport", recording)
    yield calls
    assert mistakes == []


def test_the_reference_specs(scratch, recorded: set[str]) -> None:
    shutil.copytree(REFERENCE, scratch.root / "specs", dirs_exist_ok=True)
    assert scratch.plan()["summary"]["create"] > 0
    scratch.apply()
    summary = scratch.plan()["summary"]
    assert {name: count for name, count in summary.items() if count and name != "manual"} == {}
    assert {"POST /data_attributes", "POST /events", "POST /audiences", "POST /tags"} <= recorded


FIRST = """\
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: What they pay for}
    kept: {type: string, messenger_writable: true}
    days: {type: integer}
    score: {type: float}
    paid: {type: boolean}
    ends: {type: date}
  company:
    seats: {type: integer, description: Seats}
events:
  bought:
    metadata:
      item: {type: string}
      count: {type: integer}
      price: {type: float}
      gift: {type: boolean}
      bought_date: {type: date}
      kind: {type: options, options: [a, b]}
  looked: {}
segments:
  payers: {name: Payers, rule: tier = pro and role = user, publish: [audience, tag]}
  many: {name: Many, rule: company.seats > 10 and paid, publish: [audience]}
"""
SECOND = """\
attributes:
  contact:
    tier: {type: options, options: [free, pro, enterprise]}
    kept: {type: string, status: archived}
    days: {type: integer, description: Days, messenger_writable: true}
    score: {type: float}
    paid: {type: boolean}
    ends: {type: date}
  company:
    seats: {type: integer, description: Seats}
events:
  bought:
    metadata:
      item: {type: string}
      count: {type: integer}
      price: {type: float}
      gift: {type: boolean}
      bought_date: {type: date}
      kind: {type: options, options: [a, b]}
  looked: {}
  left: {}
segments:
  payers:
    {name: People who pay, renamed_from: Payers, rule: "tier in (pro, enterprise)", publish: [audience, tag]}
  many: {name: Many, rule: company.seats > 10 and paid, publish: [audience], status: archived}
"""
THIRD = SECOND.replace("kept: {type: string, status: archived}", "kept: {type: string}").replace(
    "publish: [audience, tag]}", "publish: [audience, tag], status: archived}"
)

EVERY_CALL = {
    "GET /me",
    "GET /data_attributes",
    "POST /data_attributes",
    "PUT /data_attributes/{data_attribute_id}",
    "GET /events",
    "POST /events",
    "POST /contacts",
    "POST /contacts/search",
    "GET /segments",
    "GET /tags",
    "POST /tags",
    "GET /audiences",
    "POST /audiences",
    "PUT /audiences/{id}",
    "DELETE /audiences/{id}",
    "GET /audiences/{id}",
    "GET /tags/{tag_id}",
}


def test_every_action(scratch, recorded: set[str]) -> None:
    actions: set[tuple[str, str]] = set()
    for specs in (FIRST, SECOND, THIRD):
        scratch.spec(specs)
        changes = scratch.plan()["changes"]
        actions |= {(each["object"], each["action"]) for each in changes if each["action"] != "manual"}
        scratch.apply("--allow-destructive")
        assert scratch.plan()["summary"] == {**scratch.plan()["summary"], "create": 0, "update": 0}
    assert actions == {
        ("data_attribute", "create"),
        ("data_attribute", "update"),
        ("data_attribute", "archive"),
        ("data_attribute", "restore"),
        ("event", "register"),
        ("audience", "create"),
        ("audience", "update"),
        ("audience", "delete"),
        ("tag", "create"),
        ("tag", "update"),
    }
    assert recorded == EVERY_CALL
