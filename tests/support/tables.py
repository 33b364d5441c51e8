"""Tables read against small specs: the rows that may be sent, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import Any

from intercom_iac.model import Schema
from intercom_iac.tables import (
    AcceptedTable,
    ColumnMapping,
    RejectedValue,
    TableRecord,
    TableSource,
    read_table,
)

from .payload_schemas import schema_of
from .shared_duckdb import empty_duckdb

TODAY = date(2026, 3, 14)
SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    renewal: {type: date}
    seats: {type: integer}
    score: {type: float}
    onboarded: {type: boolean}
    team: {type: string}
    api_token: {type: string}
    old_plan: {type: string, status: archived}
  company:
    region: {type: string}
events:
  report_exported:
    metadata:
      format: {type: string, required: true}
      pages: {type: integer}
  report_shared:
    metadata:
      audience: {type: options, options: [team, world]}
"""


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read: `rows` of the accepted table, each with its number, key and properties by their attributes."""

    table: AcceptedTable
    rows: list[tuple[Any, ...]]
    errors: list[RejectedValue]

    @property
    def shapes(self) -> dict[str, str]:
        return {column.name: column.shape for column in self.table.columns}

    @property
    def values(self) -> dict[str, dict[str, Any]]:
        """Key -> attribute -> value, of cells that are not empty."""
        names = [column.field.name for column in self.table.columns]
        return {
            row[1]: {name: value for name, value in zip(names, row[2:-1], strict=True) if value is not None}
            for row in self.rows
        }

    @property
    def wrong(self) -> list[tuple[int, str | None, str]]:
        """Row, column and code of each mistake."""
        return sorted(
            ((error.row, error.column, error.code.id) for error in self.errors),
            key=lambda told: (told[0], told[1] or "", told[2]),
        )

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.table.diagnostics]


def small_schema() -> Schema:
    return schema_of(SPECS)


def read_source(source: TableSource, schema: Schema, today: date = TODAY) -> Read:
    errors: list[RejectedValue] = []
    with empty_duckdb() as engine:
        table = read_table(engine, source, schema, today=today, zone=UTC, rejects=errors.append)
        rows = list(engine.rows(f"select * from {table.table} order by row"))
    assert table.valid == len(rows)
    return Read(table=table, rows=rows, errors=errors)


def query_source(
    query: str,
    record: TableRecord = "contact",
    columns: Mapping[str, ColumnMapping] | None = None,
    key: str | None = None,
) -> TableSource:
    return TableSource(
        name="people", kind="duckdb", record=record, query=query, columns=columns or {}, key=key
    )


def file_source(
    path: Path, record: TableRecord = "contact", columns: Mapping[str, ColumnMapping] | None = None
) -> TableSource:
    return TableSource(name=path.name, kind="file", record=record, location=str(path), columns=columns or {})
