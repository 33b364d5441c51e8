"""Writes are made once, in their order, and what became of each is known."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import IntercomIacError, Unauthorized, Unreachable
from intercom_iac.sandbox import Dropped, Request, Response
from intercom_iac.workspace import Client, Records
from intercom_iac.writes import Delivery, DeliveryProgress, Write, WriteJournal
from intercom_iac.writes.rate import Rate
from support.deliveries import Delivering, Observed, create, event, spooled, update


def add_people(client: Client, sandbox: Observed, number: int) -> list[str]:
    ids = [str(client.post("/contacts", {"external_id": f"u{at}"})["id"]) for at in range(number)]
    sandbox.asked.clear()
    return ids


def plan_of(records: Records, contact_id: str) -> Any:
    live = records.contact(contact_id)
    assert live is not None
    return live["custom_attributes"].get("plan")


def test_updates_are_made_once_each(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 40)
    outcome = delivered(*(update(at, ids[at], f"p{at}") for at in range(40)), parallelism=4)
    assert outcome == Delivery(done=40, failed=0, not_tried=0)
    assert outcome.complete
    assert sorted(sandbox.asked) == sorted(("PUT", f"/contacts/{contact}") for contact in ids)
    assert [plan_of(records, contact) for contact in ids] == [f"p{at}" for at in range(40)]


def test_an_event_comes_after_the_property_of_its_person(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 3)
    ids[1] = "0" * 24  # gone
    writes = [update(at, ids[at], "pro") for at in range(3)]
    writes += [event(3 + at, f"u{at}", after=at) for at in range(3)]
    outcome = delivered(*writes, parallelism=3)
    assert (outcome.done, outcome.failed, outcome.not_tried, outcome.held_back) == (4, 1, 1, 1)
    assert not outcome.complete
    (failure,) = outcome.failures
    assert failure.write.key == "u1"
    assert failure.error.message == f"the contact `{ids[1]}` was archived or deleted since the plan was made"
    sent = [method for method, path in sandbox.asked if path == "/events" or method == "PUT"]
    assert sent == ["PUT", "PUT", "PUT", "POST", "POST"]


def test_writes_side_by_side_wait_only_for_those_they_come_after(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 20)
    events = [event(0, "u0")]
    pairs = [
        write
        for at in range(1, 20)
        for write in (update(2 * at - 1, ids[at], "pro", f"u{at}"), event(2 * at, f"u{at}", after=2 * at - 1))
    ]
    outcome = delivered(*events, *pairs, parallelism=4)
    assert outcome.done == 39
    assert sandbox.count("POST", "/events") == 20


def test_companies_come_first(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    ids = add_people(client, sandbox, 4)
    company = Write(
        number=0,
        action="upsert",
        record="company",
        key_name="company_id",
        key="acme",
        body={"company_id": "acme", "custom_attributes": {"tier": "gold"}},
    )
    together = threading.Barrier(4)

    def wait(request: Request) -> None:
        if request.method == "PUT":
            together.wait(5)

    sandbox.intervene = wait
    outcome = delivered(
        company, *(update(at + 1, ids[at], "pro", f"u{at}") for at in range(4)), parallelism=4
    )
    assert outcome.done == 5, "the four updates were under way at once, after the company"
    assert sandbox.asked[0] == ("POST", "/companies")
    assert delivered.spool is not None
    with WriteJournal(delivered.journal_path, delivered.spool, "sandbox") as journal:
        (found, live_id), *_ = journal.states.done_of(delivered.spool)
    assert (found.key, live_id) == ("acme", client.get("/companies", company_id="acme")["data"][0]["id"])


def test_a_refused_row_stops_no_other_and_shows_no_value(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 2)
    wrong = Write(
        number=0,
        action="update",
        record="contact",
        key_name="external_id",
        key="u0",
        live_id=ids[0],
        body={"custom_attributes": {"secret street": "Elm Street 5"}},
    )
    sandbox.intervene = lambda request: (
        Response(
            400,
            {"content-type": "application/json"},
            b'{"errors": [{"message": "`Elm Street 5` is not one of ours"}]}',
        )
        if b"Elm" in request.body
        else None
    )
    outcome = delivered(wrong, update(1, ids[1], "pro"))
    assert (outcome.done, outcome.failed) == (1, 1)
    assert outcome.failures[0].error.message == "Intercom refused the change: `***` is not one of ours"
    assert outcome.failures[0].error.code == "API803"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_stops_everything(
    sandbox: Observed, client: Client, delivered: Delivering, status: int
) -> None:
    ids = add_people(client, sandbox, 30)
    sandbox.intervene = lambda _: Response(status, {"content-type": "application/json"}, b"{}")
    outcome = delivered(*(update(at, ids[at], "pro") for at in range(30)), parallelism=2)
    assert isinstance(outcome.stopped, Unauthorized)
    assert (outcome.done, outcome.failed, outcome.not_tried) == (0, 0, 30)
    assert len(sandbox.asked) <= 2


def test_a_workspace_that_answers_no_more_stops_everything(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 60)

    def drop(request: Request) -> None:
        if len(sandbox.asked) > 20:
            raise Dropped("drop-before-accept")

    sandbox.intervene = drop
    outcome = delivered(*(update(at, ids[at], "pro") for at in range(60)), parallelism=1)
    assert isinstance(outcome.stopped, Unreachable)
    assert outcome.done == 20
    assert outcome.failed <= 1, "of those that ran it is not known whether they were made"
    assert outcome.done + outcome.failed + outcome.not_tried == 60
    sandbox.intervene = lambda _: None
    sandbox.asked.clear()
    again = delivered.carry_on(parallelism=1)
    assert again == Delivery(done=60, failed=0, not_tried=0)
    assert sandbox.count("PUT") == 40
    assert sandbox.count("GET") <= 2, "what had begun was looked at, and nothing else"


def test_stopped_by_a_person_it_can_be_carried_on_with(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 30)
    outcome = delivered(
        *(update(at, ids[at], "pro") for at in range(30)),
        parallelism=1,
        should_stop=lambda: len(sandbox.asked) >= 10,
    )
    assert outcome == Delivery(done=10, failed=0, not_tried=20, interrupted=True)
    assert delivered.carry_on() == Delivery(done=30, failed=0, not_tried=0)
    assert sandbox.count("PUT") == 30
    assert sandbox.count("GET") == 0


def test_an_interrupt_leaves_what_runs_without_an_end(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 30)

    interrupted = threading.Event()

    def interrupt(progress: DeliveryProgress) -> None:
        if progress.done >= 10 and not interrupted.is_set():
            interrupted.set()
            raise KeyboardInterrupt

    outcome = delivered(
        *(update(at, ids[at], "pro") for at in range(30)), parallelism=1, on_progress=interrupt
    )
    assert outcome.interrupted
    assert outcome.done in (10, 11)
    assert outcome.done + outcome.failed + outcome.not_tried == 30
    again = delivered.carry_on()
    assert again.done == 30
    assert sandbox.count("PUT") in (30, 31), "one may run on in the thread of the first"


def test_a_full_disk_stops_everything(
    sandbox: Observed, client: Client, delivered: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = add_people(client, sandbox, 30)
    real = WriteJournal.write

    def write(self: WriteJournal, begun: Any, ended: Any) -> None:
        if 10 in begun:
            raise IntercomIacError("the journal cannot be written: no space left on device")
        real(self, begun, ended)

    monkeypatch.setattr(WriteJournal, "write", write)
    outcome = delivered(*(update(at, ids[at], "pro") for at in range(30)), parallelism=1)
    assert outcome.stopped is not None
    assert "no space left" in outcome.stopped.message
    assert outcome.not_tried == 20
    assert sandbox.count("PUT") == 10


def test_progress_counts_every_write(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    ids = add_people(client, sandbox, 5)
    seen: list[DeliveryProgress] = []
    moments = iter(range(1000))
    delivered(
        *(update(at, ids[at], "pro") for at in range(5)),
        parallelism=1,
        on_progress=seen.append,
        clock=lambda: float(next(moments)),
    )
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert (seen[0].done, seen[0].not_tried, seen[-1].done, seen[-1].not_tried) == (0, 5, 5, 0)
    middle = next(progress for progress in seen if progress.done == 3)
    assert middle.rate is not None
    assert middle.seconds_left is not None
    assert middle.seconds_left == pytest.approx(2 / middle.rate)


def test_a_mistake_of_this_program_is_no_outcome(
    sandbox: Observed, client: Client, delivered: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = add_people(client, sandbox, 1)
    monkeypatch.setattr(
        "intercom_iac.writes.making.remaining_body", lambda *_: (_ for _ in ()).throw(ZeroDivisionError)
    )
    with pytest.raises(ZeroDivisionError):
        delivered(update(0, ids[0], "pro"), look_first=True)


def test_a_new_person_is_known_by_id_at_once(
    sandbox: Observed, records: Records, delivered: Delivering, tmp_path: Path
) -> None:
    assert delivered(create(0, "u0"), event(1, "u0", after=0)).done == 2
    assert delivered.spool is not None
    with WriteJournal(delivered.journal_path, delivered.spool, "sandbox") as journal:
        made = {write.number: live_id for write, live_id in journal.states.done_of(delivered.spool)}
    live = records.contact_with_external_id("u0")
    assert live is not None
    assert made == {0: live["id"], 1: None}


def test_a_spool_that_cannot_be_read_to_its_end(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 4)
    delivered.spool = spooled(delivered.folder, [update(at, ids[at], "pro", f"u{at}") for at in range(4)])
    lines = delivered.spool.path.read_bytes().splitlines(keepends=True)
    lines[3] = b"x\n"
    delivered.spool.path.write_bytes(b"".join(lines))
    outcome = delivered.carry_on(parallelism=1)
    assert outcome.stopped is not None
    assert "it is not as it was written" in outcome.stopped.message
    assert outcome.done + outcome.not_tried == 4
    assert sandbox.count("PUT") == outcome.done


def test_a_record_that_is_never_answered_stops_no_other(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = add_people(client, sandbox, 3)
    trouble = Response(500, {"content-type": "application/json"}, b"{}")
    sandbox.intervene = lambda request: trouble if ids[1] in request.path else None
    outcome = delivered(*(update(at, ids[at], "pro", f"u{at}") for at in range(3)), parallelism=1)
    assert (outcome.done, outcome.failed, outcome.stopped) == (2, 1, None)
    assert outcome.failures[0].error.message.startswith("Intercom failed to answer")


def test_a_redirect_stops_everything(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    ids = add_people(client, sandbox, 3)
    sandbox.intervene = lambda _: Response(301, {"location": "https://elsewhere.example"}, b"")
    outcome = delivered(*(update(at, ids[at], "pro", f"u{at}") for at in range(3)), parallelism=1)
    assert (outcome.done, outcome.not_tried) == (0, 3)
    assert outcome.stopped is not None


def test_a_rate_is_of_the_last_minute() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    assert rate.per_second() is None
    for at in range(1, 301):
        now[0] = at / 2
        rate.count()
    assert rate.per_second() == pytest.approx(2.0, rel=0.02)
    now[0] += 60
    assert (rate.per_second() or 0.0) == pytest.approx(1.0, rel=0.05)
