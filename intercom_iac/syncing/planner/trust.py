"""Whether the cache can be believed: a sample of what it takes to be unchanged, compared with the workspace."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from intercom_iac.engines import DuckDBEngine, TableEngine
from intercom_iac.tables import AcceptedTable, NullMeaning
from intercom_iac.workspace import Records

from ..cache.keys import normal_key
from ..plan import SyncMode
from .comparison import match_key
from .lookup import LIVE, PAGE, SEARCH_LAG, add_live, open_live_table, read_each
from .values import differences, live_value

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
    parallelism: int,
) -> tuple[int, int]:
    """How many unchanged rows were looked at in the workspace, and how many of these are otherwise there.

    One page of contacts, drawn at random: those that were just written only where there are too few others, and by
    their ids where a search does not show them as they were written.
    """
    size = _COMPANIES if table.record == "company" else PAGE
    columns = "".join(f", a.{column.column}" for column in table.columns)
    key = match_key(table.key_name, "a.key")
    same = "" if mode == "create_only" else " and a.fingerprint = k.fingerprint"
    is_recent = f"coalesce(written_at, 0) >= {now - SEARCH_LAG}"
    known_rows = (
        f"select key, fingerprint, live_id, {is_recent} as recent from {known} "
        f"where compared_at >= {trusted_since} and live_id is not null"
    )
    engine.execute(
        f"create or replace table {_SAMPLE} as "
        f"(select * from ({known_rows} and not {is_recent}) using sample reservoir({_DRAWN * size} rows)) union all "
        f"(select * from ({known_rows} and {is_recent}) using sample reservoir({_DRAWN * size} rows))"
    )
    query = (
        f"select k.key as key, k.live_id as live_id, k.recent as recent{columns} "
        f"from {table.table} a join {tables.lend(_SAMPLE)} k on k.key = {key}{same}"
    )
    tables.fetch(_VERIFIED, query)
    drawn = list(engine.rows(f"select * from {_VERIFIED}"))
    engine.execute(f"drop table {_VERIFIED}")
    engine.execute(f"drop table {_SAMPLE}")
    # In a random order, those that were written a while ago before the others.
    rows = sorted(_DRAW.sample(drawn, len(drawn)), key=lambda row: bool(row[2]))[:size]
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
        (key, live_id): json.loads(record)
        for key, live_id, record in engine.rows(f"select key, id, record from {LIVE}")
    }

    def is_otherwise(row: Sequence[Any]) -> bool:
        key, live_id, _, *values = row
        if (key, live_id) not in live:
            return True
        return mode != "create_only" and bool(differences(table.columns, values, live[key, live_id], null))

    mismatched = [row for row in rows if is_otherwise(row)]
    recent = [live_id for _, live_id, is_new, *_ in mismatched if is_new and table.record == "contact"]
    for contact in read_each(records.contact, recent, parallelism):
        if contact is not None and contact.get(table.key_name):
            values = {column.field.name: live_value(column.field, contact) for column in table.columns}
            live[normal_key(table.key_name, str(contact[table.key_name])), str(contact["id"])] = values
    return len(rows), sum(map(is_otherwise, mismatched))
