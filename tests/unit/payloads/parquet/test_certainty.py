"""What SQL passes over is right to the judge too: every type of field with every type of column and odd values."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest

from intercom_iac.model import Schema
from intercom_iac.model.payload import PayloadKind
from intercom_iac.payloads import PayloadReport, RecordJudge, check_records
from intercom_iac.payloads.parquet.file import open_parquet
from intercom_iac.payloads.parquet.records import ParquetRecords
from support.payload_schemas import schema_of

TODAY = date(2026, 3, 14)
SCHEMA = schema_of("""\
version: 1
attributes:
  contact:
    text: {type: string, messenger_writable: true}
    whole: {type: integer, messenger_writable: true}
    number: {type: float, messenger_writable: true}
    flag: {type: boolean, messenger_writable: true}
    day: {type: date, messenger_writable: true}
    choice: {type: options, options: [a, "it's"], messenger_writable: true}
    open_choice: {type: options, options: [a], open_options: true, messenger_writable: true}
    synced_at: {type: integer, messenger_writable: true}
    server_only: {type: string}
    old: {type: string, status: deprecated, messenger_writable: true}
    gone: {type: string, status: archived}
  company:
    seats: {type: integer, messenger_writable: true}
events:
  exported:
    metadata:
      format: {type: options, options: [csv, pdf], required: true}
      rows: {type: integer}
      report: {type: string}
  shared:
    metadata:
      with_whom: {type: string}
  retired: {status: deprecated}
""")
FIELDS = (
    "text",
    "whole",
    "number",
    "flag",
    "day",
    "choice",
    "open_choice",
    "synced_at",
    "old",
    "gone",
    "unknown",
)
OWN_FIELDS = ("name", "signed_up_at", "unsubscribed_from_emails", "role", "created_at")
# Values of each type that a column may have, in SQL.
VALUES = {
    "varchar": (
        "'a'",
        "'it''s'",
        "''",
        "repeat('x', 255)",
        "repeat('x', 256)",
        "repeat('é', 255)",
        "repeat('e\u0301', 128)",
        "repeat('😀', 255)",
        "repeat('👩‍💻', 90)",
        "'12'",
        "'true'",
        "'2026-01-01'",
    ),
    "bigint": (
        "0",
        "-1",
        "1767225600",
        "1767225600000",
        "4102444800",
        "4102444801",
        "1773532799",
        "1773532800",
    ),
    "ubigint": ("18446744073709551615", "1767225600"),
    "hugeint": ("170141183460469231731687303715884105727", "1"),
    "tinyint": ("1", "-1"),
    "double": ("0.5", "3.0", "'nan'", "'inf'", "-0.0", "1767225600.0", "1767225600.5", "1e300"),
    "float": ("0.5", "3.0", "'nan'"),
    "decimal(18, 2)": ("3.00", "3.50", "1767225600.00"),
    "boolean": ("true", "false"),
    "timestamp": (
        "'2026-01-01 00:00:00.5'",
        "'1969-12-31 23:59:59.999999'",
        "'2026-03-15'",
        "'2100-01-01 00:00:00.5'",
    ),
    "timestamp with time zone": ("'2026-01-01 00:00:00+02'", "'2101-01-01 00:00:00+00'"),
    "timestamp_ns": ("'2026-01-01 00:00:00.123456789'",),
    "date": ("'2026-01-01'", "'1969-01-01'", "'0044-03-15'"),
    "time": ("'10:00:00'",),
    "uuid": ("'123e4567-e89b-12d3-a456-426614174000'",),
    "blob": ("'abc'", "'\\xFF'"),
    "varchar[]": ("['a']",),
    "enum('a', 'other')": ("'a'", "'other'"),
    "struct(url varchar, value varchar)": ("{'url': 'https://example.com', 'value': 'x'}",),
}
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a query's rows to a file."""
    numbers = itertools.count()

    def write(query: str) -> Path:
        path = tmp_path / f"{next(numbers)}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"copy ({query}) to '{path}' (format parquet)")
        return path

    return write


@contextmanager
def records_of(path: Path, kind: PayloadKind | None, schema: Schema = SCHEMA) -> Iterator[ParquetRecords]:
    judge = RecordJudge(schema, today=TODAY)
    with path.open("rb") as stream, open_parquet(path, stream, path.name) as file:
        yield ParquetRecords(file, judge.shapes, kind, future=judge.future)


def check_both_ways(path: Path, kind: PayloadKind | None) -> tuple[PayloadReport, int]:
    """What is found among all rows, which is what is found among suspects; and how many rows are suspects."""
    with records_of(path, kind) as records:
        every = check_records(records.all(), SCHEMA, kind, today=TODAY, max_errors=None)
    with records_of(path, kind) as records:
        some = check_records(records.suspects(), SCHEMA, kind, today=TODAY, max_errors=None)
    assert some.violations == every.violations
    assert (some.invalid, some.by_code, some.by_attribute) == (
        every.invalid,
        every.by_code,
        every.by_attribute,
    )
    return every, some.checked


def one_value_a_row(key: str, kind: str, fields: Sequence[str]) -> str:
    """Rows with one value of this type under one of the fields, and nothing under the others."""
    values = ", ".join(f"({value}::{kind})" for value in ("null", *VALUES[kind]))
    columns = ", ".join(
        f'case when field = {at} then value end as "{name}"' for at, name in enumerate(fields)
    )
    return f"select 'u1' as {key}, {columns} from (values {values}) t(value), range({len(fields)}) f(field)"


@pytest.mark.parametrize("kind", VALUES)
def test_each_field_of_each_type_of_column(write: Write, kind: str) -> None:
    fields = (*(f"custom_attributes.{name}" for name in FIELDS), *OWN_FIELDS)
    report, suspects = check_both_ways(write(one_value_a_row("external_id", kind, fields)), "contact")
    # A null is always passed over.
    assert suspects <= report.checked - len(fields)


def test_text_is_measured_in_code_points(write: Write) -> None:
    report, _ = check_both_ways(write(one_value_a_row("external_id", "varchar", ["text"])), "contact")
    assert dict(report.by_code) == {"PAYL913": 3}


@pytest.mark.parametrize("kind", ["varchar", "bigint", "boolean"])
def test_the_messenger_writes_less(write: Write, kind: str) -> None:
    fields = (
        "text",
        "server_only",
        "unknown",
        "last_request_at",
        "alignment",
        "company.company_id",
        "company.seats",
    )
    check_both_ways(write(one_value_a_row("user_id", kind, fields)), "boot")


def test_a_record_needs_an_identifier_and_what_is_required(write: Write) -> None:
    rows = "values ('u1', 'exported', 1767225600, 'csv', 1), ('', 'exported', 1767225600, 'csv', 1), "
    rows += "(null, 'exported', 1767225600, 'csv', 1), ('u1', 'exported', 1767225600, null, 1), "
    rows += "('u1', 'shared', 1767225600, null, 1), ('u1', 'shared', null, null, null), ('u1', null, 1, null, null), "
    rows += "('u1', 'Exported', 1767225600, 'csv', null), ('u1', 'retired', 1767225600, null, null)"
    query = f'select * from ({rows}) t(user_id, event_name, created_at, format, "metadata.rows")'
    for kind in ("event", None):
        report, suspects = check_both_ways(write(query), kind)
        assert (report.checked, suspects) == (9, 8)


def test_records_that_say_what_they_are(write: Write) -> None:
    rows = "values ('contact', 'u1', null, 'a'), ('user', 'u2', null, 'b'), ('company', null, 'c1', null), "
    rows += "('company', 'u1', null, null), ('thing', 'u1', null, null), (null, 'u1', null, null)"
    query = f"select * from ({rows}) t(type, external_id, company_id, choice)"
    report, suspects = check_both_ways(write(query), None)
    assert (report.checked, report.invalid, suspects) == (6, 4, 4)


def test_right_rows_are_passed_over(write: Write) -> None:
    path = write(
        "select 'u' || range as external_id, {'text': 'a', 'whole': range, 'number': range / 7, 'flag': true, "
        "'day': timestamp '2026-01-01', 'choice': 'a'} as custom_attributes from range(50)"
    )
    report, suspects = check_both_ways(path, "contact")
    assert (report.invalid, suspects) == (0, 0)


@pytest.mark.parametrize(
    "columns",
    [
        "map {'text': 'a', 'chioce': 'a'} as custom_attributes",
        '\'{"text": "a", "chioce": "a"}\' as custom_attributes',
        "{'text': 'a', 'chioce': 'a'} as custom_attributes",
        "'a' as text, 'a' as chioce",
    ],
)
def test_custom_attributes_in_each_form(write: Write, columns: str) -> None:
    report, _ = check_both_ways(write(f"select 'u1' as external_id, {columns}"), "contact")
    assert [violation.path for violation in report.violations] == ["custom_attributes.chioce"]


def test_money_and_links_of_metadata(write: Write) -> None:
    path = write(
        "select 'u1' as user_id, 'exported' as event_name, 1767225600 as created_at, {'format': 'csv', "
        "'rows': {'amount': range, 'currency': ['eur', 'euro'][1 + range % 2]}, "
        "'report': {'url': 'https://example.com', 'value': 'x'}} as metadata from range(2)"
    )
    report, _ = check_both_ways(path, "event")
    assert [(violation.record, violation.code.id) for violation in report.violations] == [(2, "PAYL918")]
