"""The plan of a table's rows: compared with the cache, then with the workspace, and what differs as writes.

A sequence of functions with plain values between them: `check_trust`, `changed_rows`, `look_up_contacts`,
`matched_rows`, `differences`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Protocol

from intercom_iac.engines import DuckDBEngine, DuckDBTables, TableEngine
from intercom_iac.model import DataType
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.tables import AcceptedTable, NullMeaning, TableColumn, TableSource
from intercom_iac.workspace import Records
from intercom_iac.writes import Write

from .cache import Acknowledged, SyncCache, normal_key
from .comparison import changed_rows
from .lookup import (
    CHANGED,
    LIVE,
    PAGE,
    SEARCH_LAG,
    Notify,
    be_silent,
    look_up_companies,
    look_up_contacts,
    open_live_table,
    read_each,
)
from .pending import PlannedWrites, settle
from .plan import PropertyChange, SyncMode, SyncPlan, Trust, ValueMove
from .trust import check_trust
from .values import Difference, differences, is_returned, live_value, unreturned_values, wire_body

_SAMPLES = 5
_MOVES = 10
_DISTINCT_MOVES = 1_000
_DAY = 86_400


class WriteSink(Protocol):
    """Where writes go as they are planned."""

    def write(self, write: Write) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRow:
    """A row that was compared, and what the workspace has for its key: `matches` records, of which `live` is one.

    `was_same`: its fingerprint is the one that the cache has, and no record that was read is the one that the cache
    knows it by. `was_acknowledged`: Intercom had the row's values when it was compared last.
    """

    row: int
    key: str
    match_key: str
    fingerprint: str | None
    known_id: str | None
    was_same: bool
    was_acknowledged: bool
    written_at: int | None
    values: tuple[Any, ...]
    live_id: str | None
    external_id: str | None
    email: str | None
    live: Mapping[str, Any]
    matches: int

    def names(self) -> dict[str, str]:
        """What events may call the person."""
        names = {"id": self.live_id, "external_id": self.external_id, "email": self.email}
        return {name: key for name, key in names.items() if key}


@dataclass(slots=True)
class Tally:
    """The counts of a plan while it is made."""

    create: int = 0
    update: int = 0
    unchanged: int = 0
    not_found: int = 0
    ambiguous: int = 0
    clearing: int = 0
    drifted: int = 0
    properties: Counter[str] = field(default_factory=Counter[str])
    cleared: Counter[str] = field(default_factory=Counter[str])
    samples: dict[str, list[PropertyChange]] = field(default_factory=dict[str, list[PropertyChange]])
    moves: dict[str, Counter[tuple[Any, Any]]] = field(default_factory=dict[str, Counter[tuple[Any, Any]]])

    def add(self, key: str, changes: Sequence[Difference], secrets: Collection[str]) -> None:
        """Counts an update. No value of `secrets`, properties by name, is kept."""
        self.update += 1
        self.clearing += any(change.after is None for change in changes)
        for change in changes:
            name = change.field.name
            self.properties[name] += 1
            self.cleared[name] += change.after is None
            if name in secrets:
                continue
            samples = self.samples.setdefault(name, [])
            if len(samples) < _SAMPLES:
                samples.append(PropertyChange(key, change.before, change.after))
            counted = change.field.type in (DataType.OPTIONS, DataType.BOOLEAN)
            if counted and not isinstance(change.before, list | dict):
                moves = self.moves.setdefault(name, Counter())
                move = (change.before, change.after)
                if move in moves or len(moves) < _DISTINCT_MOVES:
                    moves[move] += 1


def plan_sync(
    engine: DuckDBEngine,
    table: AcceptedTable,
    source: TableSource,
    *,
    cache: SyncCache,
    records: Records,
    spool: WriteSink,
    mode: SyncMode,
    cache_days: int,
    now: int,
    workspace: str,
    app_id: str,
    verify: bool = False,
    parallelism: int = 5,
    first_number: int = 0,
    notify: Notify = be_silent,
    tables: TableEngine | None = None,
) -> SyncPlan:
    """Plans the rows of contacts or companies; the writes go to `spool`, numbered from `first_number` on.

    `tables` is where the table is, None for the engine itself. `now` is in unix seconds. Nothing is written to the
    workspace; the cache keeps what was found to be as the table has it. Raises a `WorkspaceError`.
    """
    tables = tables or DuckDBTables(engine)
    calls = records.calls
    known = cache.known_table(table.record, table.key_name, table.shape_digest, now)
    trusted_since = now - cache_days * _DAY
    trust: Trust = "verified" if verify else "kept" if cache.has_known(known) else "none"
    verified = mismatched = 0
    if trust == "kept":
        engine.stage = "verifying the cache"
        verified, mismatched = check_trust(
            engine, records, table=table, tables=tables, known=known, null=source.null, mode=mode,
            trusted_since=trusted_since, now=now, parallelism=parallelism,
        )  # fmt: skip
    if mismatched:
        trust = "dropped"
    engine.stage = "comparing"
    query = changed_rows(
        tables.dialect,
        table=table.table,
        known=tables.lend(known),
        key_name=table.key_name,
        columns=[column.column for column in table.columns],
        trusted_since=now + 1 if trust in ("verified", "dropped") else trusted_since,
        mode=mode,
    )
    tables.fetch(CHANGED, query)
    open_live_table(engine)
    ((compared,),) = list(engine.rows(f"select count(*) from {CHANGED}"))
    looked = (
        look_up_companies(
            engine, records, columns=table.columns, parallelism=parallelism, notify=notify
        )
        if table.record == "company"
        else look_up_contacts(
            engine, records, key_name=table.key_name, columns=table.columns, now=now, parallelism=parallelism,
            may_ask_since=trust != "dropped", notify=notify,
        )
    )  # fmt: skip
    engine.stage = "planning"
    tally = Tally(unchanged=table.valid - compared)
    planned = PlannedWrites(engine)
    equal = _plan_rows(
        confirmed_rows(
            matched_rows(engine, table.columns),
            records,
            table=table,
            null=source.null,
            since=looked.since,
            lag_began=now - SEARCH_LAG,
            parallelism=parallelism,
        ),
        tally,
        table=table,
        null=source.null,
        mode=mode,
        since=looked.since,
        spool=spool,
        planned=planned,
        number=first_number,
    )
    cache.keep(known, equal, now)
    planned.close()
    if table.record == "contact":
        settle(cache, table, tables, CHANGED)
    cache.forget_unused(now)
    engine.execute(f"drop table {CHANGED}")
    engine.execute(f"drop table {LIVE}")
    return SyncPlan(
        record=table.record,
        source=source.name,
        workspace=workspace,
        app_id=app_id,
        mode=mode,
        rows=table.rows,
        rejected=table.rejected,
        key_name=table.key_name,
        shape=table.shape_digest,
        create=tally.create,
        update=tally.update,
        unchanged=tally.unchanged,
        not_found=tally.not_found,
        ambiguous=tally.ambiguous,
        clearing=tally.clearing,
        drifted=tally.drifted,
        properties=dict(tally.properties),
        cleared={name: count for name, count in tally.cleared.items() if count},
        samples={name: tuple(samples) for name, samples in tally.samples.items()},
        moves={
            name: tuple(ValueMove(*move, count) for move, count in moves.most_common(_MOVES))
            for name, moves in tally.moves.items()
        },
        sends=tuple(column.field.name for column in table.columns),
        not_compared=tuple(column.field.name for column in table.columns if not is_returned(column.field)),
        trust=trust,
        verified=verified,
        mismatched=mismatched,
        compared=compared,
        calls=records.calls - calls,
    )


def matched_rows(engine: DuckDBEngine, columns: Sequence[TableColumn]) -> Iterator[MatchedRow]:
    """The rows in `CHANGED` in their order, with what `LIVE` has for each. Read from a cursor of their own."""
    names = "".join(f", c.{column.column}" for column in columns)
    reader = engine.beside()
    try:
        for row in reader.rows(
            "select c.row_number, c.key, c.match_key, c.fingerprint, c.live_id, "
            f"c.same_since is not null and (c.live_id is null or c.live_id not in (select id from {LIVE})), "
            "c.same_since is not null and c.live_id is not null, c.written_at, "
            f"f.id, f.external_id, f.email, f.record, coalesce(f.matches, 0){names} from {CHANGED} c left join ("
            "select key, max_by(id, fresh) as id, max_by(external_id, fresh) as external_id, "
            "max_by(email, fresh) as email, max_by(record, fresh) as record, count(distinct id) as matches "
            f"from {LIVE} group by key) f on f.key = c.match_key order by c.row_number"
        ):
            number, key, match_key, fingerprint, known_id, was_same, was_acknowledged, *rest = row
            written_at, live_id, external_id, email, record, matches, *values = rest
            yield MatchedRow(
                row=number,
                key=key,
                match_key=match_key,
                fingerprint=fingerprint,
                known_id=known_id,
                was_same=was_same,
                was_acknowledged=was_acknowledged,
                written_at=written_at,
                values=tuple(values),
                live_id=live_id,
                external_id=external_id,
                email=email,
                live={} if record is None else json.loads(record),
                matches=matches,
            )
    finally:
        reader.close()


def confirmed_rows(
    rows: Iterator[MatchedRow],
    records: Records,
    *,
    table: AcceptedTable,
    null: NullMeaning,
    since: int | None,
    lag_began: int,
    parallelism: int,
) -> Iterator[MatchedRow]:
    """The rows, with what a read by id says of those that are not as they were written a moment ago: a search may
    not show that yet."""
    while part := list(islice(rows, PAGE)):
        doubtful = {
            row.known_id: row
            for row in part
            if table.record == "contact"
            and row.known_id is not None
            and row.was_acknowledged
            and (row.written_at or 0) >= lag_began
            and not (since is not None and row.was_same)
            and (row.live_id is None or differences(table.columns, row.values, row.live, null))
        }
        fresh = {
            str(contact["id"]): contact
            for contact in read_each(records.contact, list(doubtful), parallelism)
            if contact is not None
            and normal_key(table.key_name, str(contact.get(table.key_name)))
            == doubtful[str(contact["id"])].match_key
        }
        for row in part:
            contact = fresh.get(row.known_id or "")
            if contact is None:
                yield row
            else:
                live = {column.field.name: live_value(column.field, contact) for column in table.columns}
                yield replace(row, live_id=row.known_id, live=live, matches=max(row.matches, 1))


def _plan_rows(
    rows: Iterator[MatchedRow],
    tally: Tally,
    *,
    table: AcceptedTable,
    null: NullMeaning,
    mode: SyncMode,
    since: int | None,
    spool: WriteSink,
    planned: PlannedWrites,
    number: int,
) -> Iterator[Acknowledged]:
    """Counts rows and spools their writes. Gives those that are in Intercom as they are in the table."""
    secrets = frozenset(column.field.name for column in table.columns if column.is_secret)
    for row in rows:
        if row.matches > 1:
            tally.ambiguous += 1
            continue
        if row.live_id is None and row.was_same and row.known_id is not None and since is not None:
            # Compared before, and not updated since.
            tally.unchanged += 1
            yield Acknowledged(key=row.match_key, fingerprint=row.fingerprint, live_id=row.known_id)
            continue
        if row.live_id is None:
            tally.drifted += row.was_acknowledged
            # The registrar is in no result, and is nobody's.
            if mode == "update_only" or row.key == REGISTRAR_EXTERNAL_ID:
                tally.not_found += 1
                yield Acknowledged(key=row.match_key, fingerprint=None, live_id=None)
            else:
                made = creation(row, table, number, only_new=mode == "create_only")
                spool.write(made)
                planned.add(made, {})
                number += 1
                tally.create += 1
            continue
        if mode == "create_only":
            tally.unchanged += 1
            yield Acknowledged(key=row.match_key, fingerprint=None, live_id=row.live_id)
            continue
        changes = differences(table.columns, row.values, row.live, null)
        if not changes:
            tally.unchanged += 1
            yield Acknowledged(key=row.match_key, fingerprint=row.fingerprint, live_id=row.live_id)
            continue
        changed = update(row, table, number, changes)
        spool.write(changed)
        tally.drifted += row.was_acknowledged
        planned.add(changed, row.names())
        number += 1
        tally.add(row.key, changes, secrets)


def creation(row: MatchedRow, table: AcceptedTable, number: int, *, only_new: bool = False) -> Write:
    """The write that makes the record of a row."""
    body: dict[str, Any] = {table.key_name: row.key}
    custom: dict[str, Any] = {}
    for column, value in zip(table.columns, row.values, strict=True):
        if value is not None:
            (custom if column.field.custom else body)[column.field.name] = value
    if table.record == "contact":
        body.setdefault("role", "user")
    if "email" not in body:
        body.pop("email_verified", None)
    if custom:
        body["custom_attributes"] = custom
    return Write(
        number=number,
        action="upsert" if table.record == "company" else "create",
        record=table.record,
        key_name=table.key_name,
        key=row.key,
        body=body,
        row=row.row,
        fingerprint=row.fingerprint,
        only_new=only_new,
    )


def update(row: MatchedRow, table: AcceptedTable, number: int, changes: Sequence[Difference]) -> Write:
    """The write of what differs."""
    body = wire_body(changes, unreturned_values(table.columns, row.values))
    key = {"company_id": row.key} if table.record == "company" else {}
    return Write(
        number=number,
        action="upsert" if table.record == "company" else "update",
        record=table.record,
        key_name=table.key_name,
        key=row.key,
        live_id=row.live_id,
        body=key | body,
        before=wire_body([Difference(c.field, c.before, c.before) for c in changes], {}),
        row=row.row,
        fingerprint=row.fingerprint,
    )
