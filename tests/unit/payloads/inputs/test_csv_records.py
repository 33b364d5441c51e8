"""CSV as records: where a column stands, what a cell is, and rows that are broken cost themselves alone."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.payloads import PayloadReport, RecordJudge, check_records
from intercom_iac.payloads.inputs import csv_rows
from intercom_iac.payloads.inputs.csv_records import CsvRecords
from support.payload_schemas import schema_of

TODAY = date(2026, 3, 14)
SCHEMA = schema_of("""\
version: 1
attributes:
  contact:
    team: {type: string}
    seats: {type: integer}
    score: {type: float}
    onboarded: {type: boolean}
    trial_ends: {type: date}
    plan: {type: options, options: [free, pro], messenger_writable: true}
events:
  exported: {metadata: {format: {type: options, options: [csv], required: true}, price: {type: integer}}}
  shared: {metadata: {format: {type: string}}}
""")


def records(text: str | bytes, kind: Any = "contact") -> CsvRecords:
    content = text if isinstance(text, bytes) else text.encode()
    shapes = RecordJudge(SCHEMA, today=TODAY).shapes
    return CsvRecords(io.BufferedReader(io.BytesIO(content)), "x.csv", shapes, kind)


def check(text: str | bytes, kind: Any = "contact") -> PayloadReport:
    return check_records(records(text, kind), SCHEMA, kind, today=TODAY)


def found(text: str | bytes, kind: Any = "contact") -> list[tuple[int, str, str, int | None]]:
    return [
        (violation.record, violation.code.id, violation.path, violation.column)
        for violation in check(text, kind).violations
    ]


@pytest.mark.parametrize(
    ("kind", "header", "row", "record"),
    [
        ("contact", "external_id,team", "u1,a", {"external_id": "u1", "custom_attributes": {"team": "a"}}),
        (
            "contact",
            "external_id;team",
            "u1;a,b",
            {"external_id": "u1", "custom_attributes": {"team": "a,b"}},
        ),
        ("contact", "id\tcustom_attributes.team", "1\t", {"id": "1"}),
        ("contact", "id,tean", "1,a", {"id": "1", "custom_attributes": {"tean": "a"}}),
        (
            "contact",
            "id,custom_attributes",
            '1,"{""team"": ""a""}"',
            {"id": "1", "custom_attributes": {"team": "a"}},
        ),
        (
            "contact",
            "type,id,seats",
            "user,1,007",
            {"type": "user", "id": "1", "custom_attributes": {"seats": 7}},
        ),
        (
            "event",
            "event_name,created_at,user_id,format,metadata.price.amount,metadata.price.currency",
            "exported,1767225600,7,csv,1299,eur",
            {
                "event_name": "exported",
                "created_at": 1767225600,
                "user_id": "7",
                "metadata": {"format": "csv", "price": {"amount": 1299, "currency": "eur"}},
            },
        ),
        (
            "event",
            "event_name,price",
            'exported,"{""amount"": 1}"',
            {"event_name": "exported", "metadata": {"price": {"amount": 1}}},
        ),
        (
            "boot",
            "user_id,plan,company.company_id,company.size",
            "1,pro,c,5",
            {"user_id": "1", "plan": "pro", "company": {"company_id": "c", "size": 5}},
        ),
        (
            None,
            "type,id,team",
            "contact,1,a",
            {"type": "contact", "id": "1", "custom_attributes": {"team": "a"}},
        ),
        (None, "event_name,format", "shared,a", {"event_name": "shared", "metadata": {"format": "a"}}),
        (None, "id,team", "1,a", {"id": "1", "team": "a"}),
    ],
)
def test_columns_are_places_in_a_record(kind: Any, header: str, row: str, record: dict[str, Any]) -> None:
    (read,) = records(f"{header}\r\n{row}\r\n", kind)
    assert read.value == record


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("team", "12", "12"),
        ("team", "true", "true"),
        ("seats", "-3", -3),
        ("seats", "3.5", 3.5),
        ("seats", "1,000", "1,000"),
        ("seats", "9" * 5000, "9" * 5000),
        ("score", "1e3", 1000.0),
        ("score", "1e400", float("inf")),
        ("score", "-inf", float("-inf")),
        ("onboarded", "TRUE", True),
        ("onboarded", "yes", "yes"),
        ("trial_ends", "1767225600", 1767225600),
        ("trial_ends", "2026-01-01", "2026-01-01"),
        ("plan", "{pro}", "{pro}"),
    ],
)
def test_a_cell_is_read_as_its_type(column: str, text: str, value: Any) -> None:
    (read,) = records(f'id,{column}\n1,"{text}"\n')
    assert read.value["custom_attributes"] == {column: value}
    assert type(read.value["custom_attributes"][column]) is type(value)


def test_rows_that_have_no_end_are_told_in_time_that_grows_as_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lines_read(rows: int) -> int:
        read = 0
        take_line = csv_rows._Lines.__next__

        def count(lines: Any) -> str:
            nonlocal read
            read += 1
            return take_line(lines)

        with monkeypatch.context() as patched:
            patched.setattr(csv_rows._Lines, "__next__", count)
            report = check('id,team\nu,"a\n' + 'b","c\n' * rows + "u,a\n")
        assert dict(report.by_code) == {"PAYL940": rows + 1}
        assert report.checked == rows + 2
        return read

    assert lines_read(800) < 2.2 * lines_read(400)


def test_a_row_over_more_lines_than_any_has_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "_MOST_LINES", 5)
    text = 'id,team\nu1,"a\nb\nc\nd"\nu2,"a\n' + "u,b\n" * 9 + 'u","c"\n'
    assert found(text)[:1] == [(2, "PAYL940", "", 4)]
    assert check(text).checked == 12


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('{""format"":""csv"",""format"":""pdf""}', ("PAYL933", "metadata.format")),
        (
            '{""format"":""csv"",""price"":{""amount"":1,""amount"":2,""currency"":""eur""}}',
            ("PAYL933", "metadata.price.amount"),
        ),
        ('{""format"":""csv"",""x"":""\\ud800""}', ("PAYL935", "metadata")),
    ],
)
def test_what_reading_tells_of_an_object_in_a_cell(cell: str, expected: tuple[str, str]) -> None:
    text = f'event_name,created_at,user_id,metadata\nexported,1767225600,7,"{cell}"\n'
    assert expected in [(code, path) for _, code, path, _ in found(text, "event")]


def test_a_column_that_holds_a_part_of_another_is_refused() -> None:
    text = 'event_name,metadata.format,metadata\nexported,xml,"{""format"": ""csv""}"\n'
    with pytest.raises(Misuse, match="holds a part of"):
        check(text, "event")


def test_each_broken_row_costs_itself_alone() -> None:
    text = (
        b"external_id,team,seats\n"
        b"u1,a,1\n"
        b"u2,a\n"  # ragged
        b'u3,"a ""b"", c",x\n'
        b"\n"
        b"u4,Caf\xe9,1\n"
        b'u5,"a,1\n'  # never closed
        b'u6,"a\nb",1,2\n'  # ragged, over two lines
        b'u7,"a"b,1\n'
        b"u8,a,1"
    )
    assert found(text) == [
        (2, "PAYL936", "", 5),
        (3, "PAYL904", "custom_attributes.seats", None),
        (4, "PAYL935", "custom_attributes.team", 7),
        (5, "PAYL940", "", 4),
        (6, "PAYL936", "", 12),
        (7, "PAYL940", "", 4),
    ]
    assert check(text).checked == 8
    assert [read.raw for read in records(text)][1:6] == [
        b"u2,a\n",
        b'u3,"a ""b"", c",x\n',
        b"u4,Caf\xe9,1\n",
        b'u5,"a,1\n',
        b'u6,"a\nb",1,2\n',
    ]


def test_a_mark_of_byte_order_is_told_and_read_over() -> None:
    assert found(b"\xef\xbb\xbfid,team\n1,a\n2,a\n") == [(1, "PAYL939", "", 1)]


def test_values_of_any_length_and_rows_of_any_width() -> None:
    assert found(f"id,team\n1,{'x' * 1_000_000}\n2,a\n") == [(1, "PAYL913", "custom_attributes.team", None)]
    names = [f"k{number}" for number in range(5_000)]
    report = check(f"id,{','.join(names)}\n1,{','.join(names)}\n")
    assert report.by_code == {"PAYL901": 5_000}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("id,,team", "column 2 of its header has no name"),
        ("id,team,id", "its header names `id` more than once"),
        ('"id', "its header, the first line, is no row of CSV in UTF-8"),
        (b"id,caf\xe9", "its header, the first line, is no row of CSV in UTF-8"),
    ],
)
def test_a_header_that_names_no_columns_is_refused(header: str | bytes, message: str) -> None:
    content = header if isinstance(header, bytes) else header.encode()
    with pytest.raises(Misuse, match=message):
        list(records(content + b"\n1,2,3\n"))


def test_two_columns_of_one_place_are_refused() -> None:
    with pytest.raises(Misuse, match="both hold"):
        list(records("id,team,custom_attributes.team\n1,a,b\n"))


def test_an_empty_input_has_no_records() -> None:
    assert check("").checked == 0
    assert check("id,team\n").checked == 0
