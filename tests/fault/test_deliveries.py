"""Writes of records over HTTP, killed: nothing is lost, nothing is made twice, what is done is let be."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from intercom_iac.sandbox import KINDS, Faults, Gateway, Request, Response, serving
from intercom_iac.workspace import HttpWorkspace
from intercom_iac.writes import Delivery, Spool, Write, WriteJournal, WriteStates, deliver, read_states
from support.deliveries import TARGET, Delivering, Observed, create, event, open_client, spooled, update

UPDATES, CREATES = 3, 2
WRITES = 2 * (UPDATES + CREATES) + 2
STEPS = WRITES + 2
"""Writes of the journal with one call at a time: its header, a line for each write that begins, the last end."""

Moment = Literal["before", "after"]


class Killing(Observed):
    """Kills the process that calls, before or after a call is carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.kill: tuple[Moment, int] | None = None
        self.started = threading.Event()
        self.pid = 0
        self._turn = threading.Lock()

    def start(self, pid: int) -> None:
        self.pid = pid
        self.started.set()

    def handle(self, request: Request) -> Response:
        with self._turn:
            if self.kill is None or len(self.asked) + 1 != self.kill[1]:
                return super().handle(request)
            moment, _ = self.kill
            assert self.started.wait(10)
            if moment == "before":
                os.kill(self.pid, signal.SIGKILL)
                self.asked.append((request.method, request.path))
                return Response(500, {}, b"")
            answer = super().handle(request)
            os.kill(self.pid, signal.SIGKILL)
            return answer


class World:
    """Three people of a workspace, and writes about these, two new ones, two companies and events of all."""

    def __init__(self, sandbox: Killing, url: str, folder: Path, forker: Any) -> None:
        self.sandbox = sandbox
        self.url = url
        self.folder = folder
        self.forker = forker
        self.name = folder.name
        self.client = open_client(sandbox)
        self.ids = [
            str(self.client.post("/contacts", {"external_id": self.key(at)})["id"]) for at in range(UPDATES)
        ]
        self.before = self.people()
        self.spool: Spool = spooled(folder, self.writes())
        sandbox.kill = None
        sandbox.asked.clear()

    def key(self, at: int) -> str:
        return f"{self.name}-{at}"

    def people(self) -> int:
        return self.client.get("/contacts")["total_count"]

    def writes(self) -> list[Write]:
        companies = [
            Write(
                number=at,
                action="upsert",
                record="company",
                key_name="company_id",
                key=self.key(at),
                body={"company_id": self.key(at), "custom_attributes": {"tier": "gold"}},
            )
            for at in range(2)
        ]
        people = [update(2 + at, self.ids[at], "pro", self.key(at)) for at in range(UPDATES)]
        people += [create(2 + at, self.key(at)) for at in range(UPDATES, UPDATES + CREATES)]
        events = [event(7 + at, self.key(at), after=2 + at) for at in range(UPDATES + CREATES)]
        return [*companies, *people, *events]

    @property
    def journal(self) -> Path:
        return self.folder / "writes.jsonl"

    def run(self, parallelism: int = 1, **how: Any) -> Any:
        args = ("deliver", self.url, str(self.spool.path), str(self.journal), str(parallelism))
        self.sandbox.started.clear()
        return self.forker.run(self.folder, *args, on_start=self.sandbox.start, **how)

    def survives(self, ended: Any) -> None:
        """The next run does what is left, and nothing else."""
        assert ended.code in (-signal.SIGKILL, 0), ended.text
        states = read_states(self.journal, self.spool) or WriteStates(self.spool.count)
        done = {write.number: live_id for write, live_id in states.done_of(self.spool)}
        self.sandbox.kill = None
        self.sandbox.asked.clear()
        again = self.run()
        assert again.code == 0, again.text
        asked = [f"{method} {path}" for method, path in self.sandbox.asked]
        for number, live_id in done.items():
            if live_id is not None and 2 <= number < 7:
                assert not any(live_id in call for call in asked), "what is done is not looked at"
        assert len(asked) <= WRITES - len(done) + 2 * states.in_flight
        assert not any("search" in call for call in asked)
        self.sandbox.asked.clear()
        with WriteJournal(self.journal, self.spool, "live") as journal:
            records = HttpWorkspace(TARGET, self.client).records()
            assert deliver(self.spool, records, journal).done == WRITES
        assert self.sandbox.asked == [], "a run after the last sends nothing"
        self.is_whole()

    def is_whole(self) -> None:
        assert self.people() == self.before + CREATES
        for key in map(self.key, range(UPDATES + CREATES)):
            contact = self.client.get(f"/contacts/find_by_external_id/{key}")
            assert contact["custom_attributes"]["plan"] == "pro"
            summary = self.client.get("/events", type="user", user_id=key, summary="true")["events"]
            assert [(one["name"], one["count"]) for one in summary] == [("paid", 1)]
        for at in range(2):
            (company,) = self.client.get("/companies", company_id=self.key(at))["data"]
            assert company["custom_attributes"]["tier"] == "gold"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Killing, str]]:
    with Killing() as sandbox, serving(sandbox) as url:
        client = open_client(sandbox)
        for model, name in (("contact", "plan"), ("company", "tier")):
            client.post("/data_attributes", {"name": name, "model": model, "data_type": "string"})
        yield sandbox, url


@pytest.fixture
def world(served: tuple[Killing, str], tmp_path: Path, forker: Any) -> World:
    return World(*served, tmp_path, forker)


LONG = os.environ.get("INTERCOM_IAC_FAULTS") == "all"


@pytest.mark.parametrize("where", ["before", "amid", "after"] if LONG else ["amid", "after"])
@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_killed_at_a_step_of_the_journal(world: World, where: str, at: int) -> None:
    ended = world.run(kill=(where, at))
    assert ended.code == -signal.SIGKILL, ended.text
    world.survives(ended)


@pytest.mark.parametrize("moment", ["before", "after"] if LONG else ["after"])
@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_killed_at_a_call(world: World, moment: Moment, at: int) -> None:
    world.sandbox.kill = (moment, at)
    ended = world.run(parallelism=1 + at % 4)
    assert ended.code == -signal.SIGKILL, ended.text
    world.survives(ended)


FAULTS = [f"{kind}={chance}" for kind in KINDS for chance in (0.01, 0.1)]


@pytest.mark.parametrize("faults", [*([fault] for fault in FAULTS), [f"{kind}=0.03" for kind in KINDS]])
def test_a_network_that_fails(tmp_path: Path, faults: list[str]) -> None:
    """Every write is done once, whatever becomes of calls and answers on the way."""
    with Observed() as sandbox:
        client = open_client(sandbox)
        for model, name in (("contact", "plan"), ("company", "tier")):
            client.post("/data_attributes", {"name": name, "model": model, "data_type": "string"})
        ids = [str(client.post("/contacts", {"external_id": f"u{at}"})["id"]) for at in range(20)]
        writes = [update(at, ids[at], "pro") for at in range(20)]
        writes += [create(at, f"u{at}") for at in range(20, 40)]
        writes += [event(40 + at, f"u{at}", after=at) for at in range(40)]
        gateway = Gateway(sandbox, faults=Faults.parse(faults, seed=7), sleep=lambda _: None)
        records = HttpWorkspace(TARGET, open_client(gateway, parallelism=4)).records()
        outcome = Delivering(tmp_path, records)(*writes, parallelism=4)
        assert outcome == Delivery(done=80, failed=0, not_tried=0)
        assert gateway.injected or faults[0].endswith("=0.01")
        found = client.get("/contacts", per_page="150")
        assert found["total_count"] == 40
        assert {contact["custom_attributes"]["plan"] for contact in found["data"]} == {"pro"}
        for at in range(40):
            summary = client.get("/events", type="user", user_id=f"u{at}", summary="true")["events"]
            assert [(one["name"], one["count"]) for one in summary] == [("paid", 1)]
