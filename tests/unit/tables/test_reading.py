"""Rows of a table as what may be sent: which columns are what, whom rows are about, what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.tables import ColumnMapping
from support.payload_schemas import schema_of
from support.tables import file_source, query_source, read_source, small_schema

SCHEMA = small_schema()


def values_of(rows: str, columns: str) -> str:
    return f"select * from (values {rows}) as given ({columns})"


def test_values_that_have_a_type_are_sent_as_they_are() -> None:
    read = read_source(
        query_source(
            "select 'u1' as external_id, 'pro' as plan_type, date '2026-01-31' as renewal, 3 as seats, "
            "0.5::double as score, true as onboarded, 'Sales' as team, 'Ada' as name, "
            "timestamp '2026-01-31 10:00:00.9' as signed_up_at"
        ),
        SCHEMA,
    )
    assert read.values == {
        "u1": {
            "plan_type": "pro",
            "renewal": 1_769_817_600,
            "seats": 3,
            "score": 0.5,
            "onboarded": True,
            "team": "Sales",
            "name": "Ada",
            "signed_up_at": 1_769_853_600,
        }
    }
    assert (read.table.rows, read.table.rejected, read.errors, read.codes) == (1, 0, [], [])
    assert read.table.key_name == "external_id"
    assert read.rows[0][-1] is not None


@pytest.mark.parametrize(
    ("columns", "key_name", "key"),
    [
        ("external_id, email, team", "external_id", "A"),
        ("id2, email, team", "email", "b@x.io"),
        ("team, email, external_id", "external_id", "T"),
    ],
)
def test_the_key_is_the_external_id_where_there_is_one(columns: str, key_name: str, key: str) -> None:
    read = read_source(query_source(values_of("('A', ' B@x.io ', 'T')", columns)), SCHEMA)
    assert read.table.key_name == key_name
    assert [row[1] for row in read.rows] == [key]
    assert key_name not in [column.field.name for column in read.table.columns]


def test_a_key_that_is_a_number_is_its_digits() -> None:
    read = read_source(
        query_source("select 42 as external_id, 'x' as team union all select 43.0, 'y'"), SCHEMA
    )
    assert [row[1] for row in read.rows] == ["42", "43"]


def test_a_company_is_known_by_its_company_id() -> None:
    read = read_source(query_source("select 'c1' as company_id, 'eu' as region", "company"), SCHEMA)
    assert (read.table.key_name, read.values) == ("company_id", {"c1": {"region": "eu"}})


def test_rows_without_a_key_and_rows_with_one_key_are_rejected() -> None:
    rows = "('u1', 'a'), (null, 'b'), ('', 'c'), ('u2', 'd'), ('u1', 'e'), ('u3', 'f')"
    read = read_source(query_source(values_of(rows, "external_id, team")), SCHEMA)
    assert read.wrong == [
        (1, "external_id", "SYNC131"),
        (2, "external_id", "SYNC130"),
        (3, "external_id", "SYNC130"),
        (5, "external_id", "SYNC131"),
    ]
    assert [row[:2] for row in read.rows] == [(4, "u2"), (6, "u3")]
    assert (read.table.rows, read.table.rejected) == (6, 4)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("null", ""),
        ("''", ""),
        ("null::bigint", ""),
        ("null::double", " that is a text or a whole number"),
        ("1.5::double", " that is a text or a whole number"),
    ],
)
def test_what_a_key_has_to_be_is_said_where_a_cell_may_be_something_else(key: str, said: str) -> None:
    read = read_source(query_source(f"select {key} as external_id, 'a' as team"), SCHEMA)
    assert [error.message for error in read.errors] == [f"the row has no `external_id`{said}"]


def test_addresses_that_differ_by_case_are_one_key() -> None:
    read = read_source(query_source(values_of("('A@x.io', 1), ('a@X.io', 2)", "email, seats")), SCHEMA)
    assert [code for _, _, code in read.wrong] == ["SYNC131", "SYNC131"]
    assert not any("a@" in str(error).lower() for error in read.errors)


def test_columns_are_mapped_by_name_unless_the_settings_say_otherwise() -> None:
    columns = {"user": ColumnMapping("external_id"), "plan": ColumnMapping("plan_type")}
    read = read_source(
        query_source("select 'u1' as \"user\", 'pro' as plan, 1 as seats", columns=columns), SCHEMA
    )
    assert read.values == {"u1": {"plan_type": "pro", "seats": 1}}


def test_columns_that_are_not_sent_are_told_with_near_names() -> None:
    read = read_source(
        query_source(
            "select 'u1' as external_id, 'a' as team, 3 as Seat_s, 1 as created_at, 'x' as old_plan, 2 as zzz"
        ),
        SCHEMA,
    )
    assert read.table.ignored == ("Seat_s", "created_at", "old_plan", "zzz")
    assert read.codes == ["SYNC106"] * 4
    hints = [diagnostic.hint for diagnostic in read.table.diagnostics]
    assert "`seats`" in (hints[0] or "")
    assert hints[3] is None


def test_a_column_that_is_called_like_a_secret_is_sent_where_it_is_named_alone() -> None:
    query = "select 'u1' as external_id, 'a' as team, repeat('s3cret', 100) as api_token"
    read = read_source(query_source(query), SCHEMA)
    assert (read.codes, read.table.ignored) == (["SYNC107"], ("api_token",))
    named = read_source(query_source(query, columns={"api_token": ColumnMapping("api_token")}), SCHEMA)
    assert named.wrong == [(1, "api_token", "PAYL913")]
    assert "s3cret" not in repr([(error.message, error.value, error.hint) for error in named.errors])
    assert [column.is_secret for column in named.table.columns if column.name == "api_token"] == [True]


@pytest.mark.parametrize(
    ("query", "columns", "codes"),
    [
        ("select 1 as seats", {}, ["SYNC101"]),
        ("select true as external_id, 1 as seats", {}, ["SYNC101"]),
        ("select 'u' as external_id", {}, ["SYNC108"]),
        ("select 'u' as external_id, 1 as seats", {"seat": ColumnMapping("seats")}, ["SYNC102"]),
        ("select 'u' as external_id, 1 as s", {"s": ColumnMapping("seatz")}, ["SYNC103", "SYNC108"]),
        ("select 'u' as external_id, 1 as s", {"s": ColumnMapping("created_at")}, ["SYNC104", "SYNC108"]),
        ("select 'u' as external_id, 1 as s", {"s": ColumnMapping("old_plan")}, ["SYNC104", "SYNC108"]),
        ("select 'u' as external_id, 1 as s, 2 as seats", {"s": ColumnMapping("seats")}, ["SYNC105"]),
        ("select 'u' as external_id, '1' as s", {"s": ColumnMapping("seats", "MM")}, ["SYNC123"]),
        ("select 'u' as external_id, 1 as s", {"s": ColumnMapping("seats", "1,234.5")}, ["SYNC123"]),
        ("select 'u' as external_id, 'x' as s", {"s": ColumnMapping("team", "unix")}, ["SYNC123"]),
    ],
)
def test_what_does_not_fit_the_specs_is_an_error(
    query: str, columns: dict[str, ColumnMapping], codes: list[str]
) -> None:
    with pytest.raises(InvalidSpecs) as refused:
        read_source(query_source(query, columns=columns), SCHEMA)
    assert sorted(found.code for found in refused.value.diagnostics if found.is_error) == codes


def test_every_mistake_of_a_row_is_told_with_its_column() -> None:
    rows = "('u1', 'gold', 3.5, 'x'), ('u2', 'pro', 3, repeat('y', 256)), ('u3', 'free', 4, 'z')"
    read = read_source(query_source(values_of(rows, "external_id, plan_type, seats, team")), SCHEMA)
    assert read.wrong == [(1, "plan_type", "PAYL905"), (1, "seats", "PAYL904"), (2, "team", "PAYL913")]
    assert read.values == {"u3": {"plan_type": "free", "seats": 4, "team": "z"}}


@pytest.mark.parametrize(
    ("value", "column", "code"),
    [
        ("true", "team", "PAYL904"),
        ("1.5", "team", "PAYL904"),
        ("[1, 2]", "team", "PAYL909"),
        ("{'a': 1}", "team", "PAYL908"),
        ("'nan'::double", "score", "PAYL934"),
        ("'inf'::double", "score", "PAYL934"),
        ("92233720368547758070::hugeint", "seats", "SYNC132"),
        ("date '2026-01-01'", "seats", "PAYL904"),
        ("date '1969-01-01'", "renewal", "PAYL928"),
        ("timestamp '2150-01-01'", "renewal", "PAYL910"),
        ("3", "plan_type", "PAYL905"),
        ("'\\xFF'::blob", "team", "PAYL935"),
    ],
)
def test_values_of_the_wrong_type_are_rejected(value: str, column: str, code: str) -> None:
    query = f"select 'u1' as external_id, {value} as {column} union all by name select 'u2' as external_id"
    read = read_source(query_source(query), SCHEMA)
    assert read.wrong == [(1, column, code)]
    assert list(read.values) == ["u2"]


def test_what_is_no_error_is_told_once_and_the_row_is_sent() -> None:
    query = "select 'u' || i as external_id, timestamp '2030-01-01' as signed_up_at from range(3) t (i)"
    read = read_source(query_source(query), SCHEMA)
    assert (len(read.rows), read.errors, read.codes) == (3, [], ["PAYL927"])
    assert "3 rows" in read.table.diagnostics[0].message


def test_what_is_to_be_said_of_an_attribute_is_told_once() -> None:
    schema = schema_of(
        "version: 1\nattributes:\n  contact:\n    old: {type: string, status: deprecated}\n"
        "    new: {type: string, replaces: old}\n    synced_at: {type: integer}\n"
    )
    query = "select 'u' || i as external_id, 'x' as old, i as synced_at from range(3) t (i)"
    read = read_source(query_source(query), schema)
    assert (len(read.rows), read.errors, sorted(read.codes)) == (3, [], ["PAYL916", "PAYL921"])


def test_an_empty_table_is_told() -> None:
    read = read_source(query_source("select 'u' as external_id, 1 as seats limit 0"), SCHEMA)
    assert (read.table.rows, read.codes) == (0, ["SYNC111"])


def test_events_are_judged_by_their_names() -> None:
    rows = (
        "('u1', 'report_exported', 1767225600, 'csv', 3, null), "
        "('u1', 'report_exported', 1767225601, null, 3, null), "
        "('u2', 'report_shared', 1767225600, null, null, 'team'), "
        "('u2', 'report_shared', 1767225600, 'pdf', null, 'x'), "
        "('u3', 'report_lost', 1767225600, null, null, null), ('u4', 'report_shared', null, null, null, null)"
    )
    columns = "user_id, event_name, created_at, format, pages, audience"
    read = read_source(query_source(values_of(rows, columns), "event"), SCHEMA)
    assert [row[0] for row in read.rows] == [1, 3]
    assert read.table.key_name == "external_id"
    assert read.wrong == [
        (2, "format", "PAYL906"),
        (4, "audience", "PAYL905"),
        (4, "format", "PAYL903"),
        (5, "event_name", "PAYL902"),
        (6, "created_at", "PAYL906"),
    ]


def test_a_table_of_events_has_their_names_and_moments() -> None:
    with pytest.raises(InvalidSpecs) as refused:
        read_source(query_source("select 'u1' as email, 'x' as format", "event"), SCHEMA)
    assert [found.code for found in refused.value.diagnostics] == ["SYNC109", "SYNC109"]


def test_files_of_a_folder_are_one_table_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "day=2").mkdir()
    for name, first in (("a.parquet", 0), ("day=2/b.parquet", 3)):
        duckdb.sql(
            f"select 'u' || i as external_id, i::int as seats from range({first}, {first + 3}) t (i)"
        ).write_parquet(str(tmp_path / name))
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / ".a.parquet.crc").write_bytes(b"x")
    for source in (file_source(tmp_path), file_source(tmp_path / "**/*.parquet")):
        read = read_source(source, SCHEMA)
        assert [row[:3] for row in read.rows] == [(at + 1, f"u{at}", at) for at in range(6)]


def test_files_of_several_forms_or_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("external_id,seats\nu1,1\n")
    (tmp_path / "b.csv").write_text("external_id,team\nu1,x\n")
    with pytest.raises(Misuse, match="other columns"):
        read_source(file_source(tmp_path), SCHEMA)
    (tmp_path / "b.csv").rename(tmp_path / "b.ndjson")
    (tmp_path / "b.ndjson").write_text('{"external_id": "u1"}\n')
    with pytest.raises(Misuse, match="several forms"):
        read_source(file_source(tmp_path), SCHEMA)
    with pytest.raises(Misuse, match="no file is called"):
        read_source(file_source(tmp_path / "*.parquet"), SCHEMA)


def test_files_of_parquet_have_the_same_columns(tmp_path: Path) -> None:
    duckdb.sql("select 'u1' as external_id, 1 as seats").write_parquet(str(tmp_path / "a.parquet"))
    duckdb.sql("select 2 as seats, 'u2' as external_id").write_parquet(str(tmp_path / "b.parquet"))
    assert read_source(file_source(tmp_path), SCHEMA).values == {"u1": {"seats": 1}, "u2": {"seats": 2}}
    duckdb.sql("select 'u3' as external_id, 1 as seats, 'x' as team").write_parquet(
        str(tmp_path / "c.parquet")
    )
    with pytest.raises(Misuse, match=r"c\.parquet` has other columns"):
        read_source(file_source(tmp_path), SCHEMA)


def test_columns_of_csv_may_stand_in_another_order_in_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("external_id,seats\nu1,1\n")
    (tmp_path / "b.csv").write_text("seats;external_id\n2;u2\n")
    read = read_source(file_source(tmp_path), SCHEMA)
    assert read.values == {"u1": {"seats": 1}, "u2": {"seats": 2}}
