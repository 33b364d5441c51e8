"""Millions of events in Parquet: the check through DuckDB, and the same check row by row.

    python benchmarks/parquet.py [--rows N] [--rows-one-by-one N] [--rounds N]

One row in a hundred is wrong. Row by row, each row is fetched, made a record and held to the specs, as rows are that
the condition of SQL does not pass; it is measured over fewer rows. Compared is the time of the processor a row, of
all cores, in the median of pairs that run in turn.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from measuring import own_peak, report
from report_events import REPORT_METADATA

from intercom_iac.model import Event, Schema
from intercom_iac.payloads import PayloadReport, RecordJudge, check_input, check_records
from intercom_iac.payloads.parquet.file import open_parquet
from intercom_iac.payloads.parquet.records import ParquetRecords

TODAY = date(2026, 6, 1)
FIRST = 1735689600  # 2025-01-01
SCHEMA = Schema(
    events={
        name: Event(
            name=name,
            metadata=REPORT_METADATA,
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


@dataclass(frozen=True)
class Took:
    """Seconds for so many rows: of the processor on all cores, and of the clock."""

    rows: int
    busy: float
    wall: float

    @classmethod
    def by(cls, check: Callable[[], PayloadReport], rows: int) -> Took:
        wall, busy = time.perf_counter(), time.process_time()
        found = check()
        took = cls(rows, time.process_time() - busy, time.perf_counter() - wall)
        assert (found.checked, found.invalid) == (rows, rows // 100)
        return took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    arguments.add_argument("--rows-one-by-one", type=int, default=200_000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder, "many.parquet"), Path(folder, "few.parquet")
        write_rows(many, options.rows)
        write_rows(few, options.rows_one_by_one)
        assert check_input(few, SCHEMA, "event", today=TODAY) == check_one_by_one(few), (
            "the two find the same"
        )
        pairs = [
            (
                Took.by(lambda: check_input(many, SCHEMA, "event", today=TODAY), options.rows),
                Took.by(lambda: check_one_by_one(few), options.rows_one_by_one),
            )
            for _ in range(options.rounds)
        ]
    ratios = [fast.busy / fast.rows / (slow.busy / slow.rows) for fast, slow in pairs]
    print(f"payload check of Parquet, one in a hundred of {options.rows:,} events wrong")
    for name, took in zip(("through DuckDB", "row by row"), zip(*pairs, strict=True), strict=True):
        typical = sorted(took, key=lambda one: one.busy)[len(took) // 2]
        print(
            f"  {name:15}{typical.rows:10,} rows: {typical.wall:5.2f} s, {typical.busy:5.2f} s of the processor, "
            f"{typical.busy / typical.rows * 1e6:5.2f} µs a row"
        )
    report("rows", ratios=ratios, memory=own_peak())


if __name__ == "__main__":
    main()
