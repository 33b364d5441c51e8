"""Deliveries to a workspace in memory that keeps what was asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from intercom_iac.sandbox import Dropped, Gateway, Request, Response, Sandbox
from intercom_iac.workspace import Client, Records, Target
from intercom_iac.workspace.embedded import Embedded
from intercom_iac.writes import Delivery, Spool, SpoolWriter, Write, WriteJournal, deliver, open_spool

TARGET = Target("sandbox", sandbox=Path("sandbox.db"))


class Observed(Sandbox):
    """`asked` are the calls that arrived; `intervene` is called before each, and may raise `Dropped`, answer, or do
    what somebody else would."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)
        self.asked: list[tuple[str, str]] = []
        self.intervene: Callable[[Request], Response | None] = lambda _: None
        self.drop_answer: Callable[[Request], bool] = lambda _: False

    def handle(self, request: Request) -> Response:
        self.asked.append((request.method, request.path))
        answer = self.intervene(request) or super().handle(request)
        if self.drop_answer(request):
            raise Dropped("drop-after-accept")
        return answer

    def count(self, method: str, path: str = "") -> int:
        return sum(one == method and where.startswith(path) for one, where in self.asked)


def open_client(workspace: Sandbox | Gateway, **options: Any) -> Client:
    transport = Embedded(workspace, Path("sandbox.db"))
    return Client(TARGET, transport=transport, sleep=lambda _: None, **options)


def spooled(folder: Path, writes: Sequence[Write]) -> Spool:
    path = folder / "spool.jsonl"
    with SpoolWriter(path, app_id="sandbox") as spool:
        for write in writes:
            spool.write(write)
    found = open_spool(path)
    assert found is not None
    return found


class Delivering:
    """Delivers writes by a journal in a folder of the test's own; carries on with a spool that is there."""

    def __init__(self, folder: Path, records: Records) -> None:
        self.folder = folder
        self.records = records
        self.spool: Spool | None = None

    @property
    def journal_path(self) -> Path:
        return self.folder / "writes.jsonl"

    def __call__(self, *writes: Write, **options: Any) -> Delivery:
        self.spool = spooled(self.folder, writes)
        return self.carry_on(**options)

    def carry_on(self, **options: Any) -> Delivery:
        assert self.spool is not None
        with WriteJournal(self.journal_path, self.spool, "sandbox") as journal:
            return deliver(self.spool, self.records, journal, **options)


def update(number: int, live_id: str | None, plan: str | None, key: str | None = None, **more: Any) -> Write:
    return Write(
        number=number,
        action="update",
        record="contact",
        key_name=more.pop("key_name", "external_id"),
        key=key or f"u{number}",
        live_id=live_id,
        body={"custom_attributes": {"plan": plan}},
        before=more.pop("before", {"custom_attributes": {"plan": None}}),
        **more,
    )


def create(number: int, key: str, plan: str = "pro", email: str | None = None) -> Write:
    return Write(
        number=number,
        action="create",
        record="contact",
        key_name="external_id",
        key=key,
        body={
            "role": "user",
            "external_id": key,
            **({"email": email} if email else {}),
            "custom_attributes": {"plan": plan},
        },
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
