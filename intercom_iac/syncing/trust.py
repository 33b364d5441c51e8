"""Whether the cache can be believed: a sample of what it takes to be unchanged, compared with the workspace."""

from __future__ import annotations

import json
import random

from intercom_iac.engines import DuckDBEngine, TableEngine
from intercom_iac.tables import AcceptedTable, NullMeaning
from intercom_iac.workspace import Records

from .comparison import match_key
from .lookup import LIVE, PAGE, SEARCH_LAG, add_live, open_live_table
from .plan import SyncMode
from .values import differences

# Of its own: a draw leaves the random numbers of the program as they are.
_DRAW = random.Random()  # noqa: S311  no secret
# Companies are looked for one by one.
_COMPANIES = 5
_SAMPLE, _VERIFIED = "sync_sample", "sync_verified"
# Of what the cache knows, how many are drawn for each that is looked at: not all are in the table, and unchanged.
_DRAWN = 20


def check_trust(
    engine: DuckDBEngine,
    records: Records,
    *,
    table: AcceptedTable,
    tables: TableEngine,
    known: str,
    null: NullMeaning,
    mode: SyncMode,
    trusted_since: int,
    now: int,
) -> tuple[int, int]:
    """How many unchanged rows were looked at in the workspace, and how many of these are otherwise there.

    One page of contacts, drawn at random. Those that were just written are left out, since a search may not show
    them yet.
    """
    size = _COMPANIES if table.record == "company" else PAGE
    columns = "".join(f", a.{column.column}" for column in table.columns)
    key = match_key(table.key_name, "a.key")
    same = "" if mode == "create_only" else " and a.fingerprint = k.fingerprint"
    engine.execute(
        f"create or replace table {_SAMPLE} as select * from ("
        f"select key, fingerprint, live_id from {known} where compared_at >= {trusted_since} "
        f"and live_id is not null and coalesce(written_at, 0) < {now - SEARCH_LAG}) "
        f"using sample reservoir({_DRAWN * size} rows)"
    )
    query = (
        f"select k.key as key, k.live_id as live_id{columns} "
        f"from {table.table} a join {tables.lend(_SAMPLE)} k on k.key = {key}{same}"
    )
    tables.fetch(_VERIFIED, query)
    drawn = list(engine.rows(f"select * from {_VERIFIED}"))
    rows = _DRAW.sample(drawn, min(size, len(drawn)))
    engine.execute(f"drop table {_VERIFIED}")
    engine.execute(f"drop table {_SAMPLE}")
    if not rows:
        return 0, 0
    open_live_table(engine)
    keys = [key for key, *_ in rows]
    if table.record == "company":
        found = [company for key in keys if (company := records.company(key)) is not None]
    else:
        found = records.contacts_with(table.key_name, keys)
    add_live(engine, found, table.key_name, table.columns)
    live = {
        key: (live_id, json.loads(record))
        for key, live_id, record in engine.rows(f"select key, id, record from {LIVE}")
    }
    mismatched = sum(
        key not in live
        or live[key][0] != live_id
        or (mode != "create_only" and bool(differences(table.columns, values, live[key][1], null)))
        for key, live_id, *values in rows
    )
    return len(rows), mismatched
