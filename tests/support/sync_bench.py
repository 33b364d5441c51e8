"""An engine with a cache beside a workspace, for tests of syncs."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from intercom_iac.engines import DuckDBEngine, open_duckdb
from intercom_iac.model import DataType
from intercom_iac.model.payload import PayloadField
from intercom_iac.syncing import SyncCache, SyncPlan, acknowledge, open_cache, plan_events, plan_sync
from intercom_iac.writes import Write

from .sync_tables import MemoryRecords, accept_rows, payload_field, table_source

NOW = 1_800_000_000
PLAN = payload_field("plan_type", DataType.OPTIONS)
SEATS = payload_field("seats", DataType.INTEGER)
_EVENT_FIELDS = (
    payload_field("created_at", DataType.DATE, owner="event", custom=False),
    payload_field("event_name", DataType.STRING, owner="event", custom=False),
    payload_field("format", DataType.STRING, owner="event"),
)
Rows = Sequence[tuple[str, Sequence[Any]]]


@dataclass
class SpoolList:
    """A spool in memory."""

    writes: list[Write] = field(default_factory=list[Write])

    def write(self, write: Write) -> None:
        self.writes.append(write)


@dataclass
class SyncBench:
    """An engine with a cache, a workspace, and the time."""

    engine: DuckDBEngine
    cache: SyncCache
    records: MemoryRecords = field(default_factory=MemoryRecords)
    now: int = NOW
    written: dict[str, int] = field(default_factory=dict[str, int])
    """When each record was written, by its id."""

    def plan(
        self,
        rows: Rows,
        *,
        fields: Sequence[PayloadField] = (PLAN, SEATS),
        record: Any = "contact",
        key_name: str = "external_id",
        null: Any = "keep",
        **settings: Any,
    ) -> tuple[SyncPlan, list[Write]]:
        """Plans rows of contacts or companies; the calls of the workspace are those of this plan."""
        table = accept_rows(self.engine, rows, fields, record=record, key_name=key_name)
        spool = SpoolList()
        self.records.made.clear()
        options: Mapping[str, Any] = {"mode": "update_only", "cache_days": 7} | settings
        plan = plan_sync(
            self.engine,
            table,
            table_source(record, null=null),
            cache=self.cache,
            records=cast("Any", self.records),
            spool=spool,
            now=self.now,
            workspace="sandbox",
            app_id="abc",
            **options,
        )
        return plan, spool.writes

    def plan_events(
        self, rows: Rows, key_name: str = "external_id", first_number: int = 0
    ) -> tuple[SyncPlan, list[Write]]:
        """Plans events; a row is a person and second, name, format."""
        table = accept_rows(
            self.engine, rows, _EVENT_FIELDS, record="event", key_name=key_name, name="accepted_events"
        )
        spool = SpoolList()
        plan = plan_events(
            self.engine,
            table,
            table_source("event"),
            cache=self.cache,
            spool=spool,
            workspace="sandbox",
            app_id="abc",
            first_number=first_number,
        )
        return plan, spool.writes

    def acknowledge(self, plan: SyncPlan, writes: Sequence[Write], live_id: str | None = None) -> None:
        acknowledge(
            self.cache,
            record=plan.record,
            key_name=plan.key_name,
            shape=plan.shape,
            done=[(write, live_id or f"id-{write.key}") for write in writes],
            now=self.now,
        )

    def carry_out(self, plan: SyncPlan, writes: Sequence[Write]) -> None:
        """Writes to the workspace, and acknowledges."""
        for write in writes:
            self.records.carry_out(write, self.now)
            self.written[f"id-{write.key}"] = self.now
        self.acknowledge(plan, writes)

    def forget_session(self) -> None:
        """What a run planned is of that run."""
        self.engine.execute("drop table if exists sync_planned_writes")


@contextmanager
def open_sync_bench(root: Path) -> Generator[SyncBench]:
    with open_duckdb() as engine, open_cache(root, "abc", engine) as cache:
        yield SyncBench(engine, cache)
