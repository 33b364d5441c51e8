"""What a run that was cut off left is found, settled by id and forgotten."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.workspace import Client, Records
from intercom_iac.writes import (
    SpoolWriter,
    Write,
    WriteJournal,
    forget_run,
    read_unfinished,
    settle,
    spool_path,
    writes_journal_path,
)
from support.deliveries import Observed, create, event, update


def begin(root: Path, writes: list[Write], begun: list[int]) -> WriteJournal:
    """A run that was cut off after these began."""
    with SpoolWriter(spool_path(root, "app"), app_id="app") as writer:
        for write in writes:
            writer.write(write)
    with WriteJournal(writes_journal_path(root, "app"), open_unbegun(root), "live") as journal:
        journal.write(begun, [])
    unfinished = read_unfinished(root, "app")
    assert unfinished is not None
    assert unfinished.workspace == "live"
    assert unfinished.process > 0
    assert unfinished.not_tried == len(writes) - len(begun)
    return WriteJournal(writes_journal_path(root, "app"), unfinished.spool, "live")


def open_unbegun(root: Path):
    from intercom_iac.writes import open_spool

    spool = open_spool(spool_path(root, "app"))
    assert spool is not None
    return spool


def test_what_was_made_is_found_by_id_and_nothing_is_sent(
    tmp_path: Path, sandbox: Observed, client: Client, records: Records
) -> None:
    done = str(client.post("/contacts", {"external_id": "u0", "custom_attributes": {"plan": "pro"}})["id"])
    not_done = str(client.post("/contacts", {"external_id": "u1"})["id"])
    created = str(client.post("/contacts", {"external_id": "u2", "custom_attributes": {"plan": "pro"}})["id"])
    company = client.post("/companies", {"company_id": "acme", "custom_attributes": {"tier": "one"}})["id"]
    sandbox.asked.clear()
    upsert = Write(
        number=4,
        action="upsert",
        record="company",
        key_name="company_id",
        key="acme",
        body={"company_id": "acme", "custom_attributes": {"tier": "one"}},
    )
    writes = [
        update(0, done, "pro"),
        update(1, not_done, "pro"),
        create(2, "u2"),
        create(3, "u3"),
        upsert,
        update(5, "0" * 24, "pro"),
        event(6, "u0"),
        update(7, done, "pro"),
        update(8, done, "pro", "u9"),
    ]
    with begin(tmp_path, writes, [0, 1, 2, 3, 4, 5, 6, 8]) as journal:
        settle(open_unbegun(tmp_path), records, journal)
    assert all(method == "GET" and path != "/contacts/search" for method, path in sandbox.asked)
    assert len(sandbox.asked) == 7
    unfinished = read_unfinished(tmp_path, "app")
    assert unfinished is not None
    found = {write.number: live_id for write, live_id in unfinished.states.done_of(unfinished.spool)}
    assert found == {0: done, 2: created, 4: company}
    assert unfinished.states.in_flight == 5

    sandbox.asked.clear()
    forget_run(tmp_path, "app")
    assert read_unfinished(tmp_path, "app") is None
    forget_run(tmp_path, "app")


def test_a_run_that_had_begun_nothing_left_nothing(tmp_path: Path, records: Records) -> None:
    assert read_unfinished(tmp_path, "app") is None
    with SpoolWriter(spool_path(tmp_path, "app"), app_id="app") as spool:
        spool.write(create(0, "u0"))
    assert read_unfinished(tmp_path, "app") is None
    with WriteJournal(writes_journal_path(tmp_path, "app"), open_unbegun(tmp_path), "live") as journal:
        settle(open_unbegun(tmp_path), records, journal)
    assert records.calls <= 2
