"""Nothing else is sent than stands in the table: values that engines round, cut or take from elsewhere are kept or
rejected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.engines import open_duckdb
from intercom_iac.tables import RejectTally, read_keys
from support.tables import file_source, query_source, read_source, small_schema

SCHEMA = small_schema()
Rejected = list[tuple[int, str | None, str]]

# A query, the values by key, and what is rejected.
QUERIES: dict[str, tuple[str, dict[str, dict[str, Any]], Rejected]] = {
    "fractions as booleans and dates": (
        "select * from (values ('u1', 0.6::double, null), ('u2', 1.0, 1769817600.0::double), ('u3', null, 1.5)) "
        "as t(external_id, onboarded, renewal)",
        {"u2": {"onboarded": True, "renewal": 1769817600}},
        [(1, "onboarded", "SYNC122"), (3, "renewal", "SYNC122")],
    ),
    "a decimal as a boolean": (
        "select 'u1' as external_id, 0.5::decimal(3, 1) as onboarded",
        {},
        [(1, "onboarded", "SYNC122")],
    ),
    "doubles beyond the whole numbers that they hold": (
        "select 'u1' as external_id, 9007199254740993::double as seats "
        "union all select 'u2', 9007199254740991::double",
        {"u2": {"seats": 2**53 - 1}},
        [(1, "seats", "SYNC132")],
    ),
    "keys that are doubles": (
        "select unnest([7.0::double, 1.5, 'nan'::double, 9007199254740993]) as external_id, 'a' as team",
        {"7": {"team": "a"}},
        [(row, "external_id", "SYNC130") for row in (2, 3, 4)],
    ),
    "whole numbers of 64 bits and more": (
        "select * from (values ('u1', 9007199254740993::hugeint), ('u2', 9223372036854775808)) "
        "as t(external_id, seats)",
        {"u1": {"seats": 2**53 + 1}},
        [(2, "seats", "SYNC132")],
    ),
    "columns that are called as the engine's own": (
        "select 7 as rowid, 'u' || i as external_id, case when i = 1 then 'free' else 'gold' end as plan_type, "
        "case when i = 1 then 'soon' end as renewal from range(1, 4) t(i)",
        {},
        [(1, "renewal", "SYNC122"), (2, "plan_type", "PAYL905"), (3, "plan_type", "PAYL905")],
    ),
    "members that are called like keys and standard attributes": (
        "select 'u1' as external_id, {'external_id': 'u2', 'name': 'Ada', 'seats': 3} as custom_attributes",
        {"u1": {"seats": 3}},
        [],
    ),
    "days without an end": (
        "select 'u' || d as external_id, d::date as renewal from unnest(['infinity', '2026-01-01']) as t(d)",
        {"u2026-01-01": {"renewal": 1767225600}},
        [(1, "renewal", "PAYL928")],
    ),
    "a comment behind the query": (
        "select 'u1' as external_id, 'é;' as team; -- é; all of them",
        {"u1": {"team": "é;"}},
        [],
    ),
}


@pytest.mark.parametrize(("query", "values", "wrong"), QUERIES.values(), ids=QUERIES.keys())
def test_queries(query: str, values: dict[str, dict[str, Any]], wrong: Rejected) -> None:
    read = read_source(query_source(query), SCHEMA)
    assert (read.values, read.wrong) == (values, wrong)


JSON: dict[str, tuple[str, dict[str, dict[str, Any]], Rejected]] = {
    "large whole numbers beside fractions": (
        '{"external_id": 9007199254740993, "seats": 9007199254740993}\n'
        '{"external_id": 5.0, "seats": 5.0}\n{"external_id": "u3", "seats": 1.5}\n',
        {"9007199254740993": {"seats": 2**53 + 1}, "5": {"seats": 5}},
        [(3, "seats", "PAYL904")],
    ),
    "fractions beside texts": (
        '{"external_id": "u1", "seats": 1.5}\n{"external_id": "u2", "seats": "2"}\n'
        '{"external_id": "u3", "seats": 3}\n',
        {"u3": {"seats": 3}},
        [(1, "seats", "PAYL904"), (2, "seats", "PAYL911")],
    ),
    "keys that differ by case alone, and one without a name": (
        '{"external_id": "u1", "seats": 1, "Seats": 2, "": 3, "a/b~": 4}\n'
        '{"EXTERNAL_ID": "u2", "external_id": "u3"}\n',
        {"u1": {"seats": 1}, "u3": {}},
        [],
    ),
    "keys that stand twice in an object": (
        '{"external_id": "u1", "custom_attributes": {"team": "a", "team": "b"}}\n'
        '{"external_id": "u2", "custom_attributes": {"team": "c", "Team": "d"}}\n',
        {"u2": {"team": "c"}},
        [(1, "custom_attributes.team", "PAYL933")],
    ),
    "what is no object where one stands": (
        '{"external_id": "u1", "custom_attributes": "x"}\n{"external_id": "u2", "custom_attributes": {"team": "a"}}\n'
        '{"external_id": "u3", "custom_attributes": null}\n',
        {"u2": {"team": "a"}, "u3": {}},
        [(1, "custom_attributes", "PAYL932")],
    ),
    "members that are called like keys": (
        '{"custom_attributes": {"external_id": "u2", "email": "a@x.io", "team": "a"}, "external_id": "u1"}\n',
        {"u1": {"team": "a"}},
        [],
    ),
    "values that are nested deep": (
        f'{{"external_id": "u1", "seats": {"[" * 9000}{"]" * 9000}}}\n{{"external_id": "u2", "seats": 2}}\n',
        {"u2": {"seats": 2}},
        [(1, None, "PAYL937")],
    ),
    "keys of people that name nobody": (
        '{"external_id": " u1", "team": "a"}\n{"external_id": "\\u00a0", "team": "a"}\n'
        '{"external_id": "u\\u0000", "team": "a"}\n{"external_id": "Zo\\u00eb 1", "team": "a"}\n',
        {"Zoë 1": {"team": "a"}},
        [(1, "external_id", "SYNC132"), (2, "external_id", "SYNC130"), (3, "external_id", "SYNC132")],
    ),
}


@pytest.mark.parametrize(("content", "values", "wrong"), JSON.values(), ids=JSON.keys())
def test_json(content: str, values: dict[str, dict[str, Any]], wrong: Rejected, tmp_path: Path) -> None:
    path = tmp_path / "people.ndjson"
    path.write_text(content)
    read = read_source(file_source(path), SCHEMA)
    assert (read.values, read.wrong) == (values, wrong)


def test_rows_of_addresses_that_are_none_are_rejected_and_masked(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("mail,team\nnobody here,a\nZoë@x.io,b\n@,c\nada lovelace@x.io,d\n")
    from intercom_iac.tables import ColumnMapping

    read = read_source(file_source(path, columns={"mail": ColumnMapping("email")}), SCHEMA)
    assert read.values == {"zoë@x.io": {"team": "b"}}
    assert read.wrong == [(row, "mail", "SYNC132") for row in (1, 3, 4)]
    assert all("lovelace" not in f"{error.message}{error.value}" for error in read.errors)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("'1' as external_id, 5 as seats", "'2' as external_id, 1.7::double as seats", "`seats` is DOUBLE"),
        ("1 as external_id, 5 as seats", "'007' as external_id, 5 as seats", "`external_id` is VARCHAR"),
        ("'1' as external_id, 5 as seats", "'2' as external_id", "other columns"),
    ],
)
def test_parquet_files_whose_columns_differ_are_refused(
    first: str, second: str, message: str, tmp_path: Path
) -> None:
    import duckdb

    for name, columns in (("a", first), ("b", second)):
        duckdb.sql(f"select {columns}").write_parquet(str(tmp_path / f"{name}.parquet"))
    with pytest.raises(Misuse, match=message):
        read_source(file_source(tmp_path), SCHEMA)


def test_parquet_columns_may_be_called_as_the_engine_s_own(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "people.parquet"
    duckdb.sql(
        "select 'u' || i as external_id, 'gold' as plan_type, 7 as File_Row_Number, 8 as rowid from range(2) t(i)"
    ).write_parquet(str(path))
    read = read_source(file_source(path), SCHEMA)
    assert read.wrong == [(1, "plan_type", "PAYL905"), (2, "plan_type", "PAYL905")]


@pytest.mark.parametrize(
    "query",
    [
        "select 'u1' as external_id, 1 as seats); copy (select 1) to '{out}'; select * from (select 2",
        "select 'u1' as external_id, 1 as seats; copy (select 1) to '{out}'",
        "copy (select 1 as seats, 'u1' as external_id) to '{out}'",
        "attach '{out}' as other",
        "install httpfs",
        "pragma database_list",
        "",
    ],
)
def test_a_query_does_nothing_but_read(query: str, tmp_path: Path) -> None:
    out = tmp_path / "written"
    with pytest.raises(Misuse, match=r"not one query|Parser Error"):
        read_source(query_source(query.format(out=out)), SCHEMA)
    assert not out.exists()


@pytest.mark.parametrize(
    "query",
    [
        "select ('O''Hara ada@x.io' || i)::int as external_id, 1 as seats from range(3) t(i)",
        "select ('one' || chr(10) || 'ada@x.io')::int as external_id, 1 as seats",
        "select (i * 4917123456781234)::int as external_id, 1 as seats from range(1, 3) t(i)",
        "select * from read_csv('{path}', header = true, columns = {{'external_id': 'varchar', 'seats': 'int'}})",
        "select nonsense from postgres_scan('password=ada@x.io')",
    ],
)
def test_what_an_engine_says_shows_no_value(query: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("external_id,seats\nada@x.io,4917123456781234 or so\n")
    with pytest.raises(Misuse) as refused:
        read_source(query_source(query.format(path=path)), SCHEMA)
    assert "ada" not in refused.value.message
    assert "4917123456781234" not in refused.value.message


# Where only the keys are read, they are those that a sync would take.
KEYS: dict[str, tuple[str, list[str], int]] = {
    "numbers": ("external_id\n007\n7\n", ["007", "7"], 0),
    "of doubles": ('{"external_id": 7.0}\n{"external_id": 1.5}\n', ["7"], 1),
    "of several types": ('{"external_id": "u1"}\n{"external_id": 2}\n{"external_id": [3]}\n', ["2", "u1"], 1),
    "addresses": ("email\n Ada@X.io\nada@x.io\nnobody\n", ["ada@x.io"], 1),
    "none, and blank ones": ("external_id,a\n,1\n  ,2\nu 1,3\n", ["u 1"], 2),
}


@pytest.mark.parametrize(("content", "keys", "rejected"), KEYS.values(), ids=KEYS.keys())
def test_keys_alone(content: str, keys: list[str], rejected: int, tmp_path: Path) -> None:
    path = tmp_path / "members"
    path.write_text(content)
    with open_duckdb(threads=1) as engine:
        table = read_keys(engine, file_source(path), rejects=RejectTally())
    assert (sorted(table.keys), table.rejected) == (keys, rejected)


def test_a_place_in_an_object_is_no_key() -> None:
    source = query_source("select {'external_id': 'u1', 'seats': 3} as custom_attributes")
    with pytest.raises(InvalidSpecs, match="no column `external_id`"):
        read_source(source, SCHEMA)
    with open_duckdb(threads=1) as engine, pytest.raises(InvalidSpecs):
        read_keys(engine, source, rejects=RejectTally())


def test_statements_are_as_many_however_many_keys_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intercom_iac.engines import DuckDBEngine

    asked: list[str] = []
    execute = DuckDBEngine.execute

    def count(engine: DuckDBEngine, statement: str, values: tuple[object, ...] = ()) -> object:
        asked.append(statement)
        return execute(engine, statement, values)

    monkeypatch.setattr(DuckDBEngine, "execute", count)
    path = tmp_path / "people.ndjson"
    counts: list[int] = []
    for keys in (2, 200):
        asked.clear()
        path.write_text(
            json.dumps({"external_id": "u1", "team": "a"} | {f"k{at}": [at] for at in range(keys)})
        )
        assert read_source(file_source(path), SCHEMA).values == {"u1": {"team": "a"}}
        counts.append(len(asked))
    assert counts[0] == counts[1]
