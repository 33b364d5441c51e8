"""Events that were not sent before, after the properties of their people."""

from __future__ import annotations

from intercom_iac.syncing import begin_writes
from support.sync_bench import NOW, SyncBench
from support.sync_tables import contact

EXPORTED = ("u1", [NOW, "report_exported", "csv"])
SHARED = ("u2", [NOW, "report_shared", None])


def test_events_are_sent_once(bench: SyncBench) -> None:
    again = ("u1", [NOW, "Report_Exported", "pdf"])
    plan, writes = bench.plan_events([EXPORTED, SHARED, again])
    assert (plan.create, plan.unchanged, plan.held_back) == (2, 1, 0)
    assert [write.body for write in writes] == [
        {
            "user_id": "u1",
            "created_at": NOW,
            "event_name": "report_exported",
            "metadata": {"format": "csv"},
        },
        {"user_id": "u2", "created_at": NOW, "event_name": "report_shared"},
    ]
    bench.acknowledge(plan, writes[:1])
    later = ("u1", [NOW + 1, "report_exported", "csv"])
    plan, writes = bench.plan_events([EXPORTED, SHARED, later])
    assert [(write.number, write.row) for write in writes] == [(0, 2), (1, 3)]
    bench.acknowledge(plan, writes)
    assert bench.plan_events([EXPORTED, SHARED, later])[0].create == 0


def test_an_event_comes_after_the_properties_of_its_person(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free")]
    _, contacts = bench.plan([("u1", ["pro", 1]), ("u2", ["pro", 1])], mode="upsert")
    assert [write.number for write in contacts] == [0, 1]
    _, events = bench.plan_events([EXPORTED, SHARED, ("u3", [NOW, "report_shared", None])], first_number=2)
    assert [(write.number, write.key, write.after) for write in events] == [
        (2, "u1", 0),
        (3, "u2", 1),
        (4, "u3", None),
    ]
    by_address, events = bench.plan_events([("u1@example.com", EXPORTED[1])], key_name="email")
    assert [write.after for write in events] == [0]
    assert by_address.held_back == 0


def test_an_event_waits_for_properties_that_an_earlier_run_did_not_write(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free"), contact("u2", plan_type="free")]
    plan, contacts = bench.plan([("u1", ["pro", None]), ("u2", ["pro", None])])
    begin_writes(bench.cache, contacts)
    bench.carry_out(plan, contacts[1:])
    bench.forget_session()
    events, writes = bench.plan_events([EXPORTED, SHARED])
    assert (events.create, events.held_back) == (1, 1)
    assert [write.key for write in writes] == ["u2"]
    by_address, _ = bench.plan_events([("u1@example.com", EXPORTED[1])], key_name="email")
    assert by_address.held_back == 1
    bench.carry_out(plan, contacts[:1])
    assert bench.plan_events([EXPORTED])[0].held_back == 0


def test_an_event_waits_no_longer_where_its_person_has_the_properties(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free")]
    _, planned = bench.plan([("u1", ["pro", None])])
    begin_writes(bench.cache, planned)
    bench.forget_session()
    assert bench.plan_events([EXPORTED])[0].held_back == 1
    bench.records.contacts[0]["custom_attributes"]["plan_type"] = "pro"
    bench.plan([("u1", ["pro", None])])
    assert bench.plan_events([EXPORTED])[0].held_back == 0
