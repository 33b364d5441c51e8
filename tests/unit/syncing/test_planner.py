"""A table is compared with the cache, then with the workspace; just what differs is written."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.model import DataType
from support.sync_bench import PLAN, SEATS, SyncBench
from support.sync_tables import company, contact, payload_field

DAY = 86_400


def test_just_what_differs_is_written(bench: SyncBench) -> None:
    bench.records.contacts = [
        contact("u1", plan_type="free", seats=3),
        contact("u2", plan_type="pro", seats=3.0),
        contact("u3", seats=1),
    ]
    rows = [("u1", ["pro", 3]), ("u2", ["pro", 3]), ("u3", ["pro", None]), ("u4", ["pro", 1])]
    plan, writes = bench.plan(rows)
    assert (plan.update, plan.unchanged, plan.not_found, plan.create) == (2, 1, 1, 0)
    assert plan.properties == {"plan_type": 2}
    assert [(write.number, write.key, write.live_id, write.row) for write in writes] == [
        (0, "u1", "id-u1", 1),
        (1, "u3", "id-u3", 3),
    ]
    assert [(write.body, write.before) for write in writes] == [
        ({"custom_attributes": {"plan_type": "pro"}}, {"custom_attributes": {"plan_type": "free"}}),
        ({"custom_attributes": {"plan_type": "pro"}}, {"custom_attributes": {"plan_type": None}}),
    ]
    assert [(sample.key, sample.before) for sample in plan.samples["plan_type"]] == [
        ("u1", "free"),
        ("u3", None),
    ]
    assert [(move.before, move.after, move.count) for move in plan.moves["plan_type"]] == [
        ("free", "pro", 1),
        (None, "pro", 1),
    ]


def test_empty_cells_clear_only_where_that_is_asked_for(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free", seats=3), contact("u2", seats=None)]
    rows = [("u1", [None, None]), ("u2", [None, None])]
    plan, writes = bench.plan(rows)
    assert (plan.unchanged, writes) == (2, [])
    plan, writes = bench.plan(rows, null="clear", verify=True)
    assert (plan.update, plan.unchanged, plan.clearing) == (1, 1, 1)
    assert plan.cleared == {"plan_type": 1, "seats": 1}
    assert writes[0].body == {"custom_attributes": {"plan_type": None, "seats": None}}


@pytest.mark.parametrize(
    ("mode", "counts", "actions"),
    [
        ("update_only", (0, 1, 0, 1), ["update"]),
        ("upsert", (1, 1, 0, 0), ["update", "create"]),
        ("create_only", (1, 0, 1, 0), ["create"]),
    ],
)
def test_modes(bench: SyncBench, mode: str, counts: tuple[int, ...], actions: list[str]) -> None:
    bench.records.contacts = [contact("u1", plan_type="free")]
    plan, writes = bench.plan([("u1", ["pro", None]), ("u2", ["free", None])], mode=mode)
    assert (plan.create, plan.update, plan.unchanged, plan.not_found) == counts
    assert [write.action for write in writes] == actions
    if "create" in actions:
        assert writes[-1].body == {
            "external_id": "u2",
            "role": "user",
            "custom_attributes": {"plan_type": "free"},
        }
    bench.carry_out(plan, writes)
    again, writes = bench.plan([("u1", ["pro", None]), ("u2", ["free", None])], mode=mode)
    assert writes == []
    assert again.not_found == plan.not_found


def test_a_key_that_several_records_have_is_left(bench: SyncBench) -> None:
    bench.records.contacts = [
        contact("u1", plan_type="free") | {"email": "Ann@example.com"},
        contact("u2") | {"email": "ann@example.com"},
        contact("u3") | {"email": "Bob@Example.com"},
    ]
    rows = [("ann@example.com", ["pro", 1]), ("bob@example.com", ["pro", 1])]
    plan, writes = bench.plan(rows, key_name="email")
    assert (plan.ambiguous, plan.update) == (1, 1)
    assert [write.live_id for write in writes] == ["id-u3"]


def test_what_the_cache_knows_is_not_looked_up_but_for_a_sample(bench: SyncBench) -> None:
    bench.records.contacts = [contact(f"u{n}", plan_type="free", seats=n) for n in range(400)]
    rows = [(f"u{n}", ["free", n]) for n in range(400)]
    first, writes = bench.plan(rows)
    assert (first.trust, first.unchanged, writes) == ("none", 400, [])
    bench.now += DAY
    rows[7] = ("u7", ["pro", 7])
    second, writes = bench.plan(rows)
    assert (second.trust, second.verified, second.mismatched, second.compared) == ("kept", 150, 0, 1)
    assert (second.update, second.unchanged, second.calls) == (1, 399, 2)
    sample = bench.records.searched[-2]
    assert len(sample) == 150 and any(int(key[1:]) >= 300 for key in sample), "from anywhere in the table"
    bench.carry_out(second, writes)
    third, writes = bench.plan(rows)
    assert (third.update, third.unchanged, writes) == (0, 400, [])


def test_a_mismatch_drops_the_trust_and_everything_is_compared(bench: SyncBench) -> None:
    rows = [(f"u{n}", ["free", n]) for n in range(100)]
    bench.records.contacts = [contact(key, plan_type=values[0], seats=values[1]) for key, values in rows]
    bench.plan(rows)
    bench.records.contacts[3]["custom_attributes"]["plan_type"] = "pro"
    plan, writes = bench.plan(rows)
    assert (plan.trust, plan.verified, plan.mismatched, plan.compared) == ("dropped", 100, 1, 100)
    assert plan.drifted == 1
    assert [write.key for write in writes] == ["u3"]


def test_trust_ends_after_its_days(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free")]
    bench.plan([("u1", ["free", None])])
    bench.now += 8 * DAY
    plan, _ = bench.plan([("u1", ["free", None])])
    assert (plan.compared, plan.verified, plan.unchanged) == (1, 0, 1)
    plan, _ = bench.plan([("u1", ["free", None])], cache_days=0)
    assert plan.compared == 0, "compared this very second"


def test_verifying_reads_what_was_updated_since_where_that_is_cheaper(bench: SyncBench) -> None:
    rows = [(f"u{n}", ["free", n]) for n in range(1000)]
    bench.records.contacts = [
        contact(key, plan_type="free", seats=values[1], updated_at=bench.now - 30 * DAY)
        for key, values in rows
    ]
    first, _ = bench.plan(rows)
    assert first.unchanged == 1000
    bench.now += 10 * DAY
    changed, moved = bench.records.contacts[5], bench.records.contacts[6]
    changed["custom_attributes"]["plan_type"] = "pro"
    moved["external_id"] = "other"
    changed["updated_at"] = moved["updated_at"] = bench.now - DAY
    plan, writes = bench.plan(rows, verify=True)
    assert (plan.trust, plan.update, plan.not_found, plan.unchanged) == ("verified", 1, 1, 998)
    assert plan.drifted == 2
    assert [write.key for write in writes] == ["u5"]
    assert [call for call, _ in bench.records.made] == ["count", "count", "page", "search"]
    bench.carry_out(plan, writes)
    again, writes = bench.plan(rows)
    assert (again.compared, writes) == (1, []), "who was not updated since is trusted again"


def test_all_are_read_by_pages_where_keys_take_more_calls(bench: SyncBench) -> None:
    bench.records.contacts = [contact(f"u{n}", plan_type="free") for n in range(200)]
    rows = [(f"u{n}", ["pro", None]) for n in range(2000)]
    plan, writes = bench.plan(rows)
    assert (plan.update, plan.not_found, len(writes)) == (200, 1800, 200)
    assert [call for call, _ in bench.records.made] == ["count", "page", "page"]


def test_what_was_just_written_is_read_by_its_id(bench: SyncBench) -> None:
    plan, writes = bench.plan([("u1", ["free", None])], mode="upsert")
    bench.carry_out(plan, writes)
    bench.records.unseen = {"id-u1"}
    again, writes = bench.plan([("u1", ["free", None])], mode="upsert")
    assert (again.unchanged, again.verified, again.mismatched, writes) == (1, 1, 0, [])
    assert [call for call, _ in bench.records.made] == ["search", "contact"]
    changed, writes = bench.plan([("u1", ["pro", None])], mode="upsert")
    assert (changed.create, changed.update) == (0, 1)
    assert bench.records.made == [("contact", "id-u1")]
    assert writes[0].before == {"custom_attributes": {"plan_type": "free"}}
    verified, writes = bench.plan([("u1", ["free", None])], mode="upsert", verify=True)
    assert (verified.unchanged, writes) == (1, [])
    assert [call for call, _ in bench.records.made] == ["search", "contact"]


@pytest.mark.parametrize("settings", [{}, {"verify": True}, {"cache_days": 0}])
def test_what_somebody_changed_right_after_it_was_written_is_found(
    bench: SyncBench, settings: dict[str, Any]
) -> None:
    plan, writes = bench.plan([("u1", ["free", None])], mode="upsert")
    bench.carry_out(plan, writes)
    bench.now += 1
    bench.records.contacts[0]["custom_attributes"]["plan_type"] = "pro"
    plan, writes = bench.plan([("u1", ["free", None])], **settings)
    assert (plan.update, plan.drifted) == (1, 1)
    assert [write.body for write in writes] == [{"custom_attributes": {"plan_type": "free"}}]


def test_what_was_just_written_and_found_to_be_so_is_read_by_its_id_again(bench: SyncBench) -> None:
    plan, writes = bench.plan([("u1", ["free", None])], mode="upsert")
    bench.carry_out(plan, writes)
    bench.records.unseen = {"id-u1"}
    bench.records.contacts[0]["custom_attributes"]["plan_type"] = "pro"
    plan, writes = bench.plan([("u1", ["pro", None])])
    assert (plan.unchanged, writes) == (1, [])
    plan, writes = bench.plan([("u1", ["free", None])])
    assert (plan.update, plan.not_found) == (1, 0)


def test_two_tables_of_the_same_people_do_not_hide_each_others_writes(bench: SyncBench) -> None:
    bench.records.contacts = [contact("u1", plan_type="free")]
    both, one = [("u1", ["free", None])], [("u1", ["pro"])]
    bench.plan(both)
    plan, writes = bench.plan(one, fields=(PLAN,))
    bench.carry_out(plan, writes)
    bench.now += 3600
    plan, writes = bench.plan(both)
    assert [write.body for write in writes] == [{"custom_attributes": {"plan_type": "free"}}]


def test_companies_are_listed_or_looked_for_whichever_is_cheaper(bench: SyncBench) -> None:
    plan_name = payload_field("plan", DataType.STRING, owner="company", custom=False, nullable=False)
    spend = payload_field("monthly_spend", DataType.FLOAT, owner="company", custom=False, nullable=False)
    seats = payload_field("seats", DataType.INTEGER, owner="company")
    bench.records.company_list = [
        company(f"c{n}", seats=n) | {"plan": {"name": "basic"}, "monthly_spend": 99} for n in range(150)
    ]
    fields = (plan_name, spend, seats)
    rows = [(f"c{n}", ["basic", 99.5, n]) for n in range(100)]
    rows[4] = ("c4", ["gold", 99.5, 4])
    plan, writes = bench.plan(rows, fields=fields, record="company", key_name="company_id")
    assert (plan.update, plan.unchanged) == (1, 99)
    assert [call for call, _ in bench.records.made] == ["companies", "companies"]
    assert (writes[0].action, writes[0].body) == ("upsert", {"company_id": "c4", "plan": "gold"})
    rows = [("c1", ["gold", None, None]), ("nobody", ["gold", None, None])]
    plan, writes = bench.plan(rows, fields=fields, record="company", key_name="company_id", mode="upsert")
    assert (plan.create, plan.update) == (1, 1)
    assert [write.body["company_id"] for write in writes] == ["c1", "nobody"]


def test_no_value_of_a_secret_column_is_in_the_plan(bench: SyncBench) -> None:
    from dataclasses import replace

    from intercom_iac.syncing.planner.tally import Tally
    from intercom_iac.syncing.planner.values import Difference

    tally = Tally()
    secret = replace(PLAN, name="api_token")
    tally.add("u1", [Difference(secret, "a", "b"), Difference(SEATS, 1, 2)], {"api_token"})
    assert tally.properties == {"api_token": 1, "seats": 1}
    assert (set(tally.samples), dict(tally.moves)) == ({"seats"}, {})


def test_whom_the_workspace_did_not_have_is_looked_for_among_those_updated_since(bench: SyncBench) -> None:
    rows = [(f"u{n}", ["free", n]) for n in range(1000)]
    bench.records.contacts = [
        contact(key, plan_type="free", seats=values[1], updated_at=bench.now - 30 * DAY)
        for key, values in rows[:600]
    ]
    first, _ = bench.plan(rows)
    assert (first.unchanged, first.not_found) == (600, 400)
    bench.now += DAY
    plan, writes = bench.plan(rows)
    assert (plan.trust, plan.unchanged, plan.not_found, writes) == ("kept", 600, 400, [])
    assert [call for call, _ in bench.records.made] == ["search", "count", "count", "page"]
    bench.records.contacts.append(contact("u700", updated_at=bench.now))
    plan, writes = bench.plan(rows)
    assert (plan.update, plan.not_found, [write.key for write in writes]) == (1, 399, ["u700"])
    plan, writes = bench.plan(rows, mode="upsert")
    assert (plan.create, plan.update) == (399, 1)


def test_the_registrar_is_nobody_to_be_created(bench: SyncBench) -> None:
    plan, writes = bench.plan([("intercom-iac-registrar", ["free", None])], mode="upsert")
    assert (plan.create, plan.not_found, writes) == (0, 1, [])
