"""Millions of events in Parquet: the check through DuckDB, and the same check row by row.

    python benchmarks/parquet.py [--rows N] [--rows-one-by-one N]

One row in a hundred is wrong. Row by row, each row is fetched, made a record and held to the specs, as rows are that
the condition of SQL does not pass; it is measured over fewer rows, and compared by rows a second. Goal: at least 20x.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from intercom_iac.model import DataType, Event, MetadataKey, Schema
from intercom_iac.payloads import PayloadReport, RecordJudge, check_input, check_records
from intercom_iac.payloads.parquet.file import open_parquet
from intercom_iac.payloads.parquet.records import ParquetRecords

TODAY = date(2026, 6, 1)
FIRST = 1735689600  # 2025-01-01
FORMATS = ("csv", "pdf", "xlsx")
SCHEMA = Schema(
    events={
        name: Event(
            name=name,
            metadata=(
                MetadataKey("format", DataType.OPTIONS, required=True, options=FORMATS),
                MetadataKey("report", DataType.STRING),
                MetadataKey("rows", DataType.INTEGER),
                MetadataKey("seconds", DataType.FLOAT),
                MetadataKey("scheduled", DataType.BOOLEAN),
                MetadataKey("covers_until", DataType.DATE),
            ),
        )
        for name in ("report_exported", "report_shared", "report_printed")
    }
)
# What is wrong with one row in a hundred: milliseconds, no option, an event that is not declared, a text too long.
ROWS = f"""
    select
        case when range % 400 = 300 then 'report_exprted'
            else ['report_exported', 'report_shared', 'report_printed'][1 + range % 3] end as event_name,
        ({FIRST} + range) * case when range % 400 = 0 then 1000 else 1 end as created_at,
        'u' || range % 100000 as user_id,
        {{
            'format': case when range % 400 = 100 then 'docx' else ['csv', 'pdf', 'xlsx'][1 + range % 3] end,
            'report': case when range % 400 = 200 then repeat('x', 300) else 'Report ' || range % 5000 end,
            'rows': range % 10000,
            'seconds': (range % 977) / 7,
            'scheduled': range % 2 = 0,
            'covers_until': {FIRST} + range
        }} as metadata
    from range(100_000_000)
"""


def write_rows(path: Path, count: int) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"copy ({ROWS} limit {count}) to '{path}' (format parquet)")


def check_one_by_one(path: Path) -> PayloadReport:
    judge = RecordJudge(SCHEMA, today=TODAY)
    with path.open("rb") as stream, open_parquet(path, stream, path.name) as file:
        records = ParquetRecords(file, judge.shapes, "event", future=judge.future)
        return check_records(records.all(), SCHEMA, "event", today=TODAY)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    arguments.add_argument("--rows-one-by-one", type=int, default=200_000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder, "many.parquet"), Path(folder, "few.parquet")
        write_rows(many, options.rows)
        write_rows(few, options.rows_one_by_one)
        begin = time.perf_counter()
        one_by_one = check_one_by_one(few)
        slow = time.perf_counter() - begin
        vectorised = check_input(few, SCHEMA, "event", today=TODAY)
        assert vectorised == one_by_one, "the two ways find the same"
        begin = time.perf_counter()
        report = check_input(many, SCHEMA, "event", today=TODAY)
        fast = time.perf_counter() - begin
    assert report.invalid == options.rows // 100
    ratio = (options.rows / fast) / (options.rows_one_by_one / slow)
    print(f"payload check of Parquet, {report.invalid:,} of {report.checked:,} events wrong")
    print(f"  through DuckDB   {fast:6.2f} s {options.rows / fast / 1000:8,.0f} thousand rows a second")
    print(
        f"  row by row       {slow:6.2f} s {options.rows_one_by_one / slow / 1000:8,.0f} thousand rows a second"
        f" (over {options.rows_one_by_one:,})"
    )
    print(f"  {ratio:.1f}x, goal at least 20x")


if __name__ == "__main__":
    main()
