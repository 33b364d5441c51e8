"""Tables read in DuckDB and in Spark by the same code, in a process of the environment that has both.

A job comes in on standard input, as JSON: the folder of a project, and cases, each a source as a `TableSource` has it
but that the location is a file of Parquet. What each engine makes of it goes out. Run as a script.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.engines import SqlEngine, open_duckdb, open_spark
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from intercom_iac.tables import ColumnMapping, RejectTally, TableSource, read_table

TODAY = date(2026, 3, 29)


def main(job: dict[str, Any]) -> dict[str, Any]:
    schema = load_specs(find_project(Path(job["project"]))).or_raise()
    found: dict[str, Any] = {}
    with open_spark(threads=2) as spark:
        for kind, engine in (("spark", spark), ("file", None)):
            found[kind] = []
            for case in job["cases"]:
                columns = {name: ColumnMapping(*mapped) for name, mapped in case.pop("columns", {}).items()}
                source = TableSource(name="people", kind=kind, columns=columns, **case)  # pyright: ignore
                case["columns"] = {name: (one.attribute, one.shape) for name, one in columns.items()}
                if engine is None:
                    with open_duckdb() as duckdb:
                        found[kind].append(outcome(duckdb, source, schema))
                else:
                    found[kind].append(outcome(engine, source, schema))
    return found


def outcome(engine: SqlEngine, source: TableSource, schema: Any) -> Any:
    """The accepted rows, what is said of the others, or what is wrong with the table."""
    tally = RejectTally(keep=10_000)
    try:
        table = read_table(engine, source, schema, today=TODAY, zone=UTC, rejects=tally)
    except InvalidSpecs as error:
        return [(one.code, one.message) for one in error.diagnostics]
    names = ", ".join(column.column for column in table.columns)
    rows = engine.rows(
        f"select row, key, fingerprint{', ' if names else ''}{names} from {table.table} order by row"
    )
    return {
        "rows": [list(row) for row in rows],
        "columns": [(column.name, column.shape) for column in table.columns],
        "ignored": table.ignored,
        "digest": table.shape_digest,
        "counts": (table.rows, table.rejected, table.valid),
        "rejects": sorted(
            (one.row, one.column or "", one.code.id, one.message, one.value) for one in tally.first
        ),
        "said": [(one.code, one.message) for one in table.diagnostics],
    }


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout, default=str)
