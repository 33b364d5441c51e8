"""Writes are made once, in their order, and what became of each is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.workspace import Client, HttpWorkspace, Records, Target
from intercom_iac.workspace.embedded import Embedded
from intercom_iac.writes import Delivery, Spool, SpoolWriter, Write, WriteJournal, deliver, open_spool

TARGET = Target("sandbox", sandbox=Path("sandbox.db"))


class Counting(Sandbox):
    """A workspace that keeps what was asked of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)
        self.asked: list[tuple[str, str]] = []

    def handle(self, request: Request) -> Any:
        self.asked.append((request.method, request.path))
        return super().handle(request)


@pytest.fixture
def sandbox() -> Iterator[Counting]:
    with Counting() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Counting) -> Client:
    client = Client(TARGET, transport=Embedded(sandbox, Path("sandbox.db")), sleep=lambda _: None)
    client.post("/data_attributes", {"name": "plan", "model": "contact", "data_type": "string"})
    return client


@pytest.fixture
def records(client: Client) -> Records:
    return HttpWorkspace(TARGET, client).records()


def spooled(folder: Path, writes: Sequence[Write]) -> Spool:
    path = folder / "spool.jsonl"
    with SpoolWriter(path, app_id="sandbox") as spool:
        for write in writes:
            spool.write(write)
    found = open_spool(path)
    assert found is not None
    return found


def delivered(folder: Path, records: Records, writes: Sequence[Write], **options: Any) -> Delivery:
    spool = spooled(folder, writes)
    with WriteJournal(folder / "writes.jsonl", spool, "sandbox") as journal:
        return deliver(spool, records, journal, **options)


def update(number: int, live_id: str | None, plan: str, key: str | None = None, **more: Any) -> Write:
    return Write(
        number=number,
        action="update",
        record="contact",
        key_name="external_id",
        key=key or f"u{number}",
        live_id=live_id,
        body={"custom_attributes": {"plan": plan}},
        before={"custom_attributes": {"plan": None}},
        **more,
    )


def event(number: int, user: str, after: int | None = None) -> Write:
    return Write(
        number=number,
        action="send",
        record="event",
        key_name="external_id",
        key=user,
        body={"event_name": "paid", "created_at": 1_700_000_000, "user_id": user},
        after=after,
    )


def test_updates_are_made_once_each(
    tmp_path: Path, sandbox: Counting, client: Client, records: Records
) -> None:
    ids = [str(client.post("/contacts", {"external_id": f"u{number}"})["id"]) for number in range(40)]
    sandbox.asked.clear()
    writes = [update(number, ids[number], f"p{number}") for number in range(40)]
    outcome = delivered(tmp_path, records, writes, parallelism=4)
    assert outcome == Delivery(done=40, failed=0, not_tried=0)
    assert sorted(sandbox.asked) == sorted(("PUT", f"/contacts/{contact}") for contact in ids)
    for number, contact in enumerate(ids):
        live = records.contact(contact)
        assert live is not None
        assert live["custom_attributes"]["plan"] == f"p{number}"


def test_an_event_comes_after_the_property_of_its_person(
    tmp_path: Path, sandbox: Counting, client: Client, records: Records
) -> None:
    ids = [str(client.post("/contacts", {"external_id": f"u{number}"})["id"]) for number in range(3)]
    ids[1] = "0" * 24  # gone
    sandbox.asked.clear()
    writes = [update(number, ids[number], "pro") for number in range(3)]
    writes += [event(3 + number, f"u{number}", after=number) for number in range(3)]
    outcome = delivered(tmp_path, records, writes, parallelism=3)
    assert (outcome.done, outcome.failed, outcome.not_tried, outcome.held_back) == (4, 1, 1, 1)
    (failure,) = outcome.failures
    assert failure.write.key == "u1"
    assert failure.error.message == f"the contact `{ids[1]}` was archived or deleted since the plan was made"
    methods = [method for method, path in sandbox.asked if path == "/events" or method == "PUT"]
    assert methods == ["PUT", "PUT", "PUT", "POST", "POST"]
