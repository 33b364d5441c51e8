"""The rows that are to be compared with the workspace, as SQL that every engine runs.

`known` is a table of what was last acknowledged: `key`, `fingerprint`, `live_id`, `compared_at` and `written_at` (in
unix seconds); a key without a `live_id` is one that the workspace did not have. A row that has the same fingerprint
there, and was compared lately enough, is as Intercom has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.compilers.sql import Dialect

from ..plan import SyncMode


def match_key(key_name: str, key: str) -> str:
    """The expression for a key as it is compared: Intercom knows an address in any case."""
    return f"lower(trim({key}))" if key_name == "email" else key


def changed_rows(
    dialect: Dialect,
    *,
    table: str,
    known: str,
    key_name: str,
    columns: Sequence[str],
    trusted_since: int,
    mode: SyncMode,
) -> str:
    """The query for the rows of the accepted table that cannot be taken to be unchanged.

    Each has what the cache knows of it: `live_id`, `written_at`, and in `same_since` when it was compared last, where
    its fingerprint is the same and just no longer trusted, or where the workspace had no such record. Rows
    whose fingerprint is null are always among them.
    """
    key = match_key(key_name, "a.key")
    properties = "".join(f", a.{dialect.identifier(column)}" for column in columns)
    # Whoever only creates leaves those who are there, whatever their values are.
    is_there = "k.live_id is not null"
    is_same = is_there if mode == "create_only" else f"a.fingerprint = k.fingerprint and {is_there}"
    row = dialect.identifier("row")
    return (
        f"select a.{row} as row_number, a.key as key, {key} as match_key, a.fingerprint as fingerprint"
        f"{properties}, k.live_id as live_id, k.written_at as written_at, "
        f"case when {is_same} or k.live_id is null then k.compared_at end as same_since "
        f"from {table} a left join {known} k on k.key = {key} "
        f"where not coalesce({is_same} and k.compared_at >= {trusted_since}, false)"
    )
