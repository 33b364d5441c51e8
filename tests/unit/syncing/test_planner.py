"""A table is compared with the cache, then with the workspace; just what differs is written."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from intercom_iac.engines import DuckDBEngine, open_duckdb
from intercom_iac.model import DataType
from intercom_iac.syncing import SyncCache, SyncPlan, acknowledge, open_cache, plan_sync
from intercom_iac.writes import Write
from support.sync_tables import MemoryRecords, accept_rows, contact, payload_field, table_source

DAY = 86_400
NOW = 1_800_000_000
PLAN = payload_field("plan_type", DataType.OPTIONS)
SEATS = payload_field("seats", DataType.INTEGER)
FIELDS = (PLAN, SEATS)


@dataclass
class Spool:
    writes: list[Write] = field(default_factory=list[Write])

    def write(self, write: Write) -> None:
        self.writes.append(write)


@dataclass
class Bench:
    """An engine with a cache, beside a workspace."""

    engine: DuckDBEngine
    cache: SyncCache
    records: MemoryRecords = field(default_factory=MemoryRecords)
    now: int = NOW

    def plan(
        self, rows: Sequence[tuple[str, Sequence[Any]]], **settings: Any
    ) -> tuple[SyncPlan, list[Write]]:
        source = table_source(**{key: settings.pop(key) for key in ("null", "record") if key in settings})
        table = accept_rows(
            self.engine,
            rows,
            settings.pop("fields", FIELDS),
            record=source.record,
            key_name=settings.pop("key_name", "external_id"),
        )
        spool = Spool()
        self.records.made.clear()
        plan = plan_sync(
            self.engine,
            table,
            source,
            cache=self.cache,
            records=cast("Any", self.records),
            spool=spool,
            now=self.now,
            workspace="sandbox",
            app_id="abc",
            **{"mode": "update_only", "cache_days": 7} | settings,
        )
        return plan, spool.writes

    def done(self, plan: SyncPlan, writes: Sequence[Write], live_id: str | None = None) -> None:
        acknowledge(
            self.cache,
            record=plan.record,
            key_name=plan.key_name,
            shape=plan.shape,
            done=[(write, live_id) for write in writes],
            now=self.now,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    with open_duckdb() as engine, open_cache(tmp_path, "abc", engine) as cache:
        yield Bench(engine, cache)


def test_just_what_differs_is_written(bench: Bench) -> None:
    bench.records.contacts = [
        contact("u1", plan_type="free", seats=3),
        contact("u2", plan_type="pro", seats=3.0),
        contact("u3", seats=1),
    ]
    plan, writes = bench.plan(
        [("u1", ["pro", 3]), ("u2", ["pro", 3]), ("u3", ["pro", None]), ("u4", ["pro", 1])]
    )
    assert (plan.update, plan.unchanged, plan.not_found, plan.create) == (2, 1, 1, 0)
    assert plan.properties == {"plan_type": 2}
    assert [
        (write.number, write.key, write.live_id, write.body, write.before, write.row) for write in writes
    ] == [
        (
            0,
            "u1",
            "id-u1",
            {"custom_attributes": {"plan_type": "pro"}},
            {"custom_attributes": {"plan_type": "free"}},
            1,
        ),
        (
            1,
            "u3",
            "id-u3",
            {"custom_attributes": {"plan_type": "pro"}},
            {"custom_attributes": {"plan_type": None}},
            3,
        ),
    ]
    assert plan.samples["plan_type"][0].before == "free"
    assert [(move.before, move.after, move.count) for move in plan.moves["plan_type"]] == [
        ("free", "pro", 1),
        (None, "pro", 1),
    ]


def test_what_the_cache_knows_is_not_looked_up_but_for_a_sample(bench: Bench) -> None:
    bench.records.contacts = [contact(f"u{n}", plan_type="free", seats=n) for n in range(400)]
    rows = [(f"u{n}", ["free", n]) for n in range(400)]
    first, writes = bench.plan(rows)
    assert (first.trust, first.unchanged, writes) == ("none", 400, [])
    bench.now += DAY
    rows[7] = ("u7", ["pro", 7])
    second, writes = bench.plan(rows)
    assert (second.trust, second.verified, second.mismatched, second.compared) == ("kept", 150, 0, 1)
    assert (second.update, second.unchanged, second.calls) == (1, 399, 2)
    bench.records.contacts[7]["custom_attributes"]["plan_type"] = "pro"
    bench.done(second, writes)
    third, writes = bench.plan(rows)
    assert (third.update, third.unchanged, writes) == (0, 400, [])
