"""Events of a table: those that were not sent before, after the properties of their people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.compilers.sql import Dialect
from intercom_iac.engines import DuckDBEngine, DuckDBTables, TableEngine
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.tables import AcceptedTable, TableColumn, TableSource
from intercom_iac.writes import Write

from ..cache.cache import SyncCache
from ..cache.file import CATALOG
from ..cache.pending import PLANNED, open_planned_writes
from ..plan import SyncPlan
from .comparison import match_key
from .row_writes import WriteSink

_UNSENT = "sync_unsent"
# The names of a person in a table -> in the body of an event.
_PERSON_KEYS = {"external_id": "user_id", "user_id": "user_id", "email": "email", "id": "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event that was not sent. `after` is the write of this run that it comes after; `waits`: properties of its
    person were to be written by an earlier run, and are not."""

    row: int
    key: str
    values: tuple[Any, ...]
    after: int | None
    waits: bool


def plan_events(
    engine: DuckDBEngine,
    table: AcceptedTable,
    source: TableSource,
    *,
    cache: SyncCache,
    spool: WriteSink,
    workspace: str,
    app_id: str,
    first_number: int = 0,
    tables: TableEngine | None = None,
) -> SyncPlan:
    """Plans the events of a table, after the contacts of the same run. The workspace is not asked.

    `tables` is where the table is, None for the engine itself.

    Intercom knows an event by its person, name and second: of several rows with the same ones the first is sent.
    """
    engine.stage = "comparing events"
    open_planned_writes(engine)
    create = held_back = unsent = 0
    for event in _unsent_rows(engine, cache, table, tables or DuckDBTables(engine)):
        unsent += 1
        if event.waits:
            held_back += 1
            continue
        spool.write(sending(event, table, first_number + create))
        create += 1
    return SyncPlan(
        record="event",
        source=source.name,
        workspace=workspace,
        app_id=app_id,
        mode="create_only",
        rows=table.rows,
        rejected=table.rejected,
        key_name=table.key_name,
        create=create,
        held_back=held_back,
        unchanged=table.valid - unsent,
    )


def unsent_events(dialect: Dialect, *, table: str, sent: str, key_name: str, name: str, at: str) -> str:
    """The query for events that are not in `sent`: `row_number`, and all columns of the table. `name` and `at` are
    its columns for the name and the second.

    Names are the same in any case (API reference, event model).
    """
    row = dialect.identifier("row")
    same = f"{match_key(key_name, 'a.key')}, lower(a.{name}), a.{at}"
    return (
        f"select u.* from (select a.*, {match_key(key_name, 'a.key')} as match_key, "
        f"row_number() over (partition by {same} order by a.{row}) as turn from {table} a "
        f"where not exists (select 1 from {sent} s where s.key_name = {dialect.text(key_name)} "
        f"and s.key = {match_key(key_name, 'a.key')} and s.event_name = lower(a.{name}) "
        f"and s.created_at = a.{at})) u where u.turn = 1"
    )


def sending(event: EventRow, table: AcceptedTable, number: int) -> Write:
    """The write that sends an event."""
    body: dict[str, Any] = {_PERSON_KEYS[table.key_name]: event.key}
    metadata: dict[str, Any] = {}
    for column, value in zip(table.columns, event.values, strict=True):
        if value is not None:
            (metadata if column.field.custom else body)[column.field.name] = value
    if metadata:
        body["metadata"] = metadata
    return Write(
        number=number,
        action="send",
        record="event",
        key_name=table.key_name,
        key=event.key,
        body=body,
        row=event.row,
        after=event.after,
    )


def _unsent_rows(
    engine: DuckDBEngine, cache: SyncCache, table: AcceptedTable, tables: TableEngine
) -> Iterator[EventRow]:
    query = unsent_events(
        tables.dialect,
        table=table.table,
        sent=tables.lend(f"{CATALOG}.sent_events"),
        key_name=table.key_name,
        name=_column(table, "event_name").column,
        at=_column(table, "created_at").column,
    )
    tables.fetch(_UNSENT, query)
    # `user_id` is an event's word for what a contact calls `external_id`.
    person = engine.dialect.text("external_id" if table.key_name == "user_id" else table.key_name)
    values = "".join(f", e.{column.column}" for column in table.columns)
    reader = cache.engine.open_cursor()
    try:
        for row, key, after, waits, *found in reader.rows(
            f"select e.row, e.key, w.number, p.key is not null{values} from {_UNSENT} e "
            f"left join (select key, max(number) as number from {PLANNED} where key_name = {person} group by key) w "
            f"on w.key = e.match_key "
            f"left join (select distinct key from {CATALOG}.pending where key_name = {person}) p "
            "on p.key = e.match_key "
            "order by e.row"
        ):
            yield EventRow(row=row, key=key, values=tuple(found), after=after, waits=waits and after is None)
    finally:
        reader.close()
        engine.execute(f"drop table {_UNSENT}")


def _column(table: AcceptedTable, name: str) -> TableColumn:
    return next(column for column in table.columns if column.field.name == name)
