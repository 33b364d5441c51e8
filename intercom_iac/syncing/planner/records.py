"""The plan of a table's rows: compared with the cache, then with the workspace, and what differs as writes.

A sequence of functions with plain values between them: `check_trust`, `changed_rows`, `look_up_contacts`,
`matched_rows`, `differences`.
"""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.engines import DuckDBEngine, DuckDBTables, TableEngine
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.tables import AcceptedTable, NullMeaning, TableSource
from intercom_iac.workspace import Records

from ..cache.cache import Acknowledged, SyncCache
from ..cache.pending import PlannedWrites, settle
from ..plan import SyncMode, SyncPlan, Trust, ValueMove
from .comparison import changed_rows
from .lookup import (
    CHANGED,
    LIVE,
    SEARCH_LAG,
    Notify,
    be_silent,
    look_up_companies,
    look_up_contacts,
    open_live_table,
)
from .matched_rows import MatchedRow, confirmed_rows, matched_rows
from .row_writes import WriteSink, creation, update
from .tally import Tally
from .trust import check_trust
from .values import differences, is_returned

_MOVES = 10
_DAY = 86_400


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
        never_cleared=tuple(
            column.field.name
            for column in table.columns
            if source.null == "clear" and not column.field.nullable
        ),
        trust=trust,
        verified=verified,
        mismatched=mismatched,
        compared=compared,
        calls=records.calls - calls,
    )


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
