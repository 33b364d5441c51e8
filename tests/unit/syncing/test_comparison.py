"""The statements of a comparison are of every dialect, and select what cannot be taken to be unchanged."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import expressions

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.engines import open_duckdb
from intercom_iac.syncing import SyncMode, changed_rows, unsent_events

COLUMNS = ("p0", "p1")


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("key_name", ["external_id", "email"])
def test_every_dialect_reads_them(name: str, key_name: str) -> None:
    dialect = DIALECTS[name]
    statements = [
        changed_rows(
            dialect,
            table="t",
            known="k",
            key_name=key_name,
            columns=COLUMNS,
            trusted_since=1,
            mode=mode,
        )
        for mode in ("update_only", "create_only")
    ]
    statements.append(unsent_events(dialect, table="t", sent="s", key_name=key_name, name="p0", at="p1"))
    for statement in statements:
        parsed = sqlglot.parse_one(statement, read=name, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(parsed, expressions.Select)


@pytest.mark.parametrize(
    ("mode", "changed"),
    [
        # row, what the cache has of it: nothing, the same, another fingerprint, none, long ago, long ago and just
        # written, a key that was not there, a row without a fingerprint
        ("update_only", {1: None, 3: None, 4: None, 5: 10, 6: 10, 7: 100, 8: None}),
        ("create_only", {1: None, 5: 10, 6: 10, 7: 100}),
    ],
)
def test_what_is_unchanged_is_left_out(mode: SyncMode, changed: dict[int, int | None]) -> None:
    with open_duckdb() as engine:
        engine.execute(
            "create table t as select n as row, 'u' || n as key, n as p0, n as p1, "
            "case when n < 8 then 'f' end as fingerprint from range(1, 9) r(n)"
        )
        engine.execute(
            "create table k as select * from (values ('u2', 'f', 'i2', 100, null), ('u3', 'g', 'i3', 100, null), "
            "('u4', null, 'i4', 100, null), ('u5', 'f', 'i5', 10, null), ('u6', 'f', 'i6', 10, 95), "
            "('u7', null, null, 100, null), ('u8', 'f', 'i8', 100, null)) "
            "v(key, fingerprint, live_id, compared_at, written_at)"
        )
        query = changed_rows(
            engine.dialect,
            table="t",
            known="k",
            key_name="external_id",
            columns=COLUMNS,
            trusted_since=50,
            mode=mode,
        )
        found = engine.rows(f"select row_number, same_since from ({query}) order by 1")
        assert dict(found) == changed
