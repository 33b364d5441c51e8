"""People whose properties are planned and not yet written: their events wait.

Within a run an event names the write it comes after. From one run to the next the cache keeps who is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intercom_iac.engines import DuckDBEngine, TableEngine
from intercom_iac.tables import AcceptedTable
from intercom_iac.writes import Write

from .cache import SyncCache
from .file import CATALOG
from .inserting import insert_columns
from .keys import normal_key

PLANNED = "sync_planned_writes"
_WAITING, _SETTLED = "sync_waiting", "sync_settled"
_AT_ONCE = 5_000


class PlannedWrites:
    """The writes of this run to people, by everything that events may call these."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self._engine = engine.open_cursor()
        self._rows: list[tuple[int, str, str, str, str]] = []
        open_planned_writes(self._engine)

    def add(self, write: Write, names: Mapping[str, str]) -> None:
        """Adds a write; `names` are those of its person beside the key of the write and what it sets."""
        if write.record != "contact":
            return
        sent = {name: str(write.body[name]) for name in ("external_id", "email") if write.body.get(name)}
        known = {*names.items(), *sent.items(), (write.key_name, write.key)}
        self._rows += [
            (write.number, write.key_name, write.key, name, normal_key(name, key))
            for name, key in sorted(known)
        ]
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._engine.close()

    def _flush(self) -> None:
        if self._rows:
            insert_columns(self._engine, PLANNED, ("bigint", "text", "text", "text", "text"), self._rows)
            self._rows.clear()


def open_planned_writes(engine: DuckDBEngine) -> None:
    engine.execute(
        f"create table if not exists {PLANNED} "
        "(number bigint, of_name text, of text, key_name text, key text)"
    )


def begin_writes(cache: SyncCache, writes: Iterable[Write]) -> None:
    """Keeps of whom the properties that this run planned are about to be written: before the first of them is.

    `writes` are those that are about to be made: whether one that fails was made after all is not known, so what the
    cache knows of their records is not believed any more.
    """
    cache.doubt(write.live_id for write in writes if write.live_id is not None)
    open_planned_writes(cache.engine)
    cache.engine.execute(
        f"insert into {CATALOG}.pending select of_name, of, key_name, key from {PLANNED} "
        f"except select of_name, of, key_name, key from {CATALOG}.pending"
    )


def settle(cache: SyncCache, table: AcceptedTable, tables: TableEngine, changed: str) -> None:
    """Nothing is pending for people of the table who are in Intercom as they are in the table."""
    engine = cache.engine
    open_planned_writes(engine)
    of_name = engine.dialect.text(table.key_name)
    left = f"select of from {PLANNED} where of_name = {of_name}"
    engine.execute(
        f"create or replace table {_WAITING} as select distinct of as key from {CATALOG}.pending "
        f"where of_name = {of_name} and of not in ({left})"
    )
    if list(engine.rows(f"select 1 from {_WAITING} limit 1")):
        waiting = tables.lend(_WAITING)
        tables.fetch(_SETTLED, f"select w.key as key from {waiting} w join {table.table} a on a.key = w.key")
        engine.execute(
            f"delete from {CATALOG}.pending where of_name = {of_name} and of in (select key from {_WAITING}) "
            f"and (of in (select key from {_SETTLED}) or of in (select key from {changed}))"
        )
        engine.execute(f"drop table {_SETTLED}")
    engine.execute(f"drop table {_WAITING}")
