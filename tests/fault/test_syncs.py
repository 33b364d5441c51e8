"""A sync of companies, people and events over HTTP, killed: the next one does what is left, once, in order."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Response, serving
from support.deliveries import Observed, open_client

UPDATES, CREATES, COMPANIES = 3, 2, 2
PEOPLE = UPDATES + CREATES
WRITES = COMPANIES + 2 * PEOPLE
SPECS = """\
version: 1
attributes:
  contact:
    plan: {type: string}
  company:
    tier: {type: string}
events:
  paid: {}
"""
PROJECT = """\
version: 1
workspaces: {{live: {{base_url: '{url}', token_env: ANY_TOKEN}}}}
sources:
  firms: {{kind: file, of: companies, path: firms.csv, mode: upsert}}
  people: {{kind: file, of: contacts, path: people.csv, mode: upsert}}
  actions: {{kind: file, of: events, path: actions.csv}}
"""


class Witness(Observed):
    """Counts the writes that were carried out; kills the process that calls, after its call number `kill`."""

    def __init__(self) -> None:
        super().__init__()
        self.kill = 0
        self.writes = 0
        self.carried_out: Counter[str] = Counter()
        self.early: list[str] = []
        self._turn = threading.Lock()
        self._started = threading.Event()
        self._pid = 0

    def expect(self) -> None:
        self._started.clear()
        self.writes = 0

    def start(self, pid: int) -> None:
        self._pid = pid
        self._started.set()

    def handle(self, request: Request) -> Response:
        is_write = request.method == "PUT" or request.path in ("/contacts", "/companies", "/events")
        if not is_write or request.method == "GET":
            return super().handle(request)
        with self._turn:
            body = json.loads(request.body)
            if request.path == "/events" and not self._has_plan(body["user_id"]):
                self.early.append(body["user_id"])
            answer = super().handle(request)
            if answer.status < 300:
                name = body.get("external_id") or body.get("company_id") or body.get("user_id")
                self.carried_out[f"{request.method} {request.path} {name or ''}".rstrip()] += 1
            self.writes += 1
            if self.writes == self.kill:
                assert self._started.wait(10)
                os.kill(self._pid, signal.SIGKILL)
            return answer

    def _has_plan(self, external_id: str) -> bool:
        with self.store(writes=False) as store:
            row = store.first_row("select fields from contacts where external_id = ?", external_id)
            return row is not None and '"pro"' in row["fields"]


class Team:
    """A project with three tables, and its workspace."""

    def __init__(self, witness: Witness, url: str, root: Path, forker: Any) -> None:
        self.witness, self.root, self.forker, self.name = witness, root, forker, root.name
        self.client = open_client(witness)
        for at in range(UPDATES):
            self.client.post(
                "/contacts", {"external_id": self.key(at), "custom_attributes": {"plan": "free"}}
            )
        (root / "specs").mkdir()
        (root / "specs" / "all.yaml").write_text(SPECS)
        (root / "intercom-iac.yaml").write_text(PROJECT.format(url=url))
        keys = [self.key(at) for at in range(PEOPLE)]
        self.write("firms.csv", "company_id,tier", [f"{self.key(at)},gold" for at in range(COMPANIES)])
        self.write("people.csv", "external_id,plan", [f"{key},pro" for key in keys])
        rows = [f"{key},paid,2026-01-31T10:00:00Z" for key in keys]
        self.write("actions.csv", "user_id,event_name,created_at", rows)
        witness.carried_out.clear()
        witness.early.clear()

    def key(self, at: int) -> str:
        return f"{self.name}-{at}"

    def write(self, name: str, header: str, rows: list[str]) -> None:
        (self.root / name).write_text("\n".join([header, *rows]) + "\n")

    def sync(self, *args: str, kill_call: int = 0, **how: Any) -> Any:
        self.witness.expect()
        self.witness.kill = kill_call
        run = ("sync", "--auto-approve", *args)
        return self.forker.run(self.root, *run, on_start=self.witness.start, **how)

    def survives(self, ended: Any) -> None:
        assert ended.code == -signal.SIGKILL, ended.text
        self.converges()

    def converges(self, writes: int | None = None) -> None:
        again = self.sync()
        assert again.code == 0, again.text
        assert writes is None or self.witness.writes == writes, again.text
        assert "Traceback" not in again.text
        for at in range(PEOPLE):
            contact = self.client.get(f"/contacts/find_by_external_id/{self.key(at)}")
            assert contact["custom_attributes"]["plan"] == "pro"
            summary = self.client.get("/events", type="user", user_id=self.key(at), summary="true")["events"]
            assert [(one["name"], one["count"]) for one in summary] == [("paid", 1)]
        assert self.witness.early == [], "no event comes before the property of its person"
        changes = {call: n for call, n in self.witness.carried_out.items() if "/events" not in call}
        assert set(changes.values()) == {1}, changes
        assert len(changes) == COMPANIES + PEOPLE
        last = self.sync()
        assert last.code == 0, last.text
        assert self.witness.writes == 0, last.text


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Witness, str]]:
    with Witness() as witness, serving(witness) as url:
        client = open_client(witness)
        for model, name in (("contact", "plan"), ("company", "tier")):
            client.post("/data_attributes", {"name": name, "model": model, "data_type": "string"})
        yield witness, url


@pytest.fixture
def team(served: tuple[Witness, str], tmp_path: Path, forker: Any) -> Team:
    return Team(*served, tmp_path, forker)


LONG = os.environ.get("INTERCOM_IAC_FAULTS") == "all"


@pytest.mark.parametrize("where", ["before", "amid", "after"] if LONG else ["amid"])
@pytest.mark.parametrize("at", range(1, WRITES + 3) if LONG else (1, 6, 10))
def test_killed_at_a_step_of_the_journal(team: Team, where: str, at: int) -> None:
    team.survives(team.sync("--parallelism", "1", kill=(where, at)))


@pytest.mark.parametrize("at", range(1, WRITES + 1) if LONG else (1, 6, 12))
def test_killed_at_a_call(team: Team, at: int) -> None:
    team.survives(team.sync("--parallelism", str(1 + at % 3), kill_call=at))


@pytest.mark.parametrize("at", range(1, WRITES + 3) if LONG else (3, 7, 11))
def test_a_saved_plan_that_was_killed_is_carried_on_with(team: Team, at: int) -> None:
    """By the same plan: what a protected workspace takes."""
    assert team.sync("--out", "a.plan").code == 0
    ended = team.sync("--plan", "a.plan", "--parallelism", "1", kill=("after", at))
    assert ended.code == -signal.SIGKILL, ended.text
    again = team.sync("--plan", "a.plan")
    assert again.code == 0, again.text
    assert "changed meanwhile" not in again.text
    team.converges(writes=0)


def test_killed_again_and_again_it_still_gets_there(team: Team) -> None:
    for at in (3, 2, 3):
        assert team.sync(kill_call=at).code == -signal.SIGKILL
    team.survives(team.sync(kill_call=2))


STEPS = 70
"""More than a sync of these tables writes to the disk."""


@pytest.mark.parametrize("how", ["EIO-once", "EIO", "ENOSPC"])
@pytest.mark.parametrize("at", range(1, STEPS + 1) if LONG else (9, 23, 40))
def test_a_disk_that_fails(team: Team, how: str, at: int) -> None:
    ended = team.sync("--parallelism", "1", disk=(at, how))
    assert ended.code in (0, 1), ended.text
    assert "Traceback" not in ended.text
    team.converges()


def test_every_step_of_the_disk_is_one_that_is_tried(team: Team) -> None:
    assert 50 < len(team.sync("--parallelism", "1", disk=(0, "EIO")).steps) <= STEPS
