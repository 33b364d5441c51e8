"""Tables that are damaged, half written or hostile: mistakes are told with row and column, and the rest goes on."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.engines import open_duckdb
from intercom_iac.tables import RejectedValue, RejectsFile, RejectTally, read_table
from intercom_iac.tables.sources import opening
from support.tables import TODAY, file_source, query_source, read_source, small_schema

SCHEMA = small_schema()
LONG = "x" * 1_000_000

# A file's bytes, the mistakes that are told, and the keys of the rows that go on.
CSV: dict[str, tuple[bytes, list[tuple[int, str | None, str]], list[str]]] = {
    "plain": (b"external_id,team\nu1,a\nu2,b\n", [], ["u1", "u2"]),
    "a byte order mark": (b"\xef\xbb\xbfexternal_id,team\nu1,a\n", [], ["u1"]),
    "line ends of Windows": (b"external_id;team\r\nu1;a\r\nu2;\r\n", [], ["u1", "u2"]),
    "blank lines, no last line end": (b"external_id,team\n\nu1,a\n\nu2,b", [], ["u1", "u2"]),
    "ragged rows": (
        b"external_id,team\nu1,a,b\nu2,c\nu3\nu4,d\n",
        [(1, None, "PAYL936"), (3, None, "PAYL936")],
        ["u2", "u4"],
    ),
    "a quote without an end": (
        b'external_id,team\nu1,"a\nu2,b\nu3,c\n',
        [(1, None, "PAYL940")],
        ["u2", "u3"],
    ),
    "text behind a quote": (b'external_id,team\nu1,"a"b\nu2,c\n', [(1, None, "PAYL940")], ["u2"]),
    "Latin-1": (
        "external_id,team\nu1,Müller\nü2,b\nu3,c\n".encode("latin-1"),
        [(1, "team", "PAYL935"), (2, "external_id", "PAYL935")],
        ["u3"],
    ),
    "a cell of a million characters": (
        f"external_id,team\nu1,{LONG}\nu2,b\n".encode(),
        [(1, "team", "PAYL913")],
        ["u2"],
    ),
    "line ends and separators in cells": (b'external_id,team\nu1,"a\nb, ""c"""\nu2,d\n', [], ["u1", "u2"]),
    "a zero byte": (b"external_id,team\nu1,a\x00b\nu2,c\n", [], ["u1", "u2"]),
    "numbers with commas": (
        b'external_id,seats\nu1,"1,234"\nu2,5\nu3,"1,234.5"\nu4,"1.234,5"\n',
        [(1, "seats", "SYNC121"), (3, "seats", "SYNC121"), (4, "seats", "SYNC121")],
        ["u2"],
    ),
    "numbers that may be two": (
        b'external_id,seats\nu1,"1,234"\nu2,5\n',
        [(1, "seats", "SYNC120")],
        ["u2"],
    ),
    "not a number": (
        b"external_id,score\nu1,NaN\nu2,1.5\nu3,inf\n",
        [(1, "score", "SYNC122"), (3, "score", "SYNC122")],
        ["u2"],
    ),
    "a missing and a double key": (
        b"external_id,team\n,a\nu1,b\nu1,c\nu2,d\n",
        [(1, "external_id", "SYNC130"), (2, "external_id", "SYNC131"), (3, "external_id", "SYNC131")],
        ["u2"],
    ),
    "booleans in seven spellings": (
        b"external_id,onboarded\nu1,true\nu2,TRUE\nu3,yes\nu4,1\nu5,on\nu6,y\nu7,t\nu8,\n",
        [(at, "onboarded", "SYNC121") for at in range(1, 8)],
        ["u8"],
    ),
    "dates in five shapes": (
        b"external_id,renewal\nu1,2026-01-31\nu2,31/01/2026\nu3,1/31/2026\nu4,31.01.2026\nu5,1769817600\nu6,\n",
        [(at, "renewal", "SYNC121") for at in range(1, 6)],
        ["u6"],
    ),
}


@pytest.mark.parametrize(("content", "wrong", "keys"), CSV.values(), ids=CSV.keys())
def test_csv(
    content: bytes, wrong: list[tuple[int, str | None, str]], keys: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    read = read_source(file_source(path), SCHEMA)
    assert read.wrong == wrong
    assert [row[1] for row in read.rows] == keys
    assert read.table.rows == len(keys) + len({row for row, _, _ in wrong})
    assert (read.codes == ["PAYL939"]) == content.startswith(b"\xef\xbb\xbf")


JSON: dict[str, tuple[bytes, list[tuple[int, str | None, str]], list[str]]] = {
    "plain": (
        b'{"external_id": "u1", "seats": 1}\n{"external_id": "u2", "custom_attributes": {"team": "a"}}\n',
        [],
        ["u1", "u2"],
    ),
    "an array": (
        b'[{"external_id": "u1", "renewal": "2026-01-31"}, {"external_id": "u2"}]',
        [],
        ["u1", "u2"],
    ),
    "types that are mixed": (
        b'{"external_id": "u1", "seats": 1}\n{"external_id": "u2", "seats": "2"}\n'
        b'{"external_id": "u3", "seats": [3]}\n'
        b'{"external_id": "u4", "seats": null}\n{"external_id": "u5", "seats": 5.0}\n',
        [(2, "seats", "PAYL911"), (3, "seats", "PAYL909")],
        ["u1", "u4", "u5"],
    ),
    "keys that are numbers and texts": (
        b'{"external_id": "u1", "seats": 1}\n{"external_id": 2, "seats": 1}\n{"external_id": [3], "seats": 1}\n',
        [(3, "external_id", "SYNC130")],
        ["u1", "2"],
    ),
    "broken lines": (
        b'\xef\xbb\xbf{"external_id": "u1", "seats": 1}\nnope\n{"external_id": "u2", "seats": 1, "seats": 2}\n[1]\n\n'
        b'{"external_id": "u3", "team": "\\ud800"}\n{"external_id": "u4", "seats": 4}\n',
        [(2, None, "PAYL931"), (3, "seats", "PAYL933"), (4, None, "PAYL932"), (5, None, "PAYL935")],
        ["u1", "u4"],
    ),
}


@pytest.mark.parametrize(("content", "wrong", "keys"), JSON.values(), ids=JSON.keys())
def test_json(
    content: bytes, wrong: list[tuple[int, str | None, str]], keys: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "people.ndjson"
    path.write_bytes(content)
    read = read_source(file_source(path), SCHEMA)
    assert read.wrong == wrong
    assert [row[1] for row in read.rows] == keys


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        ("external_id,team\nu1,a\n".encode("utf-16"), "UTF-16"),
        (b"external_id,external_id\nu1,a\n", "more than once"),
        (b"external_id,\nu1,a\n", "no name"),
        (b"PAR1 damaged", "cannot read"),
        (b"PK\x03\x04 a spreadsheet", "zip"),
        (gzip.compress(b"external_id,team\nu1,a\n" * 9, mtime=0)[:-9], "gzip"),
    ],
)
def test_files_that_cannot_be_read_are_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(Misuse, match=message):
        read_source(file_source(path), SCHEMA)


def test_compressed_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv.gz"
    path.write_bytes(gzip.compress(b"external_id,team\nu1,a\nu2\n"))
    read = read_source(file_source(path), SCHEMA)
    assert (read.values, read.wrong) == ({"u1": {"team": "a"}}, [(2, None, "PAYL936")])


@pytest.mark.parametrize("name", ["people.csv", "people.parquet"])
def test_a_file_that_grows_while_it_is_read_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    path = tmp_path / name
    path.write_text("external_id,team\nu1,a\n")
    if name.endswith("parquet"):
        duckdb.sql("select 'u1' as external_id, 'a' as team").write_parquet(str(path))
    relation = opening.find_files

    def then_grow(location: str) -> list[object]:
        found = relation(location)
        with path.open("ab") as file:
            file.write(b"u2,b\n")
        return list(found)

    monkeypatch.setattr(opening, "find_files", then_grow)
    with pytest.raises(Misuse, match=r"changed while|cannot read"):
        read_source(file_source(path), SCHEMA)


def test_a_query_that_is_wrong_is_told_without_values() -> None:
    with pytest.raises(Misuse, match="nonsense"):
        read_source(query_source("select nonsense from range(3)"), SCHEMA)
    with pytest.raises(Misuse) as refused:
        read_source(query_source("select 'ada@x.io'::int as external_id, 1 as seats"), SCHEMA)
    assert "ada" not in f"{refused.value.message}{refused.value.__cause__}"


def test_a_query_is_one_query() -> None:
    with pytest.raises(Misuse):
        read_source(query_source("select 1 as seats); drop table x; select (2"), SCHEMA)
    read = read_source(query_source("select 'u1' as external_id, 1 as seats; "), SCHEMA)
    assert len(read.rows) == 1


def test_names_of_columns_are_quoted() -> None:
    with pytest.raises(InvalidSpecs) as refused:
        read_source(query_source('select 1 as "a""b; drop table x --", 2 as "\x1b[31m"'), SCHEMA)
    assert all("\x1b" not in f"{told.message}{told.hint}" for told in refused.value.diagnostics)


def test_the_file_of_rejects_is_safe_to_open(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('external_id,plan_type,team\n=cmd(),=1+1,a\n@x,"a\x1b[31m",b\n@x,pro,c\n+1,=2,d\n')
    written: list[bytes] = []
    file = RejectsFile(written.append)
    tally = RejectTally(keep=2, then=file)
    with open_duckdb() as engine:
        from datetime import UTC

        read_table(engine, file_source(path), SCHEMA, today=TODAY, zone=UTC, rejects=tally)
        # A column may be called like a formula.
        tally(RejectedValue(row=9, column="=x", code=tally.first[0].code, message="-y", value="=z"))
    text = b"".join(written).decode()
    assert text.splitlines()[0] == "row,column,code,reason,value"
    assert "1,plan_type,PAYL905" in text
    assert "\x1b" not in text
    assert "9,'=x,PAYL905,'-y,'=z" in text
    assert (len(tally.first), tally.counts["plan_type", "PAYL905"]) == (2, 3)
