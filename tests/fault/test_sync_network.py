"""`sync`, `sync --replace` and `segment publish` over a network that fails: each write counts once."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import KINDS, Faults, Gateway, Request, Response, Sandbox
from intercom_iac.workspace import embedded

PEOPLE = 24
SPECS = """\
attributes:
  contact:
    plan: {type: string}
    seats: {type: integer}
    places: {type: string, replaces: {attribute: seats}}
  company: {tier: {type: string}}
events: {paid: {}}
segments:
  pro: {name: Pro people, rule: plan = pro, publish: [tag, attribute]}
  gold: {name: Gold firms, rule: company.tier = gold, publish: [company tag]}
"""
PROJECT = """\
version: 1
workspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}
sources:
  firms: {kind: file, of: companies, path: firms.csv, mode: upsert}
  people: {kind: file, of: contacts, path: people.csv, mode: upsert}
  actions: {kind: file, of: events, path: actions.csv}
"""


class Witness:
    """Counts writes that changed something, by what they are about."""

    def __init__(self) -> None:
        self.writes: Counter[str] = Counter()

    def watch(self, request: Request, response: Response) -> None:
        if request.method == "GET" or "search" in request.path or "list" in request.path:
            return
        if response.status < 300:
            body = json.loads(request.body or b"{}")
            self.writes[f"{request.method} {request.path} {json.dumps(body, sort_keys=True)}"] += 1


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def project(scratch, monkeypatch: pytest.MonkeyPatch, witness: Witness):
    """A project that is applied; from here on its network is one that `network` makes fail."""
    scratch.spec(SPECS).write({"intercom-iac.yaml": PROJECT})
    scratch.apply()
    keys = [f"u{at}" for at in range(PEOPLE)]
    rows = "".join(f"{key},{'pro' if at % 2 else 'free'},{at}\n" for at, key in enumerate(keys))
    happened = "".join(f"{key},paid,2026-01-31T10:00:00Z\n" for key in keys)
    firms = "".join(f"c{at},Firm {at},{'gold' if at % 2 else 'tin'}\n" for at in range(6))
    scratch.write({
        "people.csv": f"external_id,plan,seats\n{rows}",
        "actions.csv": f"external_id,event_name,created_at\n{happened}",
        "firms.csv": f"company_id,name,tier\n{firms}",
    })  # fmt: skip
    handle = Sandbox.handle

    def watched(self: Sandbox, request: Request) -> Response:
        response = handle(self, request)
        witness.watch(request, response)
        return response

    monkeypatch.setattr(Sandbox, "handle", watched)
    return scratch


def break_network(monkeypatch: pytest.MonkeyPatch, faults: list[str]) -> None:
    network = Faults.parse(faults, seed=11)
    init = embedded.Embedded.__init__

    def open_behind(self: embedded.Embedded, workspace: Any, path: Path) -> None:
        init(self, Gateway(workspace, faults=network, sleep=lambda _: None), path)

    monkeypatch.setattr(embedded.Embedded, "__init__", open_behind)


COMMANDS = ("sync --auto-approve", "sync --replace places --auto-approve", "segment publish --auto-approve")


def converge(project, command: str) -> None:
    for _ in range(4):
        result = project.run(command)
        assert "Traceback" not in result.err
        if result.code == 0:
            return
    raise AssertionError(result)


LONG = os.environ.get("INTERCOM_IAC_FAULTS") == "all"
MIXED = [f"{kind}=0.03" for kind in KINDS]


@pytest.mark.parametrize("faults", [MIXED, *([f"{kind}=0.1"] for kind in KINDS)] if LONG else [MIXED])
def test_it_converges_and_a_second_run_sends_nothing(
    project, witness: Witness, monkeypatch: pytest.MonkeyPatch, faults: list[str]
) -> None:
    with monkeypatch.context() as broken:
        break_network(broken, faults)
        for command in COMMANDS:
            converge(project, command)
    created = [call for call in witness.writes if call.startswith("POST /contacts {")]
    assert len(created) == PEOPLE == sum(witness.writes[call] for call in created)
    witness.writes.clear()
    for command in COMMANDS:
        result = project.run(command)
        assert (result.code, "Nothing to" in result.out) == (0, True), result
    assert not witness.writes
    with Sandbox(project.root / ".intercom-iac" / "sandbox.db") as sandbox:
        headers = {"authorization": "Bearer any"}
        answer = sandbox.handle(Request("GET", "/contacts", {"per_page": "150"}, headers, b""))
        people = [found for found in json.loads(answer.body)["data"] if found["external_id"].startswith("u")]
    assert len(people) == PEOPLE
    for person in people:
        at = int(person["external_id"][1:])
        custom = person["custom_attributes"]
        is_pro = bool(at % 2)
        assert (custom["plan"], custom["seats"], custom["places"]) == (
            "pro" if is_pro else "free",
            at,
            str(at),
        )
        assert bool(person["tags"]["data"]) is bool(custom.get("pro")) is is_pro
